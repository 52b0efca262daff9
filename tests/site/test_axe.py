"""axe finds nothing, on any page, in any colours, whatever is open.

A page of a new kind goes in the table of browsing.py; what opens over a page goes in STATES.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from browsing import NARROW, PAGES, WIDE
from playwright.sync_api import Page, expect

AXE: Final = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What a change of colours can change.
COLOURS: Final = ("color-contrast", "link-in-text-block")
RUN: Final = """async ([type, values, more]) => {
    const options = {runOnly: {type, values}, rules: more, resultTypes: ['violations']};
    const {violations} = await axe.run(document, options);
    return violations.flatMap(v => v.nodes.map(
        n => [v.id, n.target.join(' '), ...n.any.concat(n.all).map(c => c.message)].join(' ')));
}"""
PAINT: Final = """colours => { ressourcerie.write('couleurs', colours); ressourcerie.paint(); }"""
# Two frames: the style sheet of the new colours has come, and is drawn.
SETTLED: Final = """() => new Promise(done => requestAnimationFrame(() =>
    requestAnimationFrame(done)))"""


def violations(page: Page, width: int) -> dict[str, list[str]]:
    """What axe says of the page as it stands: of everything in light colours, of the others’.

    The strong colours are those of the panel: one width is enough to judge them.
    """
    # Evaluated, not inserted: the policy of the page refuses scripts that are not its own.
    page.evaluate(AXE)
    page.evaluate(PAINT, "light")
    page.evaluate(SETTLED)
    more = {"target-size": {"enabled": True}}
    found = {"light": page.evaluate(RUN, ["tag", [*RULES], more])}
    for colours in ("dark", "contrast") if width == NARROW else ("dark",):
        page.evaluate(PAINT, colours)
        page.evaluate(SETTLED)
        found[colours] = page.evaluate(RUN, ["rule", [*COLOURS], {}])
    return {colours: what for colours, what in found.items() if what}


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(address: str, visit: Any, kind: str) -> None:
    page = visit(WIDE).go(address + PAGES[kind])
    assert violations(page, WIDE) == {}
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert violations(page, NARROW) == {}


def open_menu(page: Page) -> None:
    page.locator(".menu__button").click()
    expect(page.locator(".menu__nav")).to_be_visible()


def open_panel(page: Page) -> None:
    page.locator(".reading-button").click()
    expect(page.locator(".reading__panel")).to_be_visible()


def use_ruler(page: Page) -> None:
    open_panel(page)
    page.get_by_label("Règle de lecture").check()
    expect(page.locator(".ruler")).to_be_visible()


def find(page: Page) -> None:
    page.get_by_role("combobox", name="Rechercher sur le site").press_sequentially("tiers lieux")
    expect(page.locator("#search-list [role=option]").nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")


def lead(page: Page) -> None:
    page.get_by_role("button", name="Mode animation").click()
    page.get_by_role("button", name="Démarrer").click()
    expect(page.locator(".live__clock")).to_be_visible()


def find_nothing(page: Page) -> None:
    page.goto(f"{page.url}?duree=30&public=parents")
    unfold(page)
    expect(page.get_by_role("heading", name="Aucun atelier ne réunit")).to_be_visible()


def choose_a_series(page: Page) -> None:
    page.get_by_role("button", name="Partir du parcours").first.click()
    page.get_by_role("button", name="Retirer").first.click()
    expect(page.get_by_role("heading", name="Imprimer le programme")).to_be_visible()


def ask_for_advice(page: Page) -> None:
    page.locator(".ask:visible [value=pas-encore]").check()
    page.get_by_role("button", name="Voir mes conseils maintenant").click()
    expect(page.locator(".advised__body")).to_be_visible()
    unfold(page)


def give_back_a_sheet(page: Page) -> None:
    page.locator("[name=humeur]").first.check()
    page.get_by_role("button", name="J’ai fini").click()
    expect(page.locator("#merci")).to_be_visible()
    unfold(page)


def count_sheets(page: Page) -> None:
    text = "fiche_questionnaire;humeur;souvenir\nsatisfaction;Bien;un mot\n"
    page.set_input_files(
        "#fichiers",
        files=[
            {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": content.encode()}
            for name, content in {"bon": text, "faux": "a;b"}.items()
        ],
    )
    expect(page.locator(".tallied__table").first).to_be_visible()
    unfold(page)


# What can be open: the page it opens on, how, and at which widths.
STATES: Final[dict[str, tuple[str, Callable[[Page], None], tuple[int, ...]]]] = {
    "menu": ("home", open_menu, (NARROW,)),
    "reading panel": ("term", open_panel, (NARROW, WIDE)),
    "ruler": ("chapter", use_ruler, (NARROW, WIDE)),
    "search": ("home", find, (NARROW, WIDE)),
    "folds of a workshop": ("workshop", unfold, (NARROW, WIDE)),
    "session being led": ("workshop", lead, (NARROW, WIDE)),
    "facets": ("list of workshops", unfold, (NARROW, WIDE)),
    "facets that leave nothing": ("list of workshops", find_nothing, (NARROW, WIDE)),
    "series": ("series", choose_a_series, (NARROW, WIDE)),
    "advice": ("self-assessment", ask_for_advice, (NARROW, WIDE)),
    "sheet given back": ("questionnaire", give_back_a_sheet, (NARROW, WIDE)),
    "report": ("counting", count_sheets, (NARROW, WIDE)),
    "folds of the downloads": ("downloads", unfold, (NARROW, WIDE)),
}


@pytest.mark.parametrize(
    ("state", "width"), [(name, w) for name, (_, _, widths) in STATES.items() for w in widths]
)
def test_axe_finds_nothing_in_what_opens(address: str, visit: Any, state: str, width: int) -> None:
    kind, prepare, _ = STATES[state]
    page = visit(width).go(address + PAGES[kind])
    prepare(page)
    assert violations(page, width) == {}
