"""Keys that name another resource or a file: it must exist."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Collection, Iterable, Iterator

from ressourcerie.diagnostics import Diagnostic, Family, Place, rule
from ressourcerie.library import Library
from ressourcerie.load import GLOSSARY, IMAGES, WORKSHOPS
from ressourcerie.model import Resource
from ressourcerie.settings import Settings

UNKNOWN = rule(
    "renvoi-inconnu",
    "Une clé nomme une ressource qui n’existe pas",
    "Écrivez le nom du fichier, sans dossier ni « .md ».",
    family=Family.LINKS,
)
MISSING_FILE = rule(
    "fichier-cite-absent",
    "Une clé nomme un fichier qui n’existe pas",
    "Ajoutez le fichier, ou corrigez son nom.",
    family=Family.LINKS,
)


def check(library: Library, _settings: Settings) -> Iterator[Diagnostic]:
    """Look at every key that points somewhere."""
    terms = _slugs(library.terms, library, GLOSSARY)
    workshops = _slugs(library.workshops, library, WORKSHOPS)
    for term in library.terms:
        yield from _named(term, "voir_aussi", term.voir_aussi, terms)
    for path in library.paths:
        yield from _named(path, "ateliers", path.ateliers, workshops)
    for workshop in library.workshops:
        yield from _named(workshop, "prerequis", workshop.prerequis, workshops)
        yield from _named(workshop, "glossaire", workshop.glossaire, terms)
        folder = posixpath.dirname(workshop.source.path)
        for index, paper in enumerate(workshop.a_imprimer):
            if paper.document not in {"participant", "animateur"}:
                place = workshop.source.place("a_imprimer", index, "document")
                yield from _file(place, f"{folder}/{paper.document}", library)
    for resource in library.resources:
        if resource.illustration:
            place = resource.source.place("illustration")
            yield from _file(place, f"{IMAGES}/{resource.illustration}", library)


def _slugs(resources: Iterable[Resource], library: Library, folder: str) -> dict[str, None]:
    """Those of resources, then of what cannot be read in their folder."""
    paths = (p.removesuffix("/index.md").removesuffix(".md") for p in library.unread)
    unread = (p.removeprefix(f"{folder}/") for p in paths if p.startswith(f"{folder}/"))
    return dict.fromkeys((*(r.slug for r in resources), *unread))


def _named(
    resource: Resource, key: str, slugs: Collection[str], known: Collection[str]
) -> Iterator[Diagnostic]:
    for index, slug in enumerate(slugs):
        if slug not in known:
            near = difflib.get_close_matches(slug, known, n=1)
            hint = f"Vouliez-vous dire « {near[0]} » ?" if near else ""
            place = resource.source.place(key, index)
            yield UNKNOWN.at(place, f"« {key} » nomme « {slug} », qui n’existe pas.", hint)


def _file(place: Place, path: str, library: Library) -> Iterator[Diagnostic]:
    if path not in library.assets:
        folder = posixpath.dirname(path)
        beside = [posixpath.basename(p) for p in library.assets if posixpath.dirname(p) == folder]
        near = difflib.get_close_matches(posixpath.basename(path), beside, n=1)
        hint = f"Vouliez-vous dire « {near[0]} » ?" if near else ""
        yield MISSING_FILE.at(place, f"Le fichier « {path} » n’existe pas.", hint)
