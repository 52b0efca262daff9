"""Resources as parts of a whole: what comes before what, what a path covers, what has aged.

Ages depend on the day: nothing here may be kept from one run to the next.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ressourcerie.data import vocabulary
from ressourcerie.diagnostics import Diagnostic, Family, Severity, rule
from ressourcerie.french import day
from ressourcerie.library import Library
from ressourcerie.model import Path, Workshop
from ressourcerie.settings import Settings

CIRCLE = rule(
    "prerequis-en-cercle",
    "Des ateliers se demandent l’un l’autre",
    "Ôtez un de ces prérequis : sinon, personne ne sait par où commencer.",
    family=Family.STRUCTURE,
)
DISORDERED_PATH = rule(
    "parcours-desordonne",
    "Un parcours place un atelier avant ce qu’il demande",
    "Changez l’ordre du parcours, ou le prérequis de l’atelier.",
    family=Family.STRUCTURE,
)
PARTIAL_PATH = rule(
    "parcours-incomplet",
    "Un parcours ne couvre pas tous les thèmes ou toutes les dimensions",
    "Ajoutez un atelier qui en parle, si le parcours veut tout couvrir.",
    Severity.INFO,
    Family.STRUCTURE,
)
STALE = rule(
    "relecture-ancienne",
    "Une ressource n’a pas été relue depuis longtemps",
    "Relisez-la en entier, corrigez ce qui a changé, puis mettez « relu_le » à la date du jour.",
    Severity.WARNING,
    Family.STRUCTURE,
)
FUTURE = rule(
    "date-future",
    "Une date n’est pas encore arrivée",
    "Écrivez la date du jour de la création, du changement ou de la relecture.",
    family=Family.STRUCTURE,
)

# Two workshops or more make a series; one alone promises nothing of the kind.
SHORTEST_SERIES: Final = 2


def today() -> date:
    """The day it is: that of SOURCE_DATE_EPOCH (reproducible-builds.org) when it is given."""
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date()
    except (KeyError, ValueError, OverflowError, OSError):
        return date.today()


def check(library: Library, settings: Settings) -> Iterator[Diagnostic]:
    """Look at what resources ask of one another, and at their dates."""
    workshops = {w.slug: w for w in library.workshops}
    asked = {w.slug: [s for s in w.prerequis if s in workshops] for w in library.workshops}
    found = circles(asked)
    for circle in found:
        yield _circle(circle, workshops[circle[0]])
    for path in library.paths:
        yield from _order(path, library, found)
        yield from _coverage(path, library)
    yield from _dates(library, settings.policy.stale_after, today())


def _circle(circle: tuple[str, ...], first: Workshop) -> Diagnostic:
    """Said at the prerequisite that leads from the first workshop of a circle to the next."""
    message = f"On tourne en rond : « {' » → « '.join([*circle, circle[0]])} »."
    if len(circle) == 1:
        message = f"« {circle[0]} » se demande lui-même."
    index = first.prerequis.index(circle[1 % len(circle)])
    return CIRCLE.at(first.source.place("prerequis", index), message)


def circles(asked: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """The circles met while following who asks whom, each once, from its first name in order.

    `asked` names only its own keys. Without recursion: a chain may be as long as the library.
    """
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in sorted(asked):
        trail: list[str] = []
        todo = [iter([start])]
        while todo:
            name = next(todo[-1], None)
            if name is None:
                todo.pop()
                if trail:
                    done.add(trail.pop())
            elif name in trail:
                circle = trail[trail.index(name) :]
                first = circle.index(min(circle))
                found.add((*circle[first:], *circle[:first]))
            elif name not in done:
                trail.append(name)
                todo.append(iter(asked[name]))
    return sorted(found)


def _order(path: Path, library: Library, loops: Sequence[tuple[str, ...]]) -> Iterator[Diagnostic]:
    ranks = {slug: rank for rank, slug in reversed(list(enumerate(path.ateliers)))}
    for slug, rank in ranks.items():
        # A workshop that the path leaves out still asks for what it asks.
        todo, seen = [slug], {slug}
        while todo:
            workshop = library.workshop(todo.pop())
            for needed in workshop.prerequis if workshop else ():
                # What goes round in a circle has no order, and is said to.
                if needed in seen or any(slug in loop and needed in loop for loop in loops):
                    continue
                seen.add(needed)
                if needed not in ranks:
                    todo.append(needed)
                elif ranks[needed] > rank:
                    message = f"« {slug} » vient avant « {needed} », qu’il demande."
                    yield DISORDERED_PATH.at(path.source.place("ateliers", rank), message)


def _coverage(path: Path, library: Library) -> Iterator[Diagnostic]:
    workshops = [w for w in map(library.workshop, path.ateliers) if w]
    # What is missing may be in the one that could not be read.
    if len(path.ateliers) < SHORTEST_SERIES or len(workshops) < len(path.ateliers):
        return
    lacks = []
    if themes := _missing("themes", (t for w in workshops for t in w.themes)):
        lacks.append(f"{'les thèmes' if len(themes) > 1 else 'le thème'} {', '.join(themes)}")
    if found := _missing("dimensions", (d for w in workshops for d in w.dimensions)):
        lacks.append(f"{'les dimensions' if len(found) > 1 else 'la dimension'} {', '.join(found)}")
    if lacks:
        message = f"Aucun atelier du parcours ne porte {', ni '.join(lacks)}."
        yield PARTIAL_PATH.at(path.source.place("ateliers"), message)


def _missing(name: str, present: Iterable[str]) -> list[str]:
    known = set(present)
    return [label for slug, label in vocabulary(name).items() if slug not in known]


def _dates(library: Library, months: int, now: date) -> Iterator[Diagnostic]:
    # Somewhere on Earth it is tomorrow; and a text may be newer than SOURCE_DATE_EPOCH, when that
    # is the date of the last change that was recorded.
    latest = max(now, date.today()) + timedelta(days=1)
    for resource in library.resources:
        dated: list[tuple[tuple[str | int, ...], date]] = [
            (("cree_le",), resource.cree_le),
            (("relu_le",), resource.relu_le),
            *((("changements", i, "le"), c.le) for i, c in enumerate(resource.changements)),
        ]
        if isinstance(resource, Workshop):
            dated += [(("journal", i, "le"), note.le) for i, note in enumerate(resource.journal)]
        for key, value in dated:
            if value > latest:
                message = f"Le {day(value)} est dans l’avenir."
                yield FUTURE.at(resource.source.place(*key), message)
        if age(resource.relu_le, now) > (months, 0):
            message = (
                f"Dernière relecture le {day(resource.relu_le)}, il y a plus de {months} mois."
            )
            yield STALE.at(resource.source.place("relu_le"), message)


def age(then: date, now: date) -> tuple[int, int]:
    """Whole months between two days, and the days of the month begun: (0, 0) the same day."""
    months = (now.year - then.year) * 12 + now.month - then.month
    if now.day < then.day:
        return months - 1, 1
    return months, now.day - then.day
