"""Headings, sections and timed steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressourcerie import outline

BODY = """
Avant.

## En bref

Texte.

## Déroulé

### Accueil : chacun trouve sa place — 10 min

- Objectif : se saluer
- Modalité : grand groupe
- Support : aucun

Objectif : ceci n’est plus une donnée de l’étape.

### Pause – 5 minutes

### Suite - 20 min.

* Objectifs : chercher

## Évaluation

### Hors du déroulé — 30 min
"""


def test_steps_carry_the_running_clock() -> None:
    steps = outline.steps(BODY)
    assert [(s.title, s.minutes, s.start, s.end) for s in steps] == [
        ("Accueil : chacun trouve sa place", 10, 0, 10),
        ("Pause", 5, 10, 15),
        ("Suite", 20, 15, 35),
    ]
    assert [s.is_break for s in steps] == [False, True, False]


def test_step_facts_are_the_list_right_under_the_heading() -> None:
    first, second, third = outline.steps(BODY)
    assert (first.objective, first.grouping, first.support) == (
        "se saluer", "grand groupe", "aucun",
    )  # fmt: skip
    assert second.objective == ""
    assert third.objective == "chercher"


@pytest.mark.parametrize(
    "title", ["Accueil", "Accueil — 1 h", "Accueil — dix min", "Accueil 10 min"]
)
def test_step_badly_timed_has_no_minutes(title: str) -> None:
    (step,) = outline.steps(f"## Déroulé\n\n### {title}\n")
    assert step.minutes is None
    assert step.title == title
    assert step.end == step.start


def test_pause_is_told_by_its_first_word_only() -> None:
    titles = ["Pause : souffler", "pause", "Pausette", "Après la pause"]
    steps = outline.steps("## Déroulé\n" + "".join(f"### {t} — 5 min\n" for t in titles))
    assert [s.is_break for s in steps] == [True, True, False, False]


def test_heading_place_is_its_first_letter() -> None:
    (heading,) = outline.headings("Un\n\n##   Deux ##\n")
    assert (heading.level, heading.title, heading.line, heading.column) == (2, "Deux", 2, 6)


def test_section_ends_at_the_next_heading_of_its_rank() -> None:
    found = outline.sections("## A\n### B\n\n## C\ntexte")
    assert [(s.heading.title, s.start, s.end) for s in found] == [("A", 0, 3), ("C", 3, 5)]


def test_code_holds_no_heading() -> None:
    assert outline.headings("```\n## Non\n```\n## Oui") == outline.headings("\n\n\n## Oui")


def test_heading_needs_no_space_after_its_signs() -> None:
    """Python-Markdown makes an `h2` of it: unseen, it would escape the checks."""
    assert [(h.level, h.title) for h in outline.headings("##Posture\n")] == [(2, "Posture")]


@given(st.text(alphabet="#`~ \tab—10min\n-:!é"))
def test_outline_answers_any_text(text: str) -> None:
    lines = text.split("\n")
    for heading in outline.headings(text):
        assert lines[heading.line][heading.column - 1 :].startswith(heading.title)
    for section in outline.sections(text):
        assert section.start < section.end <= len(lines)
    clock = 0
    for step in outline.steps(text):
        assert step.start == clock
        clock = step.end


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("## C# ##", "C#"),
        ("## ", ""),
        ("##", ""),
        ("## ###", ""),
        ("## C\\#", "C\\#"),
        ("##  ", ""),
    ],
)
def test_signs_that_close_a_heading_are_no_words(line: str, title: str) -> None:
    assert "".join(h.title for h in outline.headings(f"{line}\n")) == title


@pytest.mark.parametrize("mark", ["- a\n", "1. a\n", "!!! note\n\n", '??? note "a"\n\n', "> a\n"])
def test_twenty_levels_are_enough(mark: str) -> None:
    def levels(number: int) -> str:
        return "Texte\n\n" + "".join(" " * 4 * n + mark for n in range(number))

    assert outline.too_deep(levels(outline.DEEPEST)) is None
    line = outline.too_deep(levels(outline.DEEPEST + 5))
    assert line is not None
    assert line == 2 + outline.DEEPEST * mark.count("\n")


@pytest.mark.parametrize("mark", [">", "> ", "- ", "1. "])
def test_levels_count_on_one_line_too(mark: str) -> None:
    assert outline.too_deep("\n" + mark * outline.DEEPEST + "a") is None
    assert outline.too_deep("\n" + mark * (outline.DEEPEST + 1) + "a") == 1


@pytest.mark.parametrize(
    "body",
    [
        "- - - - - - - - - - - - - - - - - - - - - - - -\n",
        "- a\n" * 500,
        ("> - a\n>     - b\n\n" * 50),
        "Texte\n\n" + " " * 100 + "- du code\n",
        "```\n" + "> " * 100 + "\n```\n",
        "[a](b) " * 1_000,
        "[ ] " * 1_000,
        "[un crochet\n\n" * 1_000,
    ],
)
def test_wide_is_not_deep(body: str) -> None:
    assert outline.too_deep(body) is None


def test_brackets_left_open_are_too_deep_to_render() -> None:
    most = outline.MOST_OPEN_BRACKETS
    assert outline.too_deep("\n\n" + "[a " * most) is None
    assert outline.too_deep("\n\n" + "[a " * (most + 1)) == 2


def test_longest_line_is_the_first_of_those_too_long() -> None:
    most = outline.LONGEST_LINE
    assert outline.longest_line("a" * most + "\n" + "b" * most) is None
    assert outline.longest_line("a\n" + "b" * (most + 1) + "\nc") == 1
