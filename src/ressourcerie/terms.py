"""Finds glossary terms in French prose: plurals, feminines, compounds with space or hyphen.

A term is a series of word keys; prose is read word by word and the longest series wins. Between
the words of a compound only a space, a hyphen or an apostrophe may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ressourcerie.french import inflection_key
from ressourcerie.model import Term

_WORD: Final = re.compile(r"[^\W_]+")
_GAP: Final = re.compile(r"[ \u00a0\u202f\n]|[-‐\u2011]|[’']")


@dataclass(frozen=True, slots=True)
class Match:
    """A term found between two offsets of a text."""

    start: int
    end: int
    slug: str


class TermFinder:
    """Knows every written form of the terms it is given."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._forms: dict[tuple[str, ...], str] = {}
        for term in terms:
            for form in term.forms:
                key = tuple(inflection_key(word) for word in _WORD.findall(form))
                if key:
                    self._forms.setdefault(key, term.slug)
        self._longest = max(map(len, self._forms), default=0)
        self._first_words = {key[0] for key in self._forms}

    def find(self, text: str) -> Iterator[Match]:
        """Every term in `text`, left to right, none overlapping another."""
        words = [(m.start(), m.end(), inflection_key(m[0])) for m in _WORD.finditer(text)]
        index = 0
        while index < len(words):
            length, slug = self._longest_at(text, words, index)
            if slug:
                yield Match(words[index][0], words[index + length - 1][1], slug)
            index += max(length, 1)

    def _longest_at(
        self, text: str, words: list[tuple[int, int, str]], index: int
    ) -> tuple[int, str]:
        if words[index][2] not in self._first_words:
            return 0, ""
        best: tuple[int, str] = (0, "")
        key: tuple[str, ...] = ()
        for length in range(1, min(self._longest, len(words) - index) + 1):
            last = index + length - 1
            gap = text[words[last - 1][1] : words[last][0]]
            if length > 1 and not _GAP.fullmatch(gap):
                break
            key = (*key, words[last][2])
            if key in self._forms:
                best = (length, self._forms[key])
        return best
