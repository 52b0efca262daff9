"""The panel « Confort de lecture »: what it changes, what is kept, and how the keyboard goes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from browsing import CUT, NARROW, PAGES, WIDE, faults, until, walk
from playwright.sync_api import Page, expect

BUTTON, PANEL = ".reading-button", ".reading__panel"
# What <html> says when <body> begins: before anything can be painted.
FIRST = """new MutationObserver((_, watch) => {
    if (!document.body || window.first) return;
    window.first = {...document.documentElement.dataset,
        size: getComputedStyle(document.documentElement).fontSize,
        high: document.documentElement.classList.contains('high-contrast')};
    watch.disconnect();
}).observe(document, {childList: true, subtree: true});"""


def opened_panel(page: Page) -> Page:
    page.locator(BUTTON).focus()
    page.keyboard.press("Enter")
    expect(page.locator(PANEL)).to_be_visible()
    return page


def choose(page: Page, group: str, label: str) -> None:
    page.get_by_role("group", name=group).get_by_role("radio", name=label, exact=True).check()


def style(page: Page, selector: str, name: str) -> str:
    found = page.locator(selector).first.evaluate(f"e => getComputedStyle(e)[{json.dumps(name)}]")
    return str(found)


def test_choices_last_from_page_to_page_and_come_before_the_first_paint(
    address: str, visit: Any
) -> None:
    opened = visit(WIDE)
    page = opened_panel(opened.go(address + PAGES["term"]))
    choose(page, "Taille du texte", "150")
    choose(page, "Couleurs", "Contraste fort")
    choose(page, "Espace entre les lettres", "Très grand")
    page.get_by_label("Règle de lecture").check()
    assert style(page, "html", "fontSize") == "24px"
    opened.context.add_init_script(FIRST)
    page = opened.go(address + PAGES["chapter"])
    first = page.evaluate("window.first")
    assert first == {
        "scheme": "dark", "text": "150", "letters": "2", "ruler": "on", "size": "24px", "high": True
    }  # fmt: skip
    expect(page.locator(".ruler")).to_be_visible()
    page = opened_panel(page)
    expect(page.get_by_role("radio", name="150")).to_be_checked()
    expect(page.get_by_role("radio", name="Contraste fort")).to_be_checked()
    assert opened.complaints == []


def test_spacing_reaches_what_readers_need(address: str, visit: Any) -> None:
    """WCAG 1.4.12: lines 1.5, paragraphs 2, letters 0.12, words 0.16 of the size of the text."""
    page = opened_panel(visit(NARROW).go(address + PAGES["chapter"]))
    for group in ("lignes", "lettres", "mots"):
        choose(page, f"Espace entre les {group}", "Très grand")
    text = ".prose > p"
    size = float(style(page, text, "fontSize")[:-2])
    wanted = {"lineHeight": 1.5, "letterSpacing": 0.12, "wordSpacing": 0.16, "marginBottom": 2}
    for name, least in wanted.items():
        assert float(style(page, text, name)[:-2]) >= least * size - 0.01, name
    wide, view = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= view
    assert page.evaluate(CUT) == []


def test_other_letters_are_loaded_only_when_chosen(address: str, visit: Any) -> None:
    opened = visit(WIDE)
    page = opened_panel(opened.go(address + PAGES["chapter"]))
    assert not [url for url in opened.requests if "dys" in url]
    choose(page, "Forme des lettres", "Dyslexie")
    until(page, "document.fonts.check('16px \\'Ressourcerie Dys\\'')")
    assert "Ressourcerie Dys" in style(page, "h1", "fontFamily")
    assert [url for url in opened.requests if "dys" in url]
    assert opened.refused() == []


def test_everything_can_be_put_back(address: str, visit: Any) -> None:
    page = opened_panel(visit(WIDE).go(address + PAGES["term"]))
    before = page.evaluate("({...document.documentElement.dataset})")
    choose(page, "Taille du texte", "200")
    choose(page, "Couleurs", "Sombres")
    page.get_by_label("Arrêter les animations").check()
    page.get_by_role("button", name="Tout remettre d’origine").click()
    expect(page.get_by_role("status").filter(has_text="origine")).to_have_count(1)
    assert page.evaluate("({...document.documentElement.dataset})") == before
    page.reload()
    assert page.evaluate("({...document.documentElement.dataset})") == before


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_panel_opens_and_closes_with_the_keyboard(address: str, visit: Any, width: int) -> None:
    """Tab goes from the button into the panel; Escape and « Fermer » give the focus back."""
    page = opened_panel(visit(width).go(address + PAGES["term"]))
    expect(page.locator(BUTTON)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    inside = f"document.querySelector('{PANEL}').contains(document.activeElement)"
    assert page.evaluate(inside)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.text") == "125"
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    expect(page.locator(BUTTON)).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Fermer").press("Enter")
    expect(page.locator(PANEL)).to_be_hidden()
    expect(page.locator(BUTTON)).to_be_focused()
    expect(page.locator(BUTTON)).to_have_attribute("aria-expanded", "false")


def test_panel_hides_nothing_the_reader_turns_to(address: str, visit: Any) -> None:
    page = opened_panel(visit(WIDE).go(address + PAGES["workshop"]))
    page.locator("main a").first.focus()
    expect(page.locator(PANEL)).to_be_hidden()


def test_tab_key_is_never_lost_in_the_panel_of_large_letters(address: str, visit: Any) -> None:
    opened = visit(NARROW)
    page = opened.go(address + PAGES["term"])
    page.evaluate("ressourcerie.write('confort', {text: '200'})")
    page.reload()
    opened_panel(page)
    page.evaluate("document.activeElement.blur()")
    stops = walk(page)
    assert any("confort-text" in stop["what"] for stop in stops)
    assert faults(stops) == {}


def test_ruler_follows_the_keyboard_and_the_pointer(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address + PAGES["chapter"])
    page.evaluate("ressourcerie.write('confort', {ruler: 'on'})")
    page.reload()
    for target in (page.locator("main a").nth(3), page.locator("main a").nth(8)):
        target.focus()
        assert page.evaluate("""() => {
            const ruler = document.querySelector('.ruler').getBoundingClientRect();
            const box = document.activeElement.getBoundingClientRect();
            return ruler.top <= box.top + box.height / 2 && box.top <= ruler.bottom;
        }""")
    page.mouse.move(300, 200)
    box = page.locator(".ruler").bounding_box()
    assert box is not None
    assert box["y"] <= 200 <= box["y"] + box["height"]


def test_choices_that_make_no_sense_are_ignored(address: str, visit: Any) -> None:
    """What is kept on the device may be old, or written by another."""
    opened = visit(WIDE)
    page = opened.go(address)
    for kept in ('"x"', "null", "[1]", '{"text":"9000","font":"<b>","ruler":{}}', "{"):
        page.evaluate("kept => localStorage.setItem('ressourcerie:confort', kept)", kept)
        page.evaluate("kept => localStorage.setItem('ressourcerie:couleurs', kept)", kept)
        page.reload()
        opened_panel(page)
        assert page.evaluate("Object.keys(document.documentElement.dataset)") == ["scheme"]
    assert opened.complaints == []


def test_nothing_of_it_is_offered_without_javascript(address: str, visit: Any) -> None:
    page = visit(NARROW, script=False).go(address + PAGES["term"])
    expect(page.locator(BUTTON)).to_be_hidden()
    expect(page.locator(PANEL)).to_be_hidden()
    page = visit(NARROW, script=False).go(f"{address}accessibilite/")
    expect(page.get_by_role("heading", name="Confort de lecture", exact=True)).to_be_visible()
