"""Checks: each looks at a text, an image or the whole library, and says what breaks a rule.

What a check by text says depends on that text and on the settings alone: it can be kept from one
run to the next. Only what needs several resources at once is a check by library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from ressourcerie import source as source_files
from ressourcerie.checks import blocks, images, letters, links, references, schedule, structure
from ressourcerie.diagnostics import Diagnostic, Place, rule
from ressourcerie.library import Library
from ressourcerie.load import WORKSHOPS, resource_of
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.study import Study
from ressourcerie.survey.text import survey_resource

TextCheck = Callable[[Source, Resource | None, Settings], Iterable[Diagnostic]]
LibraryCheck = Callable[[Library, Settings], Iterable[Diagnostic]]

BY_TEXT: Final[tuple[TextCheck, ...]] = (
    structure.check_text,
    blocks.check_text,
    schedule.check_text,
    letters.check_text,
)
BY_LIBRARY: Final[tuple[LibraryCheck, ...]] = (
    references.check,
    letters.check,
)

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
    )


def _checked(source: Source, resource: Resource | None, settings: Settings) -> Iterator[Diagnostic]:
    for check_text in BY_TEXT:
        try:
            yield from check_text(source, resource, settings)
        except RecursionError:
            yield UNCHECKED.at(Place(source.path), "La vérification de ce texte s’est arrêtée.")


def run(
    library: Library, settings: Settings, studies: Mapping[str, Study] | None = None
) -> list[Diagnostic]:
    """Run every check, in the order of files and lines.

    `studies` are those of the texts of the library; they are made here when nobody has them.
    """
    if studies is None:
        texts = {s.path: s.text.encode() for s in library.sources}
        studies = {path: study_text(path, data, settings) for path, data in texts.items()}
    return sorted(_all(library, settings, studies))


def _all(
    library: Library, settings: Settings, studies: Mapping[str, Study]
) -> Iterator[Diagnostic]:
    for source in library.sources:
        yield from studies[source.path].checks
    for path in sorted(library.assets):
        yield from images.check_image(settings.root / path, path)
    yield from links.check(library, settings, studies)
    for check in BY_LIBRARY:
        yield from check(library, settings)
