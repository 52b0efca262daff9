"""How hard a text is to read, for those it is written for.

Judged by LIX alone: it needs neither syllables nor a list of words, which programs count badly in
French.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from ressourcerie import outline
from ressourcerie.checks.inline import line_starts, place_in
from ressourcerie.diagnostics import Diagnostic, Family, Severity, rule
from ressourcerie.ease import LONG_WORD, WORD, Measure, lengths
from ressourcerie.model import Chapter, Resource, Term, Workshop
from ressourcerie.prose import MARK, Sentence, body_prose, body_sentences, sentences
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.views import BLOCK, PARTICIPANT_SECTIONS

HARD_TO_READ = rule(
    "lecture-difficile",
    "Un texte est difficile à lire pour ceux à qui il s’adresse",
    "Coupez les phrases longues en deux, et préférez les mots que tout le monde emploie.",
    Severity.INFO,
    Family.STRUCTURE,
)

# The highest LIX: what is handed to participants reads like a novel, the rest like a newspaper. A
# gloss is one or two sentences that must hold a whole idea: it alone may be denser.
PLAIN: Final = 40
ORDINARY: Final = 50
GLOSS: Final = 60
# Fewer words say nothing of a text.
FEWEST_WORDS: Final = 100
FEWEST_WORDS_OF_GLOSS: Final = 15
_SHOWN: Final = 3


def check_text(
    source: Source, resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Measure the gloss of a term, the pages handed to participants, and all the rest."""
    if resource is None:
        return
    if isinstance(resource, Term):
        gloss = list(sentences(body_prose(resource.glose)))
        if _is_hard(lengths(gloss), FEWEST_WORDS_OF_GLOSS, GLOSS):
            message = f"La définition est difficile à lire : {_figures(gloss, GLOSS)}"
            yield HARD_TO_READ.at(source.place("glose"), message)
    handed = handed_lines(source.body, resource)
    text = body_prose(source.body)
    if not _may_be_hard(text, handed):
        return
    plain, ordinary = parts(source.body, handed)
    for name, part, most in (
        ("Ce que lisent les participants", plain, PLAIN),
        ("Ce texte", ordinary, ORDINARY),
    ):
        if _is_hard(lengths(part), FEWEST_WORDS, most):
            yield _part(source, name, part, most)


def _may_be_hard(text: str, handed: Collection[int]) -> bool:
    """Whether a text is worth measuring: LIX rounded up, without looking for sentences.

    Words count with what sticks to them (« d’ordinateurs, »), sentences only where the end of one
    is plain to see.
    """
    lines = text.split("\n")
    plain = "\n".join(line for number, line in enumerate(lines) if number in handed)
    ordinary = "\n".join(line for number, line in enumerate(lines) if number not in handed)
    for part, most in ((plain, PLAIN), (ordinary, ORDINARY)):
        words = part.split()
        ends = 1 + sum(map(part.count, (". ", "? ", "! ", "\n\n", f"\n{MARK}")))
        long = sum(len(word) > LONG_WORD for word in words)
        if words and 1.1 * len(words) / ends + 100 * long / len(words) > most:
            return True
    return False


def _is_hard(count: Measure, fewest: int, most: int) -> bool:
    return count.words >= fewest and count.lix > most


def _part(source: Source, name: str, part: Sequence[Sentence], most: int) -> Diagnostic:
    longest = sorted(part, key=_letters, reverse=True)[:_SHOWN]
    places = [place_in(source, _first(sentence)) for sentence in longest]
    lines = [str(line) for line in sorted({place.line for place in places})]
    where = f"lignes {', '.join(lines)}" if len(lines) > 1 else f"ligne {lines[0]}"
    message = (
        f"{name} est difficile à lire : {_figures(part, most)} Phrases les plus longues : {where}."
    )
    return HARD_TO_READ.at(places[0], message)


def _figures(part: Sequence[Sentence], most: int) -> str:
    words = {word.lower() for sentence in part for word in WORD.findall(sentence.text)}
    hardest = sorted(words, key=lambda word: (-len(word), word))[:_SHOWN]
    shown = ", ".join(f"« {word} »" for word in hardest)
    return (
        f"indice LIX {lengths(part).lix:.0f}, pour {most} au plus. Mots les plus longs : {shown}."
    )


def _letters(sentence: Sentence) -> int:
    """What makes a sentence long to read: many words, or long ones."""
    return sum(map(len, WORD.findall(sentence.text)))


def _first(sentence: Sentence) -> int:
    """Where the words of a sentence begin."""
    match = WORD.search(sentence.text)
    return sentence.start + (match.start() if match else 0)


def parts(body: str, handed: Collection[int]) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences that participants read, and the others."""
    starts = line_starts(body)
    plain: list[Sentence] = []
    ordinary: list[Sentence] = []
    for sentence in body_sentences(body):
        line = bisect_right(starts, _first(sentence)) - 1
        (plain if line in handed else ordinary).append(sentence)
    return plain, ordinary


def handed_lines(body: str, resource: Resource) -> Collection[int]:
    """The lines that participants get: all those of the guide, a choice of those of a workshop."""
    lines = body.split("\n")
    if isinstance(resource, Chapter):
        return range(len(lines))
    if not isinstance(resource, Workshop):
        return ()
    handed: set[int] = set()
    for section in outline.sections(body):
        if section.heading.title in PARTICIPANT_SECTIONS:
            handed.update(range(section.start, section.end))
    inside = False
    for number, line in enumerate(lines):
        if line[:1] in "!?" and (match := BLOCK.match(line)):
            inside = match["kind"] == "participant"
        elif line[:1].strip():
            inside = False
        if inside:
            handed.add(number)
    return handed
