"""What the repository itself prints: the names of its papers, and what is said of each."""

from __future__ import annotations

import shutil
from pathlib import Path

from builds import REPOSITORY
from ressourcerie.library import Library
from ressourcerie.model import Resource
from ressourcerie.paper.documents import works
from ressourcerie.paper.pdf import Pdf
from straw import Printed, press_of, print_with_straw

_PRESS = press_of(REPOSITORY)
_LIBRARY = _PRESS.library
_DOCUMENTS = [document.name for document in works(_PRESS).documents]
SLUGS = sorted(w.slug for w in _LIBRARY.workshops)
RECIPES = sorted(b.slug for b in _LIBRARY.booklets)


def _of_workshops(*editions: str) -> list[str]:
    return [f"{slug}-{edition}.pdf" for slug in SLUGS for edition in editions]


# With a lexicon of the words they use.
EXPLAINED = _of_workshops("animateur", "participant", "grands-caracteres", "econome", "a-remplir")
SHEETS = [*EXPLAINED, *_of_workshops("corrige")]
SLIDES = _of_workshops("diaporama")
BOOKLETS = [f"{name}-livret.pdf" for name in RECIPES]
TAGGED = [*_DOCUMENTS, *BOOKLETS]
FILLABLE = [name for name in TAGGED if name.endswith("a-remplir.pdf")]
FOLDED = [
    *(f"{name}-{edition}.pdf" for name in RECIPES for edition in ("a-imprimer", "a3")),
    *_of_workshops("participant-a3"),
]
IMPOSED = [*FOLDED, *(f"{name}-deux-par-feuille.pdf" for name in RECIPES)]
PDFS = [*TAGGED, *IMPOSED]


def edition(name: str) -> str:
    """Of a sheet of a workshop."""
    slug = next(slug for slug in SLUGS if name.startswith(f"{slug}-"))
    return name.removeprefix(f"{slug}-").removesuffix(".pdf")


def of_straw(folder: Path) -> Printed:
    """All the papers of the repository, printed with straw in `folder`."""
    # A copy: papers of straw must not be taken for those of the repository.
    for name in ("ateliers", "content", "glossary", "theme"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)
    return print_with_straw(folder)


def owner(pdf: Pdf, library: Library) -> Resource:
    """What a paper is of."""
    owners = (*library.resources, *library.questionnaires)
    return next(r for r in owners if r.source.path == pdf.owner)
