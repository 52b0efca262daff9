"""The cards of a workshop, to cut out: eight a sheet, in letters as large as their words allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from ressourcerie.data import vocabulary
from ressourcerie.french import NBSP
from ressourcerie.model import Workshop
from ressourcerie.paper import decks, games
from ressourcerie.paper.decks import EDITION, Deck
from ressourcerie.paper.document import A4, Document
from ressourcerie.paper.press import Press, markup

# In points. In the first, capitals are 1 cm high; all are classes of `cartes-atelier.css`.
SIZES: Final = (44, 36, 30, 26, 22, 19, 16, 14)
# The room that `cartes-atelier.css` leaves for words, in points, and its line height.
_WIDTH: Final = 232
_HEIGHT: Final = 150
_LEADING: Final = 1.2
# How wide letters are, in ems, at most: bold, of a plain design. Any other is of middle width.
_WIDTHS: Final = {
    letter: width
    for letters, width in {
        "'.,;:!’ijl()|": 0.32,
        'frtI-"/ \u00a0\u202f': 0.38,
        "cszyvxçJL17?": 0.54,
        "wABCDGHKNOPQRUVXYÀÂÇÈÉÊÎÔ«»…@&": 0.74,
        "mMWŒœ%—": 0.94,
    }.items()
    for letter in letters
}
_MIDDLE: Final = 0.58
# A word no longer than that is not broken at its hyphens: « BY-SA », « date-t-il ».
_WHOLE: Final = 16
_FIRM_HYPHEN: Final = "\u2011"
_COMPOUND: Final = re.compile(r"[^\s<>&;-]+(?:-[^\s<>&;-]+)+")
_TAG: Final = re.compile(r"(<[^>]*>)")
# From there on a deck is set in bold, and down from there its words begin at the left.
_BOLD: Final = 30
_LEFT: Final = 19


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on a side of a card, in letters of `size` points; nothing when it is blank."""

    words: Markup
    size: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A card as it is cut out: its faces, and the small words that say to which deck it belongs."""

    faces: tuple[Face, ...]
    label: str


def cards(press: Press, workshop: Workshop) -> Iterator[Document]:
    """The cards of a workshop that asks for some."""
    found = decks.read(workshop.body).decks
    if not found:
        return
    both = any(deck.has_backs for deck in found)
    label = vocabulary("papiers")[EDITION]
    yield press.document(
        name=f"{workshop.slug}-{EDITION}.pdf",
        label=label,
        purpose=(
            "Huit par feuille, en grandes lettres. Recto verso, à retourner sur le bord long."
            if both
            else "Huit par feuille, en grandes lettres. À imprimer d’un seul côté."
        ),
        paper=A4,
        owner=workshop.source.path,
        edition=EDITION,
        made_of=(workshop.source.text,),
        stylesheets=("base.css", "cartes.css", "cartes-atelier.css"),
        duplex=both,
        compose=lambda: press.fill(
            "cartes-atelier.html",
            resource=workshop,
            label=label,
            duplex=both,
            decks=[_laid(deck, list(pieces(press, workshop, deck))) for deck in found],
        ),
    )


def _laid(deck: Deck, made: Sequence[Piece]) -> dict[str, Any]:
    return {"deck": deck, "style": style(made), "sheets": games.dealt(made)}


def pieces(press: Press, workshop: Workshop, deck: Deck) -> Iterator[Piece]:
    """Every card of a deck, copy after copy."""
    place = press.place(workshop, linked=False)

    def face(text: str) -> Face:
        html = place.render(press.settings.markdown, text=text).html if text else ""
        return Face(markup(_whole(html)), fitting(decks.words(text)))

    made = [(card, tuple(face(text) for text in card.faces)) for card in deck.cards]
    for copy in range(1, deck.copies + 1):
        for card, faces in made:
            rank = f"{NBSP}{card.number}" if card.number is not None else ""
            of = f", jeu{NBSP}{copy}" if deck.copies > 1 else ""
            yield Piece(faces, f"{deck.name}{rank}{of}")


def fitting(text: str) -> int:
    """The largest size, in points, in which a card holds these words; the smallest if none."""
    return next((size for size in SIZES if _holds(text, size)), SIZES[-1])


def _unbroken(text: str) -> Iterator[str]:
    """What stays on one line: words, and the parts of those that are long."""
    for word in text.split():
        parts = word.replace("-", "- ").split() if len(word) > _WHOLE else [word]
        yield from parts


def _whole(html: str) -> str:
    """The same with its short compound words kept whole."""

    def keep(match: re.Match[str]) -> str:
        return match[0].replace("-", _FIRM_HYPHEN) if len(match[0]) <= _WHOLE else match[0]

    pieces = _TAG.split(html)
    return "".join(
        piece if piece.startswith("<") else _COMPOUND.sub(keep, piece) for piece in pieces
    )


def style(pieces: Sequence[Piece]) -> str:
    """How the cards of a deck are set, all alike: « bold », « plain » or « left »."""
    sizes = [face.size for piece in pieces for face in piece.faces if face.words]
    smallest = min(sizes, default=SIZES[0])
    return "bold" if smallest >= _BOLD else "left" if smallest <= _LEFT else "plain"


def _holds(text: str, size: int) -> bool:
    room = _WIDTH / size
    lines, left = 1, room
    for word in _unbroken(text):
        width = sum(_WIDTHS.get(letter, _MIDDLE) for letter in word)
        if width > room:
            return False
        if width > left:
            lines, left = lines + 1, room
        left -= width + (0 if word.endswith("-") else _WIDTHS[" "])
    return lines * size * _LEADING <= _HEIGHT
