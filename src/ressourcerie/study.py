"""All that can be said of a text by itself: read, checked, surveyed, once for each content.

Studies are made in several processes when there are many to make, and remembered: a second run
makes only those of the texts that have changed.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Final

from ressourcerie.diagnostics import Diagnostic, Edit, Place, Severity
from ressourcerie.memory import Memory, key
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.survey.text import Survey

# Below this, starting other processes costs more than it saves.
_MANY: Final = 150
_CHUNK: Final = 25


@dataclass(frozen=True, slots=True)
class Study:
    """What one text says: `reading` and `checks` are the faults met in reading and in checking it.

    `source` and `survey` are None for a text that cannot be read.
    """

    source: Source | None
    reading: tuple[Diagnostic, ...] = ()
    checks: tuple[Diagnostic, ...] = ()
    survey: Survey | None = None

    def as_data(self) -> list[Any]:
        """Plain data for a JSON file; the text itself is not repeated."""
        return [
            _source_data(self.source),
            [_diagnostic_data(d) for d in self.reading],
            [_diagnostic_data(d) for d in self.checks],
            self.survey.as_data() if self.survey else None,
        ]

    @classmethod
    def from_data(cls, data: list[Any], path: str, text: str) -> Study:
        """The contrary of `as_data`; any error means that the data is not ours."""
        source, reading, checks, survey = data
        return cls(
            _source(source, path, text),
            tuple(_diagnostic(d, path) for d in reading),
            tuple(_diagnostic(d, path) for d in checks),
            Survey.from_data(survey) if survey else None,
        )


# Studies one text: path, content, settings → study. A plain function, sent to other processes.
Student = Callable[[str, bytes, Settings], Study]


def studies(
    texts: Mapping[str, bytes], student: Student, settings: Settings, memory: Memory
) -> dict[str, Study]:
    """The study of each text, by path: remembered, or made now."""
    about = f"{student.__module__}.{student.__name__}{_fingerprint(settings)}"
    keys = {path: key(about, path, data) for path, data in texts.items()}
    found: dict[str, Study] = {}
    for path, data in texts.items():
        if known := memory.get(keys[path]):
            try:
                found[path] = Study.from_data(known, path, _decoded(data))
            except (TypeError, ValueError, KeyError, AttributeError, IndexError):
                continue  # not ours, or damaged
    missing = {path: data for path, data in texts.items() if path not in found}
    for path, study in _made(missing, student, settings):
        found[path] = study
        memory.put(keys[path], study.as_data())
    return found


def _fingerprint(settings: Settings) -> str:
    """All that a study depends on besides its text: how Markdown is read, what the project asks."""
    fonts = [f.read_bytes() for f in sorted(settings.fonts.glob("*.woff2")) if f.is_file()]
    return key(str(settings.root), repr(settings.markdown), repr(settings.policy), *fonts)


def _made(
    texts: Mapping[str, bytes], student: Student, settings: Settings
) -> Iterator[tuple[str, Study]]:
    left = dict(texts)
    workers = os.cpu_count() or 1
    # In another thread (`mkdocs serve`) and for a few texts, one process does.
    if len(texts) >= _MANY and workers > 1 and threading.current_thread().name == "MainThread":
        try:
            for path, study in _made_together(list(texts.items()), workers, student, settings):
                del left[path]
                yield path, study
        except BrokenProcessPool:
            pass  # a machine short of memory: what is left is done here, slower
    for path, data in left.items():
        yield path, student(path, data, settings)


def _made_together(
    texts: list[tuple[str, bytes]], workers: int, student: Student, settings: Settings
) -> Iterator[tuple[str, Study]]:
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, (student, settings)) as pool:
        try:
            for made in pool.map(_make, chunks):
                yield from made
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_job: tuple[Student, Settings]


def _start(student: Student, settings: Settings) -> None:
    """Give a new process what all its texts share."""
    import signal

    # Only the parent answers Ctrl-C, once and in French.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global _job
    _job = student, settings


def _make(texts: Iterable[tuple[str, bytes]]) -> list[tuple[str, Study]]:
    student, settings = _job
    return [(path, student(path, data, settings)) for path, data in texts]


def _decoded(data: bytes) -> str:
    """As `source.parse` does."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _source_data(source: Source | None) -> list[Any] | None:
    if source is None:
        return None
    places = [[list(path), p.line, p.column] for path, p in source.places.items()]
    spans = [[list(path), start, end] for path, (start, end) in source.spans.items()]
    return [source.front, len(source.head), source.body_line, places, spans]


def _source(data: list[Any] | None, path: str, text: str) -> Source | None:
    if data is None:
        return None
    front, head, line, places, spans = data
    return Source(
        path,
        front,
        text[head:],
        line,
        {tuple(name): Place(path, row, column) for name, row, column in places},
        text[:head],
        {tuple(name): (start, end) for name, start, end in spans},
    )


def _diagnostic_data(diagnostic: Diagnostic) -> list[Any]:
    d, edit = diagnostic, diagnostic.edit
    return [
        [d.place.line, d.place.column, d.code, d.severity, d.message, d.hint, d.link],
        [edit.start, edit.end, edit.text] if edit else None,
    ]


def _diagnostic(data: list[Any], path: str) -> Diagnostic:
    (line, column, code, severity, message, hint, link), edit = data
    place = Place(path, line, column)
    made = Edit(*edit) if edit else None
    return Diagnostic(place, code, Severity(severity), message, hint, link, made)
