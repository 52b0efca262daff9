"""Which documents a project prints."""

from __future__ import annotations

from pathlib import Path

from ressourcerie.library import Library
from ressourcerie.paper.books import book
from ressourcerie.paper.document import Document
from ressourcerie.paper.handouts import handouts
from ressourcerie.paper.press import Press
from ressourcerie.paper.sheets import sheets
from ressourcerie.settings import Settings


def documents(library: Library, settings: Settings) -> list[Document]:
    """Every PDF of the project."""
    press = Press(library, settings)
    of_workshops = [d for w in library.workshops for d in sheets(press, w)]
    of_booklets = [book(press, b) for b in library.booklets]
    return [*of_workshops, *of_booklets, *handouts(press)]


def stylesheet_paths(document: Document, settings: Settings) -> list[Path]:
    """The files of a document's styles."""
    return [settings.print_theme / name for name in document.stylesheets]
