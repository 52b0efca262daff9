"""The timed steps of a workshop: what they add up to, when people rest, what cannot be squeezed.

« Temps incompressibles » : welcoming, breaking the ice, resting, evaluating and closing take their
time whatever the subject; attention drops after 30 to 45 minutes (tutorielle.com, *Animer un
atelier*).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ressourcerie import outline
from ressourcerie.diagnostics import Diagnostic, Family, Place, Severity, rule
from ressourcerie.french import duration
from ressourcerie.model import Resource, Workshop
from ressourcerie.outline import Step
from ressourcerie.settings import Settings
from ressourcerie.source import Source

STEP_WITHOUT_MINUTES = rule(
    "etape-sans-minutes",
    "Une étape n’a pas de durée",
    "Terminez le titre par un tiret long et les minutes : « ### Accueil — 10 min ».",
    family=Family.STRUCTURE,
)
WRONG_SUM = rule(
    "duree-somme",
    "Les étapes ne font pas la durée annoncée",
    "Corrigez les minutes d’une étape, ou la clé « duree ».",
    family=Family.STRUCTURE,
)
MISSING_STEP = rule(
    "etape-manquante",
    "Il manque une étape indispensable",
    "Une séance a un accueil, une pause, une évaluation et une clôture : "
    "le titre de l’étape commence par ce mot.",
    family=Family.STRUCTURE,
)
LATE_BREAK = rule(
    "pause-tardive",
    "Plus de 90 minutes sans pause",
    "Placez une étape « Pause » plus tôt : l’attention baisse après 30 à 45 minutes.",
    family=Family.STRUCTURE,
)
GROUP_SIZE = rule(
    "effectif-inverse",
    "L’effectif minimum dépasse le maximum",
    "Échangez les deux nombres.",
    family=Family.STRUCTURE,
)
SHORT_STEP = rule(
    "etape-trop-courte",
    "Une étape indispensable dure moins de 5 minutes",
    "Donnez-lui 5 minutes au moins : on n’accueille, on n’évalue et on ne se repose pas plus vite.",
    Severity.WARNING,
    Family.STRUCTURE,
)
SQUEEZED = rule(
    "temps-incompressible",
    "Une longue séance laisse moins de 30 minutes à l’accueil, aux pauses et au bilan",
    "Allongez une de ces étapes, raccourcissez une activité : ce temps se prend de toute façon.",
    Severity.WARNING,
    Family.STRUCTURE,
)
LONG_STEP = rule(
    "etape-longue",
    "Une activité dure plus de 45 minutes",
    "Coupez-la en deux étapes, avec un autre geste ou un autre rythme.",
    Severity.INFO,
    Family.STRUCTURE,
)

LONGEST_STRETCH: Final = 90
REQUIRED_STEPS: Final = ("Accueil", "Évaluation", "Clôture")
# In a session too short for all of it, each word counts more than each minute.
SHORTEST_TO_JUDGE: Final = 30
SHORTEST_STEP: Final = 5
LEAST_SQUEEZE: Final = 30
LONGEST_ACTIVITY: Final = 45


def check_text(
    source: Source, resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the steps of a text, and at all the rest when it is a whole workshop."""
    yield from _minutes(source)
    if isinstance(resource, Workshop):
        yield from _sum(resource)
        yield from _required(resource)
        yield from _breaks(resource)
        yield from _squeezed(resource)
        yield from _long(resource)
        size = resource.effectif
        if size.min > size.max:
            message = f"« min » ({size.min}) dépasse « max » ({size.max})."
            yield GROUP_SIZE.at(source.place("effectif"), message)


def _minutes(source: Source) -> Iterator[Diagnostic]:
    for step in outline.steps(source.body):
        if not step.minutes:
            place = source.body_place(step.heading.line, step.heading.column)
            yield STEP_WITHOUT_MINUTES.at(place, f"L’étape « {step.title} » n’a pas de minutes.")


def _sum(workshop: Workshop) -> Iterator[Diagnostic]:
    steps = workshop.steps
    total = sum(step.minutes or 0 for step in steps)
    # Without steps, each one that is missing is said: their sum adds nothing.
    if steps and all(step.minutes for step in steps) and total != workshop.duree:
        message = (
            f"Les étapes durent {duration(total)} en tout, "
            f"la fiche annonce {duration(workshop.duree)}."
        )
        yield WRONG_SUM.at(workshop.source.place("duree"), message)


def _required(workshop: Workshop) -> Iterator[Diagnostic]:
    # A short session needs no break.
    required = REQUIRED_STEPS + (("Pause",) if workshop.duree > LONGEST_STRETCH else ())
    marks = [s.heading for s in workshop.steps] or [
        h for h in outline.headings(workshop.body) if h.title == outline.SCHEDULE
    ]
    if not marks:
        return  # the section itself is missing, and said to be
    place = workshop.source.body_place(marks[0].line)
    for word in required:
        if not any(step.is_a(word) for step in workshop.steps):
            yield MISSING_STEP.at(place, f"Aucune étape « {word} » dans le déroulé.")


def _breaks(workshop: Workshop) -> Iterator[Diagnostic]:
    since = 0
    for step in workshop.steps:
        if step.is_break:
            since = 0
            continue
        since += step.minutes or 0
        if since > LONGEST_STRETCH:
            place = _place(workshop, step)
            message = f"À la fin de « {step.title} », {duration(since)} sans pause."
            yield LATE_BREAK.at(place, message)
            since = 0


def _squeezed(workshop: Workshop) -> Iterator[Diagnostic]:
    """The time that no session can do without, step after step, then in all."""
    if workshop.duree < SHORTEST_TO_JUDGE or not all(step.minutes for step in workshop.steps):
        return
    around: dict[str, list[Step]] = {}
    for step in workshop.steps:
        if step.moment:
            around.setdefault(step.moment, []).append(step)
    total = {word: sum(s.minutes or 0 for s in steps) for word, steps in around.items()}
    for word in (*REQUIRED_STEPS, "Pause"):
        if 0 < total.get(word, 0) < SHORTEST_STEP:
            message = f"« {around[word][0].title} » dure {duration(total[word])}."
            yield SHORT_STEP.at(_place(workshop, around[word][0]), message)
    # A step that is missing is already said to be.
    if workshop.duree >= LONGEST_STRETCH and around.keys() >= set(REQUIRED_STEPS):
        found = sum(total.values())
        if found < LEAST_SQUEEZE:
            figures = ", ".join(f"{word.lower()} {minutes}" for word, minutes in total.items())
            message = (
                f"Sur {duration(workshop.duree)}, {duration(found)} hors des activités "
                f"({figures}) : il en faut au moins {LEAST_SQUEEZE}."
            )
            first = around[REQUIRED_STEPS[0]][0]
            yield SQUEEZED.at(_place(workshop, first), message)


def _long(workshop: Workshop) -> Iterator[Diagnostic]:
    for step in workshop.steps:
        if (step.minutes or 0) > LONGEST_ACTIVITY and not step.is_break:
            message = f"« {step.title} » dure {duration(step.minutes or 0)}."
            yield LONG_STEP.at(_place(workshop, step), message)


def _place(workshop: Workshop, step: Step) -> Place:
    return workshop.source.body_place(step.heading.line, step.heading.column)
