"""« Édition clé USB »: the whole site in one zip, that opens by a double click on any computer.

Nothing there needs a server: links lead to files, and names hold on the disks of sticks (FAT32,
exFAT), under Windows as elsewhere.
"""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Final

from mkdocs.exceptions import Abort

from ressourcerie import data, french
from ressourcerie.memory import Memory, key
from ressourcerie.site import archive, editions
from ressourcerie.site.plan import Site

NAME: Final = "la-ressourcerie-cle-usb.zip"
URL: Final = f"telechargements/{NAME}"
FOLDER: Final = "la-ressourcerie"
START: Final = "OUVRIR-LA-RESSOURCERIE.html"
README: Final = "LISEZ-MOI.txt"
# Windows stops at 260, counted from the letter of the disk.
LONGEST: Final = 199

_SITE: Final = f"{FOLDER}/site"
_TEXTS: Final = Path(data.__file__).parent / "cle-usb"
_ONLINE_FILES: Final = frozenset(
    {
        "404.html",
        "hors-connexion.json",
        "manifest.webmanifest",
        "robots.txt",
        "sitemap.xml",
        "sitemap.xml.gz",
        "sw.js",
        URL,
    }
)
_ONLINE_FOLDERS: Final = ("assets/icons/",)
# Compressed by nature: a second time would cost, and gain nothing.
_COMPRESSED: Final = frozenset(
    {
        *(".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"),
        *(".epub", ".odp", ".ods", ".odt", ".pdf"),
        *(".gz", ".mp3", ".mp4", ".woff", ".woff2", ".zip"),
    }
)
_FORBIDDEN: Final = re.compile(r'[<>:"\\|?*\x00-\x1f\x7f]')
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def make_usb_edition(folder: Path, site: Site) -> None:
    """Pack the site of `folder`, then tell its pages how much the zip weighs.

    The pages of the zip say nothing of its weight: they are in it. Raises mkdocs’s Abort, OSError.
    """
    files = tuple(_files(folder))
    sources = {url: path for path, url in site.library.assets.items()}
    faults = [
        f"{sources.get(name.removeprefix(f'{_SITE}/'), name)} : {fault}"
        for name, fault in unfit(f"{_SITE}/{name}" for name in files)
    ]
    if faults:
        raise Abort("\n".join(faults))
    target = folder / URL
    target.parent.mkdir(exist_ok=True)
    memory = Memory(site.settings.cache / "cle-usb.txt")
    try:
        with target.open("wb") as opened:
            archive.write(opened, _members(folder, files, memory))
    except archive.TooBigError as error:
        raise Abort(
            "L’édition clé USB dépasse 4 Go ou 65 000 fichiers, ce qu’un dossier zip ne peut "
            "pas contenir. Allégez les images et les documents."
        ) from error
    memory.save()
    facts = {
        "usb-weight": french.weight(target.stat().st_size),
        "usb-files": french.plural(len(files) + 3, "fichier"),
    }
    for name in files:
        if name.endswith(".html"):
            page = (folder / name).read_bytes()
            mended = editions.for_edition(page, editions.ONLINE, facts)
            if mended is not page:
                (folder / name).write_bytes(mended)


def page_of_stick(page: bytes) -> bytes:
    """A page of the site as it stands on a stick."""
    return editions.without_server(editions.for_edition(page, editions.USB, {}))


def unfit(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names that a stick, or Windows, would refuse, each with what to do about it."""
    seen: dict[str, str] = {}
    for name in names:
        parts = name.split("/")
        if wrong := _FORBIDDEN.search(name):
            yield name, f"une clé USB refuse le caractère « {wrong[0]} » : renommez ce fichier."
        if any(_RESERVED.fullmatch(p) or p[-1:] in {"", ".", " "} for p in parts):
            yield name, "Windows refuse ce nom : renommez ce fichier."
        if len(name) > LONGEST:
            yield name, f"ce nom dépasse {LONGEST} signes avec ses dossiers : raccourcissez-le."
        # A folder may meet another too.
        for path in accumulate(parts, "{}/{}".format):
            other = seen.setdefault(path.casefold(), path)
            if other != path:
                yield name, f"une clé USB le confond avec « {other} » : renommez l’un des deux."
                break


def _files(folder: Path) -> Iterator[str]:
    """What the edition holds of the site, in order; hidden files belong to whoever publishes."""
    found = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    for name in sorted(found):
        hidden = name.startswith(".") or "/." in name
        if not hidden and name not in _ONLINE_FILES and not name.startswith(_ONLINE_FOLDERS):
            yield name


def _members(
    folder: Path, files: Iterable[str], memory: Memory
) -> Iterator[tuple[str, archive.Packed]]:
    """First what opens the door: some unpackers show files in this order."""
    for name, text in front_files().items():
        yield f"{FOLDER}/{name}", archive.pack(text, compress=True)
    for name in files:
        content = (folder / name).read_bytes()
        end = posixpath.splitext(name)[1].lower()
        if end in _COMPRESSED:
            packed = archive.pack(content, compress=False)
        else:
            packed = _packed(content, memory, is_page=end == ".html")
        yield f"{_SITE}/{name}", packed


def front_files() -> Mapping[str, bytes]:
    """What one sees on opening the stick: a door, and a note. The script knocks for the reader."""
    note = (_TEXTS / README).read_text("utf-8")
    return {
        START: (_TEXTS / START).read_bytes(),
        # The Notepad of an old Windows reads neither bare line feeds nor unmarked UTF-8.
        README: note.replace("\n", "\r\n").encode("utf-8-sig"),
        "site/assets/ouvrir.js": (_TEXTS / "ouvrir.js").read_bytes(),
    }


def _packed(content: bytes, memory: Memory, *, is_page: bool) -> archive.Packed:
    """A text of the site in the archive: taken from the last one when it is in it."""
    name = key("cle-usb", str(is_page), content)
    match memory.get(name):
        case [int() as size, int() as crc, str() as kept]:
            return archive.Packed(archive.DEFLATED, base64.b64decode(kept), size, crc)
    packed = archive.pack(page_of_stick(content) if is_page else content, compress=True)
    if packed.method == archive.DEFLATED:
        memory.put(name, [packed.size, packed.crc, base64.b64encode(packed.data).decode()])
    return packed
