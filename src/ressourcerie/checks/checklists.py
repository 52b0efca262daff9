"""Checklists: each point is answered by texts that still speak of it, or left out for a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ressourcerie.checklist import Checklist, Point
from ressourcerie.diagnostics import Diagnostic, Family, rule
from ressourcerie.french import fold
from ressourcerie.library import Library
from ressourcerie.settings import Settings

UNANSWERED = rule(
    "point-sans-reponse",
    "Un point d’une grille n’a pas de réponse",
    "Nommez un fichier sous « dans », et sous « mots » ce qu’on y lit ; ou dites pourquoi le point "
    "est laissé de côté, sous « laisse ».",
    family=Family.STRUCTURE,
)
NOT_SAID = rule(
    "point-non-tenu",
    "Un texte ne dit pas ce qu’une grille annonce",
    "Ajoutez ces mots au texte, ou nommez un texte où ils se lisent.",
    family=Family.STRUCTURE,
)


def check(library: Library, _settings: Settings) -> Iterator[Diagnostic]:
    """Look for each point in the texts that answer it."""
    texts: dict[str, str] = {}
    for checklist in library.checklists:
        for rank, heading in enumerate(checklist.rubriques):
            for index, point in enumerate(heading.points):
                under = ("rubriques", rank, "points", index)
                if fault := _answered(point):
                    place = checklist.source.place(*under, "point")
                    yield UNANSWERED.at(place, fault)
                elif set(point.dans) <= library.by_path.keys():
                    for name in point.dans:
                        texts.setdefault(name, _folded(library.by_path[name].source.text))
                    yield from _said(checklist, point, under, texts)


def _answered(point: Point) -> str:
    """What is wrong with the answer as a whole; empty when nothing is."""
    if point.laisse is not None:
        return "Ce point est à la fois laissé de côté et traité." if point.dans else ""
    if not point.dans:
        return "Ce point n’est traité nulle part."
    return "" if point.mots else "Rien ne montre que ce point est traité : « mots » manque."


def _said(
    checklist: Checklist, point: Point, under: tuple[str | int, ...], texts: Mapping[str, str]
) -> Iterator[Diagnostic]:
    for index, words in enumerate(point.mots):
        if not any(_folded(words) in texts[name] for name in point.dans):
            place = checklist.source.place(*under, "mots", index)
            where = ", ".join(point.dans)
            yield NOT_SAID.at(place, f"« {words} » ne se lit pas dans {where}.")


def _folded(text: str) -> str:
    """A text whose lines, accents and capitals no longer matter."""
    return re.sub(r"\s+", " ", fold(text))
