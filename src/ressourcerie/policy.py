"""What a project asks of its texts: `extra.ressourcerie` in `mkdocs.yml`.

A mistake there is said at its place, and what it meant is left as it would be without it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ressourcerie import data
from ressourcerie.diagnostics import RULES, Diagnostic, Family, Severity
from ressourcerie.mkdocs_yml import NO_SETTINGS, Config

SEVERITIES: Final[dict[str, Severity | None]] = {
    "erreur": Severity.ERROR,
    "avertissement": Severity.WARNING,
    "conseil": Severity.INFO,
    "aucune": None,
}
INCLUSIVE: Final = ("epicene", "doublet", "point-median", "libre")
# Rules that protect what is published: without them notes for the person who runs a session would
# be shown to all, a program would hide in a drawing, or pages could not be made.
FIRM: Final = frozenset(
    {
        "bloc-inconnu",
        "bloc-mal-ecrit",
        "bloc-vide",
        "date-future",
        "etape-sans-minutes",
        "image-active",
        "image-demesuree",
        "image-illisible",
        "ligne-demesuree",
        "police-absente",
        "texte-trop-imbrique",
    }
)
_ROOT: Final = ("extra", "ressourcerie")
_KEYS: Final = ("gravite", "raison")
# Words of other tools.
_ELSEWHERE: Final = {
    "error": "erreur",
    "warning": "avertissement",
    "warn": "avertissement",
    "info": "conseil",
    "information": "conseil",
    "non": "aucune",
    "none": "aucune",
    "ignore": "aucune",
    "off": "aucune",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What a project asks of its texts.

    `severities` replaces that of a rule, None silencing it; `inclusive` is the one way of writing
    for both genders (« epicene », « doublet », « point-median » or « libre », which asks nothing);
    sentences are counted in words, a review in months.
    """

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    inclusive: str = "epicene"
    longest_sentence: int = 35
    longest_plain_sentence: int = 25
    stale_after: int = 24


@dataclass(frozen=True, slots=True)
class _Number:
    """An option that is a whole number: the field it sets, its bounds and its unit."""

    name: str
    least: int
    most: int
    unit: str


_NUMBERS: Final = {
    "phrase_longue": _Number("longest_sentence", 10, 200, "de mots"),
    "phrase_longue_public": _Number("longest_plain_sentence", 10, 200, "de mots"),
    "relecture_mois": _Number("stale_after", 1, 600, "de mois"),
}
OPTIONS: Final = ("ecriture_inclusive", *_NUMBERS, "regles")


def read_policy(config: Config) -> tuple[Policy, list[Diagnostic]]:
    """What `extra.ressourcerie` asks, and all that is wrong with it."""
    asked = config.get(*_ROOT)
    if asked is None:
        return Policy(), []
    if not isinstance(asked, dict):
        message = "« ressourcerie » attend des clés, une par ligne et décalées de deux espaces."
        hint = f"Clés : {', '.join(OPTIONS)}."
        return Policy(), [NO_SETTINGS.at(config.place(*_ROOT), message, hint)]
    chosen: dict[str, Any] = {}
    found: list[Diagnostic] = []
    for key, value in asked.items():
        if key == "regles":
            chosen["severities"], wrong = _severities(config, value)
        elif key in _NUMBERS:
            wrong = list(_not_a_number(config, key, value))
            chosen |= {} if wrong else {_NUMBERS[key].name: value}
        elif key == "ecriture_inclusive":
            wrong = list(_not_a_way(config, value))
            chosen |= {} if wrong else {"inclusive": value}
        else:
            here = config.key_place(*_ROOT, str(key))
            message = f"Le réglage « {key} » n’existe pas."
            wrong = [NO_SETTINGS.at(here, message, _choices(key, OPTIONS))]
        found += wrong
    return Policy(**chosen), found


def _not_a_number(config: Config, key: str, value: Any) -> Iterator[Diagnostic]:
    number = _NUMBERS[key]
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not (whole and number.least <= value <= number.most):
        message = f"« {key} » attend un nombre {number.unit} : {_shown(value)}."
        hint = f"Écrivez un nombre entier, de {number.least} à {number.most}."
        yield NO_SETTINGS.at(config.place(*_ROOT, key), message, hint)


def _not_a_way(config: Config, value: Any) -> Iterator[Diagnostic]:
    if not isinstance(value, str) or value not in INCLUSIVE:
        place = config.place(*_ROOT, "ecriture_inclusive")
        message = f"« ecriture_inclusive » attend une façon d’écrire : {_shown(value)}."
        yield NO_SETTINGS.at(place, message, _choices(value, INCLUSIVE))


def families() -> dict[str, Family]:
    """Every rule there is, with what it is about: also those of rooms that this run never enters.

    Each is told of in `data/regles/`: a rule need not have been declared to be known.
    """
    told = {code: family for family in Family for code in data.rule_docs(family)}
    return told | {code: rule.family for code, rule in RULES.items()}


def is_firm(code: str, known: Mapping[str, Family]) -> bool:
    """Whether nobody may silence a rule, nor lower it."""
    return code in FIRM or known.get(code) is Family.READING


def _severities(config: Config, asked: Any) -> tuple[dict[str, Severity | None], list[Diagnostic]]:
    found: list[Diagnostic] = []
    severities: dict[str, Severity | None] = {}
    if not isinstance(asked, dict):
        message = "« regles » attend des noms de règles, un par ligne et décalés."
        hint = "Par exemple « phrase-longue: conseil »."
        wrong = [NO_SETTINGS.at(config.place(*_ROOT, "regles"), message, hint)]
        return severities, wrong if asked is not None else []
    known = families()
    for code, value in asked.items():
        here = (*_ROOT, "regles", str(code))
        if code not in known:
            message = f"La règle « {code} » n’existe pas."
            hint = nearest(str(code), known) or "La commande « ressourcerie rule » les présente."
            found.append(NO_SETTINGS.at(config.key_place(*here), message, hint))
        elif is_firm(code, known):
            message = f"La règle « {code} » ne se règle pas : ce qui est publié en dépend."
            hint = "Enlevez la ligne."
            found.append(NO_SETTINGS.at(config.key_place(*here), message, hint))
        else:
            wrong = list(_entry(config, here, value))
            found += wrong
            if not wrong:
                word = value["gravite"] if isinstance(value, dict) else value
                severities[code] = SEVERITIES[word]
    return severities, found


def _entry(config: Config, here: tuple[str, ...], value: Any) -> Iterator[Diagnostic]:
    """What is wrong with what is asked of one rule: a word, or a severity and its reason."""
    code = here[-1]
    entry = value if isinstance(value, dict) else {"gravite": value}
    inside: Callable[[str], tuple[str, ...]] = (
        (lambda key: (*here, key)) if isinstance(value, dict) else (lambda _key: here)
    )
    for key in entry:
        if key not in _KEYS:
            message = f"La clé « {key} » n’existe pas ici."
            where = config.key_place(*inside(str(key)))
            yield NO_SETTINGS.at(where, message, _choices(key, _KEYS))
    if "gravite" not in entry:
        message = f"Il manque la gravité de « {code} »."
        yield NO_SETTINGS.at(config.key_place(*here), message, _choices("", SEVERITIES))
    elif not isinstance(entry["gravite"], str) or entry["gravite"] not in SEVERITIES:
        word = entry["gravite"]
        message = f"« {code} » attend une gravité : {_shown(word)}."
        yield NO_SETTINGS.at(config.place(*inside("gravite")), message, _choices(word, SEVERITIES))
    elif entry["gravite"] == "aucune" and not str(entry.get("raison") or "").strip():
        message = f"La règle « {code} » se tait sans dire pourquoi."
        hint = f'Donnez la raison : « {code}: {{gravite: aucune, raison: "…"}} ».'
        yield NO_SETTINGS.at(config.key_place(*here), message, hint)


def nearest(word: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire… ? », or nothing."""
    near = difflib.get_close_matches(word.lower(), list(known), n=1)
    return f"Vouliez-vous dire « {near[0]} » ?" if near else ""


def _choices(word: Any, known: Iterable[str]) -> str:
    listed = list(known)
    text = "aucune" if word is False else str(word).lower()
    guess = nearest(_ELSEWHERE.get(text, text), listed) if isinstance(word, str | bool) else ""
    return f"{guess} Choix : {', '.join(listed)}.".strip()


def _shown(value: Any) -> str:
    if value is None:
        return "il n’y a rien"
    if not isinstance(value, str | int | float):
        return "ce n’est pas un mot"
    text = {True: "oui", False: "non"}[value] if isinstance(value, bool) else str(value)
    return f"« {text if len(text) <= 40 else text[:39] + '…'} »"
