"""Images that can be trusted: whole, of their kind, of a decent size, and without a program."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image, ImageFile, UnidentifiedImageError

from ressourcerie.diagnostics import Diagnostic, Family, Place, rule

BAD_IMAGE = rule(
    "image-illisible",
    "Une image est abîmée ou n’est pas du type annoncé",
    "Ouvrez-la, puis enregistrez-la de nouveau.",
    family=Family.STRUCTURE,
)
HUGE_IMAGE = rule(
    "image-demesuree",
    "Une image est trop grande",
    "Réduisez-la : 2 000 pixels de large suffisent pour une page A4.",
    family=Family.STRUCTURE,
)
ACTIVE_SVG = rule(
    "image-active",
    "Un dessin SVG contient un programme ou va chercher un fichier ailleurs",
    "Exportez-le en « SVG simple », sans script ni image liée.",
    family=Family.STRUCTURE,
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


def check_image(file: Path, path: str) -> Iterator[Diagnostic]:
    """Look at one image; `path` is its name in the project."""
    place = Place(path)
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
