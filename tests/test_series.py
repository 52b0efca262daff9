"""Prerequisites, paths and ages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import Project
from ressourcerie.checks.series import age, circles, today

GRAPHS = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3, unique=True)
).map(lambda asked: {k: [v for v in vs if v in asked] for k, vs in asked.items()})


def reachable(asked: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    todo = list(asked[start])
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += asked[name]
    return found


@given(GRAPHS)
def test_circles_are_real_and_none_is_left_once_they_are_mended(
    asked: dict[str, list[str]],
) -> None:
    found = circles(asked)
    for circle in found:
        for name, following in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert following in asked[name]
        assert circle[0] == min(circle)
    assert len(found) == len(set(found))
    assert bool(found) == any(name in reachable(asked, name) for name in asked)


def test_long_chain_needs_no_deep_stack() -> None:
    names = [f"{number:05}" for number in range(5_000)]
    chain = {name: [following] for name, following in pairwise(names)}
    assert circles({**chain, names[-1]: []}) == []
    assert len(circles({**chain, names[-1]: [names[0]]})[0]) == 5_000


def test_circle_is_said_once_and_not_again_of_the_paths_that_hold_it(project: Project) -> None:
    text = project.read("ateliers/essai/index.md")
    for name, needed in (("essai", "deux"), ("deux", "essai")):
        project.write(
            f"ateliers/{name}/index.md",
            text.replace("duree: 60", f"prerequis: [{needed}]\nduree: 60"),
        )
    project.edit("content/parcours/voyage.md", "ateliers: [essai]", "ateliers: [essai, deux]")
    found = [d.code for d in project.check() if d.code.startswith(("prerequis-", "parcours-des"))]
    assert found == ["prerequis-en-cercle"]


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (date(2024, 11, 21), date(2026, 11, 21), (24, 0)),
        (date(2024, 11, 20), date(2026, 11, 21), (24, 1)),
        (date(2024, 11, 22), date(2026, 11, 21), (23, 1)),
        (date(2026, 11, 21), date(2026, 11, 21), (0, 0)),
    ],
)
def test_age_counts_whole_months(then: date, now: date, expected: tuple[int, int]) -> None:
    assert age(then, now) == expected


@given(st.dates(), st.dates(), st.dates())
def test_older_is_never_younger(first: date, second: date, now: date) -> None:
    older, newer = sorted((first, second))
    assert age(older, now) >= age(newer, now) or now < newer


def stale(project: Project) -> list[str]:
    return [d.place.path for d in project.check() if d.code == "relecture-ancienne"]


def test_review_goes_stale_with_the_day_and_not_with_the_text(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tiny project was last read on 3 February 2026."""

    def on(day: datetime) -> list[str]:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(day.timestamp())))
        return stale(project)

    assert on(datetime(2028, 2, 3, tzinfo=UTC)) == []
    assert "ateliers/essai/index.md" in on(datetime(2028, 2, 4, tzinfo=UTC))


def test_texts_newer_than_the_day_we_are_told_are_not_in_the_future(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SOURCE_DATE_EPOCH is often the date of the last recorded change, or 1980."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")
    assert "date-future" not in {d.code for d in project.check()}


def test_day_is_the_one_we_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert today() == date(1970, 1, 1)


@pytest.mark.parametrize("value", ["", "hier", "1e9", "9" * 30, "-" + "9" * 30, "9" * 9_000])
def test_day_told_badly_is_the_real_one(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert abs((today() - date.today()).days) <= 1


def test_path_with_a_workshop_that_cannot_be_read_is_not_said_to_lack_anything(
    project: Project,
) -> None:
    project.edit("content/parcours/voyage.md", "ateliers: [essai]", "ateliers: [essai, casse]")
    project.write("ateliers/casse/index.md", "---\ntitre: [\n---\n")
    assert "parcours-incomplet" not in {d.code for d in project.check()}
