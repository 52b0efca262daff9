"""The straight line, as one visible tuple of steps: check, print.

The site is the last station and belongs to MkDocs, which calls `prepare` through our plugin;
`ressourcerie build` and `mkdocs build` therefore walk the same line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from ressourcerie.diagnostics import Diagnostic, has_errors
from ressourcerie.examine import examine
from ressourcerie.library import Library
from ressourcerie.paper.cache import PdfCache
from ressourcerie.paper.documents import works
from ressourcerie.paper.kit import kits
from ressourcerie.paper.pdf import Kit, Pdf
from ressourcerie.paper.press import Press
from ressourcerie.paper.render import Progress, print_all, silent
from ressourcerie.settings import Settings


@dataclass(frozen=True, slots=True)
class Work:
    """What one run has made so far. Each step returns a new one."""

    settings: Settings
    library: Library = field(default_factory=Library)
    diagnostics: tuple[Diagnostic, ...] = ()
    pdfs: tuple[Pdf, ...] = ()
    kits: tuple[Kit, ...] = ()
    rendered: int = 0
    progress: Progress = silent

    @property
    def failed(self) -> bool:
        """Whether a diagnostic forbids to publish."""
        return has_errors(self.diagnostics)

    def saying(self, found: Iterable[Diagnostic]) -> Work:
        """With more diagnostics, in the order of files and lines."""
        return replace(self, diagnostics=tuple(sorted({*self.diagnostics, *found})))


Step = Callable[[Work], Work]


def check(work: Work) -> Work:
    """Sources → library, with all that is wrong with them."""
    examined = examine(work.settings)
    return replace(work, library=examined.library or Library()).saying(examined.diagnostics)


def print_(work: Work) -> Work:
    """Library → PDFs and kits."""
    if work.failed:
        return work
    cache = PdfCache(work.settings)
    press = Press(work.library, work.settings)
    tasks = tuple(works(press).tasks(press, cache))
    pdfs, found, rendered = print_all(tasks, cache, progress=work.progress)
    packed = () if has_errors(found) else tuple(kits(press, pdfs, cache))
    return replace(work, pdfs=tuple(pdfs), kits=packed, rendered=rendered).saying(found)


STEPS: Final[tuple[Step, ...]] = (check, print_)


def prepare(settings: Settings, progress: Progress = silent) -> Work:
    """Walk the line.

    All is checked before anything is printed, so that one run says all that is wrong.
    """
    work = Work(settings, progress=progress)
    for step in STEPS:
        work = step(work)
    return work
