"""The site in a real browser: at 320 px and 1280 px, with a keyboard, and without JavaScript."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from browsing import CUT, NARROW, PAGES, WIDE, WIDER, Visit, faults, until, walk
from playwright.sync_api import Locator, Page, expect

from ressourcerie.library import Library
from ressourcerie.site.pages import site_pages


def test_each_kind_of_page_is_looked_at(real_library: Library) -> None:
    """A page of a new template must have its line in the table of browsing.py."""
    templates = {page.url: page.template for page in site_pages(real_library)}
    assert {templates[url] for url in PAGES.values() if url in templates} == {*templates.values()}


@pytest.mark.parametrize("kind", PAGES)
def test_page_keeps_to_itself_and_to_its_width(address: str, visit: Any, kind: str) -> None:
    """No other origin, no complaint, no sideways scroll, no text cut."""
    opened = visit(WIDE)
    page = opened.go(address + PAGES[kind])
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    assert [u for u in opened.requests if not u.startswith((address, "data:", "blob:"))] == []
    complaints = [c for c in opened.complaints if kind != "lost" or "404" not in c]
    assert complaints == []
    assert opened.refused() == []
    expect(page.locator("h1")).to_have_count(1)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        wide, view = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= view
        expect(page.locator("h1")).to_be_visible()
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("kind", PAGES)
def test_tab_key_is_never_lost_on_a_narrow_screen(address: str, visit: Any, kind: str) -> None:
    stops = walk(visit(NARROW).go(address + PAGES[kind]))
    assert len(stops) >= 5
    assert faults(stops) == {}


@pytest.mark.parametrize("kind", ["home", "workshop", "glossary"])
def test_tab_key_is_never_lost_on_a_wide_screen(address: str, visit: Any, kind: str) -> None:
    assert faults(walk(visit(WIDE).go(address + PAGES[kind]))) == {}


def menu_link(page: Page) -> Locator:
    return page.locator("header nav a", has_text="Glossaire").first


def test_first_tab_offers_to_skip_to_the_content(address: str, visit: Any) -> None:
    page = visit(NARROW).go(address + PAGES["workshop"])
    page.keyboard.press("Tab")
    assert "contenu" in page.evaluate("document.activeElement.textContent").lower()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    follows = "document.querySelector('header').compareDocumentPosition(document.activeElement)"
    assert page.evaluate(f"{follows} & Node.DOCUMENT_POSITION_FOLLOWING")
    assert not page.evaluate("document.querySelector('header').contains(document.activeElement)")


def test_menu_of_a_narrow_screen_works_with_the_keyboard(address: str, visit: Any) -> None:
    page = visit(NARROW).go(address)
    link = menu_link(page)
    assert not link.is_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if "menu" in page.evaluate("document.activeElement.textContent").lower():
            break
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossaire/")


@pytest.mark.parametrize("kind", PAGES)
def test_page_is_whole_without_javascript(address: str, visit: Any, kind: str) -> None:
    page = visit(WIDE, script=False).go(address + PAGES[kind])
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.locator("h1")).to_be_visible()
        assert len(page.locator("article, main").first.inner_text()) > 100
        # The menu needs no script either.
        expect(menu_link(page)).to_be_visible()


@pytest.mark.parametrize("kind", ["workshop", "participant", "chapter", "term"])
def test_scripts_hide_none_of_the_text(address: str, visit: Any, kind: str) -> None:
    with_script = visit(WIDE).go(address + PAGES[kind]).locator("article").inner_text()
    without = visit(WIDE, script=False).go(address + PAGES[kind]).locator("article").inner_text()
    # A comma may follow what a script adds to.
    was, now = (Counter(w.rstrip(",.") for w in t.split()) for t in (without, with_script))
    assert was - now == Counter()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_colours_follow_the_device(address: str, visit: Any, scheme: str, script: bool) -> None:
    page = visit(WIDE, script=script, color_scheme=scheme).go(address)
    shade = page.locator("h1").evaluate("""e => {
        let b = e, c = 'rgba(0, 0, 0, 0)';
        while (b && /rgba\\(.*, 0\\)/.test(c)) { c = getComputedStyle(b).backgroundColor;
            b = b.parentElement; }
        return c.match(/[\\d.]+/g).slice(0, 3).reduce((a, v) => a + Number(v), 0) / 3; }""")
    assert (shade < 110) == (scheme == "dark"), shade


def test_printing_unfolds_everything(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address + PAGES["workshop"])
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("article details:not([open])").count() == 0


def test_page_can_be_zoomed_to_twice_its_size(address: str, visit: Any) -> None:
    """WCAG 1.4.4. The narrow screen above is 400 % (WCAG 1.4.10)."""
    page = visit(WIDE // 2).go(address + PAGES["workshop"])
    wide, view = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= view
    assert page.evaluate(CUT) == []


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important } p { margin-bottom: 2em !important }"""


# The policy of the pages lets nobody write a <style>.
WEAR = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet]; }"""


@pytest.mark.parametrize("kind", PAGES)
def test_text_can_be_spaced_out_and_doubled(address: str, visit: Any, kind: str) -> None:
    """WCAG 1.4.12, and 1.4.4 on top of the narrowest screen, where nobody asks for so much."""
    page = visit(NARROW).go(address + PAGES[kind])
    spaced = """() => { ressourcerie.write('confort', {}); ressourcerie.comfort(); }"""
    doubled = """() => { document.adoptedStyleSheets = [];
        ressourcerie.write('confort', {text: 200}); ressourcerie.comfort(); }"""
    page.evaluate(WEAR, SPACED)
    for change in (spaced, doubled):
        page.evaluate(change)
        wide, view = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= view, page.evaluate(WIDER)
        assert page.evaluate(CUT) == []


# ---------------------------------------------------------------------------------------------
# Printing
# ---------------------------------------------------------------------------------------------

CHOOSER = ".chooser"
RESULT = ".result .button:not(.print-now)"
# The rows of the document chosen, as the page lists them without a script.
ROWS = """anchor => [...document.getElementById(anchor).querySelectorAll('tbody tr')].map(row => ({
    paper: row.dataset.paper, sheets: Number(row.dataset.sheets), once: Number(row.dataset.once),
    edition: row.querySelector('.print-table__link').textContent,
    href: row.querySelector('.print-table__link').href,
    advice: row.querySelector('.advice').textContent,
}))"""


def chosen(page: Page) -> str:
    return str(page.locator(RESULT).evaluate("link => link.href"))


def test_chooser_gives_the_right_file_to_the_keyboard(
    address: str, visit: Any, real_site: Path
) -> None:
    """Document, support, edition: Tab and arrows only, and the answer is a file of the site."""
    page = visit(NARROW).go(address + PAGES["printing"])
    select = page.get_by_label("Quel document")
    select.focus()
    page.keyboard.press("ArrowDown")
    rows = page.evaluate(ROWS, select.input_value())
    assert select.input_value() == page.locator(".print-group").nth(1).get_attribute("id")
    # The first support is chosen already; the arrow moves to the second edition made for it.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == rows[0]["paper"]
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    wanted = [row for row in rows if row["paper"] == rows[0]["paper"]][1]
    assert page.evaluate("document.activeElement.value") == wanted["edition"]
    assert chosen(page) == wanted["href"]
    assert (real_site / wanted["href"].removeprefix(address)).is_file()
    result = page.locator(".result")
    expect(result).to_contain_text(wanted["edition"])
    assert result.locator(".advice").text_content() == wanted["advice"]
    # And from there, the number of people, then the file.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "number"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == wanted["href"]


def test_chooser_reaches_every_file(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address + PAGES["printing"])
    reached = page.evaluate("""() => {
        const form = document.querySelector('.chooser'), found = new Set();
        const set = (input, value) => {
            if (input.type === 'radio') input.checked = true; else input.value = value;
            input.dispatchEvent(new Event('change', {bubbles: true}));
        };
        const radios = name => [...form.querySelectorAll(`input[name=${name}]`)].map(r => r.value);
        const radio = (name, value) => form.querySelector(`input[name=${name}][value="${value}"]`);
        for (const option of form.querySelectorAll('option')) {
            set(form.querySelector('select'), option.value);
            for (const paper of radios('paper')) {
                set(radio('paper', paper));
                for (const edition of radios('edition')) {
                    set(radio('edition', edition));
                    found.add(form.querySelector('.result .button').href);
                }
            }
        }
        return [...found];
    }""")
    listed = page.eval_on_selector_all(".print-table__link", "links => links.map(a => a.href)")
    assert sorted(reached) == sorted(listed) != []


def test_chooser_counts_the_sheets_of_a_group(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address + PAGES["printing"])
    row = page.evaluate(ROWS, page.get_by_label("Quel document").input_value())[0]
    said = page.get_by_role("status").filter(has_text="feuille")
    people = page.get_by_label("Nombre de personnes")
    for typed, copies in (("12", 12), ("1", 1), ("", 1), ("-3", 1), ("100000", 999)):
        people.fill(typed)
        sheets = row["sheets"] * copies - row["once"] * (copies - 1)
        expect(said).to_contain_text(re.compile(rf"(?<!\d){sheets}\s+feuille"))
        expect(said).to_contain_text(re.compile(rf"(?<!\d){copies}\s+personne"))


def test_address_may_name_the_document_to_print(address: str, visit: Any) -> None:
    """As the pages of workshops and booklets do."""
    page = visit(WIDE).go(address + PAGES["workshop"])
    page.locator(".downloads__more a").click()
    page.wait_for_url("**/imprimer/#atelier-embarquer")
    assert "/embarquer-" in chosen(page)
    page = visit(WIDE).go(f"{address}imprimer/#pdf-se-proteger-participant")
    assert chosen(page).endswith("/telechargements/se-proteger-participant.pdf")


def test_printing_page_lists_everything_without_javascript(
    address: str, visit: Any, real_site: Path
) -> None:
    page = visit(NARROW, script=False).go(address + PAGES["printing"])
    expect(page.locator(CHOOSER)).to_be_hidden()
    links = page.locator(".print-table__link").filter(visible=True)
    found = links.evaluate_all("links => links.map(a => a.href.replace(/.*[/]/, ''))")
    assert set(found) == {p.name for p in real_site.rglob("*.pdf")}
    expect(page.locator(".advice").filter(visible=True)).to_have_count(len(found))


# A page that stands for a PDF: browsers without a screen have no PDF viewer.
PRINTED = """Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', {get: () => VIEWER});
window.print = () => { if (REFUSED) throw new Error('refused');
    (top.printed = top.printed || []).push(location.pathname); };"""


def with_viewer(visit: Any, *, viewer: bool = True, refused: bool = False) -> Visit:
    opened: Visit = visit(NARROW)
    script = PRINTED.replace("VIEWER", str(viewer).lower()).replace("REFUSED", str(refused).lower())
    opened.context.add_init_script(script)
    opened.context.route(
        "**/*.pdf", lambda route: route.fulfill(body="<p>PDF</p>", content_type="text/html")
    )
    return opened


def print_now(page: Page) -> str:
    """Press Enter on the first « Imprimer maintenant » of the page; its address."""
    link = page.locator("a.print-now").first
    path = str(link.evaluate("link => link.pathname"))
    link.focus()
    page.keyboard.press("Enter")
    return path


def test_print_now_prints_without_leaving_the_page(address: str, visit: Any) -> None:
    opened = with_viewer(visit)
    page = opened.go(address + PAGES["workshop"])
    path = print_now(page)
    until(page, "window.printed")
    assert page.evaluate("window.printed") == [path]
    assert page.url == address + PAGES["workshop"]
    # The same again: one frame only, out of sight and out of the way of the keyboard.
    print_now(page)
    until(page, "window.printed.length === 2")
    expect(page.locator("iframe.print-frame")).to_have_count(1)
    frame = page.locator("iframe.print-frame")
    expect(frame).to_have_attribute("tabindex", "-1")
    assert page.evaluate("document.activeElement.matches('a.print-now')")


@pytest.mark.parametrize("trouble", ["viewer", "refused"])
def test_print_now_opens_the_file_where_it_cannot_print(
    address: str, visit: Any, trouble: str
) -> None:
    opened = with_viewer(visit, viewer=trouble != "viewer", refused=trouble == "refused")
    page = opened.go(address + PAGES["workshop"])
    path = print_now(page)
    page.wait_for_url(f"**{path}")


def test_print_now_needs_no_script(address: str, visit: Any) -> None:
    page = visit(NARROW, script=False).go(address + PAGES["workshop"])
    href = page.locator("a.print-now").first.get_attribute("href")
    assert href is not None
    assert href.endswith("-animateur.pdf")


@pytest.mark.parametrize("kind", ["workshop", "printing", "downloads"])
def test_paper_shows_no_button(address: str, visit: Any, kind: str) -> None:
    """The browser’s own printing keeps nothing one can only click."""
    page = visit(WIDE).go(address + PAGES[kind])
    page.emulate_media(media="print")
    for selector in ("a.print-now", CHOOSER, "iframe", ".downloads"):
        expect(page.locator(selector).filter(visible=True)).to_have_count(0)
