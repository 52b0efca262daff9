"""The search as readers meet it: what it finds, how it is walked, and what it costs before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import CUT, NARROW, WIDE, Visit
from markup import is_signpost
from playwright.sync_api import Browser, Locator, Page, expect

from queries import ANSWERS, HELD, READY, TUNED, Query, read_queries, share

FIELD = "combobox"
# A function, not an expression: the policy of the pages refuses to evaluate texts.
ANSWERED = "() => window.ressourcerie.search.isAnswered()"


def field(page: Page) -> Locator:
    return page.get_by_role(FIELD, name="Rechercher sur le site")


def search(page: Page, words: str) -> Locator:
    """Type, wait until the whole corpus has answered, give the options."""
    field(page).focus()
    page.wait_for_function(READY)
    field(page).press_sequentially(words)
    page.wait_for_function(ANSWERED)
    return page.locator("#search-list [role=option]")


# ---------------------------------------------------------------------------------------------
# What is found
# ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def awake(address: str, browser: Browser) -> Iterator[Page]:
    """A page whose search is ready."""
    visit = Visit(browser, WIDE)
    page = visit.go(address)
    field(page).focus()
    page.wait_for_function(READY)
    yield page
    visit.context.close()


@pytest.mark.parametrize("file", [TUNED, HELD], ids=lambda file: file.stem)
def test_queries_lead_where_they_should(awake: Page, file: Path) -> None:
    """At least 97 % among the first three, and 90 % first."""
    queries = read_queries(file)
    answers = awake.evaluate(ANSWERS, [query.words for query in queries])
    missed = [
        f"{query.words} : {answer[:3]}"
        for query, answer in zip(queries, answers, strict=True)
        if not query.found(answer, 3)
    ]
    assert share(queries, answers, 3) >= 0.97, missed
    assert share(queries, answers, 1) >= 0.90


def test_there_are_enough_queries_and_none_is_in_both_files() -> None:
    tuned, held = read_queries(TUNED), read_queries(HELD)
    assert len(tuned) >= 120
    assert len(held) >= 40
    assert {q.words for q in tuned} & {q.words for q in held} == set()


@pytest.mark.parametrize("file", [TUNED, HELD], ids=lambda file: file.stem)
def test_expected_pages_exist(real_site: Path, file: Path) -> None:
    def missing(query: Query) -> list[str]:
        return [url for url in query.pages if not (real_site / url / "index.html").is_file()]

    assert {q.words: missing(q) for q in read_queries(file) if missing(q)} == {}


STEM = "words => { const f = window.ressourcerie.searchFrench(); return words.map(f.stem); }"
PIECES = """text => { const f = window.ressourcerie.searchFrench();
    return f.pieces(text).map(p => p.word); }"""
KEY = "text => window.ressourcerie.searchFrench().key(text)"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("L’Œuvre d’ÉTÉ", ["oeuvre", "ete"]),
        ("Qu’est-ce qu’il y a ?", ["est", "ce", "il", "y", "a"]),
        ("aujourd’hui, jusqu'à 18 h", ["aujourdhui", "a", "18", "h"]),
        ("le courriel\u202f: mél, E\u2011MAIL", ["le", "courriel", "mel", "e", "mail"]),
        ("les médiateur·rices ex\u00adæquo", ["les", "mediateur", "exaequo"]),
        ("n°\u00a07 : « Ça » 1\u202f000", ["n", "7", "ca", "1", "000"]),
    ],
)
def test_words_are_cut_as_french_cuts_them(awake: Page, text: str, pieces: list[str]) -> None:
    assert awake.evaluate(PIECES, text) == pieces


@pytest.mark.parametrize(
    "family",
    [
        ["lieu", "lieux"],
        ["reseau", "reseaux"],
        ["journal", "journaux"],
        ["mediateur", "mediateurs", "mediatrice", "mediatrices"],
        ["vendeur", "vendeuse", "vendeuses"],
        ["heureux", "heureuse"],
        ["citoyen", "citoyenne", "citoyens"],
        ["premier", "premiere", "premieres"],
        ["securiser", "securise", "securisee", "securisees"],
        ["actif", "active", "actives"],
        ["numerique", "numeriques"],
        ["travail", "travaux"],
        ["personnel", "personnelle"],
        ["quatre", "4"],
    ],
    ids=lambda family: str(family[0]),
)
def test_forms_of_a_word_meet(awake: Page, family: list[str]) -> None:
    assert len(set(awake.evaluate(STEM, family))) == 1


def test_words_that_only_look_alike_stay_apart(awake: Page) -> None:
    words = ["mot", "mode", "lien", "lieu", "cle", "clic", "page", "pas", "site", "son"]
    assert len(set(awake.evaluate(STEM, words))) == len(words)


@pytest.mark.parametrize("typed", ["tiers-lieux", "Tiers lieux", "tiers\u2011lieu"])
def test_a_compound_has_one_name_however_it_is_typed(awake: Page, typed: str) -> None:
    assert awake.evaluate(KEY, typed) == awake.evaluate(KEY, "Tiers-lieu")


# ---------------------------------------------------------------------------------------------
# The field and its list
# ---------------------------------------------------------------------------------------------


def test_nothing_is_loaded_before_the_field_is_reached(address: str, visit: Any) -> None:
    opened = visit(WIDE)
    page = opened.go(address + "glossaire/")
    page.wait_for_load_state("networkidle")
    ours = [u.rpartition("/")[2] for u in opened.requests if "/recherche/" in u]
    assert ours == ["start.js"]
    field(page).focus()
    page.wait_for_function(READY)
    names = {u.rpartition("/")[2] for u in opened.requests if "/recherche/" in u}
    assert {"heads.js", "texts.js", "minisearch.js"} <= names
    assert [u for u in opened.requests if not u.startswith((address, "blob:", "data:"))] == []
    assert opened.complaints == []
    assert opened.refused() == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_arrows_walk_the_list_and_the_focus_stays_in_the_field(
    address: str, visit: Any, width: int
) -> None:
    page = visit(width).go(address)
    options = search(page, "tiers lieux")
    box = field(page)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("!!document.getElementById('search-list')")
    expect(box).to_have_attribute("aria-controls", "search-list")
    assert box.get_attribute("aria-activedescendant") is None
    for rank in range(options.count()):
        page.keyboard.press("ArrowDown")
        chosen = page.locator("#search-list [aria-selected=true]")
        expect(chosen).to_have_count(1)
        assert chosen.get_attribute("id") == box.get_attribute("aria-activedescendant")
        assert chosen.get_attribute("id") == options.nth(rank).get_attribute("id")
        # Inside the window and inside the list, whose own scroll follows.
        assert chosen.evaluate("""e => { const b = e.getBoundingClientRect(),
            p = document.getElementById('search-panel').getBoundingClientRect();
            return b.top >= p.top - 1 && b.top < p.bottom && b.top < innerHeight; }""")
        expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossaire/tiers-lieux/")


def test_escape_closes_then_empties_and_keeps_the_focus(address: str, visit: Any) -> None:
    page = visit(NARROW).go(address)
    search(page, "courriel")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    box = field(page)
    expect(page.locator("#search-panel")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.get_attribute("aria-activedescendant") is None
    expect(box).to_have_value("courriel")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_leaving_closes_and_covers_nothing(address: str, visit: Any) -> None:
    page = visit(NARROW).go(address)
    search(page, "courriel")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#search-panel")).to_be_hidden()
    field(page).click()
    expect(page.locator("#search-panel")).to_be_visible()
    page.mouse.click(5, 700)
    expect(page.locator("#search-panel")).to_be_hidden()


def test_every_option_and_group_has_a_name(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address)
    search(page, "courriel")
    listbox = page.get_by_role("listbox", name="Résultats")
    expect(listbox).to_be_visible()
    groups = listbox.get_by_role("group")
    assert groups.count() >= 2
    for group in groups.all():
        label = group.get_attribute("aria-labelledby")
        assert page.locator(f"#{label}").inner_text()
        assert group.get_by_role("option").count() >= 1
    # Nothing but groups in the list, nothing but options in them (and the name of the group).
    strays = """list => [...list.children].filter(g => g.getAttribute('role') !== 'group').length
        + [...list.querySelectorAll('[role=group] > *')].filter(
            e => !['option', 'presentation'].includes(e.getAttribute('role'))).length"""
    assert listbox.evaluate(strays) == 0
    assert listbox.evaluate("list => list.querySelectorAll('a[href=\"\"], [style]').length") == 0


def test_the_count_is_said_once_typing_stops(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address)
    page.evaluate("""() => { window.said = [];
        new MutationObserver(() => said.push(document.getElementById('search-status').textContent))
            .observe(document.getElementById('search-status'), {childList: true}); }""")
    search(page, "tiers lieux")
    page.wait_for_function("() => window.said.length")
    (said,) = page.evaluate("window.said")
    assert re.match(r"\d+\u00a0résultats?, dont la définition de «\u00a0Tiers-lieu\u00a0»\.", said)


def test_a_term_is_answered_in_place(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address)
    first = search(page, "c’est quoi un tiers lieu ?").first
    expect(first).to_contain_text("Un endroit ouvert, ni la maison ni le travail")
    expect(first).to_have_attribute("href", re.compile("/glossaire/tiers-lieux/$"))
    expect(page.get_by_role("group", name="Définition")).to_be_visible()


def test_words_that_were_met_are_marked(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address)
    search(page, "cookies")
    marks = page.locator("#search-list mark").all_inner_texts()
    assert marks
    synonyms = {"cookie", "témoin", "connexion", "traceur"}
    assert {mark.lower().removesuffix("s") for mark in marks} <= synonyms


def test_nothing_found_still_helps(address: str, visit: Any) -> None:
    page = visit(NARROW).go(address)
    options = search(page, "xqzwyv")
    expect(page.locator("#search-note")).to_contain_text("Aucun résultat")
    doors = [a.get_attribute("href") or "" for a in options.all()]
    assert any(door.endswith("/glossaire/") for door in doors)
    assert any(door.endswith("/contribuer/") for door in doors)
    assert page.evaluate(CUT) == []


def test_no_bare_key_opens_the_search(address: str, visit: Any) -> None:
    """WCAG 2.1.4: a voice command or a stray key must do nothing."""
    page = visit(WIDE).go(address)
    for key in ("/", "s", "f", "p", "n"):
        page.keyboard.press(key)
        expect(field(page)).not_to_be_focused()
    page.keyboard.press("Control+k")
    expect(field(page)).to_be_focused()


def test_list_fits_a_narrow_screen(address: str, visit: Any) -> None:
    page = visit(NARROW).go(address)
    search(page, "comment choisir un bon mot de passe")
    wide, view = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= view
    assert page.evaluate(CUT) == []


# ---------------------------------------------------------------------------------------------
# The page of results, a disk, no worker, no script
# ---------------------------------------------------------------------------------------------


def test_enter_without_a_choice_leads_to_all_the_results(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address + "guide/")
    search(page, "mot de passe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=mot+de+passe")
    found = page.locator("#resultats-liste h3 a")
    expect(found.first).to_have_attribute("href", re.compile("mots?-de-passe/"))
    expect(page.locator("#resultats-compte")).to_contain_text("pour «\u00a0mot de passe\u00a0»")
    page.get_by_label("Que cherchez-vous").fill("tiers lieux")
    page.wait_for_url("**/recherche/?q=tiers+lieux")
    expect(page.locator("#resultats-liste h2 a").first).to_have_text("Tiers-lieu")


def test_search_works_from_a_disk(real_site: Path, visit: Any) -> None:
    opened = visit(WIDE)
    page = opened.go((real_site / "guide" / "index.html").as_uri())
    first = search(page, "hameconage").first
    expect(first).to_have_attribute("href", re.compile(r"^file:.*/hameconnage/index\.html"))
    first.click()
    expect(page.locator("h1")).to_contain_text("Hameçonnage")
    page.go_back()
    search(page, "licence")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^file:.*/recherche/index\.html\?q=licence"))
    expect(page.locator("#resultats-liste h3 a").first).to_be_visible()
    assert [u for u in opened.requests if not u.startswith(("file:", "blob:", "data:"))] == []


def test_search_works_without_a_worker(address: str, visit: Any) -> None:
    opened = visit(WIDE)
    opened.context.add_init_script("delete window.Worker")
    page = opened.go(address)
    expect(search(page, "tiers lieux").first).to_contain_text("Tiers-lieu")
    assert opened.complaints == []


def test_without_a_script_there_is_an_index_of_everything(
    address: str, visit: Any, real_site: Path
) -> None:
    page = visit(NARROW, script=False).go(address)
    expect(field(page)).to_be_hidden()
    page.get_by_role("link", name="Trouver une page, de A à Z").click()
    page.wait_for_url("**/recherche/")
    entries = set(
        page.locator(".site-index__entries a").evaluate_all("all => all.map(a => a.href)")
    )
    # An address that only leads to another is no page.
    pages = {
        address + f.parent.relative_to(real_site).as_posix() + "/"
        for f in real_site.rglob("index.html")
        if f.parent.name not in {"participant", "recherche"} and f.parent != real_site
        if not is_signpost(f)
    }
    assert pages - entries == set()
    expect(page.get_by_text("voir «\u00a0Ville intelligente\u00a0»").first).to_be_visible()
    expect(page.locator("#resultats")).to_be_hidden()


def test_facilitators_words_are_in_no_file_of_the_search(real_site: Path) -> None:
    texts = "".join(
        (real_site / "assets" / "recherche" / f"{name}.js").read_text("utf-8")
        for name in ("heads", "texts")
    )
    assert "Embarquer" in texts
    for heading in ("Points de vigilance", "Adaptations", "Réponses possibles"):
        assert f'"{heading}"' not in texts
