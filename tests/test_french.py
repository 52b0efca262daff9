"""Order, and the spaces of French typography."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressourcerie import french
from ressourcerie.french import NBSP, NNBSP, typeset

SPACES = " \u00a0\u202f"
_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab1 20';:!?«».h%€n°pM\u00a0\u202f\n…’éÀ()"), st.characters()
    )
)


def bare(text: str) -> str:
    """A text without what typography may touch."""
    return re.sub(f"[{SPACES}]", "", text).replace("’", "'").replace("…", "...")


@given(_TEXT)
def test_typeset_twice_changes_nothing(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once


@given(_TEXT)
def test_typeset_touches_spaces_apostrophes_and_dots_only(text: str) -> None:
    assert bare(typeset(text)) == bare(text)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Vraiment ?", f"Vraiment{NNBSP}?"),
        ("Vraiment?", f"Vraiment{NNBSP}?"),
        ("Oui ! Non ; si", f"Oui{NNBSP}! Non{NNBSP}; si"),
        ("Embarquer : parler", f"Embarquer{NBSP}: parler"),
        ("« bonjour »", f"«{NBSP}bonjour{NBSP}»"),
        ("«bonjour»", f"«{NBSP}bonjour{NBSP}»"),
        ("l'aide d'un ami", "l’aide d’un ami"),
        ("Alors...", "Alors…"),
        ("2 h 30", f"2{NBSP}h{NBSP}30"),
        ("15 min", f"15{NBSP}min"),
        ("25 %", f"25{NBSP}%"),
        ("12 000 €", f"12{NNBSP}000{NBSP}€"),
        ("n° 3, p. 12", f"n°{NBSP}3, p.{NBSP}12"),
        ("12 ans", f"12{NBSP}ans"),
        ("M. Dupont", f"M.{NBSP}Dupont"),
        ("Quoi ?!", f"Quoi{NNBSP}?!"),
    ],
)
def test_right_spaces(typed: str, expected: str) -> None:
    assert typeset(typed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/?a=1;b=2",
        "10:30",
        "un fichier.md",
        "3 hommes",
        "2 minutes",
        "a;b",
        "«",
        "»",
        "",
        "https://example.org:8080/a",
        "projet:/theme",
    ],
)
def test_text_left_as_it_is(text: str) -> None:
    assert typeset(text) == text


@given(st.text())
def test_folding_answers_any_text(text: str) -> None:
    assert french.fold(french.fold(text)) == french.fold(text)
    assert re.fullmatch(r"[a-z0-9]*", french.sort_key(text))


def test_dictionary_order() -> None:
    words = ["œuvre", "Zoé", "éclair", "e-mail", "abeille", "Été", "offre"]
    assert sorted(words, key=french.sort_key) == [
        "abeille", "éclair", "e-mail", "Été", "œuvre", "offre", "Zoé",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (french.duration(0), "0 min"),
        (french.duration(45), "45 min"),
        (french.duration(120), "2 h"),
        (french.duration(125), "2 h 05"),
        (french.clock(0), "0 h 00"),
        (french.clock(75), "1 h 15"),
        (french.plural(0, "page"), "0 page"),
        (french.plural(1, "page"), "1 page"),
        (french.plural(3, "page"), "3 pages"),
        (french.plural(2, "journal", "journaux"), "2 journaux"),
        (french.weight(0), "1 Ko"),
        (french.weight(48_400), "48 Ko"),
        (french.weight(999_700), "1,0 Mo"),
        (french.weight(1_240_000), "1,2 Mo"),
        (french.day("2026-01-01"), "1er janvier 2026"),
        (french.day("2026-08-31"), "31 août 2026"),
    ],
)
def test_numbers_are_shown_as_in_french_and_never_cut_at_a_line_end(
    shown: str, expected: str
) -> None:
    assert shown.replace(NBSP, " ") == expected
    assert " " not in shown
