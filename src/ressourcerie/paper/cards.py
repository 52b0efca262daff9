"""The cards of a workshop, to cut out: eight a sheet, in letters as large as their words allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from ressourcerie.data import vocabulary
from ressourcerie.french import NBSP, typeset
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
# An address of the web or of a mailbox, and where it may be cut when it is too long to be whole.
_ADDRESS: Final = re.compile(
    r"(?:https?://)?[a-z0-9_-]+(?:[.@][a-z0-9_-]+)*\.[a-z]{2,}\b(?:/[a-z0-9_./-]*[a-z0-9_/-])?",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(r"(?<!/)/(?!/)|[.@-](?=\w)")
_BREAK: Final = "\u200b"
_READ: Final = 16
_GAP: Final = re.compile(r"[ \t\n]+")
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
    # Those of one face come last: a leaf of theirs has a blank back, and needs no second pass.
    found = tuple(sorted(found, key=lambda deck: not deck.has_backs))
    both = found[0].has_backs
    mixed = both and not found[-1].has_backs
    once = " Les jeux d’une seule face sont à la fin, au verso blanc." if mixed else ""
    label = vocabulary("papiers")[EDITION]
    yield press.document(
        name=f"{workshop.slug}-{EDITION}.pdf",
        label=label,
        purpose=(
            "Huit par feuille, en grandes lettres. "
            f"Recto verso, à retourner sur le bord long.{once}"
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
            mixed=mixed,
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


def _unbroken(text: str) -> Iterator[tuple[str, bool]]:
    """What stays on one line, and whether a space follows: words, the parts of those that are long.

    The spaces that typography makes firm break no line.
    """
    for word in filter(None, _GAP.split(typeset(text))):
        parts = [word]
        if address := _ADDRESS.search(word):
            if not _is_short(address[0]):
                broken = _JOINT.sub(f"\\g<0>{_BREAK}", address[0])
                parts = word.replace(address[0], broken).split(_BREAK)
        elif len(word) > _WHOLE:
            parts = word.replace("-", f"-{_BREAK}").split(_BREAK)
        for rank, part in enumerate(parts, start=1):
            yield part, rank == len(parts)


def _is_short(address: str) -> bool:
    """Whether it holds on a line of a card in letters that are read across a table."""
    return _width(address) <= _WIDTH / _READ


def _whole(html: str) -> str:
    """The same with its short compound words kept whole, and its addresses if they can be.

    A longer address is cut at its joints.
    """

    def address(match: re.Match[str]) -> str:
        if _is_short(match[0]):
            return f'<span class="address">{match[0]}</span>'
        return _JOINT.sub(r"\g<0><wbr>", match[0])

    def keep(match: re.Match[str]) -> str:
        return match[0].replace("-", _FIRM_HYPHEN) if len(match[0]) <= _WHOLE else match[0]

    def mended(piece: str) -> str:
        around = _ADDRESS.split(piece)
        found = map(address, _ADDRESS.finditer(piece))
        return "".join(f"{_COMPOUND.sub(keep, text)}{next(found, '')}" for text in around)

    pieces = _TAG.split(html)
    return "".join(piece if piece.startswith("<") else mended(piece) for piece in pieces)


def style(pieces: Sequence[Piece]) -> str:
    """How the cards of a deck are set, all alike: « bold », « plain » or « left »."""
    sizes = [face.size for piece in pieces for face in piece.faces if face.words]
    smallest = min(sizes, default=SIZES[0])
    return "bold" if smallest >= _BOLD else "left" if smallest <= _LEFT else "plain"


def _width(word: str) -> float:
    return sum(_WIDTHS.get(letter, _MIDDLE) for letter in word)


def _holds(text: str, size: int) -> bool:
    room = _WIDTH / size
    lines, left = 1, room
    for word, is_last in _unbroken(text):
        width = _width(word)
        if width > room:
            return False
        if width > left:
            lines, left = lines + 1, room
        left -= width + (_WIDTHS[" "] if is_last else 0)
    return lines * size * _LEADING <= _HEIGHT
