"""What the search may find: the corpus, the synonyms, the index from A to Z."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from projects import REPOSITORY, Project
from ressourcerie.library import Library
from ressourcerie.markdown import MarkdownSettings
from ressourcerie.memory import Memory
from ressourcerie.site.bodies import render_bodies
from ressourcerie.site.pages import site_pages
from ressourcerie.site.search.corpus import Found, corpus, groups
from ressourcerie.site.search.passages import Passage, passages, plain
from ressourcerie.site.search.written import script, scripts
from ressourcerie.synonyms import FILE

VENDORED = REPOSITORY / "theme" / "web" / "assets" / "recherche"


def found(library: Library) -> dict[str, Found]:
    pages = tuple(site_pages(library))
    bodies, _ = render_bodies(pages, library, MarkdownSettings(), Memory())
    return {page.url: page for page in corpus(pages, bodies)}


@pytest.fixture
def tiny(project: Project) -> dict[str, Found]:
    return found(project.load()[0])


def test_each_page_is_found_once_but_not_the_page_of_results(
    project: Project, tiny: dict[str, Found]
) -> None:
    library, _ = project.load()
    assert set(tiny) == {r.url for r in library.resources} - {"recherche/"}


def test_entry_brings_its_synonyms_and_its_gloss(tiny: dict[str, Found]) -> None:
    entry = tiny["glossaire/navigateur/"]
    assert entry.title == "Navigateur"
    assert "browser" in entry.names
    assert "Le logiciel" in entry.summary


def test_facilitators_words_are_left_out(project: Project) -> None:
    project.edit(
        "ateliers/essai/index.md",
        "## Points de vigilance\n",
        "## Points de vigilance\n\nUn motjamaisvu pour qui anime.\n",
    )
    sheet = found(project.load()[0])["ateliers/essai/"]
    assert sheet.passages
    assert "motjamaisvu" not in json.dumps(sheet, ensure_ascii=False)


def test_sections_keep_their_anchors_and_words_stay_apart() -> None:
    html = (
        "<p>Avant <a href='x'>tout</a>.</p><h2 id=\"un-a\">Un &amp; <em>deux</em></h2>"
        "<ul><li>fin</li><li>début</li></ul><pre><code>un code</code></pre>"
        '<h3 id="vide">Vide</h3>'
    )
    assert list(passages(html)) == [
        Passage("", "", "Avant tout."),
        Passage("un-a", "Un & deux", "fin début"),
        Passage("vide", "Vide", ""),
    ]


def test_no_break_spaces_are_kept() -> None:
    assert plain("<p>Vrai\u202f?\n  Oui\u00a0: vrai</p>") == "Vrai\u202f? Oui\u00a0: vrai"


@pytest.mark.parametrize("text", ["l'eau", "a\\b", 'dit "oui"', "fin\u2028de ligne", "</script>"])
def test_script_gives_back_the_very_data(text: str) -> None:
    made = script("searchHeads", {"t": text}).decode()
    literal = re.fullmatch(r"window\.ressourcerie\.searchHeads='(.*)';\n", made, re.DOTALL)
    assert literal
    assert "\u2028" not in made
    escaped = re.compile(r"\\(u2028|.)")
    read = escaped.sub(lambda m: "\u2028" if m[1] == "u2028" else m[1], literal[1])
    assert json.loads(read) == {"t": text}


def test_same_sources_make_the_same_bytes(project: Project) -> None:
    def made() -> list[tuple[str, bytes]]:
        library, _ = project.load()
        pages = tuple(site_pages(library))
        bodies, _ = render_bodies(pages, library, MarkdownSettings(), Memory())
        return list(scripts(library, pages, bodies))

    assert made() == made()


def test_groups_join_the_list_and_the_glossary(project: Project) -> None:
    project.write(FILE, "groupes:\n  - [courriel, e-mail]\n")
    library, wrong = project.load()
    assert wrong == []
    joined = list(groups(library))
    assert joined[0] == ("courriel", "e-mail")
    assert any({"Navigateur", "browser"} <= set(group) for group in joined)


def test_faulty_group_is_left_out_and_the_others_serve(project: Project) -> None:
    project.write(FILE, "groupes:\n  - [courriel]\n  - [clé USB, disque dur]\n")
    library, wrong = project.load()
    assert [str(d.place) for d in wrong] == [f"{FILE}:2:5"]
    assert library.synonyms == (("clé USB", "disque dur"),)


def test_list_of_the_repository_is_long_and_faultless(real_library: Library) -> None:
    assert len(real_library.synonyms) >= 60


def test_vendored_engine_says_its_version_and_its_licence_is_there() -> None:
    vendor: dict[str, Any] = {}
    source = (REPOSITORY / "scripts" / "vendor-search").read_text("utf-8")
    vendor["version"] = re.search(r'VERSION: Final = "([\d.]+)"', source)
    assert vendor["version"]
    text = (VENDORED / "minisearch.js").read_text("utf-8")
    assert text.startswith(f"/*! MiniSearch {vendor['version'][1]}, ")
    assert "Luca Ongaro" in (VENDORED / "LICENCE-minisearch.txt").read_text("utf-8")


@pytest.mark.parametrize("file", sorted(VENDORED.glob("*.js")), ids=lambda file: file.name)
def test_scripts_of_the_search_are_readable_by_old_phones(file: Path) -> None:
    """ES2018, and short."""
    text = file.read_text("utf-8")
    if file.name != "minisearch.js":
        assert text.count("\n") < 300
        assert '"use strict"' in text
        assert not re.search(r"\?\.[a-z\[(]|\?\?|\(\?<[=!]|^\s*(import|export) ", text, re.M)
