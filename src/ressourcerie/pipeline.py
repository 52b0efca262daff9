"""The straight line, as one visible tuple of steps: read, check, print.

The site is the last station and belongs to MkDocs, which calls `prepare` through our plugin;
`ressourcerie build` and `mkdocs build` therefore walk the same line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from ressourcerie import checks
from ressourcerie.diagnostics import Diagnostic, has_errors
from ressourcerie.load import load
from ressourcerie.model import Library
from ressourcerie.paper.pdf import Pdf
from ressourcerie.settings import Settings


@dataclass(frozen=True, slots=True)
class Work:
    """What one run has made so far. Each step returns a new one."""

    settings: Settings
    render: bool = True
    library: Library = Library()
    diagnostics: tuple[Diagnostic, ...] = ()
    pdfs: tuple[Pdf, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a diagnostic forbids to publish."""
        return has_errors(self.diagnostics)

    def saying(self, found: list[Diagnostic]) -> Work:
        """With more diagnostics, in the order of files and lines."""
        return replace(self, diagnostics=tuple(sorted({*self.diagnostics, *found})))


Step = Callable[[Work], Work]


def read(work: Work) -> Work:
    """Sources → library."""
    library, found = load(work.settings.root)
    return replace(work, library=library).saying(found)


def check(work: Work) -> Work:
    """Library → diagnostics."""
    return work.saying(checks.run(work.library, work.settings))


STEPS: Final[tuple[Step, ...]] = (read, check)


def prepare(settings: Settings, *, render: bool = True, steps: tuple[Step, ...] = STEPS) -> Work:
    """Walk the line until a step leaves an error. Without `render`, only known PDFs are taken."""
    work = Work(settings, render)
    for step in steps:
        work = step(work)
        if work.failed and step is not read:
            break
    return work
