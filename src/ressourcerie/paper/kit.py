"""Kits: all the papers of a workshop, or of a path, in one zip that needs no connection."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ressourcerie import data, french
from ressourcerie.memory import key
from ressourcerie.model import Path as LearningPath
from ressourcerie.model import Resource, Workshop
from ressourcerie.paper.cache import PdfCache
from ressourcerie.paper.pdf import Kit, Pdf
from ressourcerie.paper.press import Press

README: Final = "LISEZ-MOI.html"
LICENCE: Final = "LICENCE.txt"
# Zip has no idea of time zones; this is the first day it can tell.
_DATE: Final = (1980, 1, 1, 0, 0, 0)
# Of other resources, what every session needs.
_FOR_ALL: Final = frozenset({"questionnaire", "questionnaire-a-remplir"})


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a kit holds for one resource: a folder (empty: the top), and its papers."""

    resource: Resource
    folder: str
    pdfs: tuple[Pdf, ...]
    pictures: Mapping[str, Path]

    def name(self, file: str) -> str:
        """The name of a file in the kit."""
        return f"{self.folder}/{file}" if self.folder else file


def kits(press: Press, pdfs: Sequence[Pdf], cache: PdfCache) -> Iterator[Kit]:
    """A kit a workshop and a kit a path, of the PDFs that exist. Raises OSError."""
    for workshop in press.library.workshops:
        shelf = _shelf(press, workshop, pdfs, folder="")
        common = [pdf for pdf in pdfs if pdf.edition in _FOR_ALL]
        if shelf.pdfs:
            yield _kit(press, workshop, [shelf], common, cache)
    for path in press.library.paths:
        workshops = [w for slug in path.ateliers if (w := press.library.workshop(slug))]
        shelves = [
            _shelf(press, workshop, pdfs, folder=f"{number}-{workshop.slug}")
            for number, workshop in enumerate(workshops, start=1)
        ]
        owners = {path.source.path, *_booklets(press, path)}
        common = [pdf for pdf in pdfs if pdf.owner in owners or pdf.edition in _FOR_ALL]
        if any(shelf.pdfs for shelf in shelves):
            yield _kit(press, path, shelves, common, cache)


def _shelf(press: Press, workshop: Workshop, pdfs: Iterable[Pdf], folder: str) -> Shelf:
    home = workshop.source.path.removesuffix("index.md")
    pictures = {
        path.removeprefix(home): press.settings.root / path
        for path in sorted(press.library.assets)
        if path.startswith(home)
    }
    own = tuple(pdf for pdf in pdfs if pdf.owner == workshop.source.path)
    return Shelf(workshop, folder, own, pictures)


def _booklets(press: Press, path: LearningPath) -> Iterator[str]:
    """The booklets made of the workshops of a path."""
    return (b.source.path for b in press.library.booklets if b.parcours == path.slug)


def _kit(
    press: Press, resource: Resource, shelves: list[Shelf], common: list[Pdf], cache: PdfCache
) -> Kit:
    members = dict(_members(press, resource, shelves, common))
    # A PDF of the cache is named by what it is made of.
    made_of = (c.stem if isinstance(c, Path) else c for c in members.values())
    named = key("kit", *members, *made_of)
    file = cache.keep_file(named, "zip", lambda: _zip(members))
    of_path = isinstance(resource, LearningPath)
    return Kit(
        name=f"{resource.slug}-kit.zip",
        label="Le kit du parcours" if of_path else "Le kit de l’atelier",
        purpose=french.typeset(
            "Tous les documents de chaque séance, rangés par atelier, à garder sur une clé USB."
            if of_path
            else "Tous les documents de la séance dans un seul fichier, à garder sur une clé USB."
        ),
        owner=resource.source.path,
        file=file,
        size=file.stat().st_size,
        members=tuple(members),
    )


def _members(
    press: Press, resource: Resource, shelves: list[Shelf], common: list[Pdf]
) -> Iterator[tuple[str, bytes | Path]]:
    """Each file of a kit: its name, and its content or the PDF of the cache it is."""
    page = press.fill("lisez-moi.html", resource=resource, shelves=shelves, common=common)
    yield README, page.encode()
    for shelf in shelves:
        for pdf in shelf.pdfs:
            yield shelf.name(pdf.name), pdf.file
        for name, file in shelf.pictures.items():
            yield shelf.name(name), file.read_bytes()
    for pdf in common:
        yield pdf.name, pdf.file
    yield LICENCE, _licence(resource).encode()


def _licence(resource: Resource) -> str:
    name, address = data.LICENCES[resource.licence]
    authors = ", ".join(resource.auteurs)
    return (
        f"{resource.titre}\n{authors}\n\n{name} ({resource.licence})\n{address}\n\n"
        "Vous pouvez copier, adapter et distribuer ces documents, en citant la source\n"
        "et en gardant la même licence.\n"
    )


def _zip(members: Mapping[str, bytes | Path]) -> bytes:
    """The same members give the same bytes: no clock, no owner, no compression that may vary.

    What weighs is PDFs, which are compressed already.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _DATE)
            # As on Unix, a file that all may read: unpacked elsewhere, it would have no rights.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content.read_bytes() if isinstance(content, Path) else content)
    return packed.getvalue()
