"""A path as a progression: what each session adds, what it asks for, and what all of it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ressourcerie import data
from ressourcerie.library import Library
from ressourcerie.model import Path, Workshop
from ressourcerie.parts import GroupSize
from ressourcerie.site import session
from ressourcerie.site.catalogue import Catalogue
from ressourcerie.site.session import Competence, Linked, competence, prints, workshops_of
from ressourcerie.site.shelves import Paper

_FRAMEWORK: Final = "digcomp"


@dataclass(frozen=True, slots=True)
class Stage:
    """One session of a path.

    `gained` are the competences no session before it works on, `again` those it comes back to.
    `ready` are the workshops it asks for that come before it in the path; `missing` those that do
    not. `papers` are its files to take away, `prints` what its author asks to have ready.
    """

    number: int
    workshop: Workshop
    gained: tuple[Competence, ...]
    again: tuple[Competence, ...]
    ready: tuple[Linked, ...]
    missing: tuple[Linked, ...]
    papers: tuple[Paper, ...]
    prints: tuple[session.Paper, ...]

    @property
    def anchor(self) -> str:
        """Its id on the page of the path."""
        return f"seance-{self.number}"

    # What the drawing of a path asks of a session, as it asks it of a step.

    @property
    def title(self) -> str:
        """What it is called."""
        return self.workshop.titre

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.workshop.duree

    @property
    def is_break(self) -> bool:
        """A session is no rest."""
        return False


@dataclass(frozen=True, slots=True)
class Journey:
    """A whole path. `previous` and `following` are the paths beside it in the list of them."""

    path: Path
    stages: tuple[Stage, ...]
    previous: Linked | None
    following: Linked | None

    @property
    def minutes(self) -> int:
        """How long the sessions last in all."""
        return sum(stage.workshop.duree for stage in self.stages)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of its sessions, the easiest first."""
        found = {stage.workshop.niveau for stage in self.stages}
        return tuple(level for level in data.vocabulary("niveaux") if level in found)

    @property
    def group(self) -> GroupSize | None:
        """How many people all of its sessions suit; None when no size suits them all."""
        sizes = [stage.workshop.effectif for stage in self.stages]
        least = max((size.min for size in sizes), default=1)
        most = min((size.max for size in sizes), default=0)
        return GroupSize(min=least, max=most) if least <= most else None

    @property
    def devices(self) -> tuple[str, ...]:
        """What its sessions use, in the order of the closed list; « aucun » only when alone."""
        found = {device for stage in self.stages for device in stage.workshop.materiel.par_personne}
        ordered = tuple(device for device in data.vocabulary("materiels") if device in found)
        return ordered if ordered == ("aucun",) else tuple(d for d in ordered if d != "aucun")

    @property
    def gained(self) -> int:
        """How many competences the whole path works on."""
        return sum(len(stage.gained) for stage in self.stages)

    @property
    def missing(self) -> tuple[Linked, ...]:
        """What to have followed before the path, each once."""
        return tuple(dict.fromkeys(link for stage in self.stages for link in stage.missing))


def journey(path: Path, library: Library, papers: Catalogue) -> Journey:
    """A path of the library, with its neighbours."""
    at = library.paths.index(path)
    before, after = library.paths[max(at - 1, 0) : at], library.paths[at + 1 : at + 2]
    return Journey(
        path=path,
        stages=tuple(_stages(path, library, papers)),
        previous=Linked(before[0].titre, before[0].url) if before else None,
        following=Linked(after[0].titre, after[0].url) if after else None,
    )


def journeys(library: Library, papers: Catalogue) -> tuple[Journey, ...]:
    """All of them."""
    return tuple(journey(path, library, papers) for path in library.paths)


def _stages(path: Path, library: Library, papers: Catalogue) -> Iterator[Stage]:
    covered = session.coverage(library)
    seen: set[str] = set()
    done: set[str] = set()
    for number, workshop in enumerate(workshops_of(path, library), start=1):
        own = workshop.competences.digcomp
        asked = [w for slug in workshop.prerequis if (w := library.workshop(slug))]
        yield Stage(
            number=number,
            workshop=workshop,
            gained=tuple(competence(_FRAMEWORK, i, covered) for i in own if i not in seen),
            again=tuple(competence(_FRAMEWORK, i, covered) for i in own if i in seen),
            ready=tuple(Linked(w.titre, w.url) for w in asked if w.slug in done),
            missing=tuple(Linked(w.titre, w.url) for w in asked if w.slug not in done),
            papers=papers.front(workshop.source.path),
            prints=prints(workshop, library, papers),
        )
        seen.update(own)
        done.add(workshop.slug)
