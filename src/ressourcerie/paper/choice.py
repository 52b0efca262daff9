"""What a paper rests on: when only some papers are wanted, only their own faults matter."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from ressourcerie.diagnostics import Diagnostic
from ressourcerie.fields import Content
from ressourcerie.library import Library
from ressourcerie.load import CONTENT, GLOSSARY, GUIDE, PATHS, WORKSHOPS
from ressourcerie.model import Booklet, Page
from ressourcerie.model import Path as LearningPath
from ressourcerie.paper.cache import PdfCache
from ressourcerie.paper.documents import Works

_FOLDERS: Final[dict[Content, str]] = {
    "glossaire": GLOSSARY,
    "definitions": GLOSSARY,
    "guide": GUIDE,
}
# The pages that offer what is made of a whole folder.
_WHOLE: Final = {"glossaire": GLOSSARY, "guide": GUIDE}


def slug_of(path: str) -> str:
    """The name of a source in the keys that point to it, whether it could be read or not."""
    stem = path.removesuffix("/index.md").removesuffix(".md").removesuffix(".yml")
    return posixpath.basename(stem)


def faults(
    owner: str, found: Iterable[Diagnostic], library: Library, works: Works, cache: PdfCache
) -> list[Diagnostic]:
    """The errors that spoil the papers of a source: in it, in what they hold, in what they show.

    `works` are those papers.
    """
    errors = [d for d in found if d.is_error]
    texts = set(_texts(owner, library))
    # To know which pictures a paper shows, it is composed: only for the sake of a doubt.
    doubt = any(not d.place.path.endswith((".md", ".yml")) for d in errors)
    files = {f for d in works.whole for f in cache.files(d)} if doubt else set()
    return [d for d in errors if _is_among(d.place.path, texts) or d.place.path in files]


def _is_among(path: str, texts: Collection[str]) -> bool:
    """Whether a path is one of `texts`, or lies in the folder of a workshop that is."""
    folder, name = posixpath.split(path)
    while folder and name != "index.md":
        if f"{folder}/index.md" in texts:
            return True
        folder = posixpath.dirname(folder)
    return path in texts


def _texts(owner: str, library: Library) -> Iterator[str]:
    """The sources that the papers of a source are made from; those that cannot be read too."""
    yield owner
    match library.by_path.get(owner):
        case LearningPath() as path:
            yield from _named(library, WORKSHOPS, path.ateliers)
        case Page(gabarit=("glossaire" | "guide") as folder):
            yield from _named(library, _WHOLE[folder], ())
        case Booklet() as booklet:
            yield from (r.source.path for _, held in library.contents(booklet) for r in held)
            yield from _wanting(library, booklet)


def _wanting(library: Library, booklet: Booklet) -> Iterator[str]:
    """What a booklet may lack because it cannot be read."""
    for content in booklet.contenu:
        if content == "pages":
            names = {
                f"{CONTENT}/{name}{end}.md" for name in booklet.pages for end in ("", "/index")
            }
            yield from (path for path in sorted(library.unread) if path in names)
            continue
        folder = _FOLDERS.get(content)
        if folder:
            chosen = booklet.chapitres if content == "guide" else booklet.termes
            yield from _unread(library, folder, chosen)
            continue
        path = next((p for p in library.paths if p.slug == booklet.parcours), None)
        yield from _unread(library, WORKSHOPS, booklet.ateliers or (path.ateliers if path else ()))
        if booklet.parcours:
            yield from _unread(library, PATHS, [booklet.parcours])


def _named(library: Library, folder: str, slugs: Collection[str]) -> Iterator[str]:
    yield from (
        path
        for path, resource in library.by_path.items()
        if path.startswith(f"{folder}/") and (not slugs or resource.slug in slugs)
    )
    yield from _unread(library, folder, slugs)


def _unread(library: Library, folder: str, slugs: Collection[str]) -> Iterator[str]:
    """The sources of a folder that could not be read: those that are named, all when none is."""
    for path in sorted(library.unread):
        if path.startswith(f"{folder}/") and (not slugs or slug_of(path) in slugs):
            yield path
