"""A finished PDF, and what readers are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = "telechargements"


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF on disk. `owner` is the source path of the resource whose page offers it."""

    name: str
    label: str
    purpose: str
    paper: str
    owner: str
    file: Path
    pages: int
    size: int

    @property
    def url(self) -> str:
        """Its public address, relative to the root of the site."""
        return f"{FOLDER}/{self.name}"
