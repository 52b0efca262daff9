"""Keys that name another resource or a file: it must exist."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from ressourcerie import outline
from ressourcerie.assessment import Assessment
from ressourcerie.checklist import Checklist
from ressourcerie.data import vocabulary
from ressourcerie.diagnostics import Diagnostic, Family, Place, Severity, rule
from ressourcerie.library import Library
from ressourcerie.load import (
    ASSESSMENTS,
    CHECKLISTS,
    CONTENT,
    GLOSSARY,
    GUIDE,
    IMAGES,
    PATHS,
    QUESTIONNAIRES,
    WORKSHOPS,
)
from ressourcerie.model import Page, Resource, Workshop
from ressourcerie.paper import decks, editions
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
TWICE = rule(
    "renvoi-en-double",
    "Une liste nomme deux fois la même chose",
    "Gardez-la une seule fois.",
    Severity.WARNING,
    Family.LINKS,
)

_WITHOUT: Final = {
    editions.ANSWERS.name: "Il faut un bloc « ??? corrige » dans le texte.",
    editions.SLIDES.name: "Il faut un bloc « !!! participant » dans le texte.",
    decks.EDITION: f"Il faut une section « ## {decks.SECTION} » dans le texte.",
}


# Where a fault stands: asked only when there is one, for front matter is read again to know.
Where = Callable[[], Place]


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
        yield from _papers(workshop, library)
    for booklet in library.booklets:
        chapters = _slugs(library.chapters, library, GUIDE)
        yield from _twice(booklet, "contenu", booklet.contenu)
        yield from _named(booklet, "termes", booklet.termes, terms)
        yield from _named(booklet, "chapitres", booklet.chapitres, chapters)
        yield from _named(booklet, "ateliers", booklet.ateliers, workshops)
        yield from _named(booklet, "pages", booklet.pages, _slugs(library.pages, library, CONTENT))
        if booklet.parcours:
            paths = _slugs(library.paths, library, PATHS)
            place = partial(booklet.source.place, "parcours")
            yield from _known(place, "parcours", booklet.parcours, paths)
    for page in library.pages:
        yield from _shown(page, library)
    for assessment in library.assessments:
        yield from _situations(assessment, library, terms, workshops)
    for checklist in library.checklists:
        yield from _points(checklist, library)
    for resource in library.resources:
        if resource.illustration:
            place = partial(resource.source.place, "illustration")
            yield from _file(place, f"{IMAGES}/{resource.illustration}", library)


def _slugs(resources: Iterable[Resource], library: Library, folder: str) -> dict[str, None]:
    """Those of resources, then of what cannot be read in their folder."""
    paths = (re.sub(r"(/index)?\.(md|yml)$", "", p) for p in library.unread)
    unread = (p.removeprefix(f"{folder}/") for p in paths if p.startswith(f"{folder}/"))
    return dict.fromkeys((*(r.slug for r in resources), *unread))


def _named(
    resource: Resource,
    key: str,
    slugs: Sequence[str],
    known: Collection[str],
    under: tuple[str | int, ...] = (),
) -> Iterator[Diagnostic]:
    for index, slug in enumerate(slugs):
        yield from _known(partial(resource.source.place, *under, key, index), key, slug, known)
    yield from _twice(resource, key, slugs, under)


def _shown(page: Page, library: Library) -> Iterator[Diagnostic]:
    """What a page shows that is written elsewhere."""
    if page.grille:
        place = partial(page.source.place, "grille")
        known = _slugs(library.checklists, library, CHECKLISTS)
        yield from _known(place, "grille", page.grille, known)
    if page.questionnaire:
        place = partial(page.source.place, "questionnaire")
        yield from _known(place, "questionnaire", page.questionnaire, _asked(page, library))


def _asked(page: Page, library: Library) -> dict[str, None]:
    """The questionnaires that a page may show, from the way it is laid out."""
    if page.gabarit == "positionnement":
        return _slugs(library.assessments, library, ASSESSMENTS)
    return _slugs(library.questionnaires, library, QUESTIONNAIRES)


def _situations(
    assessment: Assessment, library: Library, terms: Collection[str], workshops: Collection[str]
) -> Iterator[Diagnostic]:
    """What each situation leads to, down to the parts of chapters."""
    bodies = {chapter.slug: chapter.body for chapter in library.chapters}
    chapters = _slugs(library.chapters, library, GUIDE)
    for index, question in enumerate(assessment.questions):
        under = ("questions", index)
        yield from _named(assessment, "ateliers", question.ateliers, workshops, under)
        yield from _named(assessment, "mots", question.mots, terms, under)
        for rank, reading in enumerate(question.guide):
            here = (*under, "guide", rank)
            place = partial(assessment.source.place, *here, "chapitre")
            yield from _known(place, "chapitre", reading.chapitre, chapters)
            if reading.partie and reading.chapitre in bodies:
                titles = [h.title for h in outline.headings(bodies[reading.chapitre])]
                place = partial(assessment.source.place, *here, "partie")
                yield from _known(place, "partie", reading.partie, titles)


def _points(checklist: Checklist, library: Library) -> Iterator[Diagnostic]:
    """The documents that each point comes from, and the texts that answer it."""
    documents = dict.fromkeys(document.id for document in checklist.documents)
    texts = dict.fromkeys((*library.by_path, *sorted(library.unread)))
    for rank, heading in enumerate(checklist.rubriques):
        for index, point in enumerate(heading.points):
            under = ("rubriques", rank, "points", index)
            yield from _named(checklist, "sources", point.sources, documents, under)
            yield from _named(checklist, "dans", point.dans, texts, under)


def _known(place: Where, key: str, slug: str, known: Collection[str]) -> Iterator[Diagnostic]:
    if slug not in known:
        hint = _guess(slug, known)
        yield UNKNOWN.at(place(), f"« {key} » nomme « {slug} », qui n’existe pas.", hint)


def _twice(
    resource: Resource, key: str, names: Sequence[str], under: tuple[str | int, ...] = ()
) -> Iterator[Diagnostic]:
    for index, name in enumerate(names):
        if name in names[:index]:
            place = resource.source.place(*under, key, index)
            yield TWICE.at(place, f"« {key} » nomme deux fois « {name} ».")


def _papers(workshop: Workshop, library: Library) -> Iterator[Diagnostic]:
    """Each paper to have ready is one that the press makes, or a file of the workshop."""
    folder = posixpath.dirname(workshop.source.path)
    lacking = set(_WITHOUT) - {edition.name for edition in editions.editions(workshop)}
    if decks.read(workshop.body).decks:
        lacking.discard(decks.EDITION)
    made = [name for name in vocabulary("papiers") if name not in lacking]
    for index, paper in enumerate(workshop.a_imprimer):
        place = partial(workshop.source.place, "a_imprimer", index, "document")
        if paper.document in lacking:
            message = f"Cet atelier n’a pas de document « {paper.document} »."
            yield MISSING_FILE.at(place(), message, _WITHOUT[paper.document])
        elif paper.document not in made:
            yield from _file(place, f"{folder}/{paper.document}", library, made)


def _file(
    place: Where, path: str, library: Library, others: Iterable[str] = ()
) -> Iterator[Diagnostic]:
    """`others` are the names that may stand there without being those of files."""
    if path not in library.assets:
        folder = posixpath.dirname(path)
        beside = [posixpath.basename(p) for p in library.assets if posixpath.dirname(p) == folder]
        hint = _guess(posixpath.basename(path), [*others, *beside])
        yield MISSING_FILE.at(place(), f"Le fichier « {path} » n’existe pas.", hint)


def _guess(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"Vouliez-vous dire « {near[0]} » ?" if near else ""
