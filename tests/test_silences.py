"""Silences: obeyed where they are written, told off when they are wrong, never shown to readers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import REPOSITORY, Project
from ressourcerie import comments, outline, silences
from ressourcerie.checks import suite
from ressourcerie.diagnostics import RULES, Diagnostic, Edit, Family, Place, Severity
from ressourcerie.external import rules as external_rules
from ressourcerie.markdown import Destination, render
from ressourcerie.policy import FIRM, Policy, families
from ressourcerie.settings import read_settings
from ressourcerie.source import Source, lines_outside_code, shown, without_code

PAGE = "content/page.md"
SPOKEN = "<!-- taire lien-introuvable : elle viendra en mars -->"


def source(body: str, **front: Any) -> Source:
    """A file whose body begins on its first line."""
    return Source(PAGE, front, body, 1)


def said(code: str, line: int, path: str = PAGE) -> Diagnostic:
    return RULES[code].at(Place(path, line, 3), "m", edit=Edit(1, 2, "x"))


def left(found: list[Diagnostic], *sources: Source, **policy: Any) -> list[tuple[str, int]]:
    """Codes and lines of what is left to say."""
    kept = silences.apply(found, sources, Policy(**policy))
    return [(d.code, d.place.line) for d in kept]


# On a line.


def test_silence_at_the_end_of_a_line_is_for_that_line() -> None:
    text = source(f"un {SPOKEN}\ndeux\n")
    found = [said("lien-introuvable", 1), said("lien-introuvable", 2), said("html-brut", 1)]
    assert left(found, text) == [("lien-introuvable", 2), ("html-brut", 1)]


def test_silence_alone_on_its_line_is_for_the_next_one_that_has_words() -> None:
    text = source(f"{SPOKEN}\n<!-- taire html-brut : montré -->\n\n  \ntrois\nquatre\n")
    found = [said(code, line) for code in ("lien-introuvable", "html-brut") for line in (5, 6)]
    assert left(found, text) == [("lien-introuvable", 6), ("html-brut", 6)]


def test_one_silence_may_name_several_rules() -> None:
    text = source("un <!--taire lien-introuvable , html-brut: montré-->")
    assert left([said("lien-introuvable", 1), said("html-brut", 1)], text) == []


def test_every_breach_of_the_line_is_silenced_and_no_other_file() -> None:
    text = source(f"un {SPOKEN}")
    found = [said("lien-introuvable", 1), said("lien-introuvable", 1, "content/b.md")] * 2
    kept = silences.apply(found, [text], Policy())
    assert {d.place.path for d in kept} == {"content/b.md"}


@pytest.mark.parametrize(
    "body",
    [
        f"`{SPOKEN}`",
        f"``un ` {SPOKEN} deux``",
        f"```\n{SPOKEN}\n```",
        f"~~~~ markdown\nun {SPOKEN}\n~~~~",
    ],
)
def test_silence_that_is_shown_is_not_obeyed(body: str) -> None:
    line = body[: body.index("<!--")].count("\n") + 1
    assert left([said("lien-introuvable", line)], source(body)) == [("lien-introuvable", line)]
    assert shown(body) == body


@pytest.mark.parametrize("body", ["un `deux` <!-- taire lien-vide : x --> `trois`", f"`a {SPOKEN}"])
def test_accents_beside_a_silence_hide_nothing(body: str) -> None:
    assert len(comments.find([body])) == 1


# In a file, in a project.


def test_key_of_a_file_silences_the_whole_of_it() -> None:
    text = source("a\nb", taire=[{"regle": "lien-introuvable", "raison": "Elles viendront."}])
    found = [said("lien-introuvable", 1), said("lien-introuvable", 2), said("html-brut", 2)]
    assert left(found, text) == [("html-brut", 2)]


@pytest.mark.parametrize("value", [None, "lien-vide", {"regle": "lien-vide"}, [3, {"raison": "x"}]])
def test_key_of_another_shape_silences_nothing(value: Any) -> None:
    """The model says what is wrong with it."""
    assert left([said("lien-vide", 1)], source("a", taire=value)) == [("lien-vide", 1)]


def test_project_changes_gravity_or_silences() -> None:
    found = [said("lien-introuvable", 1), said("html-brut", 1), said("lien-vide", 1)]
    policy = Policy(severities={"lien-introuvable": Severity.INFO, "html-brut": None})
    kept = silences.apply(found, [], policy)
    assert [(d.code, d.severity) for d in kept] == [
        ("lien-introuvable", Severity.INFO),
        ("lien-vide", RULES["lien-vide"].severity),
    ]
    assert kept[0].edit == found[0].edit


# What no silence reaches.


@pytest.mark.parametrize("code", ["cle-manquante", "taire-inutile", *sorted(FIRM)])
def test_what_protects_the_published_site_is_always_said(code: str) -> None:
    text = source(f"un <!-- taire {code} : parce que -->", taire=[{"regle": code, "raison": "x"}])
    kept = silences.apply([said(code, 1)], [text], Policy())
    assert [d.code for d in kept] == [code, "taire-inconnu", "taire-inconnu"]


def test_rules_of_reading_are_firm() -> None:
    known = families()
    assert {code for code, family in known.items() if family is Family.READING}.isdisjoint(FIRM)


# Mistakes.


def test_silence_without_a_reason_is_obeyed_and_told_off() -> None:
    text = source("un <!-- taire lien-introuvable -->")
    assert left([said("lien-introuvable", 1)], text) == [("taire-sans-raison", 1)]


def test_useless_silence_is_told_only_of_what_was_checked() -> None:
    text = source(f"un {SPOKEN}")
    assert left([], text) == [("taire-inutile", 1)]
    assert silences.apply([], [text], Policy(), checked={Family.LANGUAGE}) == []


def test_rules_that_ask_other_sites_are_never_found_useless() -> None:
    """They are asked only now and then, and answer as the day goes."""
    declared = {r.code for r in vars(external_rules).values() if hasattr(r, "code")}
    assert declared == silences.SELDOM
    codes = ", ".join(sorted(silences.SELDOM))
    assert left([], source(f"un <!-- taire {codes} : le site est souvent en panne -->")) == []


def test_a_project_that_says_nothing_keeps_its_diagnostics_as_they_are() -> None:
    found = [said("lien-vide", 2), said("lien-vide", 1)]
    assert silences.apply(found, [source("un commentaire volontaire")], Policy()) == found


# What readers get.

BODY = """Un paragraphe
sur deux lignes.

## Déroulé

### Accueil — 10 min

- Objectif : faire connaissance
- Modalité : tout le groupe

1. un

    suite de un

2. deux
    - deux et demi

| Une | table |
|---|---|
| un | deux |
| trois | quatre |

!!! animateur "Posture"
    Laissez la personne
    tenir la souris.

    - une note

> Une citation
> sur deux lignes.

```
du code
```

## Fin {#la-fin}

Au revoir.
"""
LINES = BODY.split("\n")
SETTINGS, _ = read_settings(REPOSITORY / "mkdocs.yml")
assert SETTINGS


def html(body: str) -> str:
    destination = Destination(link=lambda href: href, image=lambda href: href)
    return render(body, destination, SETTINGS.markdown).html if SETTINGS else ""


def code_lines() -> set[int]:
    return set(range(len(LINES))) - {number for number, _ in lines_outside_code(BODY)}


@pytest.mark.parametrize("number", [n for n, line in enumerate(LINES) if line.strip()])
def test_silence_at_the_end_of_a_line_does_not_reach_the_reader(number: int) -> None:
    if number in code_lines():
        pytest.skip("it is code, and shown")
    spoken = [f"{line}  {SPOKEN}" if n == number else line for n, line in enumerate(LINES)]
    assert html("\n".join(spoken)) == html(BODY)
    assert outline.steps("\n".join(spoken)) == outline.steps(BODY)


@pytest.mark.parametrize("indent", ["", "    "])
@pytest.mark.parametrize("number", range(len(LINES)))
def test_silence_on_its_own_line_breaks_nothing(number: int, indent: str) -> None:
    if number in code_lines() and number - 1 in code_lines():
        pytest.skip("it is code, and shown")
    spoken = "\n".join([*LINES[:number], indent + SPOKEN, *LINES[number:]])
    assert html(spoken) == html(BODY)
    assert [(s.title, s.minutes, s.objective) for s in outline.steps(spoken)] == [
        (s.title, s.minutes, s.objective) for s in outline.steps(BODY)
    ]


def test_silence_between_two_empty_lines_leaves_no_paragraph() -> None:
    assert html(f"un\n\n{SPOKEN}\n\ndeux") == html("un\n\ndeux")
    assert html(SPOKEN) == ""


def test_silence_on_a_heading_is_no_part_of_its_title(project: Project) -> None:
    """Without that, the section « Un exemple » would be missing."""
    spoken = "## Un exemple <!-- taire html-brut : une balise à montrer -->"
    project.edit("glossary/navigateur.md", "## Un exemple", spoken)
    assert [d.code for d in project.check()] == ["taire-inutile"]


@given(
    st.lists(st.sampled_from(["<!--", "-->", " taire", " x", " : y", "`", "``", "\\", "é", " "]))
)
def test_blanked_line_keeps_its_length_and_what_is_around(pieces: list[str]) -> None:
    line = "".join(pieces)
    blank = comments.blank(line)
    assert len(blank) == len(line)
    assert all(new in {old, " "} for old, new in zip(line, blank, strict=True))
    assert comments.blank(blank) == blank


@given(st.text("a`~ \n<!->:taire", max_size=200))
def test_any_text_is_read_and_what_is_dropped_is_only_comments(text: str) -> None:
    found = comments.find(without_code(text).split("\n"))
    assert all(0 <= c.line <= c.target <= text.count("\n") for c in found)
    if not found:
        assert shown(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "`a`<!-- taire x : y -->" * 40_000,
        "<!-- taire x : y -->\n" * 40_000,
        "<!-- taire " * 80_000,
        "<!-- taire " + "a" * 900_000,
        "`" * 900_000 + "<!-- taire x : y -->",
        "".join("`" * n + "a" for n in range(1_300)) + "<!-- taire x : y -->",
    ],
    ids=range(6),
)
def test_hostile_text_takes_no_time(text: str) -> None:
    """Each takes well under a second; what it must not do is grow as the square of the text."""
    assert len(shown(text)) <= len(text)
    assert len(comments.find(without_code(text).split("\n"))) <= 40_000


def test_checks_obey_silences(project: Project) -> None:
    page = project.read("content/utiliser.md")
    project.write("content/a.md", f"{page}\n[La fiche de mars](mars.md) {SPOKEN}\n")
    library, _ = project.load()
    assert suite.run(library, project.settings) == []
