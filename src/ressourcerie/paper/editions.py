"""The editions of a workshop: who each is for, and how it is set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ressourcerie.paper.document import A4
from ressourcerie.views import View


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to print a workshop. `body_size` is the size of its text, in points."""

    name: str
    label: str
    purpose: str
    view: View
    body_size: float
    paper: str = A4

    @property
    def stylesheets(self) -> tuple[str, ...]:
        """Files of `theme/print/`, in cascade order."""
        return ("base.css", "a4.css", f"{self.name}.css")


EDITIONS: Final = (
    Edition(
        name="animateur",
        label="Fiche d’animation",
        purpose="Pour la personne qui anime : tout le déroulé, les notes et les réponses.",
        view=View.FACILITATOR,
        body_size=10,
    ),
    Edition(
        name="participant",
        label="Fiche participant",
        purpose="À distribuer : les consignes, les exercices et la routine, en grands caractères.",
        view=View.PARTICIPANT,
        body_size=14,
    ),
)
