"""What pages are drawn with: images that can be trusted, and letters that exist in our font."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont, TTLibError
from PIL import Image, ImageFile, UnidentifiedImageError

from ressourcerie.diagnostics import Diagnostic, Place, rule
from ressourcerie.french import NBSP, NNBSP
from ressourcerie.library import Library
from ressourcerie.settings import Settings
from ressourcerie.source import Source, lines_outside_code

BAD_IMAGE = rule(
    "image-illisible",
    "Une image est abîmée ou n’est pas du type annoncé",
    "Ouvrez-la, puis enregistrez-la de nouveau.",
)
HUGE_IMAGE = rule(
    "image-demesuree",
    "Une image est trop grande",
    "Réduisez-la : 2 000 pixels de large suffisent pour une page A4.",
)
ACTIVE_SVG = rule(
    "image-active",
    "Un dessin SVG contient un programme ou va chercher un fichier ailleurs",
    "Exportez-le en « SVG simple », sans script ni image liée.",
)
NO_FONT = rule(
    "police-absente",
    "Une police manque",
    "Relancez scripts/vendor-fonts, ou reprenez le fichier dans le dépôt.",
)
NO_GLYPH = rule(
    "caractere-sans-dessin",
    "Un caractère n’existe pas dans nos polices",
    "Remplacez-le : sur papier il serait pris ailleurs, ou ne paraîtrait pas.",
)

FONTS: Final = (
    "ressourcerie-sans-400-normal.woff2",
    "ressourcerie-sans-400-italic.woff2",
    "ressourcerie-sans-700-normal.woff2",
    "ressourcerie-sans-700-italic.woff2",
    "ressourcerie-titre-700-normal.woff2",
)
_NAMESPACE: Final = re.compile(rb"xmlns(?::[\w-]+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_FORMATS: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
MAX_PIXELS: Final = 24_000_000
MAX_BYTES: Final = 8_000_000
_ACTIVE: Final = re.compile(
    rb"<(?:[\w-]+:)?(?:script|foreignObject)\b|<!ENTITY|\son[a-z]+\s*=|javascript:"
    rb"|(?:href|src)\s*=\s*[\"'](?!\s*(?:#|data:image/))|url\((?!\s*[\"']?\s*#)|@import",
    re.IGNORECASE,
)


def check(library: Library, settings: Settings) -> Iterator[Diagnostic]:
    """Look at every image, then at every character."""
    for path in sorted(library.assets):
        yield from _image(settings.root / path, Place(path))
    absent = [name for name in FONTS if not (settings.fonts / name).is_file()]
    for name in absent:
        place = Place((settings.fonts / name).relative_to(settings.root).as_posix())
        yield NO_FONT.at(place, f"La police « {name} » est absente.")
    if not absent:
        try:
            known = frozenset.intersection(*(_characters(settings.fonts / n) for n in FONTS))
        except (OSError, TTLibError) as error:
            yield NO_FONT.at(Place("theme/web/assets/fonts"), f"Une police est abîmée ({error}).")
            return
        for source in library.sources:
            yield from _glyphs(source, known)


def _image(file: Path, place: Place) -> Iterator[Diagnostic]:
    try:
        if file.stat().st_size > MAX_BYTES:
            yield HUGE_IMAGE.at(place, "Le fichier dépasse 8 Mo.")
        elif file.suffix.lower() == ".svg":
            yield from _svg(file.read_bytes(), place)
        else:
            yield from _raster(file, place)
    except OSError as error:
        reason = error.strerror or "image tronquée"
        yield BAD_IMAGE.at(place, f"L’image ne se lit pas ({reason}).")


def _svg(data: bytes, place: Place) -> Iterator[Diagnostic]:
    if b"<svg" not in data:
        yield BAD_IMAGE.at(place, "Ce fichier n’est pas un dessin SVG.")
        return
    named = _NAMESPACE.sub(lambda m: re.sub(rb"[^\n]", b" ", m[0]), data)
    if match := _ACTIVE.search(named):
        line = data.count(b"\n", 0, match.start()) + 1
        shown = match[0].decode("ascii", "replace").strip()
        message = f"Le dessin contient « {shown} »."
        yield ACTIVE_SVG.at(Place(place.path, line), message)


def _raster(file: Path, place: Place) -> Iterator[Diagnostic]:
    try:
        with warnings.catch_warnings(), Image.open(file) as image:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            width, height = image.size
            if width * height > MAX_PIXELS:
                yield HUGE_IMAGE.at(place, f"L’image mesure {width} × {height} pixels.")
                return
            if image.format != _FORMATS.get(file.suffix.lower()):
                yield BAD_IMAGE.at(place, f"Ce fichier est en réalité une image {image.format}.")
                return
            with _no_truncated_images():
                image.load()
    except Image.DecompressionBombError:
        yield HUGE_IMAGE.at(place, "L’image compte beaucoup trop de pixels.")
    except (UnidentifiedImageError, SyntaxError, ValueError):
        yield BAD_IMAGE.at(place, "Le contenu n’est pas une image de ce type.")


@contextmanager
def _no_truncated_images() -> Iterator[None]:
    # WeasyPrint lets truncated images pass, for the whole process.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


@cache
def _characters(font: Path) -> frozenset[int]:
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def _glyphs(source: Source, known: frozenset[int]) -> Iterator[Diagnostic]:
    for key, value in source.front.items():
        for char in dict.fromkeys(c for c in str(value) if not _drawn(c, known)):
            yield _no_glyph(source.place(key), char)
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
