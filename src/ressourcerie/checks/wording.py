"""Words that hurt, English words that have a French one, sentences too long to be followed.

Sources: FranceTerme (terms published in the « Journal officiel ») for French words; « L’information
pour tous » (Inclusion Europe, Unapei, 2009) for short sentences and words everybody knows. What
an author quotes, or names in italics, is left as it is.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Final

from ressourcerie import data
from ressourcerie.checks.audience import Audience
from ressourcerie.checks.faults import begins_sentence, language_rule
from ressourcerie.diagnostics import Diagnostic, Rule
from ressourcerie.french import fold
from ressourcerie.model import Resource, Term
from ressourcerie.prose import Sentence, own_words, sentences, source_sentences
from ressourcerie.settings import Settings
from ressourcerie.source import Source, places

HURTFUL_WORD = language_rule(
    "mot-blessant",
    "Un mot peut blesser",
    "Nommez la personne d’abord, sa difficulté ensuite, si elle compte ici.",
)
ENGLISH_WORD = language_rule(
    "anglicisme",
    "Un mot anglais a un mot français",
    "Écrivez le mot français ; le mot anglais peut suivre, en italique, entre parenthèses.",
)
LONG_SENTENCE = language_rule(
    "phrase-longue",
    "Une phrase est trop longue",
    "Coupez-la : une idée par phrase.",
)

_GAP: Final = "(?:[ \u00a0\u202f-]|\n[ ]*)"
_TOKEN: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What to say instead of a phrase; `before` must follow it, `unless` forbids the reproach."""

    instead: str
    before: tuple[str, ...]
    unless: tuple[str, ...]


def check_text(
    source: Source, resource: Resource | None, settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the words and sentences of one text."""
    text = own_words(source)
    yield from _phrases(source, resource, text, "blessants", HURTFUL_WORD)
    yield from _phrases(source, resource, text, "anglicismes", ENGLISH_WORD)
    yield from _long(source, resource, settings)


# Phrases to replace.


@cache
def _entries(kind: str) -> dict[str, Entry]:
    """Phrase, folded in lower case → what to say of it."""
    found: dict[str, Entry] = {}
    for item in data.words()[kind]:
        entry = Entry(
            item["dire"],
            tuple(item.get("suivi_de", ())),
            tuple(item.get("sauf_avec", ())),
        )
        for phrase in item["mots"]:
            found.update(dict.fromkeys(_spelled(phrase), entry))
    return found


def _spelled(phrase: str) -> Iterator[str]:
    """« mail(s) » → « mail », « mails »."""
    pieces = re.split(r"\(([^)]*)\)", phrase.lower())
    options = [("", piece) if index % 2 else (piece,) for index, piece in enumerate(pieces)]
    for chosen in itertools.product(*options):
        yield "".join(chosen)


@cache
def _by_token(kind: str) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """The longest word of each phrase → the phrases that have it, each with all its words."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for phrase in _entries(kind):
        words = _TOKEN.findall(phrase)
        found.setdefault(max(words, key=len), []).append((phrase, frozenset(words)))
    return {token: tuple(phrases) for token, phrases in found.items()}


def _possible(kind: str, tokens: frozenset[str]) -> frozenset[str]:
    """The phrases whose every word is in a text."""
    known = _by_token(kind)
    return frozenset(
        phrase
        for token in tokens & known.keys()
        for phrase, words in known[token]
        if words <= tokens
    )


@lru_cache(maxsize=256)
def _pattern(phrases: frozenset[str]) -> re.Pattern[str]:
    written = "|".join(
        re.escape(phrase).replace("’", "[’']").replace(r"\ ", _GAP)
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w-])(?:{written})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=8)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(text.lower()))


def _phrases(
    source: Source, resource: Resource | None, text: str, kind: str, breached: Rule
) -> Iterator[Diagnostic]:
    possible = _possible(kind, _tokens(text))
    if not possible:
        return
    place, entries, own = places(source), _entries(kind), _defined(resource)
    around = _Around(text)
    for match in _pattern(possible).finditer(text):
        phrase = re.sub(_GAP, " ", match[0].lower().replace("'", "’"))
        entry = entries.get(phrase) or entries.get(match[0].lower())
        if entry is None or fold(phrase) in own or not _is_followed(text, match.end(), entry):
            continue
        if around.has(match.start(), entry.unless):
            continue
        if kind == "anglicismes":
            if _is_name(text, match) or around.has(match.start(), _mentions(entry.instead)):
                continue
            message = f"« {match[0]} » a un équivalent français."
            hint = f"Écrivez plutôt « {entry.instead} »."
        else:
            message = f"« {match[0]} » peut blesser."
            hint = f"Dites plutôt : {entry.instead}."
        yield breached.at(place(match.start()), message, hint)


def _defined(resource: Resource | None) -> frozenset[str]:
    """The words a term defines: its page may write them."""
    if not isinstance(resource, Term):
        return frozenset()
    return frozenset(fold(form) for form in (*resource.forms, resource.anglais or ""))


class _Around:
    """The sentences of a text: whether that of an offset has some of the words one looks for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[int, tuple[str, ...]], bool] = {}

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return list(sentences(self._text))

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self._sentences]

    def has(self, offset: int, words: tuple[str, ...]) -> bool:
        """Whether the sentence has one of these words, or its plural."""
        if not words:
            return False
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return False
        if (index, words) not in self._known:
            low = self._sentences[index].text.lower().replace("'", "’")
            written = "|".join(map(re.escape, words))
            found = re.search(rf"(?<!\w)(?:{written})s?(?!\w)", low)
            self._known[index, words] = found is not None
        return self._known[index, words]


@cache
def _mentions(instead: str) -> tuple[str, ...]:
    """Words that show that a sentence speaks of an English word, or gives the French one too."""
    return (*instead.split(", ou "), *data.words()["mentions"])


def _is_followed(text: str, end: int, entry: Entry) -> bool:
    if not entry.before:
        return True
    after = re.sub(_GAP, " ", text[end : end + 24]).replace("'", "’").lstrip()
    return any(re.match(rf"{word}(?<=’)|{word}(?!\w)", after) for word in entry.before)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether an English word is a name: « Proton Mail », « le mail Jean-Jaurès »."""
    if match[0][0].isupper() and not begins_sentence(text, match.start()):
        return True
    after = text[match.end() : match.end() + 2]
    return len(after) == 2 and after[0] == " " and after[1].isupper()


# Long sentences.


def _long(source: Source, resource: Resource | None, settings: Settings) -> Iterator[Diagnostic]:
    policy = settings.policy
    least = min(policy.longest_sentence, policy.longest_plain_sentence)
    place, audience = places(source), Audience(source, resource)
    for sentence in source_sentences(source):
        # Counting words is slow; a sentence has no more of them than gaps.
        gaps = sentence.text.count(" ") + sentence.text.count("\n") + sentence.text.count("/")
        if gaps < least:
            continue
        is_plain = audience.is_public(sentence.start)
        most = policy.longest_plain_sentence if is_plain else policy.longest_sentence
        count = len(sentence.words)
        if count > most and (count := count - _listed(sentence)) > most:
            reader = " : le public la lit" if is_plain else ""
            message = f"Cette phrase a {count} mots, pour {most} au plus{reader}."
            yield LONG_SENTENCE.at(place(sentence.start), message)


def _listed(sentence: Sentence) -> int:
    """How many words of a sentence are a mere list: « trois mots : banc, vélo, gomme… »."""
    _, colon, after = sentence.text.partition(" :")
    items = [_TOKEN.findall(item) for item in re.split("[,;]", after)]
    count = sum(map(len, items))
    return count if colon and len(items) > 5 and count <= 2 * len(items) else 0
