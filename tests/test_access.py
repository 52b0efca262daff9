"""Marks of Markdown, as authors type them and as Python-Markdown reads them."""

from __future__ import annotations

import re
import time
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.tables import TableProcessor

from projects import TINY
from ressourcerie.checks import (
    access,
    blocks,
    headings,
    lists,
    marks,
    structure,
    tables,
)
from ressourcerie.checks.inline import blot_spans, readable
from ressourcerie.checks.inline import marks as links_of
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.settings import Settings
from ressourcerie.source import Source

SETTINGS = Settings(TINY)
EXTENSIONS = ("admonition", "attr_list", "fenced_code", "pymdownx.details", "sane_lists", "tables")
MODULES = (structure, headings, blocks, tables, lists, marks, access)


def check(module: Any, body: str) -> list[Diagnostic]:
    source = Source("content/page.md", {}, body, 1)
    return list(module.check_text(source, None, SETTINGS))


def mended(module: Any, body: str) -> str:
    for d in sorted(check(module, body), reverse=True):
        if d.edit:
            body = body[: d.edit.start] + d.edit.text + body[d.edit.end :]
    return body


def rendered(body: str) -> str:
    return markdown.markdown(body, extensions=list(EXTENSIONS))


# Code and links.


@given(st.text(alphabet="`\\a \n", max_size=30))
def test_code_is_where_markdown_sees_it(text: str) -> None:
    """Letters left in sight are those that are printed as text."""
    paragraph = "b" + re.sub(r"\n\s*", "\n", text) + "b"
    html = rendered(paragraph)
    if "<pre>" not in html and "```" not in paragraph:
        in_sight = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
        assert blot_spans(paragraph).count("a") == in_sight.count("a")


@given(st.text(alphabet="[]()!`\\ab\n ", max_size=40))
def test_links_lie_where_they_are_said_to(text: str) -> None:
    body = readable(text)
    assert len(body) == len(text)
    for mark in links_of(body):
        assert body[mark.start :].startswith("![" if mark.image else "[")
        assert mark.text in body


def test_link_around_an_image_has_the_words_of_the_image() -> None:
    assert check(access, "[![Un plan du quartier](plan.svg)](plan.md)") == []
    (found,) = check(access, "[![](plan.svg)](plan.md)")
    assert found.code == "lien-sans-sens"


def test_link_named_after_its_page_may_be_short() -> None:
    assert check(access, "Un [lien](../glossary/lien.md).") == []
    assert check(access, "Un [lien](../glossary/mot.md).") != []


# Tables.


@given(st.text(alphabet="|`\\a ", max_size=20), st.booleans())
def test_rows_have_the_cells_markdown_gives_them(row: str, bordered: bool) -> None:
    processor = TableProcessor(markdown.Markdown().parser, {})
    processor.border = bordered
    expected = [cell.strip() for cell in processor._split_row(row.strip(" "))]
    assert tables.cells(row.strip(" "), bordered) == expected


LINES = st.lists(
    st.sampled_from(
        [
            "| a | b |",
            "|---|---|",
            "a | b",
            "--- | ---",
            "| c |",
            "|---|",
            "texte",
            "",
            "## T",
            "> a",
        ]
    ),
    max_size=8,
)


@given(LINES)
def test_table_said_to_be_unread_is_none(lines: list[str]) -> None:
    body = "\n".join(lines)
    html = rendered(body)
    if any(d.code == "tableau-non-reconnu" for d in check(tables, body)):
        assert "---" in re.sub(r"<table>.*?</table>", "", html, flags=re.DOTALL) or "<td>" in html
    if any(d.code != "tableau-non-reconnu" for d in check(tables, body)):
        assert "<table>" in html


def test_mended_table_is_read() -> None:
    body = "Les jours :\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert "<table>" not in rendered(body)
    assert "<table>" in rendered(mended(tables, body))
    assert check(tables, mended(tables, body)) == []


# Lists.

NUMBERED = st.lists(
    st.sampled_from(
        [
            "Texte :",
            "Texte",
            "- @",
            "1. @",
            "2. @",
            "    - @",
            "    texte",
            "",
            "",
            "## Titre",
            "!!! note",
            "    Texte :",
            "> Texte :",
            "> - @",
            "        - @",
            "        texte :",
            "| a | b |",
            "|---|---|",
            "```",
            "texte  ",
            "* * *",
            "    1. @",
            "`code` @",
            "`code`",
        ]
    ),
    min_size=2,
    max_size=9,
).map(lambda lines: "\n".join(line.replace("@", f"mot{n}x") for n, line in enumerate(lines)))


@given(NUMBERED)
def test_list_said_to_be_unread_is_printed_as_it_was_typed(body: str) -> None:
    html = re.sub(r"<pre>.*?</pre>", "", rendered(body), flags=re.DOTALL)
    raw = set(re.findall(r"(?:-|\d\.) (mot\dx)", html))
    for found in check(lists, body):
        word = re.search(r"mot\dx", body.split("\n")[found.place.line - 1])
        assert word
        assert word[0] in raw


@pytest.mark.parametrize(
    "body",
    [
        "Il faut :\n- un\n- deux",
        "Il faut :\n1. un\n2. deux",
        "Trois gestes\n* un\n* deux",
        "!!! note\n    Il faut :\n    - un\n    - deux",
        "- avant\n\n    Il faut :\n    - un\n    - deux",
    ],
)
def test_mended_list_is_read(body: str) -> None:
    assert rendered(body).count("<li>") < rendered(mended(lists, body)).count("<li>")
    assert check(lists, mended(lists, body)) == []


@pytest.mark.parametrize(
    "body",
    [
        "Le train Paris\n- Lyon part à l’heure.",
        "Nous étions en\n2024. Tout allait bien.",
        "- `code` au début\n  `suite` d’un item\n- deux",
        "1. un\nsuite paresseuse\n2. deux",
        "> - un\nsuite\n    Texte :\n    - deux",
        "Texte :\n\n        - du code",
        "« Bonjour\n— Salut\n— À demain »",
        "Texte :\n---\n- un",
    ],
)
def test_dash_that_may_be_something_else_is_left_alone(body: str) -> None:
    assert check(lists, body) == []


# Bold, links, notes.


@pytest.mark.parametrize(
    "body", ["**un", "Un **deux.", "**un** et **deux", "- **un\n- deux**", "(**un)", "« **un »"]
)
def test_bold_left_open_is_printed_with_its_stars(body: str) -> None:
    assert [d.code for d in check(marks, body)] == ["gras-non-ferme"]
    assert "**" in rendered(body)


@pytest.mark.parametrize(
    "body",
    [
        "**un**",
        "**un\ndeux**",
        "***un***",
        "2**3",
        "prix**",
        "D** a dit",
        "****",
        "a ** b",
        "\\**a",
    ],
)
def test_stars_that_may_be_something_else_are_left_alone(body: str) -> None:
    assert check(marks, body) == []


@pytest.mark.parametrize(
    "body", ["[un] (un.md)", "[un] (../a/un.md#b)", "(un)[un.md]", "(le texte)[https://a.fr/b]"]
)
def test_mended_link_is_a_link(body: str) -> None:
    assert "<a " not in rendered(body)
    assert "<a " in rendered(mended(marks, body))


def test_notes_are_right_where_the_project_reads_them() -> None:
    source = Source("content/page.md", {}, "Un[^1].\n\n[^1]: Deux.\n", 1)
    for name in ("footnotes", "markdown.extensions.footnotes", "extra"):
        extensions = SETTINGS.markdown.__class__(("toc", name))
        settings = Settings(TINY, markdown=extensions)
        assert list(marks.check_text(source, None, settings)) == []
    assert list(marks.check_text(source, None, SETTINGS)) != []


# Absurd texts.


@given(st.text(alphabet="#-*>|`~!?[](){}^:.1 \t\n\\<aé\0"))
def test_any_text_is_answered(body: str) -> None:
    lines = body.split("\n")
    for module in MODULES:
        for found in check(module, body):
            assert 1 <= found.place.line <= len(lines)
            if found.edit:
                assert 0 <= found.edit.start <= found.edit.end <= len(body)


ABSURD = {
    "lists in lists": "".join(f"{' ' * 4 * n}- a\n" for n in range(150)),
    "lists on a line": "- " * 50_000 + "a",
    "quotations": (">" * 500 + " a\n") * 200,
    "brackets": "[" * 100_000,
    "links": "[](" * 33_000,
    "links unclosed": "](a.b " * 16_000,
    "links of spaces": "[a](" + " " * 100_000,
    "accents": "".join("`" * n + " " for n in range(1, 440)),
    "backslashes": "\\" * 100_000,
    "headings": "##a\n" * 25_000,
    "heading of spaces": "## a" + " " * 100_000 + "b",
    "rulers": "---\n" * 25_000,
    "tables": "|a|b|\n|-|-|\n\n" * 7_500,
    "long table": "|a|b|\n|-|-|\n" + "c\n" * 50_000,
    "blocks": "!!! a\n" * 16_000,
    "stars": "**a " * 25_000,
    "notes": "[^" * 50_000,
    "tags": "<!--" * 25_000,
    "items": "Texte :\n" + "- a\n" * 25_000,
}


@pytest.mark.parametrize("body", ABSURD.values(), ids=ABSURD)
def test_absurd_text_takes_no_longer_than_another(body: str) -> None:
    """A hundred thousand characters, read before one has time to wait."""
    started = time.process_time()
    for module in MODULES:
        check(module, body)
    assert time.process_time() - started < 5


def test_absurd_text_is_refused_before_it_is_rendered() -> None:
    for name in ("lists in lists", "lists on a line", "quotations", "brackets"):
        assert "texte-trop-imbrique" in {d.code for d in check(structure, ABSURD[name])}
