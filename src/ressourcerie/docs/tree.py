"""The files of any MkDocs project, where each will be published, and how its links are rewritten.

MkDocs itself is not asked: a hook or a missing theme must not keep links from being checked. What
is followed here is MkDocs 1.6 (`structure.files`, `structure.pages`).
"""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from ressourcerie.source import is_inside

_MARKDOWN: Final = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
_DEFAULT_EXCLUDE: Final = (".*", "/templates/")


@dataclass(frozen=True, slots=True)
class DocFile:
    """One file: `src` and `dest` relative to the documentation and to the site.

    `published` is false for what MkDocs leaves out; `readable` for what leads out of the project.
    `content` is that of a page which a plugin makes up, and no file holds.
    """

    src: str
    dest: str
    published: bool = True
    readable: bool = True
    content: bytes | None = None

    @property
    def is_page(self) -> bool:
        """Whether it is written in Markdown."""
        return is_markdown(self.src)

    @property
    def url(self) -> str:
        """Its address, percent-coded, relative to the root of the site."""
        folder, name = posixpath.split(self.dest)
        path = self.dest
        if self.is_page and name == "index.html" and self.dest != self.src:
            path = f"{folder}/" if folder else ""
        return quote(path)


def is_markdown(path: str) -> bool:
    """Whether MkDocs would render a file."""
    return path.endswith(_MARKDOWN)


def destination(src: str, use_directory_urls: bool) -> str:
    """Where MkDocs writes a file."""
    if not is_markdown(src):
        return src
    folder, name = posixpath.split(posixpath.splitext(src)[0])
    name = "index" if name == "README" else name
    if not use_directory_urls or name == "index":
        return posixpath.join(folder, f"{name}.html")
    return posixpath.join(folder, name, "index.html")


@dataclass(frozen=True)
class DocsTree:
    """All the files of a documentation. `strange` are those that lead nowhere or out of it."""

    files: tuple[DocFile, ...]
    absolute_links: bool = False
    strange: tuple[str, ...] = ()

    @cached_property
    def by_src(self) -> Mapping[str, DocFile]:
        """Source path → file, those left out included: MkDocs rewrites links to them too."""
        return {f.src: f for f in self.files}

    @cached_property
    def pages(self) -> tuple[DocFile, ...]:
        """The pages that will be published."""
        return tuple(f for f in self.files if f.is_page and f.published)

    def clashes(self) -> Iterator[tuple[DocFile, DocFile]]:
        """Pairs of files published at the same place, but `index.md` and `README.md`."""
        seen: dict[str, DocFile] = {}
        for file in self.files:
            if file.published and seen.setdefault(file.dest, file) is not file:
                yield seen[file.dest], file

    def twins(self) -> Iterator[tuple[DocFile, DocFile]]:
        """Pairs of files whose names differ by their capitals or the coding of their accents only.

        Where these do not count (Windows, macOS), there is room for one of them.
        """
        seen: dict[str, DocFile] = {}
        for file in self.files:
            plain = unicodedata.normalize("NFC", file.src).casefold()
            if seen.setdefault(plain, file) is not file:
                yield seen[plain], file

    def target(self, typed: str, page: DocFile) -> tuple[DocFile, str] | None:
        """The source a Markdown link names, with its fragment; None for a link left as it is."""
        path, fragment = _parts(typed)
        if not path or (path[0] in "/\\" and not self.absolute_links):
            return None
        joined = posixpath.join(posixpath.dirname(page.src), path).lstrip("/")
        found = self.by_src.get(posixpath.normpath(joined))
        return (found, fragment) if found else None


@lru_cache(maxsize=50_000)
def _parts(typed: str) -> tuple[str, str]:
    """The path of a link, decoded, and its fragment; no path when it leads to another site."""
    try:
        scheme, host, path, _query, fragment = urlsplit(typed)
    except ValueError:
        return "", ""
    return ("", "") if scheme or host else (unquote(path), fragment)


def read_tree(
    docs_dir: Path,
    root: Path,
    *,
    use_directory_urls: bool = True,
    absolute_links: bool = False,
    exclude: str = "",
) -> DocsTree:
    """List a documentation as MkDocs does. `exclude` has the patterns of `exclude_docs`."""
    excluded = _excluded(exclude)
    strange: list[str] = []
    found: list[DocFile] = []
    for src, plain in _walk(docs_dir, root, strange):
        readable = plain or ((docs_dir / src).is_file() and is_inside(root, docs_dir / src))
        # What becomes of a page that cannot be read is said when it is read.
        if not (readable or is_markdown(src)):
            strange.append(src)
        dest = destination(src, use_directory_urls)
        found.append(DocFile(src, dest, not excluded(src), readable))
    files = tuple(_without_hidden_readme(found))
    return DocsTree(files, absolute_links, tuple(strange))


def _excluded(patterns: str) -> Callable[[str], bool]:
    """What tells the files that MkDocs leaves out: hidden ones, templates, those of `patterns`."""
    if not patterns.strip():
        return lambda src: "/." in f"/{src}" or src.startswith("templates/")
    from pathspec import GitIgnoreSpec

    kept = list(_DEFAULT_EXCLUDE)
    for line in patterns.splitlines():
        with suppress(ValueError):
            # MkDocs refuses a pattern that is no pattern.
            GitIgnoreSpec.from_lines([line])
            kept.append(line)
    return GitIgnoreSpec.from_lines(kept).match_file


def _walk(docs_dir: Path, root: Path, strange: list[str]) -> Iterator[tuple[str, bool]]:
    """Every file, and whether it surely is a plain file of the project.

    Linked folders of the project are included, none entered twice on one way down.
    """
    within = os.path.join(root.resolve(), "")  # noqa: PTH118 - many paths are compared
    top = os.path.realpath(docs_dir)
    todo = [("", top, frozenset({top}))]
    while todo:
        folder, real, above = todo.pop()
        try:
            entries = sorted(os.scandir(real), key=lambda e: e.name)
        except OSError:
            if folder:
                strange.append(folder.rstrip("/"))
            continue
        for entry in entries:
            src = f"{folder}{entry.name}"
            if not _is_text(entry.name):
                strange.append(src.encode("utf-8", "replace").decode())
                continue
            try:
                if not entry.is_dir():
                    inside = f"{real}{os.sep}".startswith(within)
                    yield src, inside and entry.is_file(follow_symlinks=False)
                    continue
                inner = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
            except (OSError, RuntimeError):
                strange.append(src)
                continue
            if inner in above or not f"{inner}{os.sep}".startswith(within):
                strange.append(src)
            else:
                todo.append((f"{src}/", inner, above | {inner}))


def _is_text(name: str) -> bool:
    """Whether a name is made of characters: a disk takes any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _without_hidden_readme(files: Iterable[DocFile]) -> Iterator[DocFile]:
    """Leave out a `README.md` that stands beside an `index.md`: MkDocs publishes the second."""
    listed = list(files)
    indexes = {f.dest for f in listed if posixpath.basename(f.src).startswith("index.")}
    for file in listed:
        if not (file.dest in indexes and posixpath.basename(file.src).startswith("README.")):
            yield file
