"""Images that can be trusted: whole, of their kind, of a decent size, and without a program."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

from ressourcerie.diagnostics import Diagnostic, Family, Place, rule
from ressourcerie.library import Library
from ressourcerie.memory import Memory, key
from ressourcerie.settings import Settings
from ressourcerie.study import Study, as_data, from_data

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


def check(
    library: Library, settings: Settings, _studies: Mapping[str, Study], memory: Memory
) -> Iterator[Diagnostic]:
    """Look at every image that is not remembered."""
    for path in sorted(library.assets):
        yield from _check(settings.root / path, Place(path), memory)


def _check(file: Path, place: Place, memory: Memory) -> Iterator[Diagnostic]:
    try:
        if not file.is_file():
            # A pipe or a device could be read without end.
            yield BAD_IMAGE.at(place, "Ce n’est pas un fichier ordinaire.")
            return
        if file.stat().st_size > MAX_BYTES:
            yield HUGE_IMAGE.at(place, "Le fichier dépasse 8 Mo.")
            return
        data = file.read_bytes()
    except OSError as error:
        yield BAD_IMAGE.at(place, f"L’image ne se lit pas ({error.strerror}).")
        return
    kind = file.suffix.lower()
    name = key("image", kind, data)
    if (found := memory.get(name)) is None:
        look = _svg(data, place) if kind == ".svg" else _raster(data, kind, place)
        found = [as_data(d) for d in look]
        memory.put(name, found)
    yield from (from_data(d, place.path) for d in found)


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


def _raster(data: bytes, kind: str, place: Place) -> Iterator[Diagnostic]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings(), Image.open(BytesIO(data)) as image:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            width, height = image.size
            if width * height > MAX_PIXELS:
                yield HUGE_IMAGE.at(place, f"L’image mesure {width} × {height} pixels.")
                return
            if image.format != _FORMATS.get(kind):
                yield BAD_IMAGE.at(place, f"Ce fichier est en réalité une image {image.format}.")
                return
            with _no_truncated_images():
                image.load()
    except Image.DecompressionBombError:
        yield HUGE_IMAGE.at(place, "L’image compte beaucoup trop de pixels.")
    except (UnidentifiedImageError, SyntaxError, ValueError):
        yield BAD_IMAGE.at(place, "Le contenu n’est pas une image de ce type.")
    except OSError as error:
        reason = error.strerror or "image tronquée"
        yield BAD_IMAGE.at(place, f"L’image ne se lit pas ({reason}).")


@contextmanager
def _no_truncated_images() -> Iterator[None]:
    from PIL import ImageFile

    # WeasyPrint lets truncated images pass, for the whole process.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
