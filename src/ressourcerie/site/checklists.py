"""The page of a checklist: each point, the documents it comes from, the texts that answer it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ressourcerie.checklist import Checklist, Cited, Point
from ressourcerie.library import Library
from ressourcerie.model import Resource
from ressourcerie.site.plan import Site


@dataclass(frozen=True, slots=True)
class Answer:
    """A point, and the resources that answer it; none when it is left out."""

    point: Point
    documents: tuple[Cited, ...]
    resources: tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Points that go together."""

    title: str
    anchor: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A checklist as its page shows it."""

    checklist: Checklist
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """How many points there are."""
        return sum(len(part.answers) for part in self.parts)

    @property
    def left_out(self) -> tuple[Answer, ...]:
        """The points that no resource answers, on purpose."""
        return tuple(a for part in self.parts for a in part.answers if a.point.laisse)


def context(site: Site) -> dict[str, Any]:
    """For `grille.html`: every checklist by its slug."""
    return {"checklists": {c.slug: shown(c, site.library) for c in site.library.checklists}}


def shown(checklist: Checklist, library: Library) -> Shown:
    """Read a checklist beside the library that answers it."""
    return Shown(checklist, tuple(_parts(checklist, library)))


def _parts(checklist: Checklist, library: Library) -> Iterator[Part]:
    documents = {document.id: document for document in checklist.documents}
    for number, heading in enumerate(checklist.rubriques, start=1):
        answers = tuple(
            Answer(
                point,
                tuple(documents[name] for name in point.sources if name in documents),
                tuple(library.by_path[path] for path in point.dans if path in library.by_path),
            )
            for point in heading.points
        )
        yield Part(heading.titre, f"rubrique-{number}", answers)
