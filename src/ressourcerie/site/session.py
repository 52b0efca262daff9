"""What the page of a workshop shows beside its text: the session, what to bring, what it trains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from ressourcerie import data
from ressourcerie.library import Library
from ressourcerie.model import Path, Resource, Workshop
from ressourcerie.outline import SCHEDULE
from ressourcerie.parts import Printout
from ressourcerie.site.catalogue import Catalogue
from ressourcerie.site.quantities import Piece, pieces
from ressourcerie.templating import paper

# How each framework is called, and the caution its labels ask for.
_FRAMEWORKS: Final = {
    "digcomp": ("DigComp 3.0", "Intitulés français : traduction de travail."),
    "crcn": ("CRCN (Pix)", ""),
}
# The page on which each competence has its own anchor.
_COVERAGE: Final = "couverture"
_STEP_LEVEL: Final = 3


@dataclass(frozen=True, slots=True)
class Linked:
    """A page to go to."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A step, as the drawing of the session and the table of its times show it.

    `anchor` is the id of its heading on the page; `minutes` is 0 where the author gave none.
    """

    number: int
    anchor: str
    title: str
    minutes: int
    start: int
    objective: str
    grouping: str
    support: str
    is_break: bool


@dataclass(frozen=True, slots=True)
class Competence:
    """One competence; `url` is empty when the site has no page about it."""

    framework: str
    id: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Framework:
    """The competences of one framework, under its name and its caution."""

    name: str
    caution: str
    competences: tuple[Competence, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to print: what, where to find it, how many."""

    label: str
    url: str
    copies: tuple[Piece, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a workshop stands in a path."""

    path: Linked
    number: int
    count: int
    previous: Linked | None
    following: Linked | None


@dataclass(frozen=True)
class Session:
    """All of it: what a page is known by, from which its template asks for the rest.

    `anchors` are the ids of the headings of its steps, `files` the addresses of the papers to have
    ready, `coverage` that of the page about competences; those that lead nowhere are empty.
    """

    workshop: Workshop
    anchors: tuple[str, ...]
    files: tuple[str, ...]
    prerequisites: tuple[Linked, ...]
    coverage: str

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Its steps, in order."""
        steps = enumerate(zip(self.workshop.steps, self.anchors, strict=True), start=1)
        return tuple(
            Moment(
                number=number,
                anchor=anchor,
                title=step.title,
                minutes=step.minutes or 0,
                start=step.start,
                objective=step.objective,
                grouping=step.grouping,
                support=step.support,
                is_break=step.is_break,
            )
            for number, (step, anchor) in steps
        )

    @cached_property
    def minutes(self) -> int:
        """How long the steps last in all."""
        return sum(moment.minutes for moment in self.moments)

    @property
    def ruler(self) -> tuple[tuple[int, int], ...]:
        """The marks under the drawing, every half hour: minute, and minutes to the next mark."""
        marks = [*range(0, max(self.minutes - 10, 1), 30), self.minutes]
        return tuple((start, end - start) for start, end in pairwise(marks))

    @property
    def room(self) -> tuple[tuple[Piece, ...], ...]:
        """What the room must have."""
        return tuple(pieces(thing) for thing in self.workshop.materiel.salle)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """What to have printed."""
        wanted = zip(self.workshop.a_imprimer, self.files, strict=True)
        return tuple(_paper(item, file) for item, file in wanted)

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        """What it trains."""
        worked = self.workshop.competences
        return tuple(
            Framework(name, caution, tuple(competence(key, i, self.coverage) for i in ids))
            for key, (name, caution) in _FRAMEWORKS.items()
            if (ids := getattr(worked, key))
        )


def session(
    workshop: Workshop, toc: Sequence[dict[str, Any]], library: Library, papers: Catalogue
) -> Session:
    """The session of a workshop; `toc` is the tree of the headings of its page."""
    return Session(
        workshop=workshop,
        anchors=_anchors(toc, len(workshop.steps)),
        files=_files(workshop, library, papers),
        prerequisites=linked(workshop.prerequis, library),
        coverage=coverage(library),
    )


def prints(workshop: Workshop, library: Library, papers: Catalogue) -> tuple[Paper, ...]:
    """What a workshop asks to print."""
    files = _files(workshop, library, papers)
    return tuple(_paper(item, file) for item, file in zip(workshop.a_imprimer, files, strict=True))


def linked(slugs: Sequence[str], library: Library) -> tuple[Linked, ...]:
    """The workshops of these slugs that are there."""
    found = (library.workshop(slug) for slug in slugs)
    return tuple(Linked(w.titre, w.url) for w in found if w)


def coverage(library: Library) -> str:
    """The address of the page on which each competence has its own anchor; empty without one."""
    return library.url_of(_COVERAGE)


def competence(framework: str, id_: str, covered: str) -> Competence:
    """A competence by its number, linked to its row on the page at `covered`."""
    url = f"{covered}#{framework}-{id_}" if covered else ""
    return Competence(framework, id_, data.competences(framework)[id_]["fr"], url)


def places(workshop: Workshop, library: Library) -> tuple[Place, ...]:
    """Where the workshop stands in each path that holds it."""
    return tuple(_places(workshop, library))


def workshops_of(path: Path, library: Library) -> tuple[Workshop, ...]:
    """The workshops of a path that are there, in its order."""
    return tuple(w for slug in path.ateliers if (w := library.workshop(slug)))


def _anchors(toc: Sequence[dict[str, Any]], count: int) -> tuple[str, ...]:
    schedule = next((h for h in toc if h["name"] == SCHEDULE), None)
    if schedule is None:
        return ("",) * count
    anchors = tuple(h["id"] for h in schedule["children"] if h["level"] == _STEP_LEVEL)
    # A heading that Markdown did not take for one has no anchor: better all lead to the section.
    return anchors if len(anchors) == count else (schedule["id"],) * count


def _files(workshop: Workshop, library: Library, papers: Catalogue) -> tuple[str, ...]:
    source = workshop.source.path
    entry = papers.by_owner.get(source)
    printed = {pdf.edition: pdf.url for pdf in entry.pdfs} if entry else {}
    return tuple(
        library.assets.get(workshop.beside(item.document), "") or printed.get(item.document, "")
        for item in workshop.a_imprimer
    )


def _paper(item: Printout, file: str) -> Paper:
    remark = "à l’écran" if item.is_for_screen else "" if item.noir_et_blanc else "en couleurs"
    return Paper(paper(item.document), file, pieces(item.exemplaires), remark)


def _places(workshop: Workshop, library: Library) -> Iterator[Place]:
    for path in library.paths_of(workshop):
        series = workshops_of(path, library)
        at = [w.slug for w in series].index(workshop.slug)
        yield Place(
            path=_link(path),
            number=at + 1,
            count=len(series),
            previous=_link(series[at - 1]) if at else None,
            following=_link(series[at + 1]) if at + 1 < len(series) else None,
        )


def _link(resource: Resource) -> Linked:
    return Linked(resource.titre, resource.url)
