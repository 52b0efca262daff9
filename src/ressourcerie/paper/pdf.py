"""What comes out of the press, and what readers are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = "telechargements"


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF on disk.

    `owner` is the source path of the resource whose page offers it, `edition` what sets it apart
    from the other papers of that resource (« participant », « livret »…). `preview` is a PNG of its
    first page. `ink` is the share of a page that is black, on average, from 0 to 1.
    """

    name: str
    label: str
    purpose: str
    paper: str
    owner: str
    edition: str
    file: Path
    pages: int
    size: int
    preview: Path | None = None
    ink: float = 0.0
    duplex: bool = True

    @property
    def url(self) -> str:
        """Its public address, relative to the root of the site."""
        return f"{FOLDER}/{self.name}"

    @property
    def preview_url(self) -> str:
        """The public address of its preview; empty without one."""
        name = self.name.removesuffix(".pdf")
        return f"{FOLDER}/vignettes/{name}.png" if self.preview else ""

    @property
    def sheets(self) -> int:
        """How many sheets of paper a copy takes."""
        return (self.pages + 1) // 2 if self.duplex else self.pages

    @property
    def printed(self) -> bool:
        """Whether it is made for a printer, rather than to be filled or shown on a screen."""
        return self.edition != "diaporama" and not self.edition.endswith("a-remplir")


@dataclass(frozen=True, slots=True)
class Kit:
    """A finished zip on disk: all the papers of a workshop, or of a path, and a page that opens.

    `members` are the names of what it holds, in order.
    """

    name: str
    label: str
    purpose: str
    owner: str
    file: Path
    size: int
    members: tuple[str, ...]

    @property
    def url(self) -> str:
        """Its public address, relative to the root of the site."""
        return f"{FOLDER}/{self.name}"
