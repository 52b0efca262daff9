"""Running a session from its page, in a real browser, with time that the tests hold in hand."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ressourcerie.library import Library

NINE = datetime.datetime(2026, 11, 23, 9, 0)
SHEET = "ateliers/embarquer/"
PATH = "parcours/capitaine-fibre/"
MINUTE = 60_000

Opener = Callable[..., Page]


@pytest.fixture
def enter(browser: Browser) -> Iterator[Opener]:
    """Open an address at nine o’clock, and let no complaint pass."""
    contexts = []
    complaints: list[str] = []

    def listen(message: Any) -> None:
        # On a disk, the fonts one asks for ahead are refused; those of the style sheet are not.
        if message.type == "error" and not re.search(r"file:.*\.woff2|ERR_FAILED", message.text):
            complaints.append(message.text)

    def start(address: str, width: int = 1280, *, script: bool = True, **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            locale="fr-FR",
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", listen)
        if not script:
            page.goto(address)
            return page
        # Time stands still from nine o’clock on, but for what a test lets pass.
        page.clock.install(time=NINE - datetime.timedelta(minutes=1))
        page.goto(address)
        page.clock.pause_at(NINE)
        return page

    yield start
    for context in contexts:
        context.close()
    assert complaints == []


def open_live(page: Page) -> None:
    page.get_by_role("button", name="Mode animation").click()
    expect(page.locator(".live")).to_be_visible()


def start(page: Page) -> None:
    open_live(page)
    page.get_by_role("button", name="Démarrer").click()


def text(page: Page, part: str) -> str:
    return page.locator(f".live__{part}").inner_text().replace("\u00a0", " ").strip()


# « Mode animation »


def test_clock_runs_against_the_plan(address: str, enter: Opener) -> None:
    """Three minutes into a step of ten: on time. Fifteen: late by five. Two steps on: ahead."""
    page = enter(address + SHEET)
    start(page)
    page.clock.run_for(3 * MINUTE)
    assert (text(page, "digits"), text(page, "planned")) == ("3:00", "sur 10 min, reste 7 min")
    assert (text(page, "pace"), text(page, "end")) == ("À l’heure", "11 h 30")
    expect(page.locator(".live__over")).to_be_hidden()
    page.clock.run_for(12 * MINUTE)
    assert text(page, "pace") == "En retard de 5 min"
    assert text(page, "end") == "11 h 35"
    expect(page.locator(".live__over")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.clock.run_for(MINUTE)
    assert (text(page, "count"), text(page, "digits")) == ("Étape 2 sur 11", "1:00")
    # The plan has this step last from 10 to 25 minutes: one is in it again.
    assert text(page, "pace") == "À l’heure"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.clock.run_for(1000)
    assert text(page, "count") == "Étape 4 sur 11"
    assert text(page, "pace") == "En avance de 33 min"
    assert text(page, "elapsed") == "16 min sur 2 h 30"


def test_step_shows_its_own_text_and_the_next(address: str, enter: Opener) -> None:
    page = enter(address + SHEET)
    open_live(page)
    expect(page.locator(".live__title")).to_have_text("Accueil : trouver sa place")
    notes = page.locator(".live__notes")
    expect(notes).to_contain_text("Accueillez chaque personne à la porte")
    assert "Faire équipe" not in notes.inner_text()
    assert text(page, "next").startswith("Ensuite : Faire équipe")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_pause_stops_the_clock_and_space_does_it(address: str, enter: Opener) -> None:
    page = enter(address + SHEET)
    start(page)
    page.clock.run_for(2 * MINUTE)
    page.keyboard.press("Space")
    page.clock.run_for(7 * MINUTE)
    assert (text(page, "digits"), text(page, "end")) == ("2:00", "11 h 37")
    assert text(page, "pace").startswith("En pause")
    page.keyboard.press("Space")
    page.clock.run_for(MINUTE)
    assert text(page, "digits") == "3:00"


def test_clicked_button_leaves_space_to_the_pause(address: str, enter: Opener) -> None:
    page = enter(address + SHEET)
    start(page)
    page.get_by_role("button", name="Étape suivante").click()
    page.keyboard.press("Space")
    page.clock.run_for(1000)
    assert text(page, "count") == "Étape 2 sur 11"
    assert text(page, "pace").startswith("En pause")


def test_going_back_keeps_the_time_of_each_step(address: str, enter: Opener) -> None:
    page = enter(address + SHEET)
    start(page)
    page.clock.run_for(4 * MINUTE)
    page.keyboard.press("ArrowRight")
    page.clock.run_for(2 * MINUTE)
    page.keyboard.press("ArrowLeft")
    page.clock.run_for(MINUTE)
    assert text(page, "digits") == "5:00"


@pytest.mark.parametrize(
    ("hour", "digits", "pace"),
    [("08:50", "12:00", "En retard de 2 min"), ("09:10", "−8:00", "Début à 9 h 10")],
)
def test_session_may_start_before_or_after(
    address: str, enter: Opener, hour: str, digits: str, pace: str
) -> None:
    page = enter(address + SHEET)
    open_live(page)
    page.get_by_label("Début de la séance").fill(hour)
    page.get_by_role("button", name="Démarrer").click()
    page.clock.run_for(2 * MINUTE)
    assert (text(page, "digits"), text(page, "pace")) == (digits, pace)


def test_reload_offers_to_resume(address: str, enter: Opener) -> None:
    page = enter(address + SHEET)
    start(page)
    page.clock.run_for(8 * MINUTE)
    page.keyboard.press("ArrowRight")
    page.clock.run_for(3 * MINUTE)
    page.reload()
    expect(page.locator(".resume")).to_contain_text("étape 2 sur 11, commencée à 9 h 00")
    page.clock.run_for(2 * MINUTE)
    page.get_by_role("button", name="Reprendre").click()
    page.clock.run_for(1000)
    assert (text(page, "count"), text(page, "digits")) == ("Étape 2 sur 11", "5:01")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="L’oublier").click()
    expect(page.locator(".resume")).to_be_hidden()
    page.reload()
    expect(page.locator(".resume")).to_be_hidden()


def test_yesterday_s_session_is_not_offered(address: str, enter: Opener) -> None:
    page = enter(address + SHEET)
    start(page)
    page.clock.set_system_time(NINE + datetime.timedelta(days=1))
    page.reload()
    expect(page.get_by_role("button", name="Mode animation")).to_be_visible()
    expect(page.locator(".resume")).to_be_hidden()


@pytest.mark.parametrize(
    "kept", ["{}", '{"spent": 3}', '{"step": 40, "spent": []}', "not json", "[]"]
)
def test_spoilt_memory_is_forgotten(address: str, enter: Opener, kept: str) -> None:
    page = enter(address + SHEET)
    page.evaluate("(kept) => localStorage.setItem('ressourcerie:animation:embarquer', kept)", kept)
    page.reload()
    start(page)
    assert text(page, "count") == "Étape 1 sur 11"


def test_room_sees_no_note(address: str, enter: Opener) -> None:
    """What the room may read is what the participants’ page says of the step; and no lateness."""
    page = enter(address + SHEET)
    start(page)
    page.clock.run_for(15 * MINUTE)
    page.get_by_role("button", name="Cacher mes notes").click()
    shown = page.locator(".live__main").inner_text()
    assert "Installez-vous. Écrivez votre prénom" in shown
    for hidden in ("Accueillez chaque personne", "Objectif", "retard", "écoulé", "CapitaineFibre"):
        assert hidden not in shown
    page.keyboard.press("ArrowRight")
    shown = page.locator(".live").inner_text()
    assert "Dites votre prénom" in shown
    assert "Relevez ce que les réponses" not in shown
    # Told once, it holds from one session to the next.
    page.reload()
    open_live(page)
    expect(page.locator(".live__notes")).to_be_hidden()


def test_dialog_holds_the_focus_and_gives_it_back(address: str, enter: Opener) -> None:
    page = enter(address + SHEET)
    open_live(page)
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.closest('.live') !== null"))
    assert seen == {True}
    page.keyboard.press("Escape")
    expect(page.locator(".live")).to_be_hidden()
    expect(page.get_by_role("button", name="Mode animation")).to_be_focused()
    assert page.locator("[inert]").count() == 0


def test_clock_is_not_told_each_second(address: str, enter: Opener) -> None:
    """A screen reader hears the end of a step, once; not the seconds."""
    page = enter(address + SHEET)
    start(page)
    page.clock.run_for(1000)
    page.evaluate("""() => {
        window.heard = [];
        const living = document.querySelector(".live [data-say]");
        new MutationObserver(() => living.textContent && window.heard.push(living.textContent))
            .observe(living, { childList: true, characterData: true, subtree: true });
    }""")
    page.clock.run_for(9 * MINUTE)
    assert page.evaluate("window.heard") == []
    page.clock.run_for(5 * MINUTE)
    (heard,) = page.evaluate("window.heard")
    assert heard.startswith("Le temps prévu pour cette étape est écoulé.")
    living = page.locator(".live [aria-live], .live [role=status]")
    assert [living.nth(i).get_attribute("class") for i in range(living.count())] == [
        "live__time",
        "sr-only",
    ]
    assert page.locator(".live__time").get_attribute("aria-live") == "off"


def test_session_ends_with_what_it_took(address: str, enter: Opener) -> None:
    page = enter(address + SHEET)
    start(page)
    for _ in range(11):
        page.clock.run_for(5 * MINUTE)
        page.keyboard.press("ArrowRight")
    expect(page.locator(".live__finish")).to_contain_text("Durée : 55 min. Prévu : 2 h 30.")
    expect(page.locator(".live__finish tbody tr")).to_have_count(11)
    page.get_by_role("button", name="Terminer").click()
    expect(page.locator(".resume")).to_be_hidden()
    expect(page.get_by_role("button", name="Mode animation")).to_be_focused()


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_lost_on_a_small_screen(address: str, enter: Opener, width: int) -> None:
    page = enter(address + SHEET, width)
    start(page)
    page.clock.run_for(12 * MINUTE)
    fits = "(e) => e.scrollWidth <= e.clientWidth + 1"
    for part in (".live", ".live__main", ".live__bar", ".live__controls", ".live__progress"):
        assert page.locator(part).evaluate(fits), part
    small = page.locator(".live").evaluate(
        """(live) => [...live.querySelectorAll("button")].filter((b) => b.offsetParent)
            .map((b) => b.getBoundingClientRect()).filter((r) => r.width < 44 || r.height < 44)"""
    )
    assert small == []


def test_it_works_from_a_disk(real_site: Path, enter: Opener) -> None:
    page = enter((real_site / SHEET / "index.html").as_uri())
    start(page)
    page.clock.run_for(MINUTE)
    assert text(page, "digits") == "1:00"


# The list of material

LIST = """Embarquer : parler du numérique avant d’y toucher
Durée : 2 h 30, 6 personnes

Par personne
- Téléphone, ordinateur

Dans la salle
- 5 grandes feuilles"""


def plain(words: str) -> str:
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def test_list_is_copied_for_the_group(address: str, enter: Opener) -> None:
    page = enter(address + SHEET, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Nombre de personnes").fill("6")
    expect(page.locator(".material")).to_contain_text("Un stylo par personne (6 en tout)")
    page.get_by_role("button", name="Copier la liste").click()
    expect(page.get_by_text("Liste copiée.")).to_be_visible()
    copied = plain(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(LIST)
    assert "- Fiche participant : 1 par personne (6 en tout)\n" in copied
    assert "\nPlan B\nAucune étape n’a besoin d’Internet." in copied
    # One’s group is the same from sheet to sheet.
    page.goto(address + "ateliers/creer/")
    expect(page.locator(".material")).to_contain_text("3 par personne (18 en tout)")


def test_list_can_be_taken_by_hand(address: str, enter: Opener) -> None:
    """No clipboard, and a browser that refuses its own command: the words are there, chosen."""
    page = enter(address + SHEET)
    page.evaluate("""() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
        document.execCommand = () => false;
    }""")
    page.get_by_role("button", name="Copier la liste").click()
    area = page.get_by_label("La liste, à copier")
    expect(area).to_be_focused()
    assert plain(page.evaluate("getSelection().toString()")).startswith("Embarquer : parler")


# Without JavaScript


def test_page_is_whole_without_javascript(address: str, enter: Opener) -> None:
    page = enter(address + SHEET, 360, script=False)
    expect(page.locator(".clock")).to_be_visible()
    expect(page.locator(".strip__bar")).to_have_count(11)
    expect(page.locator(".material")).to_contain_text("1 par personne")
    for useless in ("[data-live]", ".live", ".resume", ".material__copy"):
        expect(page.locator(useless)).to_be_hidden()
    page.goto(address + PATH)
    expect(page.get_by_role("link", name="Commencer par la séance 1")).to_be_visible()
    for useless in (".stage__tick >> nth=0", ".stages__kept"):
        expect(page.locator(useless)).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
def test_each_bar_leads_to_its_step(address: str, enter: Opener, width: int) -> None:
    page = enter(address + SHEET, width)
    link = page.locator(".strip__bar a").nth(3)
    size = link.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 24
    link.click()
    expect(page.locator("h3:target")).to_contain_text("Le tour des objets")


# Paths


def test_path_tells_its_total_and_where_one_is(
    address: str, enter: Opener, real_library: Library
) -> None:
    page = enter(address + PATH)
    facts = plain(page.locator(".path-top").inner_text())
    assert "10 h en 4 séances" in facts
    assert "Aucun atelier n’est demandé avant de commencer." in facts
    assert page.locator(".stage").count() == 4
    go = page.locator("#suite")
    expect(go).to_have_text("Commencer par la séance 1")
    page.get_by_label(re.compile("Séance faite.*Embarquer")).check()
    expect(page.locator(".path-top__done")).to_have_text("1 séance faite sur 4.")
    expect(go).to_have_text("Continuer par la séance 2")
    page.reload()
    expect(page.get_by_label(re.compile("Séance faite.*Embarquer"))).to_be_checked()
    assert (go.get_attribute("href") or "").endswith("ateliers/se-proteger/")
    page.goto(address + "parcours/")
    # It is done in every path it is a part of.
    through = [path for path in real_library.paths if "embarquer" in path.ateliers]
    assert through
    expect(page.locator(".thread__done")).to_have_count(len(through))
    page.goto(address + PATH)
    page.get_by_role("button", name="Tout décocher").click()
    expect(go).to_have_text("Commencer par la séance 1")


def test_workshop_leads_on_along_its_path(address: str, enter: Opener) -> None:
    page = enter(address + SHEET)
    path = page.get_by_role("navigation", name="Le voyage de CapitaineFibre")
    expect(path).to_contain_text("Séance 1 sur 4")
    expect(path.get_by_role("link", name="Séance suivante")).to_have_attribute(
        "href", "../se-proteger/"
    )
    page.goto(address + SHEET + "participant/")
    path = page.get_by_role("navigation", name="Le voyage de CapitaineFibre")
    expect(path.get_by_role("link", name="Séance suivante")).to_have_attribute(
        "href", "../../se-proteger/participant/"
    )
    expect(page.get_by_role("link", name="Voir la fiche complète")).to_be_visible()
