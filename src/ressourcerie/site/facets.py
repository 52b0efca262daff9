"""The workshops sorted out by what one chooses them by: how long, with what, for whom…

Pure: workshops in, facets out, each in one pass. The page « Ateliers » draws its boxes from them,
the static lists their sections, and the cards what a script has to know of each workshop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ressourcerie import data, french
from ressourcerie.model import Workshop
from ressourcerie.site.plan import Site

# The longest a session of each bracket lasts, in minutes; the last bracket has no end.
_DURATIONS: Final = {
    "30": (30, "30 min ou moins"),
    "60": (60, "30 min à 1 h"),
    "90": (90, "1 h à 1 h 30"),
    "120": (120, "1 h 30 à 2 h"),
    "plus": (10_000, "Plus de 2 h"),
}
# The smallest and the biggest group of each bracket.
_GROUPS: Final = {
    "1": (1, 1, "Une personne"),
    "2-4": (2, 4, "2 à 4 personnes"),
    "5-8": (5, 8, "5 à 8 personnes"),
    "9-12": (9, 12, "9 à 12 personnes"),
    "13": (13, 10_000, "13 personnes ou plus"),
}
_WITHOUT: Final = {
    "internet": "Sans Internet",
    "ordinateur": "Sans ordinateur",
    "appareil": "Sans aucun appareil",
    "imprimante": "Sans imprimante",
}
_NO_DEVICE: Final = "aucun"
_EVERYBODY: Final = "tous_publics"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, and the workshops that have it, in the order they came in."""

    slug: str
    label: str
    members: tuple[Workshop, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One question, and its possible answers.

    `first` says that it is asked before all others, with no box to unfold. Several answers widen
    the choice, unless `every` says that all of them must hold. `note` warns of what a label hides.
    """

    key: str
    question: str
    choices: tuple[Choice, ...]
    first: bool = False
    every: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a card tells a script of its workshop: its answers, and its ranks.

    `tokens` are « facet:answer » with a space between; `title_rank` is its place by title.
    """

    tokens: str
    title_rank: int
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    key: str
    question: str
    labels: Mapping[str, str]
    answers: Callable[[Workshop], Iterable[str]]
    first: bool = False
    every: bool = False
    # A scale shows its empty degrees too: they say what the library lacks.
    scale: bool = False
    note: str = ""


def facets(workshops: Sequence[Workshop]) -> tuple[Facet, ...]:
    """Every facet that has something to choose from, the most asked first."""
    return tuple(f for question in _questions() if (f := _facet(question, workshops)).choices)


def marks(found: Sequence[Facet], workshops: Sequence[Workshop]) -> dict[str, Mark]:
    """Slug of each workshop → what its card tells."""
    tokens: dict[str, list[str]] = {w.slug: [] for w in workshops}
    without: dict[str, list[str]] = {w.slug: [] for w in workshops}
    for facet in found:
        for choice in facet.choices:
            for member in choice.members:
                tokens[member.slug].append(f"{facet.key}:{choice.slug}")
                if facet.key == "sans":
                    without[member.slug].append(choice.label)
    by_title = sorted(workshops, key=lambda w: (french.sort_key(w.titre), w.slug))
    return {
        w.slug: Mark(" ".join(tokens[w.slug]), rank, tuple(without[w.slug]))
        for rank, w in enumerate(by_title)
    }


def context(site: Site) -> dict[str, Any]:
    """What the pages that sort workshops out receive."""
    workshops = site.library.workshops
    found = facets(workshops)
    return {
        "facets": found,
        "marks": marks(found, workshops),
        "criteria_url": site.library.url_of("criteres"),
    }


def shortcuts(site: Site) -> dict[str, Any]:
    """What the home page receives: the first questions, and where their answers are listed."""
    found = [f for f in facets(site.library.workshops) if f.first]
    return {"shortcuts": found, "criteria_url": site.library.url_of("criteres")}


def _facet(question: _Question, workshops: Sequence[Workshop]) -> Facet:
    members: dict[str, list[Workshop]] = {slug: [] for slug in question.labels}
    for workshop in workshops:
        for answer in dict.fromkeys(question.answers(workshop)):
            members[answer].append(workshop)
    choices = tuple(
        Choice(slug, french.typeset(label), tuple(members[slug]))
        for slug, label in question.labels.items()
        if members[slug] or (question.scale and workshops)
    )
    return Facet(
        question.key,
        french.typeset(question.question),
        choices,
        question.first,
        question.every,
        french.typeset(question.note),
    )


def _questions() -> Iterator[_Question]:
    devices = {k: v for k, v in data.vocabulary("materiels").items() if k != _NO_DEVICE}
    yield _Question(
        "duree",
        "Combien de temps ?",
        {slug: label for slug, (_, label) in _DURATIONS.items()},
        _durations,
        first=True,
        scale=True,
    )
    yield _Question(
        "appareil",
        "Avec quoi ?",
        devices,
        lambda w: (d for d in w.materiel.par_personne if d != _NO_DEVICE),
        first=True,
    )
    yield _Question("sans", "Sans quoi ?", _WITHOUT, _without, first=True, every=True, scale=True)
    yield _Question(
        "sujet", "Sur quel sujet ?", data.vocabulary("thematiques"), lambda w: w.thematiques
    )
    yield _Question(
        "niveau", "Quel niveau ?", data.vocabulary("niveaux"), lambda w: (w.niveau,), scale=True
    )
    audiences = data.vocabulary("publics")
    yield _Question(
        "public",
        "Pour qui ?",
        audiences,
        # A session for everybody suits each.
        lambda w: audiences if _EVERYBODY in w.publics else w.publics,
    )
    yield _Question(
        "besoin", "Avec quels besoins ?", data.vocabulary("besoins"), lambda w: w.besoins
    )
    yield _Question(
        "groupe",
        "Combien de personnes ?",
        {slug: label for slug, (_, _, label) in _GROUPS.items()},
        _groups,
    )
    yield _Question(
        "theme", "Quel thème CapitaineFibre ?", data.vocabulary("themes"), lambda w: w.themes
    )
    yield _Question(
        "dimension", "Quelle dimension ?", data.vocabulary("dimensions"), lambda w: w.dimensions
    )
    yield _Question(
        "competence",
        "Quelles compétences ?",
        _areas(),
        lambda w: (number.partition(".")[0] for number in w.competences.digcomp),
        note="Les cinq domaines de DigComp 3.0. Intitulés : traduction de travail.",
    )


def _durations(workshop: Workshop) -> Iterator[str]:
    yield next(slug for slug, (most, _) in _DURATIONS.items() if workshop.duree <= most)


def _groups(workshop: Workshop) -> Iterator[str]:
    """Every bracket in which a group may be neither too small nor too big."""
    for slug, (least, most, _) in _GROUPS.items():
        if workshop.effectif.min <= most and least <= workshop.effectif.max:
            yield slug


def _without(workshop: Workshop) -> Iterator[str]:
    """What a session does without. What its sheet does not say is not supposed."""
    equipment = workshop.materiel
    # « utile »: the sheet promises a plan B.
    if equipment.internet in {"inutile", "utile"}:
        yield "internet"
    # Several devices are as many ways: any of them will do.
    if any(device != "ordinateur" for device in equipment.par_personne):
        yield "ordinateur"
    if _NO_DEVICE in equipment.par_personne:
        yield "appareil"
    if all(printout.is_for_screen for printout in workshop.a_imprimer):
        yield "imprimante"


def _areas() -> dict[str, str]:
    """The areas of DigComp, by their number."""
    return {
        number.partition(".")[0]: competence["domaine"]
        for number, competence in data.competences("digcomp").items()
    }
