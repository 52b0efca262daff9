"""How answers are written: for people, for programs, for a forge."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressourcerie import diagnostics
from ressourcerie.diagnostics import Diagnostic, Place, Rule, Severity

ERROR = Rule("une-erreur", "Une erreur", "Réparez.")
WARNING = Rule("un-avis", "Un avis", "", Severity.WARNING)
INFO = Rule("une-note", "Une note", "", Severity.INFO)
A = ERROR.at(Place("a.md", 3, 5), "La clé « x » n’existe pas.")
B = WARNING.at(Place("b.md"), "Remarque.")


def test_text_gives_place_gravity_code_message_then_the_mending() -> None:
    assert diagnostics.render_text([A, B]).split("\n") == [
        "a.md:3:5: erreur [une-erreur] La clé « x » n’existe pas.",
        "    → Réparez.",
        "b.md:1:1: avertissement [un-avis] Remarque.",
    ]


def test_own_hint_takes_the_place_of_the_usual_one() -> None:
    assert ERROR.at(A.place, "m", "Autrement.").hint == "Autrement."


def test_json_gives_every_part_apart() -> None:
    first, _ = json.loads(diagnostics.render_json([A, B]))
    assert first == {
        "path": "a.md", "line": 3, "column": 5, "code": "une-erreur", "severity": "error",
        "message": "La clé « x » n’existe pas.", "hint": "Réparez.", "link": None,
    }  # fmt: skip
    assert json.loads(diagnostics.render_json([])) == []


def test_annotations_name_the_file_and_the_line() -> None:
    lines = diagnostics.render_github([A, B, INFO.at(Place("c.md"), "m")]).split("\n")
    assert lines[0].startswith("::error file=a.md,line=3,col=5,title=une-erreur::La clé « x »")
    assert lines[1].startswith("::warning file=b.md,")
    assert lines[2].startswith("::notice file=c.md,")


@given(st.text(), st.text())
def test_annotation_stays_on_one_line_and_is_read_back(message: str, path: str) -> None:
    """A file name from a stranger must not write a second command in the log of a forge."""
    shown = diagnostics.render_github([ERROR.at(Place(path), message)])
    head, separator, tail = shown[2:].partition("::")
    assert "\n" not in shown
    assert "\r" not in shown
    assert separator
    assert head.count(",") == 3
    decoded = tail.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    assert decoded == f"{message} Réparez.".strip()


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], "Aucun problème."),
        ([A], "1 erreur, 0 avertissement."),
        ([A, A, B], "2 erreurs, 1 avertissement."),
    ],
)
def test_summary_counts(found: list[Diagnostic], expected: str) -> None:
    assert diagnostics.summary(found) == expected


def test_only_errors_stop_a_build() -> None:
    assert diagnostics.has_errors([B, A])
    assert not diagnostics.has_errors([B, INFO.at(Place("c.md"), "m")])


def test_order_is_that_of_files_then_lines() -> None:
    places = [Place("b.md", 1), Place("a.md", 10), Place("a.md", 9, 2), Place("a.md", 9, 1)]
    found = sorted(ERROR.at(place, "m") for place in places)
    assert [str(d.place) for d in found] == ["a.md:9:1", "a.md:9:2", "a.md:10:1", "b.md:1:1"]


def test_rule_declared_twice_is_refused() -> None:
    code = next(iter(diagnostics.RULES))
    with pytest.raises(ValueError, match="twice"):
        diagnostics.rule(code, "t", "h.")
