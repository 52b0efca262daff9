"""Pages of any PDF, taken out of their document to be placed elsewhere: what can be wrong with one.

A page is made a form XObject: fonts and images stay shared, what is drawn beyond its visible box is
clipped, its rotation and its unit are kept. Tags, links and bookmarks are lost on the way.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import pikepdf

from ressourcerie import french

# What a document tells of itself, beside its pages, that is still true once these are moved. Layers
# are kept for those that are hidden to stay so, and profiles for colours to stay the same.
_STILL_TRUE: Final = frozenset(
    {"/Type", "/Pages", "/Lang", "/Metadata", "/OCProperties", "/OutputIntents", "/Extensions"}
)
# It is tagged no more, nor fit to be kept for ever: it must not claim so.
_CLAIMS: Final = ("http://www.aiim.org/pdfua/ns/id/", "http://www.aiim.org/pdfa/ns/id/")
# A page smaller than that is a mistake; one larger than that cannot be told to a viewer (14,400).
_SMALLEST: Final = 3.0
_LARGEST: Final = 14_400.0

_TO_PRINT: Final = "à imprimer"


class ImposeError(Exception):
    """This PDF cannot be imposed; the message is for whoever asked, in French."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page ready to be drawn. `box` is where it is drawn when it is not moved, in points."""

    form: pikepdf.Object
    box: pikepdf.Rectangle

    @property
    def width(self) -> float:
        """In points, as it is seen: turned, if it is."""
        return float(self.box.width)

    @property
    def height(self) -> float:
        """In points."""
        return float(self.box.height)


@contextmanager
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    """A document to take pages from. Raises ImposeError when it is not whole, or not to be read.

    The engine can guess what a damaged file held, but loses pages without a word: it may not.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as document:
            if not document.allow.print_lowres:
                raise ImposeError(
                    "Ce PDF interdit l’impression : demandez-en une autre copie à la personne qui "
                    "l’a fait."
                )
            if not len(document.pages):
                raise ImposeError("Ce PDF n’a aucune page.")
            # It goes on without the pages that it cannot read.
            if any("pages tree" in warning.lower() for warning in document.get_warnings()):
                raise _damaged()
            yield document
    except pikepdf.PasswordError as error:
        raise ImposeError(
            "Ce PDF est protégé par un mot de passe : enregistrez-en une copie sans mot de passe, "
            "puis recommencez."
        ) from error
    except (pikepdf.PdfError, RuntimeError) as error:
        # RuntimeError is what the engine raises, while it writes, of a page it cannot decode.
        raise _damaged() from error


def _damaged() -> ImposeError:
    return ImposeError(
        "Ce fichier n’est pas un PDF, ou il est abîmé : ouvrez-le dans un lecteur de PDF, "
        "enregistrez-le sous un autre nom, puis recommencez avec celui-ci."
    )


def leaves(document: pikepdf.Pdf) -> list[Leaf]:
    """Every page of a document, with the notes and filled-in fields that would be printed.

    Raises ImposeError.
    """
    try:
        form = document.Root.get("/AcroForm")
        if form is not None and form.get("/NeedAppearances", False):
            document.generate_appearance_streams()
        document.flatten_annotations("print")
        return [_leaf(page, number) for number, page in enumerate(document.pages, start=1)]
    except (AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        # A number where a table is due, a name where there should be a box…
        raise _damaged() from error


def _leaf(page: pikepdf.Page, number: int) -> Leaf:
    form = page.as_form_xobject()
    box = _visible(page)
    form.BBox = box.as_array()
    # Its rotation, and its unit when it is not the point.
    matrix = pikepdf.Matrix(form.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])))
    seen = matrix.transform(box)
    if not _is_a_page(seen):
        raise ImposeError(
            f"La page {number} de ce PDF n’a pas de dimensions utilisables : enregistrez-le à "
            "nouveau avec le logiciel qui l’a fait, puis recommencez."
        )
    return Leaf(form, seen)


def _visible(page: pikepdf.Page) -> pikepdf.Rectangle:
    """What remains of a page once it is cut: without its bleed, without what a viewer hides."""
    box = pikepdf.Rectangle(page.mediabox)
    for inner in (page.cropbox, page.trimbox):
        # A box that lies out of the sheet says nothing of it.
        if (within := box & pikepdf.Rectangle(inner)) and _is_a_page(within):
            box = within
    return box


def _is_a_page(box: pikepdf.Rectangle) -> bool:
    sides = (float(box.width), float(box.height))
    return all(math.isfinite(side) and _SMALLEST <= side <= _LARGEST for side in sides)


def title(document: pikepdf.Pdf) -> str:
    """What it says it is called; empty when it says nothing."""
    told = document.docinfo.get("/Title")
    return str(told).strip() if isinstance(told, pikepdf.String) else ""


def saved(document: pikepdf.Pdf, pages: list[pikepdf.Dictionary], duplex: str) -> bytes:
    """The document with these pages in the place of its own; the same each time.

    `duplex` is how a viewer should ask for it to be printed: `DuplexFlipShortEdge` or `Simplex`.
    """
    del document.pages[:]
    for page in pages:
        document.pages.append(pikepdf.Page(document.make_indirect(page)))
    for key in set(document.Root.keys()) - _STILL_TRUE:
        del document.Root[key]
    document.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True,
        Duplex=pikepdf.Name(f"/{duplex}"),
        PrintScaling=pikepdf.Name("/None"),
    )
    _entitle(document)
    written = io.BytesIO()
    document.save(
        written,
        # Duplex came with that one.
        min_version="1.7",
        deterministic_id=True,
        encryption=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return written.getvalue()


def _entitle(document: pikepdf.Pdf) -> None:
    told = title(document)
    entitled = f"{told} – {_TO_PRINT}" if told else _TO_PRINT.capitalize()
    # What edits metadata may sign it with the hour: this must not.
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = french.typeset(entitled)
        for key in list(metadata):
            if key.startswith(tuple(f"{{{claim}}}" for claim in _CLAIMS)):
                del metadata[key]
    document.docinfo["/Title"] = pikepdf.String(french.typeset(entitled))
