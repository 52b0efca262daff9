"""What the pages that are filled in show: « Où en suis-je ? », a questionnaire, its counting."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from ressourcerie.assessment import ANSWERS, NO_ANSWER, Assessment, Reading, Situation
from ressourcerie.french import fold
from ressourcerie.model import Path, Term, Workshop
from ressourcerie.paper.surveys import face
from ressourcerie.questionnaire import FREE, ONE, SCALE, SEVERAL
from ressourcerie.site.plan import Site

# The ink that faces are drawn with on paper.
_INK: Final = "#14213d"


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the guide: its title, and its address relative to the root of the site."""

    title: str
    url: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A situation, its rank from 1, and all it leads to."""

    number: int
    situation: Situation
    workshops: tuple[Workshop, ...]
    passages: tuple[Passage, ...]
    words: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """« Où en suis-je ? », ready to be drawn.

    `parts` are a theme and its questions; `workshops` those that may be advised, in the order one
    follows them; `paths` those that hold at least two of them.
    """

    assessment: Assessment
    parts: tuple[tuple[str, tuple[Ask, ...]], ...]
    workshops: tuple[Workshop, ...]
    paths: tuple[Path, ...]


def assessment_context(site: Site) -> dict[str, Any]:
    """For `positionnement.html`: every assessment by its slug, and the ways to answer."""
    shown = {a.slug: _shown(a, site) for a in site.library.assessments}
    return {"assessments": shown, "answers": ANSWERS, "no_answer": NO_ANSWER}


def questionnaire_context(site: Site) -> dict[str, Any]:
    """For `questionnaire.html` and `depouillement.html`: every questionnaire by its slug."""
    return {
        "questionnaires": {q.slug: q for q in site.library.questionnaires},
        "kinds": {"scale": SCALE, "one": ONE, "several": SEVERAL, "free": FREE},
        "papers_of": site.papers.by_owner,
    }


def draw_face(rank: int, count: int) -> str:
    """A face, in the ink of the text beside it, which says the same."""
    drawn = face(rank, count).replace(_INK, "currentColor")
    return drawn.replace("<svg ", '<svg class="choice__face" aria-hidden="true" ', 1)


def _shown(assessment: Assessment, site: Site) -> Shown:
    asks = tuple(_asks(assessment, site))
    named = {slug for question in assessment.questions for slug in question.ateliers}
    workshops = tuple(w for w in site.library.workshops if w.slug in named)
    parts = tuple(
        (theme, tuple(group)) for theme, group in groupby(asks, lambda ask: ask.situation.theme)
    )
    paths = tuple(p for p in site.library.paths if len(named & set(p.ateliers)) >= 2)
    return Shown(assessment, parts, workshops, paths)


def _asks(assessment: Assessment, site: Site) -> Iterator[Ask]:
    library = site.library
    for number, question in enumerate(assessment.questions, start=1):
        yield Ask(
            number,
            question,
            tuple(w for slug in question.ateliers if (w := library.workshop(slug))),
            tuple(p for r in question.guide if (p := _passage(r, site))),
            tuple(t for slug in question.mots if (t := library.term(slug))),
        )


def _passage(reading: Reading, site: Site) -> Passage | None:
    chapter = next((c for c in site.library.chapters if c.slug == reading.chapitre), None)
    if chapter is None:
        return None
    if reading.partie is None:
        return Passage(chapter.titre, chapter.url, "")
    anchors = dict(_anchors(site.bodies[chapter.source.path].toc))
    return Passage(reading.partie, chapter.url, anchors.get(_key(reading.partie), ""))


def _anchors(toc: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for heading in toc:
        yield _key(html.unescape(str(heading["name"]))), str(heading["id"])
        yield from _anchors(heading["children"])


def _key(title: str) -> str:
    return " ".join(fold(title).split())
