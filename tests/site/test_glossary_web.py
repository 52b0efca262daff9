"""The glossary in a real browser: bubbles, other names, backlinks, the map, the day, the voice."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from browsing import NARROW, WIDE
from markup import Site, read
from playwright.sync_api import Browser, BrowserContext, Page, expect

from projects import term as a_term
from ressourcerie.french import sort_key
from ressourcerie.library import Library
from ressourcerie.model import Term
from ressourcerie.site.words.aliases import aliases
from ressourcerie.site.words.drawing import Section, Word, draw
from ressourcerie.site.words.index import daily, letters
from ressourcerie.site.words.map import WordMap

# A page whose prose links two words, one of them cut at the end of a line in most windows.
WORDY = "glossaire/e-inclusion/"


@pytest.fixture(scope="module")
def library(real_library: Library) -> Library:
    return real_library


@pytest.fixture
def visit(browser: Browser) -> Iterator[Any]:
    opened: list[BrowserContext] = []

    def start(width: int = WIDE, height: int = 800, script: bool = True, **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            locale="fr-FR",
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(10_000)
        opened.append(context)
        return context.new_page()

    yield start
    for one in opened:
        one.close()


# ---------------------------------------------------------------------------------------------
# Bubbles
# ---------------------------------------------------------------------------------------------


def gloss_of(library: Library, page: Page, rank: int = 0) -> str:
    href = page.locator("a.term").nth(rank).get_attribute("href") or ""
    term = library.term(href.rstrip("/").rpartition("/")[2])
    assert term
    return plain(term.glose)


def plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def test_pointer_shows_what_a_word_means_and_may_go_there(
    address: str, visit: Any, library: Library
) -> None:
    page = visit()
    page.goto(address + WORDY)
    word, bubble = page.locator("a.term").first, page.locator(".bubble")
    expect(bubble).to_have_count(0)
    word.hover()
    expect(bubble).to_be_visible()
    assert gloss_of(library, page) in plain(bubble.text_content())
    # The pointer goes onto the bubble, which stays; then to its link, which leads to the entry.
    bubble.hover()
    page.wait_for_timeout(400)
    expect(bubble).to_be_visible()
    href = word.evaluate("e => e.href")
    bubble.locator("a").click()
    page.wait_for_url(href)


def test_bubble_leaves_with_the_pointer(address: str, visit: Any) -> None:
    page = visit()
    page.goto(address + WORDY)
    page.locator("a.term").first.hover()
    expect(page.locator(".bubble")).to_be_visible()
    page.mouse.move(2, 2)
    expect(page.locator(".bubble")).to_be_hidden()


def test_keyboard_shows_what_a_word_means_and_escape_hides_it(
    address: str, visit: Any, library: Library
) -> None:
    page = visit(NARROW)
    page.goto(address + WORDY)
    words, bubble = page.locator("a.term"), page.locator(".bubble")
    words.first.focus()
    expect(bubble).to_be_visible()
    assert gloss_of(library, page) in plain(bubble.text_content())
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    expect(words.first).to_be_focused()
    # The next stop is the next word: the bubble adds none.
    page.keyboard.press("Tab")
    expect(words.nth(1)).to_be_focused()
    expect(bubble).to_be_visible()
    assert gloss_of(library, page, 1) in plain(bubble.text_content())
    words.last.focus()
    expect(bubble).to_be_visible()
    page.keyboard.press("Tab")
    expect(bubble).to_be_hidden()


def test_screen_reader_is_told_once(address: str, visit: Any, library: Library) -> None:
    page = visit()
    page.goto(address + WORDY)
    page.locator("a.term").first.focus()
    expect(page.locator(".bubble")).to_be_visible()
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    gloss = gloss_of(library, page)
    links = [n for n in nodes if n.get("role", {}).get("value") == "link" and "description" in n]
    assert [plain(n["description"]["value"]) for n in links].count(gloss) == 1
    # Said by the link, and written once on the page: the bubble is for the eyes.
    shown = [n for n in nodes if n.get("role", {}).get("value") == "StaticText"]
    assert [plain(n["name"]["value"]) for n in shown].count(gloss) == 1


def test_first_tap_explains_and_the_second_goes(address: str, visit: Any, library: Library) -> None:
    page = visit(NARROW, has_touch=True, is_mobile=True)
    page.goto(address + WORDY)
    word, bubble = page.locator("a.term").first, page.locator(".bubble")
    href = word.evaluate("e => e.href")
    word.tap()
    expect(bubble).to_be_visible()
    assert page.url == address + WORDY
    assert gloss_of(library, page) in plain(bubble.text_content())
    # A tap elsewhere closes it.
    page.locator("h1").tap()
    expect(bubble).to_be_hidden()
    word.tap()
    expect(bubble.get_by_role("link", name="Lire la fiche")).to_be_visible()
    word.tap()
    page.wait_for_url(href)


def test_finger_can_follow_the_link_of_the_bubble(address: str, visit: Any) -> None:
    page = visit(NARROW, has_touch=True, is_mobile=True)
    page.goto(address + WORDY)
    word = page.locator("a.term").first
    href = word.evaluate("e => e.href")
    word.tap()
    page.locator(".bubble a").tap()
    page.wait_for_url(href)


# A word put at each edge of the window, by hand: no page has them all.
PUT = """([x, y]) => {
    const word = document.querySelector('a.term');
    word.style.cssText = `position: fixed; left: ${x}px; top: ${y}px; white-space: nowrap`;
    const out = word.getBoundingClientRect().right > innerWidth;
    if (out) { word.style.left = 'auto'; word.style.right = 0; }
    word.focus();
    const bubble = document.querySelector('.bubble').getBoundingClientRect();
    const at = word.getBoundingClientRect();
    word.blur();
    return {left: bubble.left, right: bubble.right, top: bubble.top, bottom: bubble.bottom,
            over: bubble.top < at.bottom && bubble.bottom > at.top,
            wide: document.documentElement.scrollWidth};
}"""


@pytest.mark.parametrize(("width", "height"), [(NARROW, 640), (WIDE, 800)])
def test_bubble_never_leaves_the_window(address: str, visit: Any, width: int, height: int) -> None:
    page = visit(width, height)
    page.goto(address + WORDY)
    for x in (0, width // 2, width - 40):
        for y in (0, height // 3, height - 30):
            box = page.evaluate(PUT, [x, y])
            assert box["left"] >= 0, (x, y, box)
            assert box["right"] <= width, (x, y, box)
            assert box["wide"] <= width, (x, y, box)
            assert not box["over"], (x, y, box)
            if y != height // 3:
                assert box["top"] >= 0, (x, y, box)
                assert box["bottom"] <= height, (x, y, box)


def test_at_four_times_the_size_the_page_scrolls_to_the_end_of_the_bubble(
    address: str, visit: Any
) -> None:
    """1280 × 1024 at 400 % is a window of 320 × 256."""
    page = visit(NARROW, 256)
    page.goto(address + WORDY)
    page.locator("a.term").first.focus()
    bubble = page.locator(".bubble")
    page.keyboard.press("ArrowDown")
    bubble.locator("a").scroll_into_view_if_needed()
    expect(bubble.locator("a")).to_be_in_viewport()
    expect(bubble).to_be_visible()


def test_bubbles_work_from_a_disk(visit: Any, real_site: Path) -> None:
    page = visit(NARROW)
    page.goto((real_site / WORDY / "index.html").as_uri())
    page.locator("a.term").first.focus()
    expect(page.locator(".bubble")).to_be_visible()


def test_words_are_explained_on_the_page_without_javascript(real_site: Path) -> None:
    """On screen without scripts, and on paper."""
    site = Site(real_site)
    for address, path in site.pages.items():
        page = read(path)
        told = {
            t.attributes["id"]: t.text
            for t in page.tags
            if t.attributes.get("id", "").startswith("glose-")
        }
        for word in page.terms:
            slug = word.attributes["href"].rstrip("/").rpartition("/")[2]
            assert plain(told.get(f"glose-{slug}")), (address, slug)


# ---------------------------------------------------------------------------------------------
# Who uses a word
# ---------------------------------------------------------------------------------------------


def test_page_of_a_word_tells_every_page_that_links_to_it(
    real_site: Path, library: Library
) -> None:
    site = Site(real_site)
    users: dict[str, set[str]] = {t.url: set() for t in library.terms}
    for address, path in site.pages.items():
        for word in read(path).terms:
            target = _resolved(address, word.attributes["href"])
            users[target].add(address.removesuffix("participant/"))
    for workshop in library.workshops:
        for slug in workshop.glossaire:
            users[f"glossaire/{slug}/"].add(workshop.url)
    for term in library.terms:
        for slug in term.voir_aussi:
            users[f"glossaire/{slug}/"].add(term.url)
    for url, expected in users.items():
        page = read(site.pages[url])
        listed = [
            _resolved(url, t.attributes["href"])
            for t in page.all("a")
            if any("uses" in around.classes for around in t.around)
        ]
        assert len(listed) == len(set(listed)), url
        assert expected <= set(listed), (url, expected - set(listed))
        # A page may also link to the word by hand; nothing else is told.
        for other in set(listed) - expected:
            links = [
                _resolved(other, t.attributes.get("href", ""))
                for t in read(site.pages[other]).all("a")
            ]
            assert url in links, (url, other)


def _resolved(page: str, href: str) -> str:
    return urljoin(f"http://site/{page}", href).removeprefix("http://site/").partition("#")[0]


# ---------------------------------------------------------------------------------------------
# Other names
# ---------------------------------------------------------------------------------------------


def test_other_names_lead_to_their_entry(address: str, visit: Any, library: Library) -> None:
    page = visit()
    term = next(t for t in library.terms if t.synonymes)
    name = aliases_of(library, term)[0]
    page.goto(address + name.url)
    page.wait_for_url(address + term.url)


def aliases_of(library: Library, term: Term) -> list[Any]:
    return [a for a in aliases(library) if term in a.terms]


def test_address_of_another_name_says_where_it_leads(real_site: Path, library: Library) -> None:
    site = Site(real_site)
    names = aliases(library)
    assert {a.url for a in names} <= set(site.signposts)
    assert not {a.url for a in names} & {t.url for t in library.terms}
    for alias in names:
        links = [
            _resolved(alias.url, t.attributes["href"])
            for t in read(site.signposts[alias.url]).all("a")
        ]
        assert links == [t.url for t in alias.terms]
    sitemap = real_site / "sitemap.xml"
    listed = sitemap.read_text("utf-8") if sitemap.exists() else ""
    assert [a.url for a in names if f"{a.url}<" in listed] == []


def test_title_is_an_address_too(address: str, visit: Any) -> None:
    """`tiers-lieux.md` is entitled « Tiers-lieu »."""
    page = visit()
    page.goto(address + "glossaire/tiers-lieu/")
    page.wait_for_url(address + "glossaire/tiers-lieux/")


def test_list_gives_other_names_in_their_place(real_site: Path, library: Library) -> None:
    page = read(Site(real_site).pages["glossaire/"])
    lines = [plain(t.text) for t in page.all("li") if "entries__other" in t.classes]
    for alias in aliases(library):
        if alias.listed:
            found = [line for line in lines if line.startswith(plain(alias.text))]
            assert found, alias.text
            assert plain(alias.terms[0].titre) in found[0]


# ---------------------------------------------------------------------------------------------
# The list
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_bar_of_letters_stays_and_marks_where_one_is(address: str, visit: Any, width: int) -> None:
    page = visit(width)
    page.goto(address + "glossaire/")
    bar = page.locator(".letters")
    link = bar.get_by_role("link", name="T", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(link).to_have_attribute("aria-current", "true")
    expect(bar.locator("[aria-current]")).to_have_count(1)
    # In sight, on one line, over no heading.
    box, heading = bar.bounding_box(), page.locator("#lettre-t").bounding_box()
    assert box
    assert heading
    assert 0 <= box["y"] <= 1
    assert box["height"] < 90
    assert box["y"] + box["height"] <= heading["y"] < 300
    expect(link).to_be_in_viewport()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


def test_typing_keeps_the_words_that_match(address: str, visit: Any) -> None:
    page = visit(NARROW)
    page.goto(address + "glossaire/")
    field = page.get_by_label("Chercher dans la liste")
    entries = page.locator(".entries > li")
    whole = entries.count()
    # Without its accent; « empowerment » is another name.
    field.press_sequentially("litterat")
    expect(entries.filter(visible=True).first).to_contain_text("Littératie")
    # On a phone too, the answers show under the field.
    expect(entries.filter(visible=True).first).to_be_in_viewport()
    assert entries.filter(visible=True).count() < 4
    field.fill("empower")
    expect(entries.filter(visible=True)).to_have_count(1)
    expect(page.locator(".word-filter [role=status]")).to_have_text("1\u00a0réponse")
    field.fill("zzz")
    expect(page.locator(".word-filter [role=status]")).to_contain_text("Aucun mot")
    elsewhere = page.get_by_role("link", name="Chercher sur tout le site")
    expect(elsewhere).to_have_attribute("href", f"{address}recherche/?q=zzz")
    field.press("Escape")
    expect(field).to_have_value("")
    expect(entries.filter(visible=True)).to_have_count(whole)
    expect(page.get_by_role("link", name="La carte des mots")).to_be_visible()
    expect(field).to_be_focused()


# ---------------------------------------------------------------------------------------------
# The map
# ---------------------------------------------------------------------------------------------

BOXES = """() => [...document.querySelectorAll('.word-map')].map(map =>
    [...map.querySelectorAll('.word-map__word, .word-map__heading')].map(e => {
        const text = (e.querySelector('text') || e).getBoundingClientRect();
        const box = (e.querySelector('rect') || e).getBoundingClientRect();
        return {what: e.textContent, top: box.top, bottom: box.bottom,
                inside: text.left >= box.left && text.right <= box.right + .5
                    && text.top >= box.top - .5 && text.bottom <= box.bottom + .5,
                size: parseFloat(getComputedStyle(e.querySelector('text') || e).fontSize)
                    * map.getBoundingClientRect().width / map.viewBox.baseVal.width};
    }))"""


@pytest.mark.parametrize("width", [NARROW, 768, WIDE])
@pytest.mark.parametrize("place", ["glossaire-carte/", "glossaire/pouvoir-d-agir/"])
def test_names_of_the_map_are_readable_and_apart(
    address: str, visit: Any, place: str, width: int
) -> None:
    page = visit(width)
    page.goto(address + place)
    drawings = page.evaluate(BOXES)
    assert drawings
    for boxes in drawings:
        assert len(boxes) > 2
        assert [b["what"] for b in boxes if not b["inside"]] == []
        assert [b["what"] for b in boxes if b["size"] < 12] == []
        ordered = sorted(boxes, key=lambda b: b["top"])
        # The keyboard goes down the drawing as the eye does.
        assert ordered == boxes
        pairs = itertools.pairwise(ordered)
        assert [(a["what"], b["what"]) for a, b in pairs if a["bottom"] > b["top"]] == []


def test_map_and_its_list_say_the_same(real_site: Path, library: Library) -> None:
    site = Site(real_site)
    page = read(site.pages["glossaire-carte/"])
    html = site.pages["glossaire-carte/"].read_text("utf-8")
    words: list[str] = []
    ties = set()
    for drawing in re.findall(r'<svg class="word-map.*?</svg>', html, re.DOTALL):
        hrefs = re.findall(r'<a class="word-map__word[^"]*" href="([^"]+)"', drawing)
        slugs = [href.rstrip("/").rpartition("/")[2] for href in hrefs]
        own = 'word-map__word--guest" href="{}"'
        words += [_resolved("glossaire-carte/", h) for h in hrefs if own.format(h) not in drawing]
        for a, b in re.findall(r'data-ends="(\d+) (\d+)"', drawing):
            ties.add(frozenset((slugs[int(a)], slugs[int(b)])))
    # Each word is at home once; on other shelves it is a guest.
    assert sorted(words) == sorted(t.url for t in library.terms)
    assert ties == {frozenset((t.slug, s)) for t in library.terms for s in t.voir_aussi}
    near = {t.slug: set(WordMap(library).near[t.slug]) for t in library.terms}
    assert ties == {frozenset((a, b)) for a, around in near.items() for b in around}
    listed = [plain(t.text) for t in page.all("span") if "ties__near" in t.classes]
    assert sum(text.count(",") + 1 for text in listed) == 2 * len(ties)


def test_word_under_the_pointer_lights_what_it_is_tied_to(
    address: str, visit: Any, library: Library
) -> None:
    page = visit()
    page.goto(address + "glossaire-carte/")
    page.locator(".word-map__word:not(.word-map__word--guest)", has_text="Civic tech").focus()
    drawing = page.locator(".word-map", has=page.locator(":focus"))
    expect(drawing).to_have_class(re.compile("is-lit"))
    near = WordMap(library).near["civic-tech"]
    expect(drawing.locator("path.is-near")).to_have_count(len(near))


def test_tied_words_stand_close() -> None:
    """A chain given in disorder comes out as a chain: no arc is longer than a row."""
    names = [f"mot-{i}" for i in (3, 0, 5, 1, 4, 2)]
    words = tuple(Word(n, n.capitalize(), f"glossaire/{n}/") for n in names)
    ties = [(f"mot-{i}", f"mot-{i + 1}") for i in range(5)]
    drawing = draw([Section("", words)], ties)
    assert sum(b - a for a, b in (arc.ends for arc in drawing.arcs)) <= 7
    assert draw([Section("", words)], reversed(ties)) == drawing


# ---------------------------------------------------------------------------------------------
# Three hundred words
# ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large(library: Library) -> Library:
    shelves = sorted({t.groupe for t in library.terms})
    made = []
    for i in range(300):
        title = f"Mot numéro {i} de la médiation" if i % 4 == 0 else f"Mot {i}"
        see = tuple(f"mot-{(i + d) % 300}" for d in (5, 10))
        more = {"groupe": shelves[i % 5], "voir_aussi": see, "anglais": f"word {i}"}
        term = a_term(f"mot-{i}", title, f"synonyme {i // 2}")
        made.append(term.model_copy(update=more))
    return Library(terms=tuple(made))


def test_map_of_three_hundred_words_is_one_drawing_a_shelf(large: Library) -> None:
    sheets = WordMap(large).sheets()
    assert len(sheets) > 1
    for sheet in sheets:
        rows = sheet.drawing.rows
        assert len(rows) <= 100
        for above, below in itertools.pairwise(rows):
            assert above.y + above.height < below.y
    told = [r.term.slug for sheet in sheets for _, relations in sheet.shelves for r in relations]
    assert sorted(told) == sorted(t.slug for t in large.terms)


def test_name_of_two_words_offers_both(large: Library) -> None:
    shared = next(a for a in aliases(large) if a.text == "synonyme 7")
    assert [t.slug for t in shared.terms] == ["mot-14", "mot-15"]


def test_words_of_the_day_stay_light(large: Library) -> None:
    assert len(daily(large)) == 60
    assert len({t.slug for t in daily(large)}) == 60


def test_list_is_in_the_order_of_a_dictionary(large: Library, library: Library) -> None:
    for some in (large, library):
        names = [
            getattr(e, "text", None) or e.titre
            for letter in letters(some, aliases(some))
            for e in letter.entries
        ]
        assert [sort_key(n) for n in names] == sorted(sort_key(n) for n in names)


# ---------------------------------------------------------------------------------------------
# The word of the day
# ---------------------------------------------------------------------------------------------


def test_word_changes_each_day_and_comes_back_the_same(
    address: str, visit: Any, library: Library
) -> None:
    seen = []
    for day in ("2026-11-22T08:55", "2026-11-22T23:59", "2026-11-23T00:01", "2026-11-24T12:00"):
        page = visit(NARROW, timezone_id="Europe/Paris")
        page.clock.set_fixed_time(f"{day}:00+01:00")
        page.goto(address)
        box = page.get_by_role("region", name="Le mot du jour")
        word = box.locator(".daily__word")
        seen.append(word.inner_text())
        term = next(t for t in library.terms if t.titre == seen[-1].replace("\u00a0", " "))
        assert plain(box.locator(".daily__gloss").inner_text()) == plain(term.glose)
        assert word.locator("a").evaluate("e => e.href") == address + term.url
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3
    page.goto(address + "glossaire/")
    expect(page.locator(".daily__word")).to_have_text(seen[-1])


def test_without_javascript_a_word_is_offered_under_a_true_heading(
    address: str, visit: Any, library: Library
) -> None:
    page = visit(NARROW, script=False)
    page.goto(address)
    box = page.get_by_role("region", name="Un mot du glossaire")
    expect(box).to_be_visible()
    assert box.locator(".daily__word").inner_text() == daily(library)[0].titre


# ---------------------------------------------------------------------------------------------
# Read aloud
# ---------------------------------------------------------------------------------------------

# A browser that speaks: it says each text at once when told to go on.
VOICES = """voices => {
    window.said = []; window.waiting = [];
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    Object.defineProperty(window, 'speechSynthesis', {value: {
        getVoices: () => voices,
        speak(one) {
            said.push({text: one.text, rate: one.rate, voice: one.voice.name});
            waiting.push(one);
        },
        cancel() {
            const all = waiting;
            waiting = [];
            all.forEach(one => one.onerror({error: 'canceled'}));
        },
        addEventListener() {},
    }});
    window.goOn = () => { const one = waiting.shift(); if (one) one.onend({}); return !!one; };
}"""
LOCAL = {"name": "Hortense", "lang": "fr-FR", "localService": True, "default": False}
FAR = {"name": "Nuage", "lang": "fr-FR", "localService": False, "default": True}
ENGLISH = {"name": "Zira", "lang": "en-US", "localService": True, "default": False}


def speaking(visit: Any, *voices: dict[str, Any]) -> Page:
    page: Page = visit(NARROW)
    page.add_init_script(f"({VOICES})({json.dumps(voices)})")
    return page


def test_entry_is_read_sentence_by_sentence_with_a_voice_of_the_device(
    address: str, visit: Any, library: Library
) -> None:
    page = speaking(visit, FAR, ENGLISH, LOCAL)
    page.goto(address + WORDY)
    play = page.locator(".read-aloud__play")
    expect(play).to_have_text("Écouter")
    expect(page.locator(".read-aloud__far")).to_be_hidden()
    play.click()
    expect(play).to_have_text("Pause")
    first = page.evaluate("said[0]")
    assert first["voice"] == "Hortense"
    assert first["rate"] == 1
    term = library.term("e-inclusion")
    assert term
    assert plain(term.glose).startswith(first["text"])
    expect(page.locator(".gloss.is-read-aloud")).to_have_count(1)
    while page.evaluate("goOn()"):
        pass
    expect(play).to_have_text("Écouter")
    said = [one["text"] for one in page.evaluate("said")]
    assert max(map(len, said)) <= 180
    whole = " ".join(said)
    heard = plain(page.locator("article .prose").inner_text()).replace("\u202f", " ")
    for words in ("Un exemple", "D’où vient le mot"):
        assert words in whole
    assert "Modifier cette page" not in whole
    assert abs(len(whole) - len(heard) - len(term.glose)) < 0.1 * len(heard)


def test_reading_pauses_goes_on_and_stops(address: str, visit: Any) -> None:
    page = speaking(visit, LOCAL)
    page.goto(address + WORDY)
    play, stop = page.locator(".read-aloud__play"), page.locator(".read-aloud__stop")
    expect(stop).to_be_hidden()
    play.press("Enter")
    page.evaluate("goOn()")
    second = page.evaluate("said[1].text")
    play.press("Enter")
    expect(play).to_have_text("Reprendre")
    assert page.evaluate("waiting.length") == 0
    play.press("Enter")
    # A sentence cut by a pause is said again from its beginning.
    assert page.evaluate("said[said.length - 1].text") == second
    stop.press("Enter")
    expect(play).to_have_text("Écouter")
    expect(play).to_be_focused()
    expect(page.locator(".is-read-aloud")).to_have_count(0)
    play.press("Enter")
    assert page.evaluate("said[said.length - 1].text") == page.evaluate("said[0].text")


def test_speed_is_kept_on_the_device(address: str, visit: Any) -> None:
    page = speaking(visit, LOCAL)
    page.goto(address + WORDY)
    page.get_by_label("Vitesse").select_option("lente")
    page.goto(address + "glossaire/tiers-lieux/")
    expect(page.get_by_label("Vitesse")).to_have_value("0.75")
    page.locator(".read-aloud__play").click()
    assert page.evaluate("said[0].rate") == 0.75


@pytest.mark.parametrize(
    ("voices", "shown", "far"),
    [((), False, False), ((ENGLISH,), False, False), ((FAR,), True, True)],
)
def test_button_is_there_with_a_french_voice_only(
    address: str, visit: Any, voices: tuple[dict[str, Any], ...], shown: bool, far: bool
) -> None:
    page = speaking(visit, *voices)
    page.goto(address + WORDY)
    assert page.locator(".read-aloud__play").is_visible() == shown
    # A voice that comes from the network is told of.
    assert page.locator(".read-aloud__far").is_visible() == far
