"""The decks of cards that a workshop asks for, as their author writes them.

Under `## Cartes à découper`, a `###` heading names a deck. Each item of its lists is a card of one
face; each row of its tables of two columns is a card with a front and a back. Anything else that
stands there is for who prepares the session, and on no card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from ressourcerie import outline
from ressourcerie.shapes import COPIES

SECTION: Final = "Cartes à découper"
# The document that holds them.
EDITION: Final = "cartes"
# In letters of 14 points, what a card holds.
MOST_SIGNS: Final = 250
MOST_COPIES: Final = 20
# What an author writes for a card that is left blank.
_BLANK: Final = frozenset({"", "…", "..."})

_ITEM: Final = re.compile(r" {0,3}(?:[-*+]|(?P<number>\d{1,3})\.)(?:[ \t]+(?P<text>\S.*))?$")
_NESTED: Final = re.compile(r"(?: {4}|\t)[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]")
_MEANT_COPIES: Final = re.compile(r"exemplaires?\s*:", re.IGNORECASE)
_RULER: Final = frozenset(" \t|:-")
_BAR: Final = re.compile(r"(?<!\\)\|")
_IMAGE: Final = re.compile(r"!\[")
_LINK: Final = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_MARKS: Final = re.compile(r"[*_`\\]")


class Trouble(Enum):
    """What makes a deck unfit for printing."""

    NAMELESS = auto()
    NO_DECK = auto()
    NO_CARD = auto()
    TWIN = auto()
    MIXED = auto()
    COLUMNS = auto()
    NESTED = auto()
    EMPTY = auto()
    IMAGE = auto()
    LONG = auto()
    COPIES = auto()


@dataclass(frozen=True, slots=True)
class Fault:
    """A trouble at a line of the body, from 0, with the words or the figure that show it."""

    trouble: Trouble
    line: int
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A card: the Markdown of its one or two faces, an empty one for a blank face.

    `number` is its rank where its author has numbered the list.
    """

    faces: tuple[str, ...]
    line: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of one heading, to print `copies` times."""

    name: str
    cards: tuple[Card, ...]
    copies: int = 1

    @property
    def has_backs(self) -> bool:
        """Whether its cards have two faces."""
        return any(len(card.faces) > 1 for card in self.cards)


@dataclass(frozen=True, slots=True)
class Decks:
    """All that a body says of cards, and what is wrong with it."""

    decks: tuple[Deck, ...] = ()
    faults: tuple[Fault, ...] = ()


@lru_cache(maxsize=32)
def read(body: str) -> Decks:
    """The decks of a body, in order; those without a card are left out."""
    section = next((s for s in outline.sections(body) if s.heading.title == SECTION), None)
    if section is None:
        return Decks()
    texts = dict(outline.lines(body))
    inside = [p for p in outline.sections(body, level=3) if section.start < p.start < section.end]
    faults: list[Fault] = []
    first = inside[0].start if inside else section.end
    strays = _lines(texts, section.start + 1, first)
    faults += [Fault(Trouble.NAMELESS, n) for n, line in strays if _opens_cards(line)][:1]
    if not inside and not faults:
        faults.append(Fault(Trouble.NO_DECK, section.start))
    decks: list[Deck] = []
    for part in inside:
        name = part.heading.title
        if any(deck.name == name for deck in decks):
            faults.append(Fault(Trouble.TWIN, part.start, name))
        reader = _Reader(list(_lines(texts, part.start + 1, part.end)))
        faults += reader.faults
        if reader.cards:
            decks.append(Deck(name, tuple(reader.cards), reader.copies))
        elif not reader.faults:
            faults.append(Fault(Trouble.NO_CARD, part.start, name))
    return Decks(tuple(decks), tuple(sorted(faults, key=lambda fault: fault.line)))


def words(text: str) -> str:
    """The signs of a face that are printed, without its Markdown."""
    return _MARKS.sub("", _LINK.sub(r"\1", text)).strip()


def _lines(texts: dict[int, str], start: int, end: int) -> Iterator[tuple[int, str]]:
    return ((number, texts[number]) for number in range(start, end) if number in texts)


def _opens_cards(line: str) -> bool:
    return _ITEM.match(line) is not None or "|" in line or _MEANT_COPIES.match(line) is not None


class _Reader:
    """Reads the lines of one deck, once."""

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        self.cards: list[Card] = []
        self.faults: list[Fault] = []
        self.copies = 1
        at = 0
        while at < len(lines):
            if _is_table(lines, at):
                at = self._table(lines, at)
            elif _ITEM.match(lines[at][1]):
                at = self._list(lines, at)
            else:
                self._prose(*lines[at])
                at += 1
        kinds = {len(card.faces) for card in self.cards}
        if len(kinds) > 1:
            odd = next(c for c in self.cards if len(c.faces) != len(self.cards[0].faces))
            self._say(Trouble.MIXED, odd.line)

    def _say(self, trouble: Trouble, line: int, shown: str = "") -> None:
        self.faults.append(Fault(trouble, line, shown))

    def _prose(self, number: int, line: str) -> None:
        if not _MEANT_COPIES.match(line.strip()):
            return
        match = COPIES.match(line.strip())
        count = int(match["n"]) if match else 0
        if 1 <= count <= MOST_COPIES:
            self.copies = count
        else:
            self._say(Trouble.COPIES, number, line.strip())

    def _list(self, lines: Sequence[tuple[int, str]], at: int) -> int:
        """The items from `at` on, each with the lines that Markdown puts with it."""
        found: list[tuple[int, str, int | None]] = []
        rank = None
        after_blank = False
        while at < len(lines):
            number, line = lines[at]
            if _NESTED.match(line) and found:
                self._say(Trouble.NESTED, number, line.strip())
            elif match := _ITEM.match(line):
                if match["number"] is None:
                    rank = None
                else:
                    rank = int(match["number"]) if rank is None else rank + 1
                found.append((number, match["text"] or "", rank))
                if not match["text"]:
                    self._say(Trouble.EMPTY, number)
            elif not line.strip():
                pass
            elif after_blank and not line.startswith((" ", "\t")):
                break
            else:
                first, text, own = found[-1]
                found[-1] = (first, f"{text} {line.strip()}", own)
            after_blank = not line.strip()
            at += 1
        for number, text, own in found:
            self._card((text,), number, own)
        return at

    def _table(self, lines: Sequence[tuple[int, str]], at: int) -> int:
        number, header = lines[at]
        if len(_cells(header)) != 2:
            self._say(Trouble.COLUMNS, number, str(len(_cells(header))))
        at += 2
        while at < len(lines) and "|" in lines[at][1]:
            number, row = lines[at]
            front, back, *_ = (*_cells(row), "", "")
            self._card((front, back), number)
            at += 1
        return at

    def _card(self, faces: tuple[str, ...], line: int, number: int | None = None) -> None:
        faces = tuple("" if face.strip() in _BLANK else face.strip() for face in faces)
        for face in faces:
            if _IMAGE.search(face):
                self._say(Trouble.IMAGE, line)
            elif len(words(face)) > MOST_SIGNS:
                self._say(Trouble.LONG, line, str(len(words(face))))
        self.cards.append(Card(faces, line, number))


def _is_table(lines: Sequence[tuple[int, str]], at: int) -> bool:
    below = lines[at + 1][1] if at + 1 < len(lines) else ""
    return "|" in lines[at][1] and "|" in below and "-" in below and set(below) <= _RULER


def _cells(row: str) -> list[str]:
    row = row.strip().removeprefix("|")
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(row)]
