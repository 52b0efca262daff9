"""Every check, by what it needs, and how they are run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from ressourcerie import silences
from ressourcerie import source as source_files
from ressourcerie.checks import (
    access,
    acronyms,
    assessments,
    blocks,
    booklets,
    cards,
    checklists,
    glossary,
    glosses,
    headings,
    images,
    inclusive,
    letters,
    links,
    lists,
    marks,
    moves,
    numbers,
    pedagogy,
    quotes,
    readability,
    references,
    rooms,
    schedule,
    series,
    slips,
    spelling,
    structure,
    tables,
    typography,
    vocabulary,
    wording,
)
from ressourcerie.diagnostics import Diagnostic, Place, rule
from ressourcerie.library import Library
from ressourcerie.load import WORKSHOPS, resource_of
from ressourcerie.memory import Memory
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.study import Study, Words, studies
from ressourcerie.survey.text import survey_resource

TextCheck = Callable[[Source, Resource | None, Settings], Iterable[Diagnostic]]
LibraryCheck = Callable[[Library, Settings], Iterable[Diagnostic]]
# For those who must not read all the texts again at each run.
StudyCheck = Callable[[Library, Settings, Mapping[str, Study], Memory], Iterable[Diagnostic]]

BY_TEXT: Final[tuple[TextCheck, ...]] = (
    structure.check_text,
    headings.check_text,
    blocks.check_text,
    rooms.check_text,
    cards.check_text,
    tables.check_text,
    lists.check_text,
    marks.check_text,
    access.check_text,
    readability.check_text,
    schedule.check_text,
    pedagogy.check_text,
    glosses.check_text,
    letters.check_text,
    typography.check_text,
    quotes.check_text,
    numbers.check_text,
    spelling.check_text,
    slips.check_text,
    wording.check_text,
    inclusive.check_text,
)
BY_LIBRARY: Final[tuple[LibraryCheck, ...]] = (
    references.check,
    assessments.check,
    checklists.check,
    booklets.check,
    moves.check,
    links.check_frame,
    series.check,
    structure.check,
)
BY_STUDIES: Final[tuple[StudyCheck, ...]] = (
    images.check,
    links.check,
    glossary.check,
    vocabulary.check,
    acronyms.check,
    letters.check,
)
# What is looked for in each text, and judged by the library.
WORDS: Final[Mapping[str, Callable[[Source], Words]]] = {
    vocabulary.JARGON: vocabulary.used_jargon,
    acronyms.ACRONYMS: acronyms.unexplained,
}

UNCHECKED = rule(
    "texte-non-verifie",
    "Un texte n’a pas pu être vérifié jusqu’au bout",
    "Simplifiez-le : il emboîte sans doute trop de listes ou de blocs.",
)


def study_text(path: str, data: bytes, settings: Settings) -> Study:
    """All that can be said of one resource by itself."""
    source, reading = source_files.parse(path, data)
    if source is None:
        return Study(None, tuple(reading))
    return Study(
        source,
        tuple(reading),
        tuple(_checked(source, resource_of(source), settings)),
        survey_resource(source, settings.markdown, hides=path.startswith(f"{WORKSHOPS}/")),
        {kind: find(source) for kind, find in WORDS.items()},
    )


def _checked(source: Source, resource: Resource | None, settings: Settings) -> Iterator[Diagnostic]:
    for check_text in BY_TEXT:
        try:
            yield from check_text(source, resource, settings)
        except RecursionError:
            yield UNCHECKED.at(Place(source.path), "La vérification de ce texte s’est arrêtée.")


def run(
    library: Library,
    settings: Settings,
    known: Mapping[str, Study] | None = None,
    memory: Memory | None = None,
) -> list[Diagnostic]:
    """Run every check, in the order of files and lines.

    `known` are the studies of the texts of the library, made here when nobody has them.
    """
    memory = memory or Memory()
    if known is None:
        texts = {s.path: s.text.encode() for s in library.sources}
        known = studies(texts, study_text, settings, memory)
    found = _all(library, settings, known, memory)
    return sorted(silences.apply(found, library.sources, settings.policy))


def _all(
    library: Library, settings: Settings, known: Mapping[str, Study], memory: Memory
) -> Iterator[Diagnostic]:
    for source in library.sources:
        yield from known[source.path].checks
    for check in BY_LIBRARY:
        yield from check(library, settings)
    for check_studies in BY_STUDIES:
        yield from check_studies(library, settings, known, memory)
