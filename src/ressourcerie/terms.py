"""Finds glossary terms in French prose, however they are inflected, joined or typed.

A term is known by all its inflected forms (see `inflection`), and a text is only read: the longest
term wins. Between the words of a compound may stand a space, a hyphen, an apostrophe or one end of
line. An acronym is found in capitals only, and an inclusive ending (« médiateur·rice ») belongs to
its word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from ressourcerie.french import is_acronym
from ressourcerie.homographs import is_adverb, is_joined, is_name, is_verb
from ressourcerie.inflection import LINKING, agreements, alone, numbers, spellings

_WORD: Final = re.compile(r"\w+")
_GAP: Final = re.compile(r"[ \u00a0\u202f\t]+|[ ]?\n[ \t]*|[-\u2010\u2011]|['’]|\.(?=\d)")
_DOT: Final = re.compile(r"\.")
_HYPHEN: Final = re.compile("[-\u2010\u2011]")
# « aller-vers » and « en-tête » keep their hyphen: « aller vers » and « en tête » are said of all.
_EDGE: Final = re.compile(
    r"(?:à|au|contre|en|entre|par|pour|sans|sous|sur|vers)[-\u2010\u2011]\w+|"
    r"\w+[-\u2010\u2011](?:(?:à|au|contre|en|entre|par|pour|sous|sur|vers)|et[-\u2010\u2011]\w+)"
)
# « médiateur·rice·s », « usager.ère.s », « médiateurs/trices », « agent(e)s », « adhérent-e-s ».
_ENDING: Final = (
    r"(?:es?|s|x|aux|t?rices?|t?ices?|t?euses?|eures?|i?ères?|i?ves?|(?:i?en|n)?nes?|l?les?|elles?|"
    r"ales?|tes?|s?ses?|esses?|fes?|ques?)"
)
_INCLUSIVE: Final = re.compile(
    rf"(?:[·⋅•‧][a-zà-ÿ]{{1,7}})+|(?:\.{_ENDING})+(?![\w.])|(?:/-?{_ENDING})+(?!\w)|"
    rf"\(-?{_ENDING}\)s?|\[{_ENDING}\]s?|-(?:es?|t?rices?|t?euses?|i?ères?|ives?|i?ennes?|nes?)(?:-s)?"
    r"(?![\w-])"
)
_MARKS: Final = frozenset("·⋅•‧./([-")
# The first halves of words also written in two: « fab lab », « cyber-sécurité ».
_HALVES: Final = re.compile(
    r"(anti|auto|big|black|chat|civic|co|crowd|crypto|cyber|data|e|fab|geo|géo|hacker|hash|hyper|inter|"
    r"living|maker|méta|micro|multi|open|photo|pod|smart|start|tele|télé|vidéo|visio|web|wi)(?=\w\w)(\w+)"
)
_INCLUSIVE_FORM: Final = re.compile(rf"(?<=\w)(?:{_INCLUSIVE.pattern})")
_ARTICLE: Final = re.compile(r"(?:Les?|La|Une?|Des) (?=[^\WA-ZÀ-Þ])|L['’](?=[^\WA-ZÀ-Þ])")
_ABBREVIATED: Final = re.compile(r"(.*\w) \(([A-Z][A-Z0-9]+)\)")
_SHOUTED: Final = re.compile(r"\b(?:AUX?|DES?|DU|EST|ET|LA|LES?|POUR|SONT|UNE?)\b")
_SOFT_HYPHEN: Final = "\u00ad"
_CLUSTER: Final = re.compile("[\\s\\S][\u0300-\u036f\u00ad]*")


class Named(Protocol):
    """What is found: a word of the glossary, or any other."""

    @property
    def slug(self) -> str:
        """Its name."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The ways it is written, in the dictionary form."""

    @property
    def sauf(self) -> tuple[str, ...]:
        """Phrases in which the word means something else."""


@dataclass(frozen=True, slots=True)
class Match:
    """A term found between two offsets of a text."""

    start: int
    end: int
    slug: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """One way of writing a term: the forms of its second word, of its third…

    `capitals` is True for an acronym, False for a word too short to be written as one, None when
    they do not matter. `only` is the one form of an entry that says what is not meant.
    """

    slug: str
    rest: tuple[frozenset[str], ...] = ()
    capitals: bool | None = None
    gap: re.Pattern[str] = _GAP
    barred: bool = False
    only: str = ""


class TermFinder:
    """Knows every written form of the terms it is given; the first to claim a form keeps it."""

    def __init__(self, terms: Iterable[Named]) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        slugs = []
        for term in terms:
            slugs.append(term.slug)
            for phrase in term.sauf:
                self._bar(term.slug, phrase)
            for form in term.forms:
                for written in _written(form):
                    self._learn(term.slug, written)
        self.slugs: Final = frozenset(slugs)

    def find(self, text: str) -> Iterator[Match]:
        """Every term in `text`, left to right, none overlapping another."""
        read = _Reading(text)
        done = 0
        barred: dict[str, int] = {}
        for word in _WORD.finditer(read.lower):
            entries = self._entries.get(word[0])
            if entries is None or word.start() < done:
                continue
            start, best, slug = word.start(), 0, ""
            for entry in entries:
                end = read.end(entry, start, word.end())
                if entry.barred:
                    barred[entry.slug] = max(end, barred.get(entry.slug, 0))
                elif (
                    end > best
                    and start >= barred.get(entry.slug, 0)
                    and read.is_meant(entry, start, end)
                ):
                    best, slug = end, entry.slug
            if slug:
                done = best
                yield Match(read.offset(start), read.offset(best), slug)

    def named(self, form: str) -> tuple[str, ...]:
        """The terms that `form` names as a whole, in the order they were given."""
        found: dict[str, None] = {}
        for written in _written(form):
            read = _Reading(written)
            if word := _WORD.match(read.lower):
                for entry in self._entries.get(word[0], ()):
                    end = read.end(entry, 0, word.end())
                    whole = end == len(read.lower) and not entry.barred
                    if whole and read.is_meant(entry, 0, end):
                        found[entry.slug] = None
        return tuple(found)

    def _bar(self, slug: str, phrase: str) -> None:
        written = unicodedata.normalize("NFC", phrase)
        words = _WORD.findall(_lowered(written))
        if len(words) == 1:
            self._add(frozenset(words), _Entry(slug, barred=True, only=written.strip()))
            return
        for first, *rest in agreements(words):
            self._add(_spelt(first), _Entry(slug, tuple(map(_spelt, rest)), barred=True))

    def _learn(self, slug: str, written: str) -> None:
        typed = _WORD.findall(written)
        words = [_lowered(word) for word in typed]
        # « MP3 » is no other word in small letters.
        acronyms = [_is_acronym(w) and (w.isalpha() or len(w) < 3) for w in typed]
        if not words:
            return
        if all(acronyms):
            rest = tuple(frozenset({word}) for word in words[1:])
            self._add({words[0]}, _Entry(slug, rest, capitals=True))
            if len(words) == 1 and words[0].isalpha():
                self._add({f"{words[0]}s"}, _Entry(slug, capitals=True))
                letters = tuple(frozenset({letter}) for letter in words[0][1:])
                self._add({words[0][0]}, _Entry(slug, letters, capitals=True, gap=_DOT))
            return
        capitals = False if len(words) == 1 and len(words[0]) <= 3 else None
        gap = _HYPHEN if _EDGE.fullmatch(_lowered(written)) else _GAP
        for first, *others in agreements(words) if len(words) > 1 else [[alone(words[0])]]:
            self._add(_spelt(first), _Entry(slug, tuple(map(_spelt, others)), capitals, gap))
        if len(words) == 2 and gap is _GAP and words[0] not in LINKING:
            self._add(_spelt(words[0] + form for form in numbers(words[1])), _Entry(slug))
        elif len(words) == 1 and (halves := _HALVES.fullmatch(words[0])):
            self._add(spellings(halves[1]), _Entry(slug, (_spelt(numbers(halves[2])),)))

    def _add(self, spelt: Iterable[str], entry: _Entry) -> None:
        for word in spelt:
            self._entries.setdefault(word, []).append(entry)


class _Reading:
    """A text as it is searched: composed, and in lower case, both of the same length."""

    def __init__(self, text: str) -> None:
        self._offsets: list[int] | None = None
        if not unicodedata.is_normalized("NFC", text) or _SOFT_HYPHEN in text:
            text, self._offsets = _composed(text)
        self.text = text
        self.lower = _lowered(text)

    def offset(self, position: int) -> int:
        """Turn a position in what is searched into one of the text as it was given."""
        return position if self._offsets is None else self._offsets[position]

    def end(self, entry: _Entry, start: int, position: int) -> int:
        """Where an entry ends, whose first word ends at `position`; 0 when it is not there."""
        if entry.only and self.text[start:position] != entry.only:
            return 0
        position = self._past_ending(position)
        for forms in entry.rest:
            gap = entry.gap.match(self.lower, position)
            word = _WORD.match(self.lower, gap.end()) if gap else None
            if word is None or word[0] not in forms:
                return 0
            position = self._past_ending(word.end())
        return position

    def _past_ending(self, position: int) -> int:
        mark = self.lower[position : position + 1]
        if mark not in _MARKS:
            return position
        # « fin.Les » is a full stop badly typed.
        ending = _INCLUSIVE.match(self.text if mark == "." else self.lower, position)
        return ending.end() if ending else position

    def is_meant(self, entry: _Entry, start: int, end: int) -> bool:
        """Whether nothing shows that another word, or a part of one, stands there."""
        typed = self.text[start:end]
        if entry.capitals and not (_is_acronym(typed) and self._tells(start, end)):
            return False
        if entry.capitals is False and is_acronym(typed):
            return False
        if is_joined(self.lower, start, end) or is_name(self.text, start):
            return False
        if entry.rest:
            return not is_adverb(self.lower, start)
        return bool(entry.capitals) or not is_verb(self.lower, start, end)

    def _tells(self, start: int, end: int) -> bool:
        """Whether capitals mean something: not in a sentence that is all written so."""
        around = self.text[max(0, start - 15) : end + 15]
        return not (around.isupper() and _SHOUTED.search(around))


def _written(form: str) -> Iterator[str]:
    """The terms that a title holds: « Intelligence artificielle (IA) » holds two."""
    plain = unicodedata.normalize("NFC", form).strip()
    whole = _ABBREVIATED.fullmatch(plain)
    for part in whole.groups() if whole else (plain,):
        yield _INCLUSIVE_FORM.sub("", _ARTICLE.sub("", part, count=1))


def _spelt(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(spelling for form in forms for spelling in spellings(form))


def _is_acronym(text: str) -> bool:
    """Whether capitals, digits and perhaps a plural make it: « OS », « 2FA », « PDFs », « X »."""
    return (text[:-1] if text[2:].endswith("s") else text).isupper()


def _lowered(text: str) -> str:
    lower = text.lower()
    # A few letters have a longer small form.
    return lower if len(lower) == len(text) else "".join(c.lower()[:1] for c in text)


def _composed(text: str) -> tuple[str, list[int]]:
    """A text composed (NFC), without soft hyphens, and where each of its characters came from."""
    pieces: list[str] = []
    offsets: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = unicodedata.normalize("NFC", cluster[0].replace(_SOFT_HYPHEN, ""))
        pieces.append(piece)
        offsets += [cluster.start()] * len(piece)
    return "".join(pieces), [*offsets, len(text)]
