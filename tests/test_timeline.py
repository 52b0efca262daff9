"""The drawing of a session."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from ressourcerie import outline, timeline
from ressourcerie.french import NBSP

STEPS = outline.steps(
    "## Déroulé\n### Accueil & bonjour — 10 min\n### Pause — 30 min\n### <Fin> — 50 min\n"
)
SVG = "{http://www.w3.org/2000/svg}"


def bars(svg: str) -> list[tuple[float, float]]:
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    rects = [r for r in root.findall(f"{SVG}rect") if r.get("stroke")]
    return [(float(r.get("x", "")), float(r.get("width", ""))) for r in rects]


def test_bars_are_as_long_as_their_steps_and_follow_one_another() -> None:
    drawn = bars(timeline.draw(STEPS))
    widths = [width for _, width in drawn]
    assert widths[1] / widths[0] == pytest.approx(3, rel=0.01)
    assert widths[2] / widths[0] == pytest.approx(5, rel=0.01)
    for (left, width), (following, _) in pairwise(drawn):
        assert left + width == pytest.approx(following, abs=0.11)
    assert drawn[-1][0] + drawn[-1][1] <= timeline.WIDTH


def test_break_is_told_apart_without_colour() -> None:
    fills = re.findall(r'<rect x="[^>]*fill="([^"]*)" stroke', timeline.draw(STEPS))
    assert [fill.startswith("url(#") for fill in fills] == [False, True, False]


def test_drawing_has_a_name_in_words() -> None:
    root = ElementTree.fromstring(timeline.draw(STEPS, "une"))  # noqa: S314 - our own drawing
    title = root.find(f"{SVG}title")
    assert root.get("role") == "img"
    assert title is not None
    assert root.get("aria-labelledby") == title.get("id")
    assert title.text == timeline.describe(STEPS)
    assert f"1. Accueil & bonjour (10{NBSP}min)" in str(title.text)


def test_two_drawings_share_no_id() -> None:
    ids = [set(re.findall(r' id="([^"]+)"', timeline.draw(STEPS, p))) for p in ("a", "b")]
    assert ids[0].isdisjoint(ids[1])


def test_titles_cannot_write_svg() -> None:
    assert "<Fin>" not in timeline.draw(STEPS)


def test_steps_without_minutes_draw_nothing() -> None:
    assert timeline.draw(()) == ""
    assert timeline.draw(outline.steps("## Déroulé\n### Accueil\n")) == ""


@pytest.mark.parametrize("minutes", [10, 11, 30, 35, 41, 600])
def test_ruler_shows_the_beginning_and_the_end_once(minutes: int) -> None:
    steps = outline.steps(f"## Déroulé\n### Un — {minutes} min\n")
    texts = re.findall(r">(\d+)\u00a0h\u00a0(\d\d)</text>", timeline.draw(steps))
    shown = [int(hours) * 60 + int(rest) for hours, rest in texts]
    assert shown[0] == 0
    assert shown[-1] == minutes
    assert shown == sorted(set(shown))
