"""A reader at the site: one page of each kind, a window, a Tab key, and what there is to see."""

from __future__ import annotations

import shutil
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
NARROW, WIDE = 320, 1280
# One page of each kind.
PAGES = {
    "home": "",
    "list of workshops": "ateliers/",
    "workshops by criterion": "ateliers/par-critere/",
    "series": "ma-selection/",
    "workshop": "ateliers/embarquer/",
    "participant": "ateliers/embarquer/participant/",
    "glossary": "glossaire/",
    "term": "glossaire/tiers-lieux/",
    "map of words": "glossaire-carte/",
    "guide": "guide/",
    "chapter": "guide/decouvrir/",
    "paths": "parcours/",
    "path": "parcours/capitaine-fibre/",
    "printing": "imprimer/",
    "downloads": "telechargements/",
    "booklet": "livrets/guide/",
    "offline": "hors-connexion/",
    "self-assessment": "ou-en-suis-je/",
    "questionnaire": "questionnaire/",
    "counting": "depouiller/",
    "coverage": "couverture/",
    "checklist": "couverture-des-sources/",
    "ease": "lisibilite/",
    "profession": "metier/",
    "news": "nouveautes/",
    "text": "utiliser/",
    "long text": "a-propos/",
    "search": "recherche/",
    "lost": "nulle-part/",
}


# What a Content-Security-Policy stops, wherever it stops it.
REFUSALS = """addEventListener('securitypolicyviolation', e => {
    (window.refused = window.refused || []).push(`${e.effectiveDirective} ${e.blockedURI}`);
})"""


class Visit:
    """A page open in a window of its own, and what it asked and complained of."""

    def __init__(self, browser: Browser, width: int, *, script: bool = True, **more: Any) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            locale="fr-FR",
            reduced_motion="reduce",
            **more,
        )
        self.context.add_init_script(REFUSALS)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", self._fail)
        self.page.on("console", self._listen)

    def _fail(self, request: Any) -> None:
        # What is given up because the page is left was not refused.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(request.url)

    def _listen(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} ({message.location})")

    def refused(self) -> list[str]:
        """What the security policy of the page has stopped."""
        return list(self.page.evaluate("window.refused || []"))

    def go(self, address: str) -> Page:
        self.page.goto(address, wait_until="load")
        return self.page


# Boxes cut by the window that hold no box to scroll: a reader cannot reach what they hide.
CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
    const b = e.getBoundingClientRect();
    if (!b.width || !b.height || !e.checkVisibility()) return false;
    if (b.right <= innerWidth + 1 && b.left >= -1) return false;
    for (let p = e; p; p = p.parentElement) {
        const s = getComputedStyle(p);
        if (['auto', 'scroll'].includes(s.overflowX) || s.position === 'fixed') return false;
        const c = p.getBoundingClientRect();
        if (s.clip !== 'auto' || s.clipPath !== 'none') return false;
        if (c.width <= 1 || c.height <= 1) return false;
        if (c.bottom < 0 || c.right < 0) return false;
    }
    return e.childElementCount === 0 && e.textContent.trim() !== '';
}).map(e => e.outerHTML.slice(0, 120))"""


def until(page: Page, expression: str) -> None:
    """Wait for an expression to be true. Playwright’s own way evaluates text in the page, which the
    policy of the page refuses."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never true: {expression}")


# What makes the page wider than the window.
WIDER = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.outerHTML.slice(0, 120)).slice(0, 8)"""


FOCUS = """() => {
    // The rings and shadows of an element, of what it draws beside itself, and of what holds it.
    window.looks = e => [e, ...(e.labels || []), e.parentElement, e.parentElement.parentElement,
            e.closest('li, label, form'),
            ...e.querySelectorAll('rect, path')].filter(x => x).flatMap(x =>
        ['', '::before', '::after'].flatMap(part => {
            const s = getComputedStyle(x, part || undefined);
            const ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0
                ? `${x.tagName}${part} ring ${s.outlineWidth} ${s.outlineColor}` : '';
            const shade = s.boxShadow !== 'none' ? `${x.tagName}${part} ${s.boxShadow}` : '';
            // A link of a drawing thickens its line.
            const line = x.ownerSVGElement ? `${x.tagName} ${s.stroke} ${s.strokeWidth}` : '';
            return [ring, shade, line].filter(x => x);
        }));
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    // Of a link that goes on on the next line, its first line: the middle may be other words.
    const line = e.getClientRects()[0] || box;
    const middle = document.elementFromPoint(
        Math.min(Math.max(line.left + line.width / 2, 1), innerWidth - 1),
        Math.min(Math.max(line.top + line.height / 2, 1), innerHeight - 1));
    if (!e.dataset.walk) e.dataset.walk = String(window.walked = (window.walked || 0) + 1);
    return {
        what: e.outerHTML.slice(0, 160), walk: e.dataset.walk, looks: looks(e),
        inside: box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
        visible: e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})
            && box.width > 1 && box.height > 1 && style.opacity !== '0',
        covered: middle !== null && !e.contains(middle) && !middle.contains(e),
    };
}"""
# The same elements once the focus has left.
REST = """() => {
    document.activeElement.blur();
    return Object.fromEntries([...document.querySelectorAll('[data-walk]')]
        .map(e => [e.dataset.walk, looks(e)]));
}"""


def walk(page: Page, limit: int = 2000) -> list[dict[str, Any]]:
    """Every stop of the Tab key, until it comes back or leaves the page.

    A stop is `shown` when a ring or a shadow is there that goes away with the focus.
    """
    stops: list[dict[str, Any]] = []
    met: set[str] = set()
    for _ in range(limit):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or stop["walk"] in met:
            break
        stops.append(stop)
        met.add(stop["walk"])
    else:
        raise AssertionError(f"no end to the walk: {stops[-1]}")
    rest = page.evaluate(REST)
    for stop in stops:
        stop["shown"] = bool(set(stop["looks"]) - set(rest.get(stop["walk"], ())))
    return stops


def faults(stops: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {
        f"not {wanted}": [s["what"] for s in stops if not s[wanted]]
        for wanted in ("inside", "visible", "shown")
    }
    found["covered"] = [s["what"] for s in stops if s["covered"]]
    return {fault: where for fault, where in found.items() if where}
