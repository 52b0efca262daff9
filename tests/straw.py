"""A press of straw: each job is answered at once, here, and remembered."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weasyprint.text.fonts import FontConfiguration

from ressourcerie.diagnostics import Diagnostic
from ressourcerie.load import load
from ressourcerie.paper.cache import PdfCache
from ressourcerie.paper.documents import works
from ressourcerie.paper.pdf import Pdf
from ressourcerie.paper.press import Press
from ressourcerie.paper.render import print_all
from ressourcerie.paper.typesetting import Typesetting
from ressourcerie.paper.worker import WARM, Job, Result, work
from ressourcerie.settings import Settings, read_settings

Answer = Callable[[Job], Result]
PAGES = 2


def blank(job: Job) -> Result:
    """Two pages that say nothing; those of a part say where its ids stand."""
    pdf = b"%PDF " + job.name.encode()
    if not (isinstance(job, Typesetting) and job.part):
        return Result(pdf, PAGES)
    places = {name: [0, 0.0, 0.0] for name in re.findall(r'\sid="([^"]+)"', job.html)}
    layout = {"pages": PAGES, "anchors": places, "bookmarks": [], "slots": []}
    refers = sorted(set(re.findall(r'"livre:([^"]+)"', job.html)))
    return Result(pdf, PAGES, layout=layout, refers=tuple(refers))


def laid_out(job: Job) -> Result:
    """What the engine itself makes, here and now."""
    WARM.fonts = WARM.fonts or FontConfiguration()
    return work(job)


class Straw(Executor):
    """What processes would do, done by `answer`. `jobs` are those it was given, in order."""

    def __init__(self, answer: Answer = blank) -> None:
        self._answer = answer
        self.jobs: list[Job] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        # What a process would receive.
        (job,) = pickle.loads(pickle.dumps(args))  # noqa: S301 - our own
        self.jobs.append(job)
        future: Future[Any] = Future()
        try:
            future.set_result(self._answer(job))
        except Exception as error:  # noqa: BLE001 - what a pool does
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class Printed:
    """What came out of a press of straw, what it said, and what it had to make."""

    pdfs: list[Pdf]
    found: list[Diagnostic]
    count: int
    jobs: list[Job]

    @property
    def names(self) -> list[str]:
        return [pdf.name for pdf in self.pdfs]

    @property
    def made(self) -> set[str]:
        return {job.name for job in self.jobs}

    @property
    def texts(self) -> dict[str, str]:
        """The HTML of each document that was laid out."""
        return {job.name: job.html for job in self.jobs if isinstance(job, Typesetting)}


def settings_of(root: Path) -> Settings:
    settings, _ = read_settings(root / "mkdocs.yml")
    assert settings is not None
    return settings


def press_of(root: Path) -> Press:
    library, found = load(root)
    assert not [d for d in found if d.is_error]
    return Press(library, settings_of(root))


def print_with_straw(root: Path, answer: Answer = blank, press: Press | None = None) -> Printed:
    """Print all that a project has to, with what its cache holds."""
    press = press or press_of(root)
    cache = PdfCache(press.settings)
    straw = Straw(answer)
    tasks = tuple(works(press).tasks(press, cache))
    pdfs, found, count = print_all(tasks, cache, executor=lambda _workers: straw)
    return Printed(pdfs, found, count, straw.jobs)
