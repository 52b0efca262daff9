"""The cards that social networks show: one a resource, made when what they say is new.

A network only takes an absolute address: without a public one, no card is made.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import PIL
from PIL import Image, ImageOps

from ressourcerie import atomic, data
from ressourcerie.french import duration, typeset
from ressourcerie.library import Library
from ressourcerie.model import Chapter, Resource, Term, Workshop
from ressourcerie.settings import Settings
from ressourcerie.site import card as cards
from ressourcerie.site.plan import Site

FOLDER: Final = "assets/partage"
_CACHE: Final = "partage"
_TEAL: Final = b"#0b5563"
_IMAGES: Final = "content/images"
# The drawing of a resource that has none of its own.
_DRAWINGS: Final = {"terme": "glossaire.svg", "chapitre": "guide.svg"}
_HOME: Final = "accueil.svg"
_LABELS: Final = {"parcours": "Parcours", "livret": "Livret à imprimer"}


def make(site: Site) -> Iterator[tuple[str, bytes]]:
    """The card of every resource."""
    if site.settings.site_url:
        press = _Press(site.settings)
        for resource in site.library.resources:
            yield card_url(resource), press.card(resource, site.library)
        press.tidy()


def card_url(resource: Resource) -> str:
    """Where the card of a resource is."""
    return f"{FOLDER}/{resource.kind}-{resource.slug}.png"


def words(resource: Resource, settings: Settings) -> cards.Card:
    """What the card of a resource says."""
    home = resource.url == ""
    title = settings.site_name if home else resource.titre
    return cards.Card(
        typeset("Ressources libres" if home else _kicker(resource)),
        typeset(title),
        typeset(resource.summary),
        "" if home else typeset(settings.site_name),
    )


def _kicker(resource: Resource) -> str:
    match resource:
        case Workshop():
            level = data.vocabulary("niveaux")[resource.niveau]
            return f"Atelier · {duration(resource.duree)} · {level}"
        case Term():
            return "Glossaire"
        case Chapter():
            return f"Guide · {resource.label}"
        case _:
            return _LABELS.get(resource.kind, "Ressources libres")


class _Press:
    """Makes cards, and keeps them by the hash of all they are made of."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.cache / _CACHE
        self._folder.mkdir(parents=True, exist_ok=True)
        self._fonts = cards.Fonts(settings.fonts)
        self._mark = _read(settings.fonts.parent / "logo.svg").replace(b"currentColor", _TEAL)
        code = _read(Path(cards.__file__))
        letters = [_read(file) for file in sorted(settings.fonts.glob("*.woff2"))]
        self._made_of = _key(PIL.__version__.encode(), code, self._mark, *letters)
        self._grounds: dict[str, Image.Image] = {}
        self._drawings: dict[str, bytes] = {}
        self._used: set[str] = set()

    def card(self, resource: Resource, library: Library) -> bytes:
        """The card of a resource, from the cache when it is there."""
        said = words(resource, self._settings)
        name = _drawing_name(resource, library)
        if name not in self._drawings:
            self._drawings[name] = _read(self._settings.root / _IMAGES / name) if name else b""
        drawing = self._drawings[name]
        key = _key(self._made_of.encode(), drawing, repr(said).encode())
        self._used.add(key)
        file = self._folder / f"{key}.png"
        if known := _read(file):
            return known
        content = cards.draw(said, self._ground(name), self._fonts)
        # What cannot be kept is made again.
        with suppress(OSError):
            atomic.write(file, content)
        return content

    def tidy(self) -> None:
        """Forget the cards of texts that have changed."""
        for file in self._folder.glob("*.png"):
            if file.stem not in self._used:
                file.unlink(missing_ok=True)

    def _ground(self, name: str) -> Image.Image:
        if name not in self._grounds:
            art = picture(name, self._drawings[name], cards.ART) if name else None
            mark = picture("logo.svg", self._mark, cards.MARK) if self._mark else None
            self._grounds[name] = cards.ground(art, mark)
        return self._grounds[name]


def picture(name: str, content: bytes, size: tuple[int, int]) -> Image.Image:
    """An illustration on the paper of the cards, whole, whatever its kind."""
    if name.endswith(".svg"):
        # Slow to load, and not needed when every card is known.
        from ressourcerie.paper.artwork import rasterise

        return rasterise(content, *size, cards.PAPER)
    paper = Image.new("RGB", size, cards.PAPER)
    with Image.open(io.BytesIO(content)) as opened:
        photo = ImageOps.contain(opened.convert("RGBA"), size)
    left, top = (size[0] - photo.width) // 2, (size[1] - photo.height) // 2
    paper.paste(photo, (left, top), photo)
    return paper


def _drawing_name(resource: Resource, library: Library) -> str:
    wanted = (resource.illustration, _DRAWINGS.get(resource.kind), _HOME)
    return next((n for n in wanted if n and f"{_IMAGES}/{n}" in library.assets), "")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _key(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
