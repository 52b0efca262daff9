"""Links and images of the bodies: what they point at must exist."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from ressourcerie import links
from ressourcerie.diagnostics import Diagnostic, Family, Place, rule
from ressourcerie.library import Library
from ressourcerie.settings import Settings
from ressourcerie.source import Source, without_code

BROKEN_LINK = rule(
    "lien-introuvable",
    "Un lien ne mène nulle part",
    "Écrivez le chemin du fichier à partir de celui-ci : ../glossary/tiers-lieux.md.",
    family=Family.LINKS,
)
BROKEN_IMAGE = rule(
    "image-introuvable",
    "Une image n’existe pas",
    "Placez le fichier à côté du texte, et vérifiez son nom, majuscules comprises.",
    family=Family.LINKS,
)
NO_ALTERNATIVE = rule(
    "image-sans-texte",
    "Une image n’a pas de texte de remplacement",
    "Dites entre les crochets ce que l’image montre (WCAG 1.1.1).",
    family=Family.STRUCTURE,
)

_LINK: Final = re.compile(
    r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)\]"
    r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_CODE: Final = re.compile(r"(`+)(?:(?!\1)[^\n])+?\1")


def check(library: Library, _settings: Settings) -> Iterator[Diagnostic]:
    """Look at every inline link and image."""
    for source in library.sources:
        # Code is blotted out, not removed: places must stay true.
        text = _CODE.sub(lambda m: "\0" * len(m[0]), without_code(source.body))
        for paragraph in re.finditer(r"(?:[^\n]+\n?)+", text):
            yield from _links(source, text, paragraph.start(), paragraph.end(), library)


def _links(
    source: Source, text: str, start: int, end: int, library: Library
) -> Iterator[Diagnostic]:
    """The links of `text` between two offsets, then those inside their words (linked images)."""
    for match in _LINK.finditer(text, start, end):
        group = "plain" if match["angle"] is None else "angle"
        href, origin = match[group], source.path
        if match["image"] and not match["text"].strip():
            message = f"L’image « {href} » n’a pas de texte de remplacement."
            yield NO_ALTERNATIVE.at(_place(source, text, match.start()), message)
        if links.resolve(href, origin, library) is None and not _is_unread(href, origin, library):
            broken = BROKEN_IMAGE if match["image"] else BROKEN_LINK
            place = _place(source, text, match.start(group))
            yield broken.at(place, f"« {href} » n’existe pas.", _suggest(href, origin, library))
        yield from _links(source, text, match.start("text"), match.end("text"), library)


def _place(source: Source, text: str, offset: int) -> Place:
    line = text.count("\n", 0, offset)
    return source.body_place(line, offset - (text.rfind("\n", 0, offset) + 1) + 1)


def _is_unread(href: str, origin: str, library: Library) -> bool:
    """Whether the target is there but has errors of its own, reported at their place."""
    path = posixpath.join(posixpath.dirname(origin), unquote(href.partition("#")[0]))
    return posixpath.normpath(path) in library.unread


def _suggest(href: str, origin: str, library: Library) -> str:
    """The nearest target that exists, written as the author would."""
    folder = posixpath.dirname(origin)
    known = [posixpath.relpath(p, folder) for p in (*library.by_path, *library.assets)]
    path = unquote(href.partition("#")[0])
    near = difflib.get_close_matches(path, known, n=1, cutoff=0.7)
    if not near:
        name = posixpath.basename(path)
        near = [k for k in known if posixpath.basename(k) == name][:1]
    return f"Vouliez-vous dire « {near[0]} » ?" if near else ""
