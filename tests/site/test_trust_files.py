"""What lets readers trust the site, made from plain data: coverage, news, feeds, cards, reports."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from PIL import Image

from builds import ADDRESS, furnish
from projects import REPOSITORY
from ressourcerie import data
from ressourcerie.library import Library
from ressourcerie.load import load
from ressourcerie.model import Chapter, Term, Workshop
from ressourcerie.settings import Settings, read_settings
from ressourcerie.site import feeds, lost, moved, news, sitemap, social
from ressourcerie.site.catalogue import catalogue
from ressourcerie.site.coverage import MOST_COLUMNS, Coverage, coverage
from ressourcerie.site.coverage_drawing import draw
from ressourcerie.site.coverage_files import spreadsheet
from ressourcerie.site.pages import site_pages
from ressourcerie.site.plan import Site
from ressourcerie.site.trust import trust
from ressourcerie.source import Source

LIBRARY, _ = load(REPOSITORY)
# Few enough for a column each.
FEW = LIBRARY.model_copy(update={"workshops": LIBRARY.workshops[:4]})
SVG = "{http://www.w3.org/2000/svg}"
ATOM = "{http://www.w3.org/2005/Atom}"


def site(library: Library = LIBRARY, **settings: str) -> Site:
    asked = Settings(REPOSITORY, site_url=ADDRESS)
    return Site(
        library,
        replace(asked, **settings),
        catalogue(library, (), ()),
        tuple(site_pages(library)),
        {},
    )


def made(maker: Callable[[Site], Any], one: Site) -> dict[str, bytes]:
    return dict(maker(one))


def parsed(text: str | bytes) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - it is ours


def workshop(number: int, **front: Any) -> Workshop:
    """A workshop like the first one of the repository, and a few keys of its own."""
    first = LIBRARY.workshops[0]
    front = {**first.source.front, "titre": f"Atelier {number} : un sujet", **front}
    path = f"ateliers/numero-{number}/index.md"
    source = replace(first.source, path=path, front=front)
    return Workshop.model_validate(front, context={"source": source, "slug": f"numero-{number}"})


def term(slug: str = "mot", **front: Any) -> Term:
    said: dict[str, Any] = {
        "titre": slug.capitalize(),
        "glose": "Un mot & un autre.",
        "groupe": "competences",
        "sources": [{"auteurs": "A", "annee": 2020, "titre": "B"}],
        "auteurs": ["A", "B"],
        "cree_le": "2026-01-02",
        "relu_le": "2026-01-02",
        **front,
    }
    source = Source(f"glossary/{slug}.md", said, "", 1)
    return Term.model_validate(said, context={"source": source, "slug": slug})


def with_terms(*terms: Term) -> Library:
    return LIBRARY.model_copy(update={"terms": terms})


# Coverage.


@pytest.fixture(scope="module")
def many() -> Coverage:
    levels = list(data.vocabulary("niveaux"))
    codes = list(data.competences("digcomp"))[:-1]
    workshops = tuple(
        workshop(n, niveau=levels[n % 3], competences={"digcomp": [codes[n % len(codes)]]})
        for n in range(300)
    )
    return coverage(Library(workshops=workshops))


def test_every_competence_has_a_row_that_can_be_linked_to() -> None:
    digcomp, crcn = coverage(LIBRARY).frameworks
    assert [row.anchor for row in digcomp.rows] == [
        f"digcomp-{code}" for code in data.competences("digcomp")
    ]
    assert (len(digcomp.rows), len(crcn.rows)) == (21, 16)


@pytest.mark.parametrize("library", [LIBRARY, FEW], ids=["all", "few"])
def test_row_names_the_workshops_that_announce_the_competence(library: Library) -> None:
    for table in coverage(library).frameworks:
        for row in table.rows:
            announced = {
                w.slug for w in library.workshops if row.code in getattr(w.competences, table.name)
            }
            assert {w.slug for w in row.workshops} == announced
            assert len(row.workshops) == len(announced)
            assert (row in table.gaps) == (not announced)


def test_themes_cross_dimensions() -> None:
    themes = coverage(LIBRARY).themes
    assert (len(themes.rows), len(themes.columns)) == (5, 4)
    first = LIBRARY.workshops[0]
    row = next(r for r in themes.rows if r.anchor == f"theme-{first.themes[0]}")
    assert first in row.workshops


def test_few_workshops_are_columns_and_many_are_counted(many: Coverage) -> None:
    few = coverage(FEW).frameworks[0]
    assert not few.counted
    assert len(few.columns) == len(FEW.workshops) <= MOST_COLUMNS
    digcomp, crcn = many.frameworks
    assert digcomp.counted
    assert digcomp.columns == ("Débutant", "Intermédiaire", "Avancé")
    assert sum(len(cell) for row in digcomp.rows for cell in row.cells) == 300
    assert [row.code for row in digcomp.gaps] == ["5.4"]
    assert len(crcn.gaps) == 16


def rows(sheet: bytes) -> list[list[str]]:
    assert sheet.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_spreadsheet_opens_in_french_and_says_what_the_page_says() -> None:
    found = coverage(LIBRARY)
    head, *lines = rows(spreadsheet(found))
    assert head[5:] == [w.titre for w in LIBRARY.workshops]
    assert len(lines) == 21 + 16 + 5 * 4
    assert {len(line) for line in lines} == {len(head)}
    for line in lines:
        assert line[4] == str(line[5:].count("x"))


def test_spreadsheet_runs_no_formula() -> None:
    for title in ("=1+1", "+33", "-2", "@SUM(A1)", "\tx"):
        library = Library(workshops=(workshop(1, titre=title),))
        cell = rows(spreadsheet(coverage(library)))[0][5]
        assert cell == f"'{title}"


@pytest.mark.parametrize("counted", [False, True])
def test_drawing_is_named_and_says_each_competence(many: Coverage, counted: bool) -> None:
    found = many if counted else coverage(FEW)
    drawing = parsed(draw(found))
    assert drawing.findtext(f"{SVG}title")
    assert drawing.findtext(f"{SVG}desc")
    words = [t.text or "" for t in drawing.iter(f"{SVG}text")]
    tables = (*found.frameworks, found.themes)
    assert words.count("aucun atelier") == sum(len(table.gaps) for table in tables)
    marks = [c for c in drawing.iter(f"{SVG}circle") if c.get("class") == "mark"]
    # Nothing runs, nothing is asked of anybody, and it keeps its own ground in the dark.
    assert not {e.tag for e in drawing.iter()} & {f"{SVG}script", f"{SVG}image", f"{SVG}a"}
    assert drawing.find(f"{SVG}rect") is not None
    if not counted:
        assert len(marks) == sum(
            len(w.competences.digcomp) + len(w.competences.crcn) for w in FEW.workshops
        )


# News.


def test_day_tells_what_is_new_then_changed_then_read_again() -> None:
    changed = term(changements=[{"le": "2026-02-03", "quoi": "Un exemple de plus."}])
    reviewed = term("relu", relu_le="2026-02-03")
    library = Library(
        terms=(changed, reviewed, term("neuf", cree_le="2026-02-03", relu_le="2026-02-03"))
    )
    first, second = news.days(news.events(library))
    assert str(first.day) == "2026-02-03"
    assert [g.heading for g in first.groups] == ["Publié", "Changé", "Relu, sans autre changement"]
    assert first.groups[1].events[0].words == "Un exemple de plus."
    assert [e.resource.slug for g in second.groups for e in g.events] == ["mot", "relu"]


def test_pages_of_the_frame_are_no_news_until_their_author_says_so() -> None:
    assert not {e.resource.kind for e in news.events(LIBRARY)} & {"page"}
    page = LIBRARY.pages[0]
    said = {**page.source.front, "changements": [{"le": "2026-11-22", "quoi": "Un lien de plus."}]}
    source = replace(page.source, front=said)
    told = type(page).model_validate(said, context={"source": source, "slug": page.slug})
    assert [e.words for e in news.events(Library(pages=(told,)))] == ["Un lien de plus."]


def test_long_list_is_cut_and_says_so() -> None:
    terms = tuple(term(f"mot-{n}") for n in range(news.MOST + 7))
    found = news.context(site(Library(terms=terms)))
    assert found["older"] == 7


def test_change_counts_as_the_last_date_of_a_text() -> None:
    changed = term(changements=[{"le": "2026-03-04", "quoi": "Mieux."}])
    assert str(changed.updated) == "2026-03-04"
    assert str(term(relu_le="2026-05-06").updated) == "2026-05-06"


# Feeds.

TWICE = [{"le": "2026-02-03", "quoi": "Un exemple."}, {"le": "2026-02-03", "quoi": "Un autre."}]


def test_no_feed_without_an_address() -> None:
    one = site(site_url="")
    assert made(feeds.make, one) == {}
    page = next(p for p in one.pages if p.url == "nouveautes/")
    assert trust(page, one).feeds == ()


def only(parent: ET.Element, name: str) -> str:
    found = parent.findall(f"{ATOM}{name}")
    assert len(found) == 1, f"{len(found)} <{name}>"
    return (found[0].text or "").strip()


def test_atom_feed_follows_the_rules_of_its_standard() -> None:
    """RFC 4287, section 4: what each feed and entry must hold, once; ids and links in full."""
    library = with_terms(term(changements=TWICE), *LIBRARY.terms)
    feed = parsed(made(feeds.make, site(library))[feeds.ATOM])
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert 1 < len(entries) <= feeds.LATEST
    ids = [only(one, "id") for one in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(re.match(r"(https|tag):\S+$", i) for i in ids)
    for one in (feed, *entries):
        assert only(one, "title")
        moment = datetime.fromisoformat(only(one, "updated").replace("Z", "+00:00"))
        assert moment.tzinfo
        alternates = [a for a in one.findall(f"{ATOM}link") if a.get("rel") == "alternate"]
        # 4.1.1: never two of one type and language.
        assert len({(a.get("type"), a.get("hreflang")) for a in alternates}) == len(alternates)
        assert all(a.get("href", "").startswith(ADDRESS) for a in one.findall(f"{ATOM}link"))
    assert [a for a in feed.findall(f"{ATOM}link") if a.get("rel") == "self"]
    assert only(feed, "updated") == max(only(e, "updated") for e in entries)
    for entry in entries:
        authors = entry.findall(f"{ATOM}author")
        assert authors
        assert all(only(author, "name") for author in authors)
        assert only(entry, "summary")


def test_json_feed_says_the_same_as_atom() -> None:
    """jsonfeed.org/version/1.1: what is required, and ids that are texts."""
    files = made(feeds.make, site())
    feed = json.loads(files[feeds.JSON])
    atom = parsed(files[feeds.ATOM])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert [i["id"] for i in feed["items"]] == [only(e, "id") for e in atom.findall(f"{ATOM}entry")]
    assert all(i["content_text"] and i["url"].startswith(ADDRESS) for i in feed["items"])


def test_name_of_a_piece_of_news_outlives_a_new_title() -> None:
    before, after = (
        feeds.latest(site(with_terms(term(titre=title))))[0].id for title in ("Mot", "Autre")
    )
    ids = [
        {i.id for i in feeds.latest(site(Library(terms=(term(titre=title),), pages=LIBRARY.pages)))}
        for title in ("Mot", "Autre")
    ]
    assert before == after
    assert ids[0] == ids[1]


# What robots read.


def test_list_of_pages_says_when_each_was_last_read() -> None:
    one = site()
    files = made(sitemap.make, one)
    listed = parsed(files[sitemap.LIST])
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    dated = {u.findtext(f"{space}loc"): u.findtext(f"{space}lastmod") for u in listed}
    assert dated == {f"{ADDRESS}{p.url}": str(p.resource.updated) for p in one.pages}
    assert gzip.decompress(files[f"{sitemap.LIST}.gz"]) == files[sitemap.LIST]
    assert f"Sitemap: {ADDRESS}{sitemap.LIST}" in files[sitemap.ROBOTS].decode()


def test_robots_are_told_nothing_without_an_address() -> None:
    files = made(sitemap.make, site(site_url=""))
    assert sitemap.ROBOTS not in files
    assert b"<loc>" not in files[sitemap.LIST]


# Former addresses.


def test_former_address_leads_to_the_new_one() -> None:
    old = ["glossaire/vieux/", "vieux.html", "mots/index.html"]
    one = site(Library(terms=(term(anciennes_adresses=old),)))
    files = {url: text.decode() for url, text in moved.make(one)}
    assert files.pop(moved.LIST).splitlines() == [
        "/ressources/glossaire/vieux/ /ressources/glossaire/mot/ 301",
        "/ressources/mots/ /ressources/glossaire/mot/ 301",
        "/ressources/vieux.html /ressources/glossaire/mot/ 301",
    ]
    assert set(files) == {"glossaire/vieux/index.html", "vieux.html", "mots/index.html"}
    page = files["glossaire/vieux/index.html"]
    assert f'<link rel="canonical" href="{ADDRESS}glossaire/mot/">' in page
    assert 'content="0; url=../mot/"' in page
    assert '<a id="suite" href="../mot/">Mot</a>' in page
    assert 'content="noindex"' in page
    assert "Content-Security-Policy" in page
    assert 'href="glossaire/mot/">Mot</a>' in files["vieux.html"]


def test_participants_follow_a_workshop_that_has_moved() -> None:
    library = Library(workshops=(workshop(1, anciennes_adresses=["ateliers/avant/"]),))
    files = {url: text.decode() for url, text in moved.make(site(library, site_url=""))}
    assert set(files) == {
        "ateliers/avant/index.html",
        "ateliers/avant/participant/index.html",
    }
    page = files["ateliers/avant/participant/index.html"]
    assert 'href="../../numero-1/participant/"' in page


def test_page_is_never_written_over_by_a_former_address() -> None:
    library = Library(terms=(term(), term("autre", anciennes_adresses=["glossaire/mot/"])))
    assert library.moved == {}


def test_lost_readers_are_given_every_address() -> None:
    one = site(with_terms(term(anciennes_adresses=["glossaire/vieux/"])))
    text = made(lost.make, one)[lost.LIST].decode()
    listed = json.loads(text.partition("=")[2].strip().rstrip(";"))
    assert ["glossaire/vieux/", "Mot", "glossaire/mot/"] in listed
    assert {row[0] for row in listed if len(row) == 2} == {p.url for p in one.pages if p.url}


# Quoting, reporting.


def said(one: Site, url: str) -> Any:
    return trust(next(p for p in one.pages if p.url == url), one)


def test_quotation_says_title_authors_licence_and_address() -> None:
    found = said(site(with_terms(term())), "glossaire/mot/")
    assert found.quotation == "«\u00a0Mot\u00a0», A, B, licence CC BY-SA 4.0"
    assert found.address == f"{ADDRESS}glossaire/mot/"


def test_page_for_participants_is_quoted_as_such() -> None:
    slug = LIBRARY.workshops[0].slug
    found = said(site(), f"ateliers/{slug}/participant/")
    assert "fiche participant" in found.quotation
    assert found.address.endswith("/participant/")


def test_message_is_begun_with_what_helps_to_find_the_page() -> None:
    found = said(site(with_terms(term()), contact="bonjour@exemple.org"), "glossaire/mot/")
    assert len(found.reports) == 4
    address = urlsplit(found.reports[0].mail)
    assert (address.scheme, address.path) == ("mailto", "bonjour@exemple.org")
    asked = parse_qs(address.query)
    assert asked["subject"] == ["Obsolète : Mot"]
    for words in (
        "glossary/mot.md",
        f"{ADDRESS}glossaire/mot/",
        "2 janvier 2026".replace(" ", "\u00a0"),
    ):
        assert words in asked["body"][0]
    # RFC 6068: programs show a « + » as it is written.
    assert "+" not in address.query


def test_form_is_filled_where_it_says_or_as_forges_expect() -> None:
    url = "https://forge.test/new?template={motif}.yml&title={titre}&page={adresse}"
    forms = [r.form for r in said(site(report_url=url), "licence/").reports]
    assert forms[0].startswith("https://forge.test/new?template=obsolete.yml&title=Obsol%C3%A8te")
    assert forms[0].endswith("&page=https%3A%2F%2Fexemple.test%2Fressources%2Flicence%2F")
    names = {p.stem for p in (REPOSITORY / ".github/ISSUE_TEMPLATE").glob("*.yml")}
    assert {re.findall(r"template=(\w+)", form)[0] for form in forms} <= names
    plain = said(site(report_url="https://forge.test/new"), "licence/").reports[3].form
    assert unquote(plain).startswith("https://forge.test/new?title=Inapproprié")


def test_without_address_to_write_to_nothing_is_promised() -> None:
    assert said(site(), "licence/").reports == ()


@pytest.mark.parametrize(
    ("options", "ok"),
    [
        ("contact: bonjour@exemple.org", True),
        ("contact: ''", True),
        ("contact: bonjour", False),
        ("contact: 'a@b.fr?cc=c@d.fr'", False),
        ("contact: 'A <a@b.fr>'", False),
        ("signaler: https://forge.test/new", True),
        ("signaler: forge.test/new", False),
        ("signaler: 'javascript:alert(1)'", False),
    ],
)
def test_addresses_to_write_to_are_checked(tmp_path: Path, options: str, ok: bool) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(f"extra:\n  {options}\n", "utf-8")
    settings, found = read_settings(file)
    assert (settings is not None) == ok
    assert [d.code for d in found] == ([] if ok else ["reglages"])


# Cards.


@pytest.fixture(scope="module")
def carded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A tiny project with an address, in a folder where cards are kept."""
    root = tmp_path_factory.mktemp("cards") / "project"
    shutil.copytree(Path(__file__).parents[1] / "tiny", root)
    furnish(root)
    (root / "theme/web").mkdir(parents=True)
    shutil.copytree(REPOSITORY / "theme/web/assets", root / "theme/web/assets")
    library, _ = load(root)
    return site(library, root=root)  # type: ignore[arg-type]


def test_each_resource_has_a_card_of_the_size_networks_want(carded: Site) -> None:
    files = made(social.make, carded)
    assert set(files) == {social.card_url(r) for r in carded.library.resources}
    for content in files.values():
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert len(content) < 60_000


def test_cards_are_kept_and_the_same_bytes_come_back(
    carded: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(social.make, carded)
    with monkeypatch.context() as patch:
        patch.setattr(social.cards, "draw", lambda *_: pytest.fail("drawn again"))
        assert made(social.make, carded) == first
    for file in (carded.settings.cache / "partage").glob("*.png"):
        file.unlink()
    assert made(social.make, carded) == first


def test_no_card_without_an_address(carded: Site) -> None:
    alone = replace(carded, settings=replace(carded.settings, site_url=""))
    assert made(social.make, alone) == {}


def test_card_of_a_chapter_or_a_very_long_title_is_drawn(carded: Site) -> None:
    chapter = next(r for r in carded.library.resources if isinstance(r, Chapter))
    long = {**chapter.source.front, "titre": "Anticonstitutionnellement " * 3}
    source = replace(chapter.source, front=long)
    told = Chapter.model_validate(long, context={"source": source, "slug": "long"})
    library = carded.library.model_copy(update={"chapters": (told,)})
    assert made(social.make, replace(carded, library=library))
