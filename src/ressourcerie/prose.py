"""The words of a source, where its author typed them: all that is not prose is blotted out.

Each mask has the length of what it hides, so that an offset in the prose is an offset in the file.
Rules about words and signs read this: they can touch neither code, nor an address, nor a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ressourcerie.source import Source, without_code

# Stands for something that is not words (code, an address): words on each side do not touch.
OPAQUE: Final = "\0"
# Stands for a mark inside a word or a sentence (emphasis, a bracket): words on each side do.
MARK: Final = "\x01"

# Keys of the front matter whose values are sentences, at any depth.
PROSE_KEYS: Final = frozenset(
    {
        "titre",
        "sous_titre",
        "resume",
        "glose",
        "objectifs",
        "encadrement",
        "salle",
        "plan_b",
        "exemplaires",
        "adapte_de",
        "precision",
        "avec",
        "note",
    }
)
# What others wrote, and titles of their works: it is quoted as it is.
_QUOTED_KEYS: Final = frozenset({"sources"})

_INLINE_CODE: Final = re.compile(r"(?<![`\\])(`+)(?!`)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)\1(?!`)")
_HIDDEN: Final = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"<!--.*?-->", re.DOTALL),
        (r"</?[a-zA-Z][^<>\n]*>", 0),
        (r"<[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*>", 0),
        # Attribute lists, and definitions of references.
        (r"\{:?[ ]*[.#][^{}\n]*\}", 0),
        (r"^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[^\n]*", re.MULTILINE),
        (r"\[\^[^\]\n]+\]:?", 0),
        # Destinations of links, with their title.
        (r"(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)", 0),
        (r"(?<=\])\[[^\]\n]*\]", 0),
        (r"\b(?:https?|ftp|mailto|tel):[^\s<>«»]*[^\s<>«».,;:!?)\]]", 0),
        (r"\bwww\.[^\s<>«»]*[^\s<>«».,;:!?)\]]", 0),
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", 0),
        # Domains and names of files: « exemple.fr », « ../glossary/tiers-lieux.md ».
        (r"(?<![\w/])(?:[\w-]+/)+[\w.-]*|(?<![\w.])(?:\.\.?/)[\w./-]*", 0),
        (r"(?<![\w.’'])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,5}(?![\w.’'])(?:/[^\s<>«»]*)?", 0),
    )
)
_MARKS: Final = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^[ \t]*(?:>[ \t]?)+",
        r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?",
        r"^[ \t]*#{1,6}[ \t]+",
        r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*$",
        r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]*[^\s\"]*[ \t]*\"?|(?<=\")[ \t]*$(?<!\w)",
        r"\|",
        r"\*+|(?<!\w)_+|_+(?!\w)|!?\[|\]|\\(?=[^\w\s])",
    )
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source, between two offsets of its text."""

    start: int
    end: int
    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its words; an elision stays with what follows it."""
        return tuple(_WORD.findall(self.text))


_WORD: Final = re.compile(r"[^\W\d_](?:[\w·]|['’\x01-](?=\w))*")
_BREAK: Final = re.compile(r"(?<=[.!?…])[»”)\x01]*\s+|\n[ \t\x01]*\n|\n(?=[ \t]*\x01)")


@lru_cache(maxsize=256)
def _prose(head: str, spans: tuple[tuple[int, int], ...], body: str) -> str:
    kept = [OPAQUE if char != "\n" else char for char in head]
    for start, end in spans:
        kept[start:end] = head[start:end]
    return "".join(kept) + body_prose(body)


def prose(source: Source) -> str:
    """The text of a source, as long, with all that is not prose blotted out (ends of line stay)."""
    spans = tuple(
        span
        for path, span in source.spans.items()
        if not _QUOTED_KEYS & set(path)
        and any(isinstance(key, str) and key in PROSE_KEYS for key in path)
    )
    return _prose(source.head, spans, source.body)


def body_prose(body: str) -> str:
    """The same for a piece of Markdown."""
    text = _blot(_INLINE_CODE, without_code(body), OPAQUE)
    for pattern in _HIDDEN:
        text = _blot(pattern, text, OPAQUE)
    for pattern in _MARKS:
        text = _blot(pattern, text, MARK)
    return text


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a prose, in order; a heading, an item or a cell ends one."""
    start = 0
    for stop in [*_BREAK.finditer(text), None]:
        end = stop.start() if stop else len(text)
        if _WORD.search(text, start, end):
            yield Sentence(start, end, text[start:end])
        start = stop.end() if stop else end


def _blot(pattern: re.Pattern[str], text: str, mask: str) -> str:
    return pattern.sub(lambda match: re.sub(r"[^\n]", mask, match[0]), text)
