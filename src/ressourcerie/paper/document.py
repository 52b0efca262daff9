"""A document to print, before it is laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

A3: Final = "A3"
A4: Final = "A4"
A5: Final = "A5"
SCREEN: Final = "écran"
# Added to the styles of a document when that spares it a page of a few lines.
TIGHT: Final = "tight.css"


@dataclass(frozen=True)
class Document:
    """A PDF to make from one HTML text.

    `owner` is the source path of the resource it is offered with, `edition` what sets it apart from
    the other papers of that resource. `stylesheets` are files of `theme/print/`, in cascade order.
    `inputs` names all it is composed from: the same inputs give the same HTML, so that a document
    that has not changed is not even composed. `weight` is about how long it is: the longest is laid
    out first. `fillable` turns its fields into those of a form; a `part` is to be bound with others
    in a book; the ink of what is `weighed` is measured.
    """

    name: str
    label: str
    purpose: str
    paper: str
    owner: str
    edition: str
    inputs: str
    stylesheets: tuple[str, ...]
    weight: int
    compose: Callable[[], str] = field(compare=False, repr=False)
    fillable: bool = False
    duplex: bool = True
    part: bool = False
    weighed: bool = False

    @cached_property
    def html(self) -> str:
        """Its HTML, composed when it is first asked for."""
        return self.compose()
