"""Games with the words of the glossary: cards to cut out, and a bingo.

Chance is played by the hash of the words: the same glossary gives the same cards, everywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from ressourcerie.model import Page, Term
from ressourcerie.paper.document import A4, Document
from ressourcerie.paper.press import Press

COLUMNS: Final = 2
PER_PAGE: Final = 8
PLAYERS: Final = 12
FEWEST: Final = 9
# What a game holds, by the side of its cards: more words, and it would never end.
_IN_PLAY: Final = {3: 15, 4: 24}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Card:
    """A word and its number, the same on both faces."""

    number: int
    term: Term


def games(press: Press) -> Iterator[Document]:
    """The games of a glossary that has a page of its own to offer them."""
    terms = press.library.terms
    owner = next((p for p in press.library.pages if p.gabarit == "glossaire"), None)
    if owner is None or not terms:
        return
    yield _cards(press, owner, terms)
    if len(terms) >= FEWEST:
        yield _bingo(press, owner, terms)


def _cards(press: Press, owner: Page, terms: Sequence[Term]) -> Document:
    label = "Cartes à découper"
    return press.document(
        name="glossaire-cartes.pdf",
        label=label,
        purpose="Le mot devant, sa définition derrière. Recto verso, à retourner sur le bord long.",
        paper=A4,
        owner=owner.source.path,
        edition="cartes",
        made_of=(owner.source.text, *_words(terms)),
        stylesheets=("base.css", "cartes.css"),
        compose=lambda: press.fill(
            "cartes.html", resource=owner, label=label, pages=card_pages(terms)
        ),
    )


def _bingo(press: Press, owner: Page, terms: Sequence[Term]) -> Document:
    label = "Bingo des mots"
    return press.document(
        name="glossaire-bingo.pdf",
        label=label,
        purpose=f"{PLAYERS} cartons différents, la règle du jeu et les définitions à lire.",
        paper=A4,
        owner=owner.source.path,
        edition="bingo",
        made_of=(owner.source.text, *_words(terms)),
        stylesheets=("base.css", "a4.css", "feuille.css", "bingo.css"),
        duplex=False,
        compose=lambda: press.fill(
            "bingo.html",
            resource=owner,
            label=label,
            side=side(terms),
            called=in_play(terms),
            grids=bingo_grids(terms),
        ),
    )


def _words(terms: Sequence[Term]) -> Iterator[str]:
    for term in terms:
        yield f"{term.slug}\n{term.titre}\n{term.glose}"


def card_pages(
    terms: Sequence[Term],
) -> list[tuple[list[list[Card | None]], list[list[Card | None]]]]:
    """The cards of a glossary, dealt over sheets."""
    return dealt([Card(number, term) for number, term in enumerate(terms, start=1)])


def dealt(cards: Sequence[T]) -> list[tuple[list[list[T | None]], list[list[T | None]]]]:
    """Sheets of cards: rows of fronts, then rows of backs as they stand behind them.

    A sheet turned over its long edge is seen in a mirror: each row of backs is read from its end.
    """
    sheets = []
    for start in range(0, len(cards), PER_PAGE):
        hand: list[T | None] = [*cards[start : start + PER_PAGE]]
        hand += [None] * (-len(hand) % COLUMNS)
        rows = [hand[at : at + COLUMNS] for at in range(0, len(hand), COLUMNS)]
        sheets.append((rows, [row[::-1] for row in rows]))
    return sheets


def side(terms: Sequence[Term]) -> int:
    """How many words a row of a bingo card holds."""
    return 4 if len(terms) >= 16 else 3


def in_play(terms: Sequence[Term]) -> list[Term]:
    """The terms of a game, in the order in which they are called out."""
    return shuffled(terms, [t.slug for t in terms], "partie")[: _IN_PLAY[side(terms)]]


def bingo_grids(terms: Sequence[Term]) -> list[list[list[Term]]]:
    """One grid a player, in rows; no two hold the same words in the same places."""
    size = side(terms)
    pool = in_play(terms)
    names = [t.slug for t in pool]
    found: dict[tuple[str, ...], list[Term]] = {}
    attempt = 0
    # Nine words alone make 362 880 grids: the same is hardly ever drawn twice.
    while len(found) < PLAYERS:
        drawn = shuffled(pool, names, f"carton {attempt}")[: size * size]
        found.setdefault(tuple(t.slug for t in drawn), drawn)
        attempt += 1
    return [_rows(drawn, size) for drawn in found.values()]


def _rows(items: Sequence[T], size: int) -> list[list[T]]:
    left = iter(items)
    return [list(islice(left, size)) for _ in range(size)]


def shuffled(items: Sequence[T], names: Sequence[str], deal: str) -> list[T]:
    """Items in an order that only their names and the name of the deal decide."""
    pairs = zip(items, names, strict=True)
    return [item for item, _ in sorted(pairs, key=lambda pair: _draw(deal, pair[1]))]


def _draw(deal: str, name: str) -> str:
    return hashlib.blake2b(f"{deal}\0{name}".encode(), digest_size=16).hexdigest()
