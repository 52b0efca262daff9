"""All that can be said of a text by itself: read, checked, surveyed, once for each content.

Studies are made in several processes when there are many to make, and remembered: a second run
makes only those of the texts that have changed. Made now or long ago, here or elsewhere, a study
comes out of the same plain data: what is said does not depend on it.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from ressourcerie import source as source_files
from ressourcerie.diagnostics import Diagnostic, Edit, Place, Severity
from ressourcerie.memory import Memory, as_text, key
from ressourcerie.settings import Settings
from ressourcerie.source import MAX_BYTES, Later, Source
from ressourcerie.survey.text import Survey

# Below this, starting other processes costs more than it saves.
_MANY: Final = 150
_CHUNK: Final = 10
# Word → offsets of its first use in a text.
Words = Mapping[str, tuple[int, int]]
# Data that is damaged, or not ours.
_FOREIGN: Final = (TypeError, ValueError, KeyError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True)
class Study:
    """What one text says: `reading` and `checks` are the faults met in reading and in checking it.

    `source` and `survey` are None for a text that cannot be read. `words` are those that only the
    whole library can judge: what is asked of them, then the offsets of the first use of each.
    `included` are the files read with the text, or that would be if they were there, by absolute
    path. `name` is that of all this study was made from.
    """

    source: Source | None
    reading: tuple[Diagnostic, ...] = ()
    checks: tuple[Diagnostic, ...] = ()
    survey: Survey | None = None
    words: Mapping[str, Words] = field(default_factory=dict)
    included: tuple[str, ...] = ()
    name: str = ""

    def as_data(self) -> list[Any]:
        """Plain data for a JSON file; the text itself is not repeated."""
        return [
            _source_data(self.source),
            [as_data(d) for d in self.reading],
            [as_data(d) for d in self.checks],
            self.survey.as_data() if self.survey else None,
            self.words,
            [[file, _content(file)] for file in self.included],
        ]

    @classmethod
    def from_data(cls, data: list[Any], path: str, text: str, name: str = "") -> Study:
        """The contrary of `as_data`; any error means that the data is not ours."""
        source, reading, checks, survey, words, included = data
        return cls(
            _source(source, path, text),
            tuple(from_data(d, path) for d in reading),
            tuple(from_data(d, path) for d in checks),
            Survey.from_data(survey) if survey else None,
            {
                kind: {w: (start, end) for w, (start, end) in found.items()}
                for kind, found in words.items()
            },
            tuple(file for file, _ in included),
            key(name, *(content for _, content in included)) if included else name,
        )


# Studies one text: path, content, settings → study. A plain function, sent to other processes.
Student = Callable[[str, bytes, Settings], Study]


def studies(
    texts: Mapping[str, bytes], student: Student, settings: Settings, memory: Memory
) -> dict[str, Study]:
    """The study of each text, by path: remembered, or made now."""
    about = f"{student.__module__}.{student.__name__}{_fingerprint(settings)}"
    names = {path: key(about, path, data) for path, data in texts.items()}
    _content.cache_clear()
    found: dict[str, Study] = {}
    with undisturbed():
        for path, data in texts.items():
            try:
                known = memory.get(names[path])
                # A file that the text includes may have changed since.
                if known and all(_content(file) == content for file, content in known[-1]):
                    found[path] = Study.from_data(known, path, _decoded(data), names[path])
            except _FOREIGN:
                continue
    missing = {path: data for path, data in texts.items() if path not in found}
    for path, made in _made(missing, student, settings):
        found[path] = Study.from_data(json.loads(made), path, _decoded(texts[path]), names[path])
        memory.put_text(names[path], made)
    return {path: found[path] for path in texts}


def remembered(
    memory: Memory, name: str, look: Callable[[], Iterable[Diagnostic]]
) -> Iterator[Diagnostic]:
    """What was found under a name, which is that of all it depends on; else what is found now."""
    found = memory.get(name)
    if found is None:
        found = [[d.place.path, as_data(d)] for d in look()]
        memory.put(name, found)
    yield from (from_data(data, path) for path, data in found)


def afresh(
    studied: Mapping[str, Study],
    ground: str,
    memory: Memory,
    judge: Callable[[str, Study], Iterable[Diagnostic]],
) -> Iterator[Diagnostic]:
    """Judge texts by what surrounds them, `ground` being the name of all that it depends on.

    Those found faultless on the same ground, by this run or the last, are not judged again.
    """
    known = memory.get(ground)
    faultless = set(known if isinstance(known, list) else ())
    still = []
    for path, study in studied.items():
        found = () if study.name in faultless else tuple(judge(path, study))
        yield from found
        if study.name and not found:
            still.append(study.name)
    memory.put(ground, still)


@contextmanager
def undisturbed() -> Iterator[None]:
    """While all that is made stays, looking for what can be thrown away takes half of the time."""
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


def _fingerprint(settings: Settings) -> str:
    """All that a study depends on besides its text: how Markdown is read, what the project asks."""
    fonts = [f.read_bytes() for f in sorted(settings.fonts.glob("*.woff2")) if f.is_file()]
    return key(str(settings.root), repr(settings.markdown), repr(settings.policy), *fonts)


@cache
def _content(file: str) -> str:
    """What a file holds, in short; empty when there is no text there."""
    try:
        path = Path(file)
        if path.is_file() and path.stat().st_size <= MAX_BYTES:
            return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        pass
    return ""


# Making studies: each comes back as text, ready to be remembered.


def _made(
    texts: Mapping[str, bytes], student: Student, settings: Settings
) -> Iterator[tuple[str, str]]:
    left = dict(texts)
    workers = os.cpu_count() or 1
    # In another thread (`mkdocs serve`) and for a few texts, one process does.
    if len(texts) >= _MANY and workers > 1 and threading.current_thread().name == "MainThread":
        for path, made in _made_together(list(texts.items()), workers, student, settings):
            del left[path]
            yield path, made
    for path, data in left.items():
        yield path, as_text(student(path, data, settings).as_data())


def _made_together(
    texts: list[tuple[str, bytes]], workers: int, student: Student, settings: Settings
) -> Iterator[tuple[str, str]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, (student, settings)) as pool:
        try:
            for made in pool.map(_make, chunks):
                yield from made
        except BrokenProcessPool:
            pass  # a machine short of memory: the caller does the rest, slower
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


def _make(texts: Iterable[tuple[str, bytes]]) -> list[tuple[str, str]]:
    student, settings = _job
    return [(path, as_text(student(path, data, settings).as_data())) for path, data in texts]


# Studies and diagnostics as plain data.


def _decoded(data: bytes) -> str:
    """As `source.parse` does."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _source_data(source: Source | None) -> list[Any] | None:
    if source is None:
        return None
    return [source.front, len(source.head), source.body_line]


def _source(data: list[Any] | None, path: str, text: str) -> Source | None:
    if data is None:
        return None
    front, end, line = data
    head = text[:end]

    @cache
    def again() -> Source:
        # Where each key stands is seldom asked: the front matter is read again for it.
        read = source_files.parse(path, head.encode())[0] if front else None
        return read or Source(path, front, "", line)

    places, spans = Later(lambda: again().places), Later(lambda: again().spans)
    return Source(path, front, text[end:], line, places, head, spans)


def as_data(diagnostic: Diagnostic) -> list[Any]:
    """A diagnostic as plain data, but for the path of its file."""
    d, edit = diagnostic, diagnostic.edit
    return [
        [d.place.line, d.place.column, d.code, d.severity, d.message, d.hint, d.link],
        [edit.start, edit.end, edit.text] if edit else None,
    ]


def from_data(data: list[Any], path: str) -> Diagnostic:
    """The contrary of `as_data`, for the file `path`."""
    (line, column, code, severity, message, hint, link), edit = data
    place = Place(path, line, column)
    made = Edit(*edit) if edit else None
    return Diagnostic(place, code, Severity(severity), message, hint, link, made)
