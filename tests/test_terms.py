"""Terms found in prose: inflected, compound, never overlapping."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import term
from ressourcerie.terms import TermFinder

FINDER = TermFinder(
    [
        term("tiers-lieu", "Tiers-lieu", "troisième lieu"),
        term("pouvoir", "Pouvoir d’agir"),
        term("agir", "Agir"),
        term("mediateur", "Médiateur numérique"),
        term("numerique", "Numérique"),
        term("os", "OS"),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.slug) for m in FINDER.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un tiers-lieu.", [("tiers-lieu", "tiers-lieu")]),
        ("Des tiers lieux, là", [("tiers lieux", "tiers-lieu")]),
        ("Des Tiers\u2011Lieux", [("Tiers\u2011Lieux", "tiers-lieu")]),
        ("Des tiers\nlieux", [("tiers\nlieux", "tiers-lieu")]),
        ("Les troisièmes lieux", [("troisièmes lieux", "tiers-lieu")]),
        ("Des médiatrices numériques", [("médiatrices numériques", "mediateur")]),
        ("Le pouvoir d'agir", [("pouvoir d'agir", "pouvoir")]),
        ("Le pouvoir d’agir", [("pouvoir d’agir", "pouvoir")]),
        ("L’OS et l’os", [("OS", "os")]),
    ],
)
def test_written_forms_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["tiers. Lieu", "tiers, lieu", "tiers  \n\nlieu", "un tiers", "numérisation", "tiers_lieu"],
)
def test_what_only_looks_like_a_term_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_longest_term_wins() -> None:
    assert found("médiateur numérique, numérique") == [
        ("médiateur numérique", "mediateur"),
        ("numérique", "numerique"),
    ]


def test_start_of_a_longer_term_does_not_hide_a_shorter_one() -> None:
    assert found("le pouvoir, agir") == [("agir", "agir")]


def test_without_terms_nothing_is_found() -> None:
    assert list(TermFinder([]).find("Un tiers-lieu.")) == []


_WORDS = st.sampled_from(
    ["tiers", "lieu", "lieux", "pouvoir", "d", "agir", "OS", "numérique", "été", "a"]
)
_TEXTS = st.one_of(
    st.text(),
    st.lists(st.tuples(_WORDS, st.sampled_from([" ", "-", "’", "'", "\n", ", ", ""]))).map(
        lambda pairs: "".join(word + gap for word, gap in pairs)
    ),
)


@given(_TEXTS)
def test_matches_are_whole_words_in_order_and_never_overlap(text: str) -> None:
    position = 0
    for match in FINDER.find(text):
        assert position <= match.start < match.end <= len(text)
        assert match.start == 0 or not text[match.start - 1].isalpha()
        assert match.end == len(text) or not text[match.end].isalpha()
        position = match.end


@given(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=4), _TEXTS)
def test_any_title_makes_a_finder(titles: list[str], text: str) -> None:
    finder = TermFinder([term(f"t{i}", title) for i, title in enumerate(titles)])
    assert {m.slug for m in finder.find(text)} <= {f"t{i}" for i in range(len(titles))}
