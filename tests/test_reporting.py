"""How answers are written: for people, for programs, for forges."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

# Declares the rules.
from ressourcerie.checks import suite  # noqa: F401
from ressourcerie.diagnostics import RULES, Diagnostic, Edit, Place, Rule, Severity
from ressourcerie.reporting import (
    Display,
    render_github,
    render_json,
    render_text,
    safe,
    summary,
)
from ressourcerie.sarif import render_sarif

ERROR = Rule("une-erreur", "Une erreur", "Réparez.")
WARNING = Rule("un-avis", "Un avis", "", Severity.WARNING)
INFO = Rule("une-note", "Une note", "", Severity.INFO)
A = ERROR.at(Place("a.md", 3, 5), "La clé « x » n’existe pas.")
B = WARNING.at(Place("b.md"), "Remarque.")


def quoting(*lines: str, width: int = 100) -> Display:
    return Display(lines=lambda _path: lines, width=width)


def quotation(column: int, line: str, width: int = 100) -> tuple[str, str]:
    """The line quoted and the caret under it, without their margins."""
    display = quoting(line, "la suivante", width=width)
    shown = render_text([WARNING.at(Place("b.md", 1, column), "m")], display)
    _, words, caret = shown.split("\n")
    assert words.startswith("    1 │ ")
    assert caret.startswith("      │ ")
    return words[8:], caret[8:]


# For people.


def test_text_gives_place_gravity_code_message_then_the_mending() -> None:
    assert render_text([A]).split("\n") == [
        "a.md:3:5: erreur [une-erreur] La clé « x » n’existe pas.",
        "    → Réparez.",
    ]


def test_files_are_kept_apart() -> None:
    assert render_text([A, A, B]).split("\n\n") == [render_text([A, A]), render_text([B])]


def test_line_is_quoted_with_a_caret_under_its_column() -> None:
    display = quoting("un", "deux", "voir [ici](x.md)")
    assert render_text([A], display).split("\n")[1:3] == [
        "    3 │ voir [ici](x.md)",
        "      │     ^",
    ]


@pytest.mark.parametrize(
    ("line", "column", "cells"),
    [
        ("abc", 1, 0),
        ("abc", 3, 2),
        ("abc", 4, 3),
        ("abc", 99, 3),
        ("\tabc", 2, 4),
        ("été là", 5, 4),
        # Two columns each.
        ("漢字 x", 4, 5),
        ("👍 x", 3, 3),
        # An accent apart from its letter takes no room.
        ("e\u0301te\u0301 x", 7, 4),
    ],
)
def test_caret_stands_under_what_is_at_fault(line: str, column: int, cells: int) -> None:
    words, caret = quotation(column, line)
    assert caret == " " * cells + "^"
    assert words == line.replace("\t", "    ")


@given(
    st.text("ab \té漢👍\u0301\x1b", max_size=400).filter(lambda line: line.strip()),
    st.integers(1, 420),
    st.integers(20, 120),
)
def test_quotation_never_overflows(line: str, column: int, width: int) -> None:
    words, caret = quotation(column, line, width)
    # Below a certain width, it is no use to quote less.
    assert cell_len(words) <= max(width - 8, 20)
    assert cell_len(caret) <= max(width - 8, 20) + 1


def test_long_line_is_cut_around_its_fault() -> None:
    line = "avant " * 100_000 + "FAUTE" + " après" * 100_000
    words, caret = quotation(600_001, line, 60)
    assert words.startswith("…")
    assert words.endswith("…")
    assert words[caret.index("^") :].startswith("FAUTE")


@pytest.mark.parametrize("line", ["", "   ", "---"])
def test_what_says_nothing_is_not_quoted(line: str) -> None:
    """A fault of a whole file is reported at its first character."""
    assert render_text([B], quoting(line)) == render_text([B])


def test_file_that_cannot_be_shown_is_not_quoted() -> None:
    assert render_text([A], Display(lines=lambda _path: ())) == render_text([A])


def test_colours_are_there_only_when_asked_for() -> None:
    plain = render_text([A], quoting("a", "b", "c d e"))
    painted = render_text([A], Display(lambda _path: ("a", "b", "c d e"), colour=True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain
    assert painted != plain


@given(st.text())
def test_no_text_drives_a_terminal(text: str) -> None:
    """A line or a name from a stranger can neither clear the screen nor hide what follows."""
    shown = render_text([ERROR.at(Place(text), text, text)], quoting(text))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_safe_text_stays_what_it_is() -> None:
    assert (
        safe("L’œuvre « d’art »\u00a0: 漢字 👩\u200d🏫")
        == "L’œuvre « d’art »\u00a0: 漢字 👩\u200d🏫"
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], "Aucun problème."),
        ([A], "1\u00a0erreur, 0\u00a0avertissement."),
        ([A, A, B], "2\u00a0erreurs, 1\u00a0avertissement."),
        (
            [B, *[INFO.at(Place("c.md"), "m")] * 3],
            "0\u00a0erreur, 1\u00a0avertissement, 3\u00a0conseils.",
        ),
    ],
)
def test_summary_counts(found: list[Diagnostic], expected: str) -> None:
    assert summary(found) == expected


# For programs.


def test_json_gives_every_part_apart() -> None:
    first, _ = json.loads(render_json([A, B]))
    assert first == {
        "path": "a.md", "line": 3, "column": 5, "code": "une-erreur", "severity": "error",
        "message": "La clé « x » n’existe pas.", "hint": "Réparez.", "link": None,
    }  # fmt: skip
    assert json.loads(render_json([])) == []


def test_json_gives_the_link_as_typed() -> None:
    (row,) = json.loads(render_json([ERROR.at(A.place, "m", link="Été%20.md#à")]))
    assert row["link"] == "Été%20.md#à"


# For forges.


def test_annotations_name_the_file_and_the_line() -> None:
    lines = render_github([A, B, INFO.at(Place("c.md"), "m")]).split("\n")
    assert lines[0].startswith("::error file=a.md,line=3,col=5,title=une-erreur::La clé « x »")
    assert lines[1].startswith("::warning file=b.md,")
    assert lines[2].startswith("::notice file=c.md,")


def test_forges_name_files_from_the_root_of_the_repository() -> None:
    display = Display(folder="documentation/")
    assert "file=documentation/a.md," in render_github([A], display)
    assert location(A, display)["artifactLocation"]["uri"] == "documentation/a.md"


@given(st.text(), st.text())
def test_annotation_stays_on_one_line_and_is_read_back(message: str, path: str) -> None:
    """A file name from a stranger must not write a second command in the log of a forge."""
    shown = render_github([ERROR.at(Place(path), message)])
    head, separator, tail = shown[2:].partition("::")
    assert "\n" not in shown
    assert "\r" not in shown
    assert separator
    assert head.count(",") == 3
    decoded = tail.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    assert decoded == f"{message} Réparez.".strip()


# SARIF 2.1.0. Files like those made here were read without error by the validator of the authors
# of the format (SARIF Multitool 5.7); what their schema requires is repeated in these tests.


def run(found: Sequence[Diagnostic], display: Display | None = None) -> dict[str, Any]:
    log = json.loads(render_sarif(found, display or Display()))
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    return dict(only)


def location(found: Diagnostic, display: Display | None = None) -> dict[str, Any]:
    (result,) = run([found], display)["results"]
    return dict(result["locations"][0]["physicalLocation"])


def test_sarif_tells_of_every_rule() -> None:
    rules = run([])["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(RULES)
    for rule in rules:
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    by_id = {rule["id"]: rule for rule in rules}
    assert "Mauvais :" in by_id["lien-introuvable"]["help"]["markdown"]


def test_sarif_results_point_at_their_rule_and_their_place() -> None:
    found = RULES["lien-introuvable"].at(Place("content/à lire.md", 3, 5), "« x » n’existe pas.")
    only = run([found])
    (result,) = only["results"]
    assert only["columnKind"] == "unicodeCodePoints"
    assert only["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["ruleId"] == "lien-introuvable"
    assert result["level"] == "error"
    assert result["message"]["text"].startswith("« x » n’existe pas. ")
    assert location(found) == {
        "artifactLocation": {"uri": "content/%C3%A0%20lire.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 5},
    }


@pytest.mark.parametrize(
    ("rule", "level"), [(ERROR, "error"), (WARNING, "warning"), (INFO, "note")]
)
def test_sarif_levels(rule: Rule, level: str) -> None:
    assert run([rule.at(A.place, "m")])["results"][0]["level"] == level


@given(st.text("aé\n", max_size=30), st.data())
def test_sarif_fix_is_the_edit(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lines = text.split("\n")
    edited = ERROR.at(A.place, "m", edit=Edit(start, end, "neuf"))
    (result,) = run([edited], quoting(*lines))["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    region = replacement["deletedRegion"]

    def offset(line: str, column: str) -> int:
        before = lines[: region[line] - 1]
        assert 1 <= region[column] <= len(lines[region[line] - 1]) + 1
        return sum(len(one) + 1 for one in before) + region[column] - 1

    assert offset("startLine", "startColumn") == start
    assert offset("endLine", "endColumn") == end
    assert replacement["insertedContent"] == {"text": "neuf"}
    assert (
        change["artifactLocation"] == result["locations"][0]["physicalLocation"]["artifactLocation"]
    )


def test_sarif_gives_no_fix_for_a_file_it_cannot_read() -> None:
    assert "fixes" not in run([ERROR.at(A.place, "m", edit=Edit(0, 1, "x"))])["results"][0]


def test_sarif_takes_names_that_no_coding_explains() -> None:
    assert location(ERROR.at(Place("\udce9.md"), "m"))["artifactLocation"]["uri"] == "%E9.md"
