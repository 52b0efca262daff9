"""Recipes of booklets: what they ask for must leave something to print."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from ressourcerie.data import vocabulary
from ressourcerie.diagnostics import Diagnostic, Family, rule
from ressourcerie.fields import Content
from ressourcerie.library import Library
from ressourcerie.load import CONTENT, GLOSSARY, GUIDE, PATHS, WORKSHOPS
from ressourcerie.model import Booklet, Chapter, Resource, Term, Workshop
from ressourcerie.settings import Settings

EMPTY = rule(
    "livret-vide",
    "Une recette de livret ne retient rien",
    "Élargissez le choix, ou ôtez cette partie de « contenu ».",
    family=Family.STRUCTURE,
)

_OF_WORDS: Final = ("termes", "groupe")
_OF_SESSIONS: Final = ("parcours", "ateliers", "theme", "niveau")
# The keys that choose among what a part may hold, in the order in which they do.
_CHOOSING: Final[dict[Content, tuple[str, ...]]] = {
    "glossaire": _OF_WORDS,
    "definitions": _OF_WORDS,
    "guide": ("chapitres", "theme"),
    "pages": (),
    "ateliers": _OF_SESSIONS,
    "exercices": _OF_SESSIONS,
    "carnet": _OF_SESSIONS,
}
_FOLDERS: Final[dict[Content, tuple[str, ...]]] = {
    "glossaire": (GLOSSARY,),
    "definitions": (GLOSSARY,),
    "guide": (GUIDE,),
    "pages": (CONTENT,),
    "ateliers": (WORKSHOPS, PATHS),
    "exercices": (WORKSHOPS, PATHS),
    "carnet": (WORKSHOPS, PATHS),
}
_NAMES: Final[dict[Content, str]] = {
    "glossaire": "terme",
    "definitions": "terme",
    "guide": "chapitre",
}


def check(library: Library, _settings: Settings) -> Iterator[Diagnostic]:
    """Look at each part of each recipe."""
    for booklet in library.booklets:
        for index, content in enumerate(booklet.contenu):
            # What points nowhere is said elsewhere, and what cannot be read may be what is missing.
            if not (_unread(library, content) or _lost(library, booklet, content)):
                yield from _part(library, booklet, index, content)


def _part(library: Library, booklet: Booklet, index: int, content: Content) -> Iterator[Diagnostic]:
    """The key that leaves nothing of a part, found by obeying one more at a time."""
    if content == "pages":
        if not booklet.pages:
            message = "La recette ne dit pas quelles pages relier."
            hint = "Ajoutez la clé « pages » : leurs noms de fichier, dans l’ordre."
            yield EMPTY.at(booklet.source.place("contenu", index), message, hint)
        return
    keys = _CHOOSING[content]
    asked: dict[str, object] = {key: Booklet.model_fields[key].default for key in keys}
    left = _held(library, booklet, content, asked)
    what = _NAMES.get(content, "atelier")
    if not left:
        message = f"Le projet n’a aucun {what} à mettre dans ce livret."
        yield EMPTY.at(booklet.source.place("contenu", index), message)
    for key in keys:
        before = left
        asked[key] = getattr(booklet, key)
        left = _held(library, booklet, content, asked)
        if before and not left:
            message, hint = _said(library, booklet, key, what, before)
            yield EMPTY.at(booklet.source.place(key), message, hint)


def _held(
    library: Library, booklet: Booklet, content: Content, asked: dict[str, object]
) -> tuple[Resource, ...]:
    recipe = booklet.model_copy(update={"contenu": (content,), **asked})
    return tuple(r for _, resources in library.contents(recipe) for r in resources)


def _said(
    library: Library, booklet: Booklet, key: str, what: str, before: Collection[Resource]
) -> tuple[str, str]:
    """What a key has emptied, and what it could have chosen among."""
    several = f"Parmi {len(before)} {what}s, aucun n’a"
    nobody = several if len(before) > 1 else f"Le seul {what} retenu n’a pas"
    if key == "ateliers":
        path = next(p for p in library.paths if p.slug == booklet.parcours)
        held = ", ".join(r.slug for r in before)
        message = f"Aucun de ces ateliers n’est dans le parcours « {path.slug} »."
        return message, f"Ce parcours contient : {held}."
    if key == "groupe":
        shelves = " ou ".join(f"« {shelf} »" for shelf in booklet.groupe)
        present = {r.groupe for r in before if isinstance(r, Term)}
        listed = ", ".join(slug for slug in vocabulary("groupes") if slug in present)
        return f"{nobody} le groupe {shelves}.", f"À choisir parmi : {listed}."
    if key == "theme":
        word, name = "thème", "themes"
        present = {theme for r in before for theme in _themes(r)}
    else:
        word, name = "niveau", "niveaux"
        present = {r.niveau for r in before if isinstance(r, Workshop)}
    message = f"{nobody} le {word} « {getattr(booklet, key)} »."
    listed = ", ".join(slug for slug in vocabulary(name) if slug in present)
    return message, f"À choisir parmi : {listed}." if listed else ""


def _themes(resource: Resource) -> Iterable[str]:
    if isinstance(resource, Workshop):
        return resource.themes
    return [resource.theme] if isinstance(resource, Chapter) and resource.theme else []


def _unread(library: Library, content: Content) -> bool:
    """Whether something that a part could hold has not been read."""
    return any(p.startswith(f"{f}/") for p in library.unread for f in _FOLDERS[content])


def _lost(library: Library, booklet: Booklet, content: Content) -> bool:
    """Whether a key that chooses names what does not exist."""
    match content:
        case "glossaire" | "definitions":
            return not {t.slug for t in library.terms}.issuperset(booklet.termes)
        case "guide":
            return not {c.slug for c in library.chapters}.issuperset(booklet.chapitres)
        case "pages":
            return not {p.slug for p in library.pages}.issuperset(booklet.pages)
    path = next((p for p in library.paths if p.slug == booklet.parcours), None)
    if booklet.parcours and path is None:
        return True
    named = {*booklet.ateliers, *(path.ateliers if path else ())}
    return not {w.slug for w in library.workshops}.issuperset(named)
