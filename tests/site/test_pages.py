"""The pages of the site: well formed, linked right, and of the same weight in a large library."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from markup import HEADINGS, Markup, Site, read

from builds import ADDRESS, REPOSITORY, TINY, built, drawn, edit, lay, made_once, write
from ressourcerie.load import load

BASE = "/ressources/"


def enrich(root: Path) -> None:
    """A tiny project with every trap of the term finder in one chapter."""
    lay(root)
    term = (root / "glossary/navigateur.md").read_text("utf-8")
    term = term.replace("anglais: browser\n", "").replace("voir_aussi: [mot-de-passe]\n", "")
    for slug, name in (
        ("tiers-lieu", "Tiers-lieu"),
        ("mediateur-numerique", "Médiateur numérique"),
    ):
        text = term.replace("titre: Navigateur", f"titre: {name}")
        write(root, f"glossary/{slug}.md", text)
    edit(
        root,
        "glossary/tiers-lieu.md",
        "On s’en sert pour lire et pour chercher.",
        "Un tiers-lieu emploie des médiatrices numériques. Ce tiers lieu est ouvert.",
    )
    chapter = (root / "content/guide/premiers-pas.md").read_text("utf-8")
    write(root, "content/guide/pieges.md", chapter.split("\n---\n")[0] + TRAPS)
    edit(root, "content/guide/pieges.md", "ordre: 1", "ordre: 2")
    edit(root, "content/guide/pieges.md", "titre: Premiers pas", "titre: Seconds pas")


TRAPS = """
---

## Le tiers-lieu en titre

Un code `navigateur` et un [lien vers un tiers-lieu](premiers-pas.md), puis « un navigateur, un
tiers-lieu et des médiateurs numériques » entre guillemets.

> Un navigateur, un tiers-lieu, une médiatrice numérique.

```
navigateur et tiers-lieu
```

| Navigateur | Tiers-lieu |
|---|---|
| rien | ici |

Les médiatrices numériques ouvrent des navigateurs dans les **tiers lieux**. Un navigateur encore,
un tiers-lieu encore, un médiateur numérique encore.

- Un navigateur
- Des tiers-lieux
"""


@pytest.fixture(scope="module")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    def make(root: Path) -> None:
        enrich(root)
        built(root)

    return Site(made_once(tmp_path_factory, "pages", make) / "site", BASE)


@pytest.fixture(params=["tiny", "real"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, real_site: Path
) -> Site:
    if request.param == "real":
        return Site(real_site)
    tiny: Site = request.getfixturevalue("tiny_site")
    return tiny


def told(site: Site, fault: Callable[[str, Markup], object]) -> dict[str, object]:
    """What is wrong, page by page."""
    found = {address: fault(address, read(path)) for address, path in site.pages.items()}
    return {address: wrong for address, wrong in found.items() if wrong}


# ---------------------------------------------------------------------------------------------
# Each page
# ---------------------------------------------------------------------------------------------


def test_every_resource_has_its_page(real_site: Path) -> None:
    library, found = load(REPOSITORY)
    assert not [d for d in found if d.is_error]
    expected = {r.url for r in library.resources} | {"404.html"}
    expected |= {f"{w.url}participant/" for w in library.workshops}
    assert set(Site(real_site).pages) == expected


def test_page_is_in_french(site: Site) -> None:
    assert told(site, lambda _, page: page.one("html").attributes.get("lang") != "fr") == {}


def test_page_has_a_title_of_its_own(site: Site) -> None:
    def title(_: str, page: Markup) -> str:
        return " ".join(next(t for t in page.all("title") if not t.inside("svg")).text.split())

    titles = told(site, title)
    assert titles.keys() == site.pages.keys()
    assert [t for t, times in Counter(titles.values()).items() if times > 1] == []


def test_page_has_one_main_heading(site: Site) -> None:
    assert (
        told(site, lambda _, p: [t.text for t in p.all("h1")] if len(p.all("h1")) != 1 else 0) == {}
    )
    assert told(site, lambda _, p: not p.one("h1").text.strip()) == {}


def test_headings_never_skip_a_level(site: Site) -> None:
    def skips(_: str, page: Markup) -> list[str]:
        levels = [(int(t.name[1]), t.text) for t in page.all(*HEADINGS)]
        pairs = zip([(0, ""), *levels], levels, strict=False)
        return [text for (above, _), (below, text) in pairs if below > above + 1]

    assert told(site, skips) == {}


def test_no_id_is_used_twice(site: Site) -> None:
    def twice(_: str, page: Markup) -> list[str]:
        return [name for name, times in Counter(page.ids).items() if times > 1 or not name.strip()]

    assert told(site, twice) == {}


def test_ids_are_there_for_those_who_point_at_them(site: Site) -> None:
    def orphans(_: str, page: Markup) -> set[str]:
        names = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
        wanted = {i for t in page.tags for n in names for i in t.attributes.get(n, "").split()}
        return wanted - set(page.ids)

    assert told(site, orphans) == {}


def test_tags_are_closed_in_order(site: Site) -> None:
    assert told(site, lambda _, page: page.faults) == {}


def test_nothing_to_click_stands_in_something_to_click(site: Site) -> None:
    def nested(_: str, page: Markup) -> list[str]:
        return [t.text for t in page.all("a", "button") if t.inside("a", "button", "summary")]

    assert told(site, nested) == {}


def test_every_link_and_button_has_a_name(site: Site) -> None:
    def nameless(_: str, page: Markup) -> list[object]:
        found = []
        for tag in page.all("a", "button", "summary"):
            pictures = [t for t in page.all("img") if tag in t.around]
            name = tag.text + tag.attributes.get("aria-label", "")
            name += "".join(t.attributes.get("alt", "") for t in pictures)
            labelled = tag.attributes.get("aria-labelledby")
            if not name.strip() and not labelled and "hidden" not in tag.attributes:
                found.append(tag.attributes)
        return found

    assert told(site, nameless) == {}


def test_every_picture_says_what_it_shows_or_that_it_shows_nothing(site: Site) -> None:
    assert (
        told(site, lambda _, p: [t.attributes for t in p.all("img") if "alt" not in t.attributes])
        == {}
    )


def test_tables_have_headers(site: Site) -> None:
    def bare(_: str, page: Markup) -> list[str]:
        cells = page.all("th")
        tables = [t for t in page.all("table") if not any(t in c.around for c in cells)]
        return [t.text for t in tables] + [c.text for c in cells if "scope" not in c.attributes]

    assert told(site, bare) == {}


def test_page_describes_itself(site: Site) -> None:
    def silent(address: str, page: Markup) -> bool:
        described = [t for t in page.all("meta") if t.attributes.get("name") == "description"]
        return len(described) != 1 or len(described[0].attributes["content"]) < 10

    assert told(site, silent) == {}


def test_page_loads_nothing_from_elsewhere(site: Site) -> None:
    def foreign(_: str, page: Markup) -> list[str]:
        loaded = [
            tag.attributes.get("src") or tag.attributes.get("href", "")
            for tag in page.all("script", "img", "link", "iframe", "source", "object", "embed")
            if tag.attributes.get("rel") not in {"license", "canonical", "author", "next", "prev"}
        ]
        return [a for a in loaded if re.match(r"(https?:)?//", a) and not a.startswith(ADDRESS)]

    assert told(site, foreign) == {}


def test_styles_and_scripts_name_no_other_site(site: Site) -> None:
    for sheet in site.folder.rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", text), sheet


# ---------------------------------------------------------------------------------------------
# Links
# ---------------------------------------------------------------------------------------------


def test_every_link_leads_somewhere(site: Site) -> None:
    def broken(address: str, page: Markup) -> dict[str, str]:
        found = {a: site.broken(address, a) for a in page.addresses}
        return {a: why for a, why in found.items() if why}

    assert told(site, broken) == {}


def test_what_styles_load_is_there(site: Site) -> None:
    sheets = list(site.folder.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        place = sheet.relative_to(site.folder).as_posix()
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text("utf-8")):
            if not address.startswith(("data:", "#")):
                assert site.broken(place, address) == "", (place, address)


def test_no_link_is_empty_or_dangerous(site: Site) -> None:
    def bad(_: str, page: Markup) -> list[str]:
        hrefs = [t.attributes["href"] for t in page.all("a") if "href" in t.attributes]
        return [h for h in hrefs if not h.strip() or re.match(r"\s*(javascript|data|file):", h)]

    assert told(site, bad) == {}


def test_links_of_the_prose_have_an_address(site: Site) -> None:
    assert told(site, lambda _, p: [t.text for t in p.all("a") if "href" not in t.attributes]) == {}


def test_every_page_can_be_reached_from_the_home_page(site: Site) -> None:
    reached, left = set(), [""]
    while left:
        address = left.pop()
        if address in reached or address not in site.pages:
            continue
        reached.add(address)
        origin = f"http://site/{address}"
        for link in read(site.pages[address]).all("a"):
            target = urljoin(origin, link.attributes.get("href", "")).partition("#")[0]
            if target.startswith("http://site/"):
                left.append(target.removeprefix("http://site/"))
    assert site.pages.keys() - reached == {"404.html"}


def script_data(file: Path) -> Any:
    """What a script of the search holds: JSON in a string of JavaScript."""
    text = file.read_text("utf-8").partition("='")[2].removesuffix("';\n")
    return json.loads(re.sub(r"\\(u202[89]|.)", lambda m: m[1] if len(m[1]) == 1 else m[0], text))


def test_sitemap_and_search_lead_to_pages(tiny_site: Site) -> None:
    tree = ET.parse(tiny_site.folder / "sitemap.xml")  # noqa: S314 - our own file
    listed = [e.text or "" for e in tree.iter() if e.tag.endswith("}loc")]
    pages = {address for address in tiny_site.pages if address != "404.html"}
    assert {a.removeprefix(ADDRESS) for a in listed} == pages
    folder = tiny_site.folder / "assets" / "recherche"
    heads, texts = (script_data(folder / f"{name}.js") for name in ("heads", "texts"))
    addresses = [page[0] for page in heads["pages"]]
    assert set(addresses) == {a for a in pages if "participant/" not in a} - {"recherche/"}
    for url, sections in texts:
        for anchor, _, _ in sections:
            assert tiny_site.broken("", f"{url}#{anchor}" if anchor else url or "./") == ""


def test_downloads_are_offered_where_they_belong(site: Site) -> None:
    offering: dict[str, set[str]] = {p.name: set() for p in site.folder.rglob("*.pdf")}
    assert offering
    for address, path in site.pages.items():
        for name in {x.partition("#")[0].rpartition("/")[2] for x in read(path).addresses}:
            offering.get(name, set()).add(address)
    for name, pages in offering.items():
        assert {"telechargements/", "imprimer/"} <= pages, name
        # And the page it is made from, not only those that list everything.
        assert pages - {"", "telechargements/", "imprimer/"}, name


def test_participant_page_offers_no_facilitator_paper(site: Site) -> None:
    pages = [a for a in site.pages if a.endswith("/participant/")]
    assert pages
    for address in pages:
        found = [a for a in read(site.pages[address]).addresses if "-animateur.pdf" in a]
        assert found == [], address


# ---------------------------------------------------------------------------------------------
# Words of the glossary
# ---------------------------------------------------------------------------------------------


def term_links(site: Site, address: str) -> list[tuple[str, str]]:
    """Slug and text of the glossary words linked in the prose of a page."""
    links = read(site.pages[address]).terms
    return [(t.attributes["href"].rstrip("/").rpartition("/")[2], t.text) for t in links]


def test_words_are_linked_once_in_any_form(tiny_site: Site) -> None:
    assert term_links(tiny_site, "guide/pieges/") == [
        ("mediateur-numerique", "médiatrices numériques"),
        ("navigateur", "navigateurs"),
        ("tiers-lieu", "tiers lieux"),
    ]


def test_word_is_not_linked_on_its_own_page(tiny_site: Site) -> None:
    found = term_links(tiny_site, "glossaire/tiers-lieu/")
    assert found == [("mediateur-numerique", "médiatrices numériques")]


def test_words_are_linked_to_their_page(site: Site) -> None:
    def lost(address: str, page: Markup) -> list[str]:
        pages = {urljoin(f"http://site/{address}", t.attributes["href"]) for t in page.terms}
        return [p for p in pages if not re.fullmatch(r"http://site/glossaire/[\w-]+/", p)]

    assert told(site, lost) == {}


def test_no_word_is_linked_twice_on_a_page(site: Site) -> None:
    def twice(_: str, page: Markup) -> list[str]:
        times = Counter(t.attributes["href"] for t in page.terms)
        return [href for href, n in times.items() if n > 1]

    assert told(site, twice) == {}


def test_no_page_links_to_itself_as_a_word(site: Site) -> None:
    def own(address: str, page: Markup) -> list[str]:
        here = f"http://site/{address}"
        return [t.text for t in page.terms if urljoin(here, t.attributes["href"]) == here]

    assert told(site, own) == {}


def test_no_word_is_linked_where_it_would_disturb(site: Site) -> None:
    def wrong(_: str, page: Markup) -> list[str]:
        found = []
        for link in page.terms:
            quoted = link.before.count("«") > link.before.count("»")
            names = (*HEADINGS, "a", "code", "pre", "blockquote", "q", "th", "summary", "button")
            if quoted or link.inside(*names):
                found.append(link.text)
        return found

    assert told(site, wrong) == {}


def test_real_pages_do_link_words(real_site: Path) -> None:
    site = Site(real_site)
    linked = {slug for address in site.pages for slug, _ in term_links(site, address)}
    assert len(linked) >= 3


# ---------------------------------------------------------------------------------------------
# A large library
# ---------------------------------------------------------------------------------------------


def large(root: Path, terms: int) -> None:
    """A library of `terms` words, without papers: they would take all the time."""
    lay(root)
    for folder in ("ateliers/essai", "content/livrets", "content/parcours"):
        shutil.rmtree(root / folder)
    edit(
        root,
        "content/guide/premiers-pas.md",
        "Voir [l’atelier](../../ateliers/essai/index.md).",
        "",
    )
    model = (TINY / "glossary/mot-de-passe.md").read_text("utf-8").replace("variantes: [mdp]\n", "")
    for number in range(terms - 2):
        name = "".join(chr(97 + int(digit)) for digit in f"{number:03}")
        text = model.replace("titre: Mot de passe", f"titre: Zmot {name}z")
        write(root, f"glossary/zmot-{number:03}.md", text)
    drawn(root)


@pytest.fixture(scope="module", params=[200])
def small_and_large(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> tuple[Site, Site]:
    few = made_once(tmp_path_factory, "few", lambda root: large(root, 5))
    many = made_once(tmp_path_factory, "many", lambda root: large(root, request.param))
    return Site(few / "site", BASE), Site(many / "site", BASE)


def frame(site: Site, address: str) -> int:
    """How many links stand around the text of a page."""
    page = read(site.pages[address])
    return sum(t.inside("header", "nav", "footer", "aside") for t in page.all("a"))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "404.html",
        "utiliser/",
        "glossaire/navigateur/",
        "glossaire/zmot-001/",
        "guide/",
        "licence/",
    ],
)
def test_frame_of_a_page_costs_the_same_in_a_large_library(
    small_and_large: tuple[Site, Site], address: str
) -> None:
    few, many = small_and_large
    assert len(few.of_kind("glossaire/")) == 6
    assert len(many.of_kind("glossaire/")) == 201
    assert frame(many, address) == frame(few, address) > 5


def test_page_weighs_the_same_in_a_large_library(small_and_large: tuple[Site, Site]) -> None:
    few, many = small_and_large
    for address in ("utiliser/", "glossaire/zmot-001/"):
        sizes = [site.pages[address].stat().st_size for site in (few, many)]
        assert abs(sizes[0] - sizes[1]) < 100, sizes
