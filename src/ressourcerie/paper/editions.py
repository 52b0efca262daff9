"""The editions of a workshop: who each is for, and how it is set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ressourcerie.data import vocabulary
from ressourcerie.model import Workshop
from ressourcerie.paper.document import A4, SCREEN
from ressourcerie.views import BLOCK, View, has_answers


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to print a workshop. `body_size` is the size of its text, in points.

    `styles` are files of `theme/print/` after those all sheets share.
    """

    name: str
    purpose: str
    view: View
    body_size: float
    styles: tuple[str, ...]
    paper: str = A4
    template: str = "atelier.html"
    fillable: bool = False
    only: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """Its name, as readers see it."""
        return vocabulary("papiers")[self.name]


ANIMATION: Final = Edition(
    name="animateur",
    purpose="Pour la personne qui anime : tout le déroulé, les notes et les réponses.",
    view=View.FACILITATOR,
    body_size=10,
    styles=("base.css", "a4.css", "animateur.css"),
)
PARTICIPANT: Final = Edition(
    name="participant",
    purpose="À distribuer : l’essentiel, les exercices et la routine, en lettres de 14 points.",
    view=View.PARTICIPANT,
    body_size=14,
    styles=("base.css", "a4.css", "participant.css"),
)
LARGE_PRINT: Final = Edition(
    name="grands-caracteres",
    purpose="Pour qui voit mal : des lettres de 18 points, aucun mot coupé.",
    view=View.PARTICIPANT,
    body_size=18,
    styles=("base.css", "a4.css", "participant.css", "grands-caracteres.css"),
)
FRUGAL: Final = Edition(
    name="econome",
    purpose="Le même texte, en noir, avec moitié moins d’encre et moins de feuilles.",
    view=View.PARTICIPANT,
    body_size=10,
    styles=("base.css", "a4.css", "participant.css", "econome.css"),
)
TO_FILL: Final = Edition(
    name="a-remplir",
    purpose="La fiche participant avec des champs où écrire, sur ordinateur ou sur téléphone.",
    view=View.PARTICIPANT,
    body_size=14,
    styles=("base.css", "a4.css", "participant.css"),
    fillable=True,
)
ANSWERS: Final = Edition(
    name="corrige",
    purpose="Toutes les réponses de la séance, réunies sur une feuille.",
    view=View.ANSWERS,
    body_size=10.5,
    styles=("base.css", "a4.css", "corrige.css"),
)
SLIDES: Final = Edition(
    name="diaporama",
    purpose="Une consigne par écran, en grandes lettres, à projeter sur un mur ou une télévision.",
    view=View.PARTICIPANT,
    body_size=24,
    styles=("base.css", "diaporama.css"),
    paper=SCREEN,
    template="diaporama.html",
    only=frozenset({"Déroulé"}),
)


def editions(workshop: Workshop) -> Iterator[Edition]:
    """Those a workshop has: no answers without answers, no slides without instructions."""
    yield from (ANIMATION, PARTICIPANT, LARGE_PRINT, FRUGAL, TO_FILL)
    if has_answers(workshop.body):
        yield ANSWERS
    if any(m["kind"] == View.PARTICIPANT for m in BLOCK.finditer(workshop.body)):
        yield SLIDES
