"""Letters that exist in our fonts: what has no drawing is taken elsewhere, or does not show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from ressourcerie.diagnostics import Diagnostic, Family, Place, rule
from ressourcerie.french import NBSP, NNBSP
from ressourcerie.library import Library
from ressourcerie.memory import Memory, key
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.source import Source, lines_outside_code
from ressourcerie.study import Study

NO_FONT = rule(
    "police-absente",
    "Une police manque",
    "Relancez scripts/vendor-fonts, ou reprenez le fichier dans le dépôt.",
    family=Family.LANGUAGE,
)
NO_GLYPH = rule(
    "caractere-sans-dessin",
    "Un caractère n’existe pas dans nos polices",
    "Remplacez-le : sur papier il serait pris ailleurs, ou ne paraîtrait pas.",
    family=Family.LANGUAGE,
)

FONTS: Final = (
    "ressourcerie-sans-400-normal.woff2",
    "ressourcerie-sans-400-italic.woff2",
    "ressourcerie-sans-700-normal.woff2",
    "ressourcerie-sans-700-italic.woff2",
    "ressourcerie-titre-700-normal.woff2",
)


def check(
    _library: Library, settings: Settings, _studies: Mapping[str, Study], memory: Memory
) -> Iterator[Diagnostic]:
    """Look for our fonts; one that is remembered is not opened."""
    for name in FONTS:
        file = settings.fonts / name
        place = Place(file.relative_to(settings.root).as_posix())
        if not file.is_file():
            yield NO_FONT.at(place, f"La police « {name} » est absente.")
            continue
        known = key("font", file.read_bytes())
        if (wrong := memory.get(known)) is None:
            wrong = _opened(file)[1]
            memory.put(known, wrong)
        if wrong:
            yield NO_FONT.at(place, f"La police « {name} » est abîmée ({wrong}).")


def check_text(
    source: Source, _resource: Resource | None, settings: Settings
) -> Iterator[Diagnostic]:
    """Look at every character of one text."""
    if known := _known(settings.fonts):
        yield from _glyphs(source, known)


@cache
def _known(fonts: Path) -> frozenset[int]:
    """The characters that all our fonts draw; none when a font is at fault, which is said once."""
    return frozenset.intersection(*(_opened(fonts / name)[0] for name in FONTS))


@cache
def _opened(font: Path) -> tuple[frozenset[int], str]:
    """The characters that a font draws, and what is wrong with it."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(font, lazy=True) as opened:
            return frozenset(opened.getBestCmap()), ""
    except (OSError, TTLibError) as error:
        return frozenset(), str(error) or "illisible"


def _glyphs(source: Source, known: frozenset[int]) -> Iterator[Diagnostic]:
    chars = set(source.head)
    # A value may name a character by its number: « \u2603 ».
    written = "\\" not in chars and all(_drawn(char, known) for char in chars)
    for name, value in () if written else source.front.items():
        for char in dict.fromkeys(str(value)):
            if not _drawn(char, known):
                yield _no_glyph(source.place(name), char)
    if all(_drawn(char, known) for char in set(source.body)):
        return
    for number, line in lines_outside_code(source.body):
        if not line.isascii():
            for column, char in enumerate(line, start=1):
                if not _drawn(char, known):
                    yield _no_glyph(source.body_place(number, column), char)


def _drawn(char: str, known: frozenset[int]) -> bool:
    return ord(char) in known or char in f"\n\t{NBSP}{NNBSP}"


def _no_glyph(place: Place, char: str) -> Diagnostic:
    code = f"U+{ord(char):04X}"
    if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}:
        message = f"Un caractère invisible est resté à cet endroit ({code})."
        return NO_GLYPH.at(place, message, "Effacez-le, au besoin avec le mot voisin, et retapez.")
    if unicodedata.category(char) == "Co":
        message = f"Un signe propre à un traitement de texte est resté à cet endroit ({code})."
        return NO_GLYPH.at(place, message, "Effacez-le ; pour une liste, commencez par un tiret.")
    plain = unicodedata.normalize("NFKC", char)
    hint = f"Écrivez « {plain} »." if plain != char else ""
    return NO_GLYPH.at(place, f"« {char} » ({code}) n’existe pas dans nos polices.", hint)
