"""What a proofreader says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from ressourcerie.french import typeset

_QUOTED = 50


class Check(Enum):
    """What is looked at. The value is what a person asks for."""

    FONTS = "polices"
    LINES = "lignes"
    HEADINGS = "titres"
    TABLES = "tableaux"
    SIZES = "corps"
    SPACE = "place"
    EMPTY = "vide"
    TAGS = "balises"
    CONTRAST = "contraste"


@dataclass(frozen=True, order=True)
class Finding:
    """A fault, on a page (from 1) or, with 0, of the whole document."""

    page: int
    told: str
    check: Check = Check.TAGS

    def __str__(self) -> str:
        where = f"page {self.page}" if self.page else "tout le document"
        return typeset(f"{where} : {self.told}")


def quoted(text: str) -> str:
    """A text between French quotes, shortened; its own quotes are those of the second rank."""
    words = " ".join(re.sub(r"«\s*", "“", re.sub(r"\s*»", "”", text)).split())
    if len(words) > _QUOTED:
        words = words[:_QUOTED].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    if words.count("“") > words.count("”"):
        words += "”"
    return f"« {words} »"


def points(size: float) -> str:
    """« 9,5 pt »."""
    return f"{size:.1f}".removesuffix(".0").replace(".", ",") + " pt"
