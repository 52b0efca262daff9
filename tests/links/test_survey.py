"""What is read in a page, and where it was typed: on any text at all."""

from __future__ import annotations

import time
from contextlib import suppress
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from link_cases import all_cases

from ressourcerie.docs import snippets
from ressourcerie.docs.pages import study_doc
from ressourcerie.docs.project import read_docs
from ressourcerie.mkdocs_yml import read_config
from ressourcerie.settings import Settings, read_settings
from ressourcerie.survey.html import Link, css_addresses, of_html, srcset
from ressourcerie.survey.limits import time_limit
from ressourcerie.survey.places import offsets
from ressourcerie.terrain import Reach, Terrain

HTML = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            (
                "<a href=",
                "<img src='",
                '<p id="x">',
                "<base href=",
                "<svg>",
                "<template>",
                "<noscript>",
                "<style>",
                "</style>",
                "<!--",
                "-->",
                "<script>",
                "url(",
                '"',
                "'",
                ">",
                "&amp;",
                "&#x41;",
                "\0",
                "<meta http-equiv=refresh content='0;",
                "srcset=",
            )
        ),
    ),
    max_size=20,
).map("".join)
MARKDOWN = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from(
            (
                "[a](x.md)",
                "[b](",
                "x.md",
                "`",
                "```\n",
                "~~~\n",
                "<!--",
                "-->",
                "\n\n    ",
                "> ",
                "- ",
                '<a href="',
                "&amp;",
                "\\",
                "[c]: x.md",
                "<x.md>",
                ")",
                '"',
                "\n",
                '--8<-- "a"',
            )
        ),
    ),
    max_size=25,
).map("".join)
ADDRESS = st.text(
    st.one_of(st.characters(), st.sampled_from("/:.#?%[]@&=;,\\ ()<>\"'")), max_size=30
)


@given(HTML)
def test_any_html_is_read(html: str) -> None:
    anatomy = of_html(html, ("x",))
    assert all(isinstance(link.href, str) and link.kind for link in anatomy.links)
    assert "" not in anatomy.ids


@given(st.text(st.sampled_from("a, \n\t(){}x1é.\"'data:"), max_size=60) | st.text())
def test_any_srcset_is_read(value: str) -> None:
    for address in srcset(value):
        assert address
        assert address in value
        assert not set(address) & set(" \n\t\r\f")


@given(st.text(st.sampled_from("@import url(){};'\"/* */a.b\\\n:,#"), max_size=80) | st.text())
def test_any_style_sheet_is_read(text: str) -> None:
    for address, line in css_addresses(text):
        assert address
        assert 1 <= line <= text.count("\n") + text.count("\r") + text.count("\f") + 1


@given(MARKDOWN, st.lists(ADDRESS | st.just("x.md"), max_size=6), st.booleans())
def test_an_offset_is_that_of_the_address(text: str, typed: list[str], markdown: bool) -> None:
    links = [Link(address, address) for address in typed]
    for link, offset in zip(links, offsets(text, links, markdown=markdown), strict=True):
        if offset is None:
            continue
        assert 0 <= offset <= len(text)
        here = text[offset:]
        if link.typed and not here.startswith(link.typed):
            plain = unescape(here)
            assert link.typed in plain or link.typed in plain.replace("\\", "")


@given(ADDRESS, ADDRESS, ADDRESS, st.sampled_from(("page", "image", "file")))
def test_any_address_leads_somewhere_or_not(href: str, page: str, base: str, kind: str) -> None:
    terrain = Terrain(
        frozenset({"index.html", "page/index.html", "i.png"}),
        {"index.html": frozenset({"x"})},
        "/depot/",
        "http://h/depot/",
    )
    verdict = terrain.follow(href, page, kind, base)
    assert isinstance(verdict.reach, Reach)
    if verdict.reach is Reach.FOUND and verdict.where:
        assert verdict.where in terrain.files


@given(MARKDOWN)
def test_any_inclusion_is_where_it_is_typed(text: str) -> None:
    for name, offset in snippets.asked(text):
        assert text.startswith(name, offset)
        assert snippets.file_of(name)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root: Path = tmp_path_factory.mktemp("projet")
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text(all_cases()[0].settings, "utf-8")
    config, _ = read_config(root / "mkdocs.yml")
    known, _ = read_settings(root / "mkdocs.yml")
    assert config
    assert known
    return read_docs(config, known).settings


# Each with the offset, in it, of the address that takes the place of the star.
WAYS = (
    "[un mot](*)",
    "[un mot]( <*> 'titre')",
    '![image](* "titre (x)")',
    "<a href='*'>x</a>",
    '<A class="x" HREF = "*">x</A>',
    "<img src=* alt=x>",
    '<img alt="" srcset="https://h/i.png 1x, * 2x">',
    '<p style="background: url(*)">x</p>',
    "[x][ref-*]\n\n[ref-*]: * 'titre'\n",
    "[`*`](*)",
    "texte * puis [x](*)",
    "`[x](*)` et [x](*)",
    "<!-- [x](*) --> [x](*)",
    "- puce [x](*)",
    "> cité [x](*)",
    "| a |\n|---|\n| [x](*) |",
    "    [x](*)\n\ntexte [x](*)",
    "```\n[x](*)\n```\n\n[x](*)",
)


@given(st.lists(st.tuples(st.sampled_from(WAYS), st.booleans()), min_size=1, max_size=8))
def test_each_link_is_placed_where_it_is_typed(
    settings: Settings, ways: list[tuple[str, bool]]
) -> None:
    text, expected = "# Page\n\n", {}
    for number, (way, accents) in enumerate(ways):
        address = f"{'é' if accents else 'e'}{number}.md"
        piece = way.replace("*", address)
        expected[address] = len(text) + piece.rindex(address)
        text += f"{piece}\n\n"
    survey = study_doc("docs/page.md", text.encode(), settings).survey
    assert survey
    lines = text.split("\n")
    found = {
        placed.link.typed: sum(len(line) + 1 for line in lines[: placed.line - 1])
        + placed.column
        - 1
        for placed in survey.links
        if not placed.link.typed.startswith("https:")
    }
    assert found == expected


def test_work_that_lasts_is_stopped() -> None:
    def never_ending() -> None:
        while True:
            # As an extension could do.
            with suppress(Exception):
                sum(range(1000))

    start = time.process_time()
    with pytest.raises(TimeoutError), time_limit(0.2):
        never_ending()
    assert time.process_time() - start < 2
    with time_limit(5):
        pass
