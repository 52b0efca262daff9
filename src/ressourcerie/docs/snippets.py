"""The files that a page includes by `pymdownx.snippets`: where it asks for them, what they say."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ressourcerie.source import MAX_BYTES, is_inside

MARK: Final = "8<-"
# Files that one page may include.
_MOST: Final = 2000
# `--8<-- "file"` asks for one file; alone, the mark opens or closes a list of files.
_LINE: Final = re.compile(
    r"[ \t]*-+8<-+(?:[ \t]+(?:\"(?P<double>(?:\\\"|[^\"])+)\"|'(?P<single>(?:\\'|[^'])+)'))?[ \t]*"
)
# A part of a file: lines (`:3:8`), or a section (`:name`).
_PART: Final = re.compile(r":(?:[-\d:,]*|[a-z][-\w]*)$", re.IGNORECASE)


def asked(text: str, start: int = 0) -> Iterator[tuple[str, int]]:
    """Each file that a text includes from `start` on: as it names it, the offset of its name."""
    listing = False
    for line in text[start:].split("\n"):
        match = _LINE.fullmatch(line) if MARK in line else None
        group = match.lastgroup if match else None
        if match and group:
            found = (match[group].strip(), match.start(group))
        else:
            found = (line.strip(), len(line) - len(line.lstrip())) if listing else ("", 0)
        if match and not group:
            listing = not listing
        elif found[0] and not found[0].startswith(";") and listing == (group is None):
            yield found[0], start + found[1]
        start += len(line) + 1


def file_of(name: str) -> str:
    """The file of which a name asks a part."""
    return _PART.sub("", name)


@dataclass
class Shelf:
    """Where the files that pages include are kept: the folders `bases` of the project `root`."""

    root: Path
    bases: tuple[str, ...]

    def text(self, name: str) -> str:
        """The text of a file that pages may include, with those it includes; empty when absent."""
        todo, seen, texts = [file_of(name)], set[str](), list[str]()
        while todo:
            path = todo.pop()
            for base in self.bases:
                file = Path(base, path)
                if path in seen or not self._may_read(file):
                    continue
                seen.add(path)
                texts.append(file.read_text("utf-8", "replace"))
                todo += (file_of(other) for other, _ in asked(texts[-1]))
        return "\n".join(texts)

    def holder(self, typed: str, included: Sequence[tuple[str, int]]) -> tuple[str, int]:
        """The one of the files included in which something is typed, the last of them failing that.

        IndexError if there is none.
        """
        holders = (found for found in included if typed in self.text(found[0]))
        return next(holders, included[-1])

    def watch(self, preprocessor: Any) -> Watch:
        """Let a converter read no file out of the project, nor a pipe; see what it asks for."""
        watch = Watch()
        find, extract = preprocessor.get_snippet_path, preprocessor.extract_section
        last = ""

        def get_snippet_path(path: str) -> str | None:
            nonlocal last
            last = path
            watch.asked += 1
            if watch.asked > _MOST:
                # Each of a few files that include the others twice makes twice as many.
                raise TimeoutError
            found: str | None = find(path)
            for wanted in (found, *(os.path.normpath(os.path.join(b, path)) for b in self.bases)):  # noqa: PTH118
                if wanted and wanted.startswith(os.path.join(self.root, "")):  # noqa: PTH118
                    watch.files[wanted] = None
            if found and self._may_read(Path(found)):
                return found
            watch.missing.append(path)
            return None

        def extract_section(section: str, lines: list[str]) -> Any:
            matches = (preprocessor.RE_SNIPPET_SECTION.match(line) for line in lines)
            if not any(m and m["name"] == section and not m["escape"] for m in matches):
                watch.missing.append(f"{last}:{section}")
            return extract(section, lines)

        preprocessor.get_snippet_path = get_snippet_path
        preprocessor.extract_section = extract_section
        return watch

    def _may_read(self, file: Path) -> bool:
        return is_inside(self.root, file) and file.is_file() and file.stat().st_size <= MAX_BYTES


@dataclass
class Watch:
    """What a page has asked for: `missing` is not there.

    `files` are those that make it what it is, and those that would if they were there.
    """

    asked: int = 0
    missing: list[str] = field(default_factory=list)
    files: dict[str, None] = field(default_factory=dict)
