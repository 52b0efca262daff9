"""What we print, as HTML that any program can print: files that find their images and fonts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ressourcerie.links import BOOK, PROJECT
from ressourcerie.paper.books import STYLES, Book, Outline
from ressourcerie.paper.document import Document
from ressourcerie.settings import Settings

STYLE = "style.css"
# What binding does for us: the numbers of pages, of the book and of what is referred to.
BOUND = """
@page { @bottom-center { content: "page " counter(page) " sur " counter(pages);
  font: 400 8.5pt "Ressourcerie Sans"; color: #14213d; } }
@page cover { @bottom-center { content: none; } }
.page-slot::after { content: target-counter(attr(href), page); }
"""
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_SLOT = re.compile(r'<span class="page-slot" id="renvoi--[^"]*?--([^"]+)"></span>')
_CITED = re.compile(rf'"{BOOK}:lexique-([^"]+)"')


def write_html(
    folder: Path, settings: Settings, documents: Iterable[Document], books: Iterable[Book]
) -> None:
    """A file for each document and each book, beside the one style they all have."""
    folder.mkdir(parents=True, exist_ok=True)
    styles: tuple[str, ...] = ()
    more = ""
    for document in documents:
        styles = document.stylesheets
        _write(folder / f"{document.name}.html", document.html, settings)
    for book in books:
        styles, more = STYLES, BOUND
        _write(folder / f"{book.name}.html", _in_one_piece(book), settings)
    texts = ((settings.print_theme / name).read_text("utf-8") for name in styles)
    _write(folder / STYLE, "\n".join((*texts, more)), settings)


def _write(file: Path, text: str, settings: Settings) -> None:
    file.write_text(text.replace(f"{PROJECT}:", f"{settings.root.resolve().as_uri()}/"), "utf-8")


def _in_one_piece(book: Book) -> str:
    """The HTML of a whole book, whose numbers of pages are left to whoever lays it out."""
    parts = [part.html for part in book.parts]
    cited = {name for part in parts for name in _CITED.findall(part)}
    outline = Outline({}, tuple(sorted(cited)))
    back = book.back(outline)
    whole = [book.front(outline).html, *parts, *([back.html] if back else [])]
    bodies = "\n".join(_bodies([*whole, book.back_cover.html]))
    text = book.cover.html.replace("</body>", f"{bodies}\n</body>")
    text = _SLOT.sub(r'<a class="page-slot" href="#\1"></a>', text)
    return text.replace(f'"{BOOK}:', '"#')


def _bodies(texts: Iterable[str]) -> Iterator[str]:
    return (match[1] for text in texts if (match := _BODY.search(text)))
