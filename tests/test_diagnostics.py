"""Rules, places, diagnostics: declared once, kept in order."""

from __future__ import annotations

import pytest

from ressourcerie import diagnostics
from ressourcerie.diagnostics import Place, Rule, Severity

ERROR = Rule("une-erreur", "Une erreur", "Réparez.")
WARNING = Rule("un-avis", "Un avis", "", Severity.WARNING)
INFO = Rule("une-note", "Une note", "", Severity.INFO)
HERE = Place("a.md", 3, 5)


def test_own_hint_takes_the_place_of_the_usual_one() -> None:
    assert ERROR.at(HERE, "m").hint == "Réparez."
    assert ERROR.at(HERE, "m", "Autrement.").hint == "Autrement."


def test_only_errors_stop_a_build() -> None:
    assert diagnostics.has_errors([WARNING.at(HERE, "m"), ERROR.at(HERE, "m")])
    assert not diagnostics.has_errors([WARNING.at(HERE, "m"), INFO.at(HERE, "m")])


def test_severities_have_their_french_word() -> None:
    assert [s.french for s in Severity] == ["erreur", "avertissement", "conseil"]


def test_order_is_that_of_files_then_lines() -> None:
    places = [Place("b.md", 1), Place("a.md", 10), Place("a.md", 9, 2), Place("a.md", 9, 1)]
    found = sorted(ERROR.at(place, "m") for place in places)
    assert [str(d.place) for d in found] == ["a.md:9:1", "a.md:9:2", "a.md:10:1", "b.md:1:1"]


def test_rule_declared_twice_is_refused() -> None:
    code = next(iter(diagnostics.RULES))
    with pytest.raises(ValueError, match="twice"):
        diagnostics.rule(code, "t", "h.")
