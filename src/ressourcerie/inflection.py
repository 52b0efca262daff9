"""How French words vary: number, gender, agreement, and the ways a form may be typed.

Inflections are made from a word of the glossary; a word of a text is never cut down to a stem.
So « cours » and « cour », « moral » and « morale », « marche » and « marché » do not meet. What is
made too much (« journale ») is no word, and does no harm: only forms that are other words do.

All words here are in lower case and composed (NFC). Pure functions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from ressourcerie.data import inflections

# They join the words of a compound, and never vary.
LINKING: Final = frozenset(
    "a à au aux avec chez contre d dans de des du en entre et hors j jusqu l la le les ou par pour "  # noqa: SIM905
    "que qu qui sans sous sur vers".split()
)
_PREFIXES: Final = frozenset({"anti", "auto", "co", "demi", "ex", "mi", "non", "semi"})
# Longest first. An ending is a promise: the feminine it gives is that of the word, or no word.
_FEMININES: Final = (
    ("teur", ("trice", "teuse", "teure", "teurice")),
    ("eur", ("euse", "eure")),
    ("ien", ("ienne",)),
    ("éen", ("éenne",)),
    ("yen", ("yenne",)),
    ("ain", ("aine",)),
    ("eux", ("euse",)),
    ("ier", ("ière",)),
    ("ller", ("llère",)),
    ("cher", ("chère",)),
    ("ger", ("gère",)),
    ("if", ("ive",)),
    ("al", ("ale",)),
    ("el", ("elle",)),
    ("é", ("ée",)),
    ("ment", ()),
    ("ant", ("ante",)),
    ("ent", ("ente",)),
    ("ais", ("aise",)),
    ("ois", ("oise",)),
)
# In a compound whose head has changed its gender, an adjective must follow: nothing is risky.
_AGREEING: Final = (
    ("et", ("ette", "ète")),
    ("on", ("onne",)),
    ("s", ("se", "sse")),
)
_MASCULINES: Final = (
    ("trice", ("teur",)),
    ("euse", ("eur",)),
    ("ienne", ("ien",)),
)
_AGREEING_MASCULINES: Final = (
    ("ive", ("if",)),
    ("elle", ("el",)),
    ("enne", ("en",)),
    ("onne", ("on",)),
    ("ette", ("et",)),
    ("ète", ("et",)),
    ("e", ("",)),
)
# Heads that name women and men with one form: adjectives beside them take both genders.
_EPICENE: Final = re.compile(
    r".*(?:iste|aire|naute|logue|phone|phile)|adulte|aide|artiste|bénévole|collègue|cadre|élève|"
    r"guide|jeune|malade|membre|pirate|proche|responsable"
)


@dataclass(frozen=True, slots=True)
class _Tables:
    """What endings do not tell, as `data/flexions.yml` has it."""

    invariable: frozenset[str]
    doublets: dict[str, str]
    plurals: dict[str, str]
    singulars: dict[str, str]
    feminines: dict[str, str]
    masculines: dict[str, str]
    plain: frozenset[str]
    lonely: frozenset[str]
    women: frozenset[str]
    accented: frozenset[str]
    verbs: frozenset[str]
    transitive: frozenset[str]


@cache
def _tables() -> _Tables:
    data = inflections()
    doublets, participles = data["doublets"], data["aussi_participes"].split()
    plurals = data["pluriels"] | {word[:-1]: word for word in data["pluriels_en_x"].split()}
    feminines, plain = data["feminins"], data["feminins_en_e"].split()
    sibilants = (word for word in (*feminines, *plain) if word.endswith(("s", "x")))
    return _Tables(
        frozenset((*data["invariables"].split(), *sibilants)),
        doublets | {other: word for word, other in doublets.items()},
        plurals,
        {plural: singular for singular, plural in plurals.items()},
        feminines,
        {feminine: masculine for masculine, feminine in feminines.items()},
        frozenset(plain),
        frozenset(data["sans_feminin"].split()),
        frozenset(data["femmes"].split()),
        frozenset(data["accents_utiles"].split()),
        frozenset((*data["aussi_verbes"].split(), *participles, *(f"{p}s" for p in participles))),
        frozenset(data["verbes_devant_un_objet"].split()),
    )


def governs(word: str) -> bool:
    """Whether a noun is also a verb when an object follows at once: « affiche ce texte »."""
    return word in _tables().transitive


def is_also_a_verb(word: str) -> bool:
    """Whether a noun is also a form of a verb: « copie », « partage », « reçus »."""
    return word in _tables().verbs


@lru_cache(maxsize=10_000)
def numbers(word: str) -> frozenset[str]:
    """The singular and the plural of a word, whichever is given."""
    singulars = list(_singulars(word))
    singulars += [doublets[s] for s in singulars if s in (doublets := _tables().doublets)]
    return frozenset((word, *singulars, *(p for s in singulars for p in _plurals(s))))


def _singulars(word: str) -> tuple[str, ...]:
    known = _tables()
    if word in known.singulars:
        return (known.singulars[word],)
    if word in known.invariable or len(word) <= 3:
        return (word,)
    if word.endswith("eaux"):
        return (word[:-1],)
    if word.endswith("aux") and len(word) > 5:
        return word[:-2] + "l", word[:-1]
    if word.endswith(("ais", "ois")):
        return word, word[:-1]
    if word.endswith("s") and not word.endswith("ss"):
        return (word[:-1],)
    return (word,)


def _plurals(singular: str) -> tuple[str, ...]:
    if known := _tables().plurals.get(singular):
        return known, f"{singular}s"
    if singular.endswith(("s", "x", "z")):
        return (f"{singular}es",) if singular.endswith(("ss", "box")) else ()
    if singular.endswith("al"):
        return (f"{singular[:-1]}ux",)
    if singular.endswith(("au", "eu")):
        return (f"{singular}x",)
    if singular.endswith(("sh", "ch")):
        return f"{singular}s", f"{singular}es"
    return (f"{singular}s",)


def alone(word: str) -> frozenset[str]:
    """The forms of a word that needs no other beside it.

    A plural that is a singular too is left out: « fils » is not always made of « fil ».
    """
    others = (numbers(word) | other_gender(word)) - _tables().invariable
    return others | {word}


@lru_cache(maxsize=10_000)
def other_gender(word: str, *, agreeing: bool = False) -> frozenset[str]:
    """The forms of a word in the other gender, both numbers; none when it has none of its own.

    Alone or as a head, a word takes another gender only when no other word is met that way
    (« médiateur », « actif », not « port » nor « moral »); `agreeing` with a head, it always does.
    """
    found: set[str] = set()
    for singular in _singulars(word):
        found.update(_feminines(singular, agreeing), _masculines(singular, agreeing))
    return frozenset(form for base in found - {word} for form in numbers(base))


def _feminines(word: str, agreeing: bool) -> Iterable[str]:
    known = _tables()
    if feminine := known.feminines.get(word):
        return (feminine,)
    if not agreeing and word in known.lonely:
        return ()
    if found := _replaced(word, _FEMININES):
        return found
    if word in known.plain:
        return (f"{word}e",)
    if agreeing:
        return *_replaced(word, _AGREEING), *(() if word.endswith("e") else (f"{word}e",))
    return ()


def _masculines(word: str, agreeing: bool) -> Iterable[str]:
    known = _tables()
    if not agreeing:
        if word in known.women:
            return (f"{word[:-3]}er",)
        return () if word in known.lonely else _replaced(word, _MASCULINES)
    if masculine := known.masculines.get(word):
        return (masculine,)
    return *_replaced(word, _MASCULINES), *_replaced(word, _AGREEING_MASCULINES)


def _replaced(word: str, rules: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    for ending, replacements in rules:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return tuple(word[: -len(ending)] + other for other in replacements)
    return ()


def agreements(words: Sequence[str]) -> Iterator[tuple[frozenset[str], ...]]:
    """Each way a term may agree, as the forms of each of its words.

    The first word is the head: when it changes its gender (« médiateur », « médiatrice »), the
    adjectives up to the first linking word do too. Numbers are left free: « fiches atelier » and
    « fiches ateliers » are both written.
    """
    yield tuple(_fixed(word) or numbers(word) for word in words)
    head = next((i for i, w in enumerate(words) if len(w) > 1 and w not in _PREFIXES), 0)
    linked = (i for i, word in enumerate(words) if i > head and word in LINKING)
    last = next(linked, len(words))
    epicene = bool(_EPICENE.fullmatch(words[head].removesuffix("s"))) and last > head + 1
    forms = numbers(words[head]) if epicene else other_gender(words[head])
    if forms and not _fixed(words[head]):
        adjectives = (
            other_gender(word, agreeing=True) | (numbers(word) if word.endswith("e") else set())
            or numbers(word)
            for word in words[head + 1 : last]
        )
        rest = (_fixed(word) or numbers(word) for word in words[last:])
        yield *(frozenset({word}) for word in words[:head]), forms, *adjectives, *rest


def _fixed(word: str) -> frozenset[str]:
    return frozenset({word}) if word in LINKING or len(word) == 1 else frozenset()


@lru_cache(maxsize=50_000)
def spellings(form: str) -> frozenset[str]:
    """The ways a form is typed: « œuvre » or « oeuvre », « état » or « etat ».

    Accents may be missing where no other word is made: not in « marché » nor « tâche ». They are
    never added. The circumflex on i and u is optional since the spelling reform of 1990.
    """
    found = {form, form.replace("oe", "œ"), form.translate(_LIGATURES)}
    if not form.isascii() and not _is_told_by_accents(form):
        found.add(_bare(form[0]) + form[1:])
        found.add(form.replace("î", "i").replace("û", "u"))
        end = _PARTICIPLE.search(form) if _may_be_a_verb(form) else None
        found.add(_bare(form[: end.start()]) + end[0] if end else _bare(form))
    return frozenset(found)


_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae"})
_PARTICIPLE: Final = re.compile("és?$")
# Nouns in -é whose form without accent no verb has, but for those listed as told by their accents.
_NOUNS: Final = ("ité", "iété", "auté", "clé", "santé")


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _is_told_by_accents(form: str) -> bool:
    singular = form.removesuffix("s")
    return not {form, singular, singular.removesuffix("e")}.isdisjoint(_tables().accented)


def _may_be_a_verb(form: str) -> bool:
    singular = form.removesuffix("s")
    return singular.endswith("é") and not singular.endswith(_NOUNS)
