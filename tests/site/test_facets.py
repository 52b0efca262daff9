"""A mediator finds the right sheet, keeps a few, and prints the programme of a series."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from browsing import NARROW, WIDE, Visit
from markup import read
from playwright.sync_api import Browser, Page, expect

from projects import REPOSITORY, TINY, Project
from ressourcerie import french
from ressourcerie.load import load
from ressourcerie.model import Workshop
from ressourcerie.site.facets import Facet, facets, marks

LISTS = "ateliers/par-critere/"
SERIES = "ma-selection/"
NUMBERS = itertools.count(1)


# ---------------------------------------------------------------------------------------------
# Sorting out, with no page
# ---------------------------------------------------------------------------------------------


def workshops(project: Project, *changes: dict[str, str]) -> tuple[Workshop, ...]:
    """One workshop a dictionary: text of the tiny sheet → what takes its place."""
    tiny = (TINY / "ateliers/essai/index.md").read_text("utf-8")
    slugs = []
    for change in changes:
        text = tiny
        for old, new in change.items():
            assert old in text
            text = text.replace(old, new)
        slugs.append(f"seance-{next(NUMBERS)}")
        project.write(f"ateliers/{slugs[-1]}/index.md", text)
    library, _ = load(project.root)
    return tuple(w for slug in slugs if (w := library.workshop(slug)))


def answers(found: tuple[Facet, ...], workshop: Workshop, key: str) -> list[str]:
    facet = next(f for f in found if f.key == key)
    return [choice.slug for choice in facet.choices if workshop in choice.members]


@pytest.mark.parametrize(
    ("minutes", "bracket"),
    [(10, "30"), (30, "30"), (31, "60"), (60, "60"), (90, "90"), (91, "120"), (150, "plus")],
)
def test_a_session_is_in_one_bracket_of_time(project: Project, minutes: int, bracket: str) -> None:
    (workshop,) = workshops(project, {"duree: 60": f"duree: {minutes}"})
    assert answers(facets([workshop]), workshop, "duree") == [bracket]


@pytest.mark.parametrize(
    ("equipment", "without"),
    [
        ({"internet: utile": "internet: inutile"}, ["internet", "ordinateur"]),
        ({}, ["internet", "ordinateur"]),
        ({"internet: utile": "internet: requis"}, ["ordinateur"]),
        # Nobody has said: nothing is supposed.
        ({"  internet: utile\n": ""}, ["ordinateur"]),
        ({"[telephone]": "[ordinateur]"}, ["internet"]),
        ({"[telephone]": "[ordinateur, tablette]"}, ["internet", "ordinateur"]),
        ({"[telephone]": "[ordinateur, aucun]"}, ["internet", "ordinateur", "appareil"]),
        (
            {"document: participant": "document: diaporama"},
            ["internet", "ordinateur", "imprimante"],
        ),
    ],
)
def test_what_a_session_does_without_is_derived_from_its_sheet(
    project: Project, equipment: dict[str, str], without: list[str]
) -> None:
    (workshop,) = workshops(project, equipment)
    assert answers(facets([workshop]), workshop, "sans") == without


def test_a_session_for_everybody_suits_each(project: Project) -> None:
    everybody, parents = workshops(
        project, {"[adultes]": "[tous_publics]"}, {"[adultes]": "[parents]"}
    )
    found = facets([everybody, parents])
    assert answers(found, parents, "public") == ["parents"]
    assert {"tous_publics", "parents", "adultes"} <= set(answers(found, everybody, "public"))


def test_a_group_fits_every_bracket_it_may_reach(project: Project) -> None:
    small, big = workshops(
        project,
        {"{min: 2, max: 8}": "{min: 1, max: 4}"},
        {"{min: 2, max: 8}": "{min: 10, max: 40}"},
    )
    found = facets([small, big])
    assert answers(found, small, "groupe") == ["1", "2-4"]
    assert answers(found, big, "groupe") == ["9-12", "13"]


def test_only_scales_show_what_no_workshop_answers(project: Project) -> None:
    found = facets(workshops(project, {}))
    empty = {f.key for f in found if any(not c.members for c in f.choices)}
    assert empty == {"duree", "sans", "niveau"}
    assert facets([]) == ()


def test_marks_say_all_that_facets_say(project: Project) -> None:
    some = workshops(
        project,
        {'titre: "Essayer : ouvrir une page"': "titre: Zut"},
        {'titre: "Essayer : ouvrir une page"': "titre: Écrire", "[rassurer]": "[motiver]"},
    )
    found = facets(some)
    told = marks(found, some)
    assert [told[w.slug].title_rank for w in some] == [1, 0]
    for workshop in some:
        members = {
            f"{facet.key}:{choice.slug}"
            for facet in found
            for choice in facet.choices
            if workshop in choice.members
        }
        assert set(told[workshop.slug].tokens.split()) == members
        assert told[workshop.slug].without == ("Sans Internet", "Sans ordinateur")


def test_sheets_of_the_repository_say_whether_they_need_the_internet() -> None:
    library, _ = load(REPOSITORY)
    assert all(w.materiel.internet for w in library.workshops)


# ---------------------------------------------------------------------------------------------
# In a browser
# ---------------------------------------------------------------------------------------------


@pytest.fixture
def visit(browser: Browser) -> Iterator[Any]:
    """Open windows at an address; at the end, none may have complained."""
    opened: list[Visit] = []

    def start(address: str, width: int = WIDE, *, script: bool = True, init: str = "") -> Visit:
        one = Visit(browser, width, script=script)
        if init:
            one.context.add_init_script(init)
        opened.append(one)
        one.go(address)
        return one

    yield start
    # From a disk, Chromium says of each font that it may not be preloaded.
    complaints = [
        said for one in opened if not one.page.url.startswith("file:") for said in one.complaints
    ]
    for one in opened:
        one.context.close()
    assert complaints == []


def shown(page: Page) -> list[str]:
    """The slugs of the cards one can see, in order."""
    links = page.locator("[data-cards] > li:not([hidden]) .card__link")
    found: list[str] = links.evaluate_all(
        "links => links.map(a => a.href.replace(/index.html$/, '').split('/').slice(-2)[0])"
    )
    return found


def box(page: Page, value: str) -> Any:
    facet, _, choice = value.partition(":")
    return page.locator(f"input[name='{facet}'][value='{choice}']")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('.finder details').forEach(d => { d.open = true })")


def total(page: Page) -> str:
    return (page.locator("[data-total]").text_content() or "").replace("\u00a0", " ")


WORKSHOPS = load(REPOSITORY)[0].workshops
ALL = [w.slug for w in WORKSHOPS]
CYCLE = ["embarquer", "se-proteger", "se-relier", "creer"]
MEMBERS = {
    f"{facet.key}:{choice.slug}": {w.slug for w in choice.members}
    for facet in facets(WORKSHOPS)
    for choice in facet.choices
}


def having(*tokens: str) -> list[str]:
    """The workshops that give all these answers, in order."""
    return [slug for slug in ALL if all(slug in MEMBERS[token] for token in tokens)]


def counted(found: list[str]) -> str:
    return f"{len(found)} atelier{'s' if len(found) > 1 else ''}"


def test_keyboard_finds_a_sheet_and_the_address_says_how(address: str, visit: Any) -> None:
    one = visit(f"{address}ateliers/")
    page = one.page
    assert (shown(page), total(page)) == (ALL, counted(ALL))
    seen = len(one.requests)
    box(page, "sans:internet").focus()
    page.keyboard.press("Space")
    page.get_by_text("Pour qui ?").first.focus()
    page.keyboard.press("Enter")
    parents = box(page, "public:parents")
    parents.focus()
    page.keyboard.press("Space")
    left = having("sans:internet", "public:parents")
    assert 0 < len(left) < len(ALL)
    assert (shown(page), total(page)) == (left, f"{counted(left)} sur {len(ALL)}")
    assert page.url == f"{address}ateliers/?sans=internet&public=parents"
    # The focus has not moved, nothing was fetched, and one polite voice speaks.
    assert page.evaluate("document.activeElement.value") == "parents"
    asked = [url for url in one.requests[seen:] if not url.endswith(".svg")]
    assert asked == []
    expect(page.locator(".finder [role=status]")).to_have_count(1)


def test_counts_are_what_each_box_would_leave(address: str, visit: Any) -> None:
    page = visit(f"{address}ateliers/?dimension=rassurer,motiver&sans=internet").page
    wrong = page.evaluate("""() => {
        const wrong = [], seen = () => document.querySelectorAll('[data-cards] > li:not([hidden])');
        for (const input of document.querySelectorAll('.finder input')) {
            if (input.checked) continue;
            const said = Number(input.closest('label').querySelector('[data-count]').textContent);
            const others = [...document.querySelectorAll(`input[name=${input.name}]:checked`)];
            // Answers of one facet widen the choice, unless all must hold: alone, it tells its own.
            const every = input.closest('[data-facet]').hasAttribute('data-every');
            if (!every) others.forEach(o => { o.checked = false; });
            input.click();
            if (seen().length !== said) wrong.push([input.name, input.value, said, seen().length]);
            others.forEach(o => { o.checked = true; });
            input.click();
        }
        return wrong;
    }""")
    assert wrong == []


def test_back_undoes_and_reloading_keeps(address: str, visit: Any) -> None:
    page = visit(f"{address}ateliers/").page
    unfold(page)
    both = having("theme:estime", "sujet:email")
    box(page, "theme:estime").check()
    assert shown(page) == having("theme:estime")
    box(page, "sujet:email").check()
    assert shown(page) == both
    page.get_by_label("Trier par").select_option("titre")
    page.go_back()
    page.go_back()
    assert page.url.endswith("?theme=estime")
    assert shown(page) == having("theme:estime")
    assert not box(page, "sujet:email").is_checked()
    page.go_forward()
    assert shown(page) == both
    page.reload()
    assert (shown(page), total(page)) == (both, f"{counted(both)} sur {len(ALL)}")
    # The answer that comes from the address is not folded away.
    assert box(page, "sujet:email").is_visible()


def test_choices_are_taken_back_one_by_one_or_all_at_once(address: str, visit: Any) -> None:
    page = visit(f"{address}ateliers/?public=parents&theme=securite&niveau=debutant").page
    tags = page.locator(".finder__tag")
    expect(tags).to_have_count(3)
    tags.first.focus()
    page.keyboard.press("Enter")
    expect(tags).to_have_count(2)
    assert page.evaluate("document.activeElement.matches('.finder__tag')")
    clear = page.locator(".finder__chosen").get_by_role("button", name="Tout effacer")
    clear.focus()
    page.keyboard.press("Enter")
    assert (shown(page), page.url) == (ALL, f"{address}ateliers/")
    assert page.evaluate("document.activeElement.id") == "les-ateliers"
    expect(page.locator(".finder__chosen")).to_be_hidden()


def test_no_result_says_which_choice_to_give_up(address: str, visit: Any) -> None:
    page = visit(f"{address}ateliers/?duree=30&public=parents").page
    assert (shown(page), total(page)) == ([], f"0 atelier sur {len(ALL)}")
    ways = page.locator("[data-ways] button")
    texts = [text.replace("\u00a0", " ") for text in ways.all_text_contents()]
    parents = having("public:parents")
    ways_out = (f"Sans « 30 min ou moins » : {counted(parents)}", f"Tout effacer : {counted(ALL)}")
    assert tuple(texts) == ways_out
    ways.first.click()
    assert shown(page) == parents
    expect(page.locator("[data-none]")).to_be_hidden()


def test_an_address_that_asks_for_nonsense_shows_everything(address: str, visit: Any) -> None:
    page = visit(f"{address}ateliers/?duree=toto&inconnu=1&tri=__proto__&public=").page
    assert shown(page) == ALL
    assert page.get_by_label("Trier par").input_value() == ""


def test_cards_are_sorted_by_title_duration_and_novelty(address: str, visit: Any) -> None:
    page = visit("about:blank").page
    # In no order that a page could have by itself.
    ranks = sorted(range(len(ALL)), key=lambda at: ALL[at][::-1])

    def vary(route: Any) -> None:
        minutes, years = iter(ranks), iter(ranks)
        text = route.fetch().text()
        text = re.sub(r'data-minutes="\d+"', lambda _: f'data-minutes="{10 + next(minutes)}"', text)
        text = re.sub(
            r'data-made="[\d-]+"', lambda _: f'data-made="{2000 + next(years)}-01-01"', text
        )
        route.fulfill(body=text, content_type="text/html")

    page.route("**/ateliers/*", vary)
    page.goto(f"{address}ateliers/?tri=titre")
    by_title = sorted(WORKSHOPS, key=lambda w: french.sort_key(w.titre))
    assert shown(page) == [w.slug for w in by_title]
    by_rank = [slug for _, slug in sorted(zip(ranks, ALL, strict=True))]
    sort = page.get_by_label("Trier par")
    sort.select_option("duree")
    assert shown(page) == by_rank
    sort.select_option("nouveaute")
    assert shown(page) == by_rank[::-1]
    sort.select_option("")
    assert shown(page) == ALL


def test_narrow_screen_asks_first_what_matters_first(address: str, visit: Any) -> None:
    page = visit(f"{address}ateliers/", NARROW).page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert box(page, "sans:internet").is_visible()
    assert not box(page, "public:parents").is_visible()
    more = page.locator(".finder__more > summary")
    more.focus()
    page.keyboard.press("Enter")
    unfold(page)
    assert box(page, "public:parents").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate("""() => [...document.querySelectorAll('.finder label, .finder button')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
        .map(e => e.textContent)""")
    assert [text for text in small if "Trier" not in text] == []


def test_forced_colours_still_tell_what_is_ticked(address: str, visit: Any) -> None:
    page = visit(f"{address}ateliers/?sans=internet").page
    page.emulate_media(forced_colors="active")
    width = "value => getComputedStyle(document.querySelector(`input[value='${value}']`).closest("
    width += "'label')).borderTopWidth"
    assert page.evaluate(width, "internet") != page.evaluate(f"({width})", "imprimante")


# ---------------------------------------------------------------------------------------------
# Without JavaScript
# ---------------------------------------------------------------------------------------------


def test_static_lists_hold_every_answer(real_site: Path) -> None:
    library, _ = load(REPOSITORY)
    page = read(real_site / LISTS / "index.html")
    links: dict[str, list[str]] = {}
    anchor = ""
    for tag in page.all("h3", "a"):
        if tag.name == "h3":
            anchor = tag.attributes["id"]
        elif anchor and tag.inside("li") and tag.attributes.get("href", "").startswith("../"):
            links.setdefault(anchor, []).append(tag.attributes["href"])
    wanted = {
        f"choix-{facet.key}-{choice.slug}": [f"../{w.slug}/" for w in choice.members]
        for facet in facets(library.workshops)
        for choice in facet.choices
        if choice.members
    }
    found = {key: [href for href in hrefs if href.count("/") == 2] for key, hrefs in links.items()}
    assert {key: found[key][: len(hrefs)] for key, hrefs in wanted.items()} == wanted
    assert {f"#{key}" for key in wanted} <= set(page.addresses)


def test_pages_say_what_to_do_without_a_script(address: str, visit: Any) -> None:
    page = visit(f"{address}ateliers/", script=False).page
    expect(page.locator("[data-cards] > li").filter(visible=True)).to_have_count(len(ALL))
    expect(page.locator(".finder__form, .select-button").filter(visible=True)).to_have_count(0)
    page.get_by_role("link", name="les ateliers par critère").click()
    expect(page.locator("h1")).to_have_text("Ateliers par critère")
    page.goto(address + SERIES)
    expect(page.get_by_text("Cette page a besoin de JavaScript")).to_be_visible()
    page.get_by_role("link", name="les ateliers par critère").click()
    expect(page.locator("h1")).to_have_text("Ateliers par critère")


# ---------------------------------------------------------------------------------------------
# « Ma sélection »
# ---------------------------------------------------------------------------------------------


def chosen(page: Page) -> list[str]:
    rows = page.locator(".series__row")
    found: list[str] = rows.evaluate_all("rows => rows.map(row => row.dataset.slug)")
    return found


def keep(*slugs: str) -> str:
    """What an earlier visit has left."""
    listed = ", ".join(f'"{slug}"' for slug in slugs)
    key = "ressourcerie:selection"
    return f"if (!localStorage.getItem('{key}')) localStorage.setItem('{key}', '[{listed}]')"


def test_selection_is_kept_from_page_to_page(address: str, visit: Any) -> None:
    page = visit(f"{address}ateliers/").page
    link = page.locator("[data-selection-link]").first
    expect(link).to_be_hidden()
    page.locator("[data-select='creer']").focus()
    page.keyboard.press("Enter")
    expect(link).to_contain_text("Ma sélection (1)")
    expect(page.locator("[data-select='creer']")).to_contain_text("Retirer de ma sélection")
    expect(page.get_by_role("status").filter(has_text="Ajouté")).to_contain_text("1\u00a0atelier")
    page.goto(f"{address}ateliers/embarquer/")
    page.locator("[data-select='embarquer']").click()
    page.locator("[data-selection-link]").first.click()
    page.wait_for_url(f"**/{SERIES}")
    assert chosen(page) == ["creer", "embarquer"]
    expect(page.locator(".series [data-total]")).to_have_text("2\u00a0séances, 5\u00a0h en tout.")
    page.go_back()
    expect(page.locator("[data-select='embarquer']")).to_contain_text("Retirer")


def test_sessions_are_put_in_order_with_buttons(address: str, visit: Any) -> None:
    page = visit(address + SERIES, init=keep("se-relier", "embarquer", "se-proteger")).page
    said = page.locator("[data-said]")
    page.get_by_role("button", name=re.compile("Monter.*Se protéger")).focus()
    page.keyboard.press("Enter")
    assert chosen(page) == ["se-relier", "se-proteger", "embarquer"]
    expect(said).to_contain_text("séance 2 sur 3")
    page.keyboard.press("Enter")
    assert chosen(page) == ["se-proteger", "se-relier", "embarquer"]
    # It has nowhere left to go: the focus is on the other arrow.
    assert page.evaluate("document.activeElement.dataset.do") == "down"
    page.reload()
    assert chosen(page) == ["se-proteger", "se-relier", "embarquer"]
    page.get_by_role("button", name=re.compile("Retirer.*Se relier")).click()
    assert chosen(page) == ["se-proteger", "embarquer"]
    assert page.evaluate("document.activeElement.closest('li').dataset.slug") == "embarquer"
    page.get_by_role("button", name="Annuler le retrait").click()
    assert chosen(page) == ["se-proteger", "se-relier", "embarquer"]
    page.get_by_role("button", name="Tout retirer").click()
    assert chosen(page) == []
    expect(page.get_by_role("heading", name="Rien pour le moment")).to_be_visible()
    assert page.evaluate("document.activeElement.dataset.do") == "undo"


def test_empty_selection_offers_a_start(address: str, visit: Any) -> None:
    page = visit(address + SERIES).page
    expect(page.get_by_role("link", name="Choisir des ateliers")).to_be_visible()
    page.get_by_role("button", name="Partir du parcours").first.click()
    assert chosen(page) == CYCLE


def test_a_list_that_comes_by_address_replaces_nothing_unasked(address: str, visit: Any) -> None:
    one = visit(f"{address}{SERIES}?ateliers=creer,perdu,creer,se-relier", init=keep("embarquer"))
    page = one.page
    assert chosen(page) == ["creer", "se-relier"]
    expect(page.locator("[data-unknown]")).to_contain_text("perdu")
    page.get_by_role("button", name=re.compile("Descendre.*Créer")).click()
    assert page.url.endswith("?ateliers=se-relier,creer")
    kept = "localStorage.getItem('ressourcerie:selection')"
    assert page.evaluate(kept) == '["embarquer"]'
    page.get_by_role("button", name="Revenir à ma sélection (1)").click()
    assert (chosen(page), page.url) == (["embarquer"], address + SERIES)
    page.goto(f"{address}{SERIES}?ateliers=creer")
    page.get_by_role("button", name="La garder sur cet appareil").click()
    assert page.evaluate(kept) == '["creer"]'
    assert page.locator("[data-link]").input_value() == f"{address}{SERIES}?ateliers=creer"


REFUSED = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"


def test_a_browser_that_keeps_nothing_is_told_of(address: str, visit: Any) -> None:
    page = visit(f"{address}ateliers/", init=REFUSED).page
    page.locator("[data-select='creer']").click()
    expect(page.get_by_role("status").filter(has_text="refuse de la garder")).to_be_visible()
    # The link carries the list, so that nothing is lost.
    page.locator("[data-selection-link]").first.click()
    page.wait_for_url("**/?ateliers=creer")
    assert chosen(page) == ["creer"]
    page.get_by_role("button", name="La garder sur cet appareil").click()
    expect(page.locator("[data-refused]")).to_be_visible()
    assert chosen(page) == ["creer"]


def test_kits_are_one_list_with_their_weight(address: str, visit: Any, real_site: Path) -> None:
    page = visit(address + SERIES, init=keep("embarquer", "creer")).page
    links = page.locator("[data-files] a")
    hrefs: list[str] = links.evaluate_all("links => links.map(a => a.href)")
    files = [real_site / href.removeprefix(address) for href in hrefs]
    assert [file.name for file in files] == ["embarquer-kit.zip", "creer-kit.zip"]
    size = sum(file.stat().st_size for file in files)
    said = page.locator("[data-kits-total]").text_content() or ""
    assert f"{size / 1e6:.1f}".replace(".", ",") in said
    assert "2\u00a0kits" in said


def test_programme_prints_every_session_on_a4(address: str, visit: Any) -> None:
    page = visit(address + SERIES, init=keep(*CYCLE)).page
    page.get_by_label("Titre du programme").fill("Les jeudis du numérique")
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))) as pdf:
        sizes = {tuple(round(float(v)) for v in sheet.mediabox[2:]) for sheet in pdf.pages}
    assert sizes <= {(595, 842), (596, 843), (595, 843), (596, 842)}
    page.emulate_media(media="print")
    text = page.locator("body").inner_text().replace("\u00a0", " ")
    assert "Les jeudis du numérique" in text
    assert "4 séances, 10 h en tout" in text
    for workshop in WORKSHOPS:
        if workshop.slug in CYCLE:
            assert workshop.titre.split(" : ")[0] in text
    assert text.count("Date :") == text.count("À préparer :") == 4
    # Nothing of the screen, and nothing cut by the edge of the sheet.
    visible = page.locator("button, input, header nav, footer, .series__row").filter(visible=True)
    expect(visible).to_have_count(0)
    page.set_viewport_size({"width": 672, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_all_of_it_works_from_a_disk(real_site: Path, visit: Any) -> None:
    root = real_site.as_uri()
    page = visit(f"{root}/ateliers/index.html?public=parents").page
    assert shown(page) == having("public:parents")
    box(page, "sans:internet").check()
    assert shown(page) == having("public:parents", "sans:internet")
    page.locator("[data-select='se-proteger']").click()
    page.locator("[data-selection-link]").first.click()
    page.wait_for_url("**/ma-selection/index.html")
    assert chosen(page) == ["se-proteger"]
    expect(page.locator("[data-share-local]")).to_be_visible()
    page.locator(".series__title").click()
    expect(page.locator("h1")).to_contain_text("Se protéger")
