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

from ressourcerie.masks import OPAQUE, blot, opaque, opaque_inline
from ressourcerie.source import Source

__all__ = [
    "CELL",
    "HEADING",
    "MARK",
    "OPAQUE",
    "Sentence",
    "body_prose",
    "body_sentences",
    "own_prose",
    "own_words",
    "prose",
    "sentences",
    "source_sentences",
]

# Stands for a mark inside a word or a sentence (emphasis, a bracket): words on each side do.
MARK: Final = "\x01"
# Stands for what ends a sentence with no sign: the bar of a table, the beginning of a value.
CELL: Final = "\x02"
# Stands for the signs of a heading, which ends with its line.
HEADING: Final = "\x03"

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

# The line that opens a block, with its title between quotation marks.
_OPENING: Final = re.compile(
    r"^([ \t>*+-]*+(?:!!!|\?\?\?\+?|===[!+]?)(?![!?=])[^\"\n]*+\"?)([^\n]*)$", re.MULTILINE
)
_MARKS: Final = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # A line of signs: under a heading, in a table, across the page.
        r"^(?=[ \t]*+[^ \t\n])[ \t|:=+*_-]{2,}+$",
        # What begins a line: a quotation, an item, a box to tick, a heading, a definition.
        r"^(?:[ \t]*+(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])|:(?=[ \t]))"
        r"(?:[ \t]++\[[ xX]\](?=[ \t]))?[ \t]*+)++",
    )
)
_HEADING: Final = re.compile(rf"^[ \t{MARK}]*+(#{{1,6}})[ \t]*+", re.MULTILINE)
_UNDERSCORES: Final = re.compile(r"(?<![\w])_+|(?<!_)_+(?!\w)")
_BACKSLASHES: Final = re.compile(r"\\(?=[^\w\s]|\n|\Z)")


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
_FIRST: Final = re.compile(r"[^\s\0-\x03]")
_BREAK: Final = re.compile(
    r"[.!?…](?:[ \u00a0\u202f]?[»”)\x01])*+(?=\s|\Z)"
    r"|\n[ \t\x01]*+(?=\n)|\n(?=[ \t]*+[\x01\x03])|\x03++[^\n]*|\x02"
)
# Words whose point does not end a sentence: « M. Petit », « p. 12 », « art. L. 121 », « J. R. ».
_ABBREVIATION: Final = re.compile(
    r"(?<![\w’'])(?:MM?|[Mm]me|Mlle|Dr|Me|St|pp?|art|al|cf|chap|coll|dir|ed|éd|env|ex|fig|hab|ill|"
    r"max|min|n|nb|par|réf|s|t|tél|trad|v|vol|[A-ZÀ-Þ](?=\.\s+(?:[a-zà-ÿ\d]|[A-ZÀ-Þ]\.)))\.(?!\S)"
)


def prose(source: Source) -> str:
    """The text of a source, as long, with all that is not prose blotted out (ends of line stay)."""
    return _head_prose(source.head, _spans(source)) + body_prose(source.body)


def own_prose(source: Source) -> str:
    """The same without the paragraphs quoted as others wrote them (`> …`)."""
    return _head_prose(source.head, _spans(source)) + _own_body(source.body)


def own_words(source: Source) -> str:
    """The same without quotations (« … », “ … ”) nor words in italics, which are only named."""
    head = _unquoted(_head_prose(source.head, _spans(source)))
    return head + _own_words(source.body)


@lru_cache(maxsize=1024)
def body_prose(body: str) -> str:
    """The same as `prose` for a piece of Markdown."""
    text = _opaque(body)
    if "!!!" in text or "???" in text or "===" in text:
        text = _OPENING.sub(_opening, text)
    for pattern in _MARKS:
        text = pattern.sub(lambda match: blot(match[0], MARK), text)
    if "#" in text:
        text = _HEADING.sub(lambda match: blot(match[0], HEADING), text)
    for sign in ("![", "~~", "==", "*", "[", "]", "^"):
        text = text.replace(sign, MARK * len(sign))
    text = text.replace("|", CELL)
    if "_" in text:
        text = _UNDERSCORES.sub(lambda match: MARK * len(match[0]), text)
    return _BACKSLASHES.sub(MARK, text) if "\\" in text else text


_opaque = lru_cache(maxsize=64)(opaque)


def _opening(match: re.Match[str]) -> str:
    title = match[2].rstrip()
    end = CELL if title.endswith('"') else ""
    kept = title[: len(title) - len(end)] + end + match[2][len(title) :]
    return MARK * len(match[1]) + kept


# The front matter.

_ESCAPED: Final = re.compile(r"\\.", re.DOTALL)
_Spans = tuple[tuple[int, int], ...]


def _spans(source: Source) -> _Spans:
    return tuple(
        span
        for path, span in source.spans.items()
        if _QUOTED_KEYS.isdisjoint(path) and not PROSE_KEYS.isdisjoint(path)
    )


@lru_cache(maxsize=1024)
def _head_prose(head: str, spans: _Spans) -> str:
    pieces, done = [], 0
    for start, end in sorted(spans):
        if start < max(done, 1):
            continue
        pieces += [blot(head[done : start - 1]), "\n" if head[start - 1] == "\n" else CELL]
        pieces.append(_value(head[start:end]))
        done = end
    return opaque_inline("".join(pieces) + blot(head[done:], CELL))


def _value(text: str) -> str:
    """A value with the signs of YAML blotted out."""
    quote = text[:1]
    if quote in {'"', "'"} and len(text) > 1 and text[-1] == quote:
        inner = text[1:-1]
        if quote == '"' and "\\" in inner:
            inner = _ESCAPED.sub(lambda match: blot(match[0]), inner)
        return MARK + inner + MARK
    if quote in {"|", ">"}:
        sign, end, lines = text.partition("\n")
        return OPAQUE * len(sign) + end + lines
    return text


# What is not the author's own.

_QUOTES: Final = re.compile(r"[«»]|\n[ \t\x01]*+(?=\n)|\x02")
# A pattern that begins with one sign is looked for much faster than another.
_OTHER_QUOTES: Final = (
    ("“", re.compile(r"“[^“”\n]+”")),
    ('"', re.compile(r"\"(?<![\w\"].)[^\"\n]++\"(?!\w)")),
)
_BLOCKQUOTE: Final = re.compile(r"^[ \t]*+>[^\n]*", re.MULTILINE)
_ITALICS: Final = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("*", r"\*(?<![\w*\\].)(?![\s*])(?:[^*\n]|\n(?![ \t]*\n)){1,300}?(?<!\s)\*(?!\*)"),
        ("_", r"_(?<![\w\\].)(?![\s_])(?:[^_\n]|\n(?![ \t]*\n)){1,300}?(?<!\s)_(?!\w)"),
    )
)


@lru_cache(maxsize=64)
def _own_body(body: str) -> str:
    text = body_prose(body)
    return _blot_found(_BLOCKQUOTE, _opaque(body), text) if ">" in body else text


@lru_cache(maxsize=64)
def _own_words(body: str) -> str:
    text, raw = _own_body(body), _opaque(body)
    for gate, pattern in _ITALICS:
        if gate in raw:
            text = _blot_found(pattern, raw, text)
    return _unquoted(text)


def _blot_found(pattern: re.Pattern[str], raw: str, text: str) -> str:
    """`text` blotted where the pattern is found in `raw`, which is as long."""
    pieces, done = [], 0
    for match in pattern.finditer(raw):
        pieces += [text[done : match.start()], blot(match[0])]
        done = match.end()
    return "".join([*pieces, text[done:]]) if pieces else text


def _unquoted(text: str) -> str:
    """The text without what stands between « and »; one left open ends with its paragraph."""
    if "«" in text:
        pieces, done, depth, start = [], 0, 0, 0
        for match in [*_QUOTES.finditer(text), None]:
            sign = match[0][0] if match else "\n"
            if sign == "«":
                start = match.start() if match and not depth else start
                depth += 1
            elif depth:
                depth = depth - 1 if sign == "»" else 0
                if not depth:
                    end = len(text) if match is None else match.start() + (sign == "»")
                    pieces += [text[done:start], blot(text[start:end])]
                    done = end
        text = "".join([*pieces, text[done:]])
    for gate, pattern in _OTHER_QUOTES:
        if gate in text:
            text = pattern.sub(lambda match: blot(match[0]), text)
    return text


# Sentences.


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a prose, in order; a heading, an item or a cell ends one."""
    start = 0
    for stop in [*_BREAK.finditer(text), None]:
        end = stop.end() if stop else len(text)
        if stop and stop[0] == "." and _is_abbreviated(text, end):
            continue
        if first := _FIRST.search(text, start, end):
            begin = first.start()
            if first[0].isalpha() or _WORD.search(text, begin, end):
                yield Sentence(begin, end, text[begin:end])
        start = end


@lru_cache(maxsize=16)
def body_sentences(body: str) -> tuple[Sentence, ...]:
    """The sentences of a piece of Markdown."""
    return tuple(sentences(body_prose(body)))


def source_sentences(source: Source) -> Iterator[Sentence]:
    """The sentences of a source: those of its values, then those of its body."""
    yield from sentences(_head_prose(source.head, _spans(source)))
    shift = len(source.head)
    for found in body_sentences(source.body):
        yield Sentence(found.start + shift, found.end + shift, found.text)


def _is_abbreviated(text: str, end: int) -> bool:
    """Whether the point before `end` is that of an abbreviation: four letters at most."""
    if text[max(0, end - 6) : end - 1].isalpha() and end > 5:
        return False
    return any(
        match.end() == end for match in _ABBREVIATION.finditer(text, max(0, end - 6), end + 9)
    )
