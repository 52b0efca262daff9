"""The files of any MkDocs project, where each will be published, and how its links are rewritten.

MkDocs itself is not asked: a hook or a missing theme must not keep links from being checked. What
is followed here is MkDocs 1.6 (`structure.files`, `structure.pages`).
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

import pathspec

from ressourcerie.source import is_inside

_MARKDOWN: Final = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
_DEFAULT_EXCLUDE: Final = (".*", "/templates/")
# What every site has, whatever its theme.
ALWAYS: Final = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json"})


@dataclass(frozen=True, slots=True)
class DocFile:
    """One file: `src` and `dest` relative to the documentation and to the site.

    `published` is false for what MkDocs leaves out; `readable` for what leads out of the project.
    """

    src: str
    dest: str
    file: Path
    published: bool = True
    readable: bool = True

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
    lines = [*_DEFAULT_EXCLUDE, *exclude.splitlines()]
    excluded = pathspec.GitIgnoreSpec.from_lines(lines)
    strange: list[str] = []
    found: list[DocFile] = []
    for path in _walk(docs_dir, root.resolve(), strange):
        src = path.relative_to(docs_dir).as_posix()
        readable = path.is_file() and is_inside(root, path)
        if not readable:
            strange.append(src)
        dest = destination(src, use_directory_urls)
        found.append(DocFile(src, dest, path, not excluded.match_file(src), readable))
    files = tuple(_without_hidden_readme(found))
    return DocsTree(files, absolute_links, tuple(strange))


def _walk(docs_dir: Path, root: Path, strange: list[str]) -> Iterator[Path]:
    """Every file, linked folders of the project included, none entered twice on one way down."""
    todo = [(docs_dir, frozenset({docs_dir.resolve()}))]
    while todo:
        folder, above = todo.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError:
            strange.append(folder.relative_to(docs_dir).as_posix())
            continue
        for entry in entries:
            path = Path(entry.path)
            try:
                if not entry.is_dir():
                    yield path
                    continue
                real = path.resolve()
            except (OSError, RuntimeError):
                strange.append(path.relative_to(docs_dir).as_posix())
                continue
            if real in above or not real.is_relative_to(root):
                strange.append(path.relative_to(docs_dir).as_posix())
            else:
                todo.append((path, above | {real}))


def _without_hidden_readme(files: Iterable[DocFile]) -> Iterator[DocFile]:
    """Leave out a `README.md` that stands beside an `index.md`: MkDocs publishes the second."""
    listed = list(files)
    indexes = {f.dest for f in listed if posixpath.basename(f.src).startswith("index.")}
    for file in listed:
        if not (file.dest in indexes and posixpath.basename(file.src).startswith("README.")):
            yield file
