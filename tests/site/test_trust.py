"""What lets readers trust the site, in a browser: coverage, quoting, reporting, lost and moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from auditing.host import hosted
from markup import read

from builds import ADDRESS, drawn, edit, lay, made_once, write

FORMER = "glossaire/fureteur/"
NEWS = """---
titre: Nouveautés
resume: Ce qui a changé.
gabarit: nouveautes
auteurs: [La Ressourcerie]
cree_le: 2026-01-02
relu_le: 2026-02-03
---

Ce qui a changé.
"""


COVERAGE = NEWS.replace("Nouveautés", "Couverture").replace("nouveautes", "couverture")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny site with a public address, places to write to, and a page that has moved."""

    def make(root: Path) -> None:
        lay(root)
        write(root, "content/nouveautes.md", NEWS)
        write(root, "content/couverture.md", COVERAGE)
        changed = "changements:\n  - le: 2026-02-03\n    quoi: Mieux dit."
        keys = f"relu_le: 2026-02-03\nanciennes_adresses: [{FORMER}]\n{changed}"
        edit(root, "glossary/navigateur.md", "relu_le: 2026-02-03", keys)
        drawn(root, CONTACT="bonjour@exemple.org", SIGNALER_URL="https://forge.test/new")

    return made_once(tmp_path_factory, "trust", make) / "site"


@pytest.fixture(scope="module")
def published_at(published: Path) -> Iterator[str]:
    with hosted(published) as found:
        yield found


# What workshops cover.


def test_coverage_is_a_table_with_headers_that_stay_in_sight(visit: Any, address: str) -> None:
    page = visit(1280).page
    page.goto(f"{address}couverture/#digcomp-2.3")
    table = page.locator("table.matrix").first
    assert table.evaluate("e => getComputedStyle(e).display") == "table"
    assert table.locator("thead th[scope=col]").count() >= 2
    assert table.locator("tbody th[scope=row]").count() == 21
    assert page.locator("#digcomp-2\\.3").is_visible()
    top = table.locator("thead th").first.evaluate("e => e.getBoundingClientRect().top")
    assert 0 <= top < 100


@pytest.fixture(params=["few", "many"])
def coverage_at(request: pytest.FixtureRequest) -> str:
    """A column a workshop, or workshops counted by level."""
    where = {"few": "published_at", "many": "address"}[request.param]
    return f"{request.getfixturevalue(where)}couverture/"


def test_coverage_is_a_list_on_a_phone(visit: Any, coverage_at: str) -> None:
    page = visit(320).page
    page.goto(coverage_at)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    row = page.locator("#digcomp-1\\.1")
    assert row.evaluate("e => getComputedStyle(e).display") == "block"
    if row.locator("summary").count():
        row.locator("summary").click()
    # The names of the workshops, that a wide table only tells to machines, or on demand.
    name = row.locator(".matrix__name, .matrix__list a").first
    assert name.bounding_box()["width"] > 20
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('.matrix a')]
            .filter(a => a.checkVisibility()).map(a => a.getBoundingClientRect().height))"""
    )
    assert smallest >= 24


def test_gap_is_said_and_invites(visit: Any, published_at: str) -> None:
    page = visit(1280, script=False).page
    page.goto(f"{published_at}couverture/")
    gaps = page.locator("#digcomp ~ table td.matrix__gap")
    # Its one workshop announces one competence.
    assert gaps.count() == 20
    assert "Aucun atelier pour l’instant" in gaps.first.inner_text()
    assert gaps.first.locator("a").get_attribute("href") == "../contribuer/"


def test_mark_is_a_link_named_after_its_workshop(visit: Any, published_at: str) -> None:
    page = visit(1280).page
    page.goto(f"{published_at}couverture/")
    mark = page.locator(".matrix__mark").first
    assert mark.inner_text().strip() or mark.evaluate("e => e.textContent.trim()")
    mark.click()
    page.wait_for_url("**/ateliers/**")


def test_files_of_the_coverage_are_there(real_site: Path) -> None:
    page = read(real_site / "couverture/index.html")
    for name in ("couverture.csv", "couverture.svg"):
        assert f"../{name}" in page.addresses
        assert (real_site / name).stat().st_size > 1000


# Quoting and reporting.


def test_quotation_is_copied_with_the_address_of_the_page(visit: Any, address: str) -> None:
    one = visit(360, permissions=["clipboard-read", "clipboard-write"])
    page = one.page
    page.goto(f"{address}glossaire/tiers-lieux/")
    page.get_by_role("button", name="Copier la citation").click()
    page.locator(".reuse [role=status]:not(:empty)").wait_for()
    assert page.locator(".reuse [role=status]").inner_text() == "Copié."
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "«\u00a0Tiers-lieu\u00a0», La Ressourcerie, licence CC BY-SA 4.0, http"
    )
    assert copied.endswith("/glossaire/tiers-lieux/")


def test_quotation_is_selected_whole_without_script(visit: Any, address: str) -> None:
    page = visit(360, script=False).page
    page.goto(f"{address}glossaire/tiers-lieux/")
    line = page.locator("#citation")
    assert line.evaluate("e => getComputedStyle(e).userSelect") == "all"
    assert not page.get_by_role("button", name="Copier").is_visible()


def test_without_address_to_write_to_the_page_says_so(visit: Any, address: str) -> None:
    page = visit(360, script=False).page
    page.goto(f"{address}glossaire/tiers-lieux/")
    page.get_by_text("Signaler un problème").focus()
    page.keyboard.press("Enter")
    block = page.locator(".report", has_text="Signaler un problème")
    assert "pas encore d’adresse où écrire" in block.inner_text()
    assert block.locator("a").get_attribute("href") == "../../contribuer/"


def test_four_reasons_lead_to_a_message_or_a_form(published: Path) -> None:
    page = read(published / "glossaire/navigateur/index.html")
    assert len([a for a in page.addresses if a.startswith("mailto:bonjour@exemple.org?")]) == 4
    assert len([a for a in page.addresses if a.startswith("https://forge.test/new?")]) == 4
    assert "Mieux dit." in (published / "glossaire/navigateur/index.html").read_text("utf-8")


def test_head_announces_feeds_and_a_card_that_exist(published: Path) -> None:
    listed = re.findall(r"<loc>(.*?)</loc>", (published / "sitemap.xml").read_text("utf-8"))
    assert len(listed) > 10
    for address in listed:
        path = published / address.removeprefix(ADDRESS) / "index.html"
        page = read(path)
        meta = {m.attributes.get("property"): m.attributes.get("content") for m in page.all("meta")}
        image = str(meta["og:image"])
        assert image.startswith(ADDRESS)
        assert (published / image.removeprefix(ADDRESS)).is_file()
        feeds = [k for k in page.all("link") if k.attributes.get("rel") == "alternate"]
        assert len(feeds) >= 2
        for feed in feeds:
            assert (path.parent / feed.attributes["href"]).resolve().is_file()


def test_list_of_pages_holds_no_former_address(published: Path) -> None:
    listed = (published / "sitemap.xml").read_text("utf-8")
    assert f"<loc>{ADDRESS}glossaire/navigateur/</loc><lastmod>2026-02-03</lastmod>" in listed
    assert "fureteur" not in listed
    assert "404" not in listed


# Lost and moved.


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ateliers/embarqer/", "ateliers/embarquer/"),
        ("glossaire/tiers-lieus/", "glossaire/tiers-lieux/"),
        ("Glossaire/Tiers-Lieux/index.html", "glossaire/tiers-lieux/"),
        ("telechargements/se-proteger-ancien.pdf", "ateliers/se-proteger/"),
    ],
)
def test_lost_reader_is_shown_the_nearest_page_first(
    visit: Any, address: str, asked: str, found: str
) -> None:
    page = visit(320).page
    page.goto(address + asked)
    first = page.locator("#proches a").first
    first.wait_for()
    assert first.evaluate("a => a.href").endswith(f"/{found}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_words_of_the_address_are_already_in_the_search(visit: Any, address: str) -> None:
    page = visit(1280).page
    page.goto(f"{address}glossaire/pouvoir-ancien/")
    assert page.locator('[role=search] input[name="q"]').input_value() == "pouvoir ancien"


def test_nothing_is_guessed_from_nonsense_and_doors_are_there(visit: Any, address: str) -> None:
    for script in (True, False):
        page = visit(320, script=script).page
        page.goto(f"{address}xyz/qwerty/")
        assert not page.locator("#proches").is_visible()
        assert page.get_by_role("link", name="Les ateliers", exact=True).is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_moved_page_leads_on(visit: Any, published_at: str, script: bool) -> None:
    page = visit(320, script=script).page
    page.goto(f"{published_at}{FORMER}#un-exemple")
    page.wait_for_url("**/glossaire/navigateur/**")
    # Only a script can follow to the very place.
    assert page.url.endswith("#un-exemple") == script


def test_moved_page_leads_on_from_a_disk(visit: Any, published: Path) -> None:
    page = visit(320).page
    page.goto(f"{(published / FORMER / 'index.html').as_uri()}")
    page.wait_for_url("**/glossaire/navigateur/index.html")
    assert page.locator("h1").inner_text()
