"""How easy a text is to read, by what can be counted in its sentences.

Two measures, for neither says all. LIX (C. H. Björnsson, *Läsbarhet*, Liber, 1968) adds the words
of a sentence on average to the share of words of more than six letters, in hundredths: under 30 a
children's book, 40 a novel, 50 a newspaper, above 60 a regulation. The Flesch score, set for French
by L. Kandel and A. Moles (« Application de l'indice de Flesch à la langue française », 1958), is
207 less 1.015 a word of the average sentence and 0.736 a syllable of a hundred words: above 70, a
text is easy.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ressourcerie.prose import Sentence

LONG_WORD: Final = 6
WORD: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
# What is written with a vowel and not heard as one: « qui », « guide » ; « y » between vowels.
_SILENT_U: Final = re.compile(r"(?<=q)u(?=\w)|(?<=g)u(?=[eiyéèê])")
_GLIDE: Final = re.compile(r"(?<=[aeiouéèêàâ])y(?=[aeiouéèêàâ])")
# Two vowels side by side, and two syllables: « ré-el », « na-ïf » ; but « an-née ».
_HIATUS: Final = re.compile(r"é(?=[aiouyéèâàêô]|e(?!s?$))|(?<=[aeou])(?=é)|(?=[ïëüö])")
_VOWELS: Final = re.compile(r"[aeiouyéèêàâîïôöûùüëœæ]+")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted in some sentences. `long` words have more than six letters.

    `syllables` are those of words made of letters; `median` is the number of words of the sentence
    in the middle, once they are ranked by length.
    """

    words: int
    sentences: int
    long: int
    syllables: int = 0
    median: float = 0.0

    @property
    def lix(self) -> float:
        """0 when there is nothing to read."""
        if not self.words:
            return 0.0
        return self.words / self.sentences + 100 * self.long / self.words

    @property
    def flesch(self) -> float:
        """From 0, very hard, to 100, very easy, and beyond; 100 when there is nothing to read."""
        if not self.words:
            return 100.0
        return 207 - 1.015 * self.words / self.sentences - 73.6 * self.syllables / self.words


def lengths(found: Sequence[Sentence]) -> Measure:
    """Count what LIX needs. An elision and each part of a compound are words of their own."""
    words = [WORD.findall(sentence.text) for sentence in found]
    return Measure(
        sum(map(len, words)),
        sum(map(bool, words)),
        sum(len(word) > LONG_WORD for some in words for word in some),
    )


def measure(found: Sequence[Sentence]) -> Measure:
    """Count all that both measures need."""
    words = [some for sentence in found if (some := WORD.findall(sentence.text))]
    flat = [word for some in words for word in some]
    return Measure(
        words=len(flat),
        sentences=len(words),
        long=sum(len(word) > LONG_WORD for word in flat),
        syllables=sum(map(syllables, flat)),
        median=statistics.median(map(len, words)) if words else 0.0,
    )


def syllables(word: str) -> int:
    """How many syllables a word is written with, its mute e's among them; at least 1.

    Counting what is written rather than said makes a text look harder than it is, never easier.
    A number counts for one.
    """
    if not _LETTERS.fullmatch(word):
        return 1
    word = _SILENT_U.sub("", word.lower())
    word = _HIATUS.sub(lambda match: f"{match[0]} ", _GLIDE.sub("j", word))
    return max(1, len(_VOWELS.findall(word)))
