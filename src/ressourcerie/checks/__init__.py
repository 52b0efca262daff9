"""Checks: each looks at a text, an image or the whole library, and says what breaks a rule.

What a check by text says depends on that text and on the settings alone: it can be kept from one
run to the next. Only what needs several resources at once is a check by library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ressourcerie.checks import blocks, images, letters, links, references, schedule, structure
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.library import Library
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.source import Source

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
    links.check,
    letters.check,
)


def run(library: Library, settings: Settings) -> list[Diagnostic]:
    """Run every check, in the order of files and lines."""
    return sorted(_all(library, settings))


def _all(library: Library, settings: Settings) -> Iterator[Diagnostic]:
    for source in library.sources:
        resource = library.by_path.get(source.path)
        for check_text in BY_TEXT:
            yield from check_text(source, resource, settings)
    for path in sorted(library.assets):
        yield from images.check_image(settings.root / path, path)
    for check in BY_LIBRARY:
        yield from check(library, settings)
