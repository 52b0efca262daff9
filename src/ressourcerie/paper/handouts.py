"""The other sheets around a session: what is signed, ticked, hung on a door or taken home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from ressourcerie import outline
from ressourcerie.data import vocabulary
from ressourcerie.library import Library
from ressourcerie.model import Chapter, Page, Path, Workshop
from ressourcerie.paper.cards import cards
from ressourcerie.paper.document import A3, A4, Document
from ressourcerie.paper.games import games
from ressourcerie.paper.placement import Placement
from ressourcerie.paper.press import Press, markup
from ressourcerie.paper.surveys import surveys
from ressourcerie.terms import TermFinder

SPARE_ROWS: Final = 2
BEFORE: Final = "Avant la séance"
_COPIES: Final = re.compile(r"(\d+) (?:pour|par) (?:(\d+) )?personnes?\.?")


@dataclass(frozen=True, slots=True)
class _Handout:
    """A sheet of a workshop: its template and its style are named after it."""

    name: str
    purpose: str
    stylesheets: tuple[str, ...]
    fillable: bool = False
    duplex: bool = True

    @property
    def label(self) -> str:
        return vocabulary("papiers")[self.name]

    @property
    def template(self) -> str:
        return f"{self.name.removesuffix('-a-remplir')}.html"


_OF_WORKSHOPS: Final = (
    _Handout(
        "emargement",
        "À faire signer : qui est venu, de quand à quand, et pour la première fois ou non.",
        ("base.css", "a4.css", "feuille.css", "emargement.css"),
    ),
    _Handout(
        "preparation",
        "À cocher avant la séance : la salle, le matériel, les papiers et le plan B.",
        ("base.css", "a4.css", "feuille.css", "preparation.css"),
    ),
    _Handout(
        "attestation",
        "À remplir à la main et à signer, pour chaque personne qui la demande.",
        ("base.css", "feuille.css", "attestation.css"),
        duplex=False,
    ),
    _Handout(
        "attestation-a-remplir",
        "La même, avec des champs à remplir avant d’imprimer ou d’envoyer.",
        ("base.css", "feuille.css", "attestation.css", "champs.css"),
        fillable=True,
        duplex=False,
    ),
)


def handouts(press: Press) -> Iterator[Document]:
    """Every sheet that goes with the workshops, the paths, the glossary and the guide."""
    for workshop in press.library.workshops:
        for handout in _OF_WORKSHOPS:
            yield _of_workshop(press, workshop, handout)
        yield from cards(press, workshop)
    yield from surveys(press)
    yield from games(press)
    yield from _poster(press)
    for path in press.library.paths:
        yield _programme(press, path)


def _of_workshop(press: Press, workshop: Workshop, handout: _Handout) -> Document:
    return press.document(
        name=f"{workshop.slug}-{handout.name}.pdf",
        label=handout.label,
        purpose=handout.purpose,
        paper=A4,
        owner=workshop.source.path,
        edition=handout.name,
        made_of=(workshop.source.text,),
        stylesheets=handout.stylesheets,
        fillable=handout.fillable,
        duplex=handout.duplex,
        compose=lambda: press.fill(
            handout.template,
            resource=workshop,
            label=handout.label,
            fillable=handout.fillable,
            **_COMPOSED[handout.template](press, workshop),
        ),
    )


def _attendance(_press: Press, workshop: Workshop) -> dict[str, Any]:
    return {"rows": workshop.effectif.max + SPARE_ROWS}


def _preparation(press: Press, workshop: Workshop) -> dict[str, Any]:
    before, cited = _section(press, workshop, BEFORE)
    papers = [
        (paper, copies(paper.exemplaires, workshop.effectif.max)) for paper in workshop.a_imprimer
    ]
    return {
        "before": before,
        "papers": papers,
        "lexicon_terms": press.lexicon(cited),
        "has_questionnaire": bool(press.library.questionnaires),
    }


def _attestation(press: Press, workshop: Workshop) -> dict[str, Any]:
    goals = sum(map(len, workshop.objectifs))
    dense = len(workshop.titre) > 60 or goals > 380 or len(workshop.competences.digcomp) > 4
    return {"emblem": emblem(press.library, workshop.themes[0]), "dense": dense}


_COMPOSED: Final = {
    "emargement.html": _attendance,
    "preparation.html": _preparation,
    "attestation.html": _attestation,
}


def copies(words: str, people: int) -> int | None:
    """How many copies a full group needs: « 1 pour 2 personnes » → 4 for 8 people.

    None when the words say something else, or something more.
    """
    match = _COPIES.fullmatch(words)
    if match is None:
        return None
    each, among = int(match[1]), int(match[2] or 1)
    return -(-people // among) * each if among else None


def _section(press: Press, workshop: Workshop, title: str) -> tuple[Markup, list[str]]:
    """One section of a body without its title, rendered, and the terms its author links to.

    Terms are not looked for: on a list to tick, their links would only be in the way.
    """
    found = (s for s in outline.sections(workshop.body) if s.heading.title == title)
    section = next(found, None)
    if section is None:
        return Markup(""), []
    text = "\n".join(workshop.body.split("\n")[section.start + 1 : section.end])
    site_url = press.settings.site_url.rstrip("/")
    place = Placement(workshop, press.library, TermFinder(()), site_url)
    html = place.render(press.settings.markdown, text=text).html
    return markup(html), place.cited


def emblem(library: Library, theme: str) -> str:
    """The drawing of a theme, in `content/images/`; empty without one.

    It bears the name of the theme; failing that, it is the one that opens the chapter of the theme.
    """
    if f"content/images/{theme}.svg" in library.assets:
        return f"{theme}.svg"
    drawings = (c.illustration for c in library.chapters if c.theme == theme and c.illustration)
    return next(drawings, "")


@dataclass(frozen=True, slots=True)
class _Stop:
    """A theme on the poster. Its drawing is a file of `content/images/`, or nothing."""

    label: str
    drawing: str
    chapters: tuple[Chapter, ...]


def _poster(press: Press) -> Iterator[Document]:
    """The wall poster of the themes, as soon as a chapter of the guide speaks of one."""
    library = press.library
    chapters = [c for c in library.chapters if c.theme]
    owner = _page(library, "guide")
    if not chapters or owner is None:
        return
    stops = [
        _Stop(label, emblem(library, theme), tuple(c for c in chapters if c.theme == theme))
        for theme, label in vocabulary("themes").items()
    ]
    label = "Affiche des thèmes"
    yield press.document(
        name="affiche-themes.pdf",
        label=label,
        purpose="À accrocher au mur. Elle reste lisible imprimée en A4.",
        paper=A3,
        owner=owner.source.path,
        edition="affiche",
        made_of=(owner.source.text, *(c.source.text for c in chapters)),
        stylesheets=("base.css", "feuille.css", "affiche.css"),
        duplex=False,
        compose=lambda: press.fill("affiche.html", resource=owner, label=label, stops=stops),
    )


def _programme(press: Press, path: Path) -> Document:
    workshops = [w for slug in path.ateliers if (w := press.library.workshop(slug))]
    label = "Programme pour la porte"
    return press.document(
        name=f"{path.slug}-programme.pdf",
        label=label,
        purpose="À compléter et à afficher : les séances dans l’ordre, en grandes lettres.",
        paper=A4,
        owner=path.source.path,
        edition="programme",
        made_of=(path.source.text, *(w.source.text for w in workshops)),
        stylesheets=("base.css", "feuille.css", "programme.css"),
        duplex=False,
        compose=lambda: press.fill(
            "programme.html",
            resource=path,
            label=label,
            heading=parts(path.titre),
            sessions=[(w, *parts(w.titre)) for w in workshops],
        ),
    )


def parts(title: str) -> tuple[str, str]:
    """« Embarquer : parler d’abord » → « Embarquer », « parler d’abord »."""
    first, _, second = title.partition(" : ")
    return first.rstrip(), second.lstrip()


def _page(library: Library, template: str) -> Page | None:
    return next((p for p in library.pages if p.gabarit == template), None)
