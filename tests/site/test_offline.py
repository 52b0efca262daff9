"""Without a connection: the stick that opens by a double click, and what a browser keeps."""

from __future__ import annotations

import gzip
import http.server
import io
import json
import os
import re
import shutil
import threading
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from browsing import CHROMIUM
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from ressourcerie.library import Library
from ressourcerie.settings import Settings
from ressourcerie.site import archive, editions, offline, usb
from ressourcerie.site.catalogue import Catalogue
from ressourcerie.site.plan import Site

PATIENT = 45_000
SECTIONS = ("ateliers", "glossaire", "guide", "parcours", "imprimer", "utiliser")


def bare(root: Path, **settings: Any) -> Site:
    """A site whose pages are built already: only its settings matter."""
    return Site(Library(), Settings(root, **settings), Catalogue((), {}), (), {})


def linked(site: Path, target: Path) -> Path:
    """A copy of a site that costs nothing: what changes in it is replaced, never written over."""
    shutil.copytree(site, target, copy_function=os.link)
    return target


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.unlink()
    file.write_text(text.replace(old, new), "utf-8")


# ---------------------------------------------------------------- one page, two editions


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("../mots/", "../mots/index.html"),
        ("./", "./index.html"),
        ("..", "../index.html"),
        ("mots/?lettre=a#abri", "mots/index.html?lettre=a#abri"),
        ("#haut", "#haut"),
        ("?q=mot", "?q=mot"),
        ("", ""),
        ("fiche.pdf", "fiche.pdf"),
        ("mots/index.html", "mots/index.html"),
        ("https://exemple.test/mots/", "https://exemple.test/mots/"),
        ("//exemple.test/", "//exemple.test/"),
        ("mailto:nous@exemple.test", "mailto:nous@exemple.test"),
    ],
)
def test_link_to_a_folder_leads_to_its_page(address: str, file: str) -> None:
    assert editions.to_file(address.encode()).decode() == file


def test_page_of_a_stick_keeps_all_but_its_links() -> None:
    page = """<!doctype html><!-- <a href="x/"> --><link rel="canonical" href="https://e.test/x/">
<link rel="prev" href="../a/"><link rel="manifest" href="../m.webmanifest">
<meta http-equiv="refresh" content="0; url=../neuf/#ici">
<script>var a = '<a href="x/">';</script><svg><a xlink:href="../mot/"></a></svg>
<a title="a > b" href='y/?q=1&amp;r=2#z'>y</a> <a href=z/>z</a> <form action="../cherche/">"""
    assert editions.without_server(page.encode()).decode() == (
        """<!doctype html><!-- <a href="x/"> -->
<link rel="prev" href="../a/index.html">
<meta http-equiv="refresh" content="0; url=../neuf/index.html#ici">
<script>var a = '<a href="x/">';</script><svg><a xlink:href="../mot/index.html"></a></svg>
<a title="a > b" href='y/index.html?q=1&amp;r=2#z'>y</a> <a href=z/index.html>z</a> """
        """<form action="../cherche/index.html">"""
    )


def test_each_edition_shows_what_is_its_own_and_the_facts_it_announces() -> None:
    page = (
        b'<p class="draft">a</p><template data-edition="en-ligne">b '
        b'<span data-filled="usb-weight">?</span></template>'
        b'<template data-edition="cle-usb">c</template>'
    )
    online = editions.for_edition(page, editions.ONLINE, {"usb-weight": "3 Mo"})
    assert online == b'b <span data-filled="usb-weight">3 Mo</span>'
    assert editions.for_edition(page, editions.USB, {}) == b"c"


# ---------------------------------------------------------------- the zip


def test_archive_is_one_that_others_read() -> None:
    members = {"a/été.txt": b"mot " * 500, "b.bin": bytes(range(256)), "vide": b""}
    written = io.BytesIO()
    packed = [(name, archive.pack(data, compress=True)) for name, data in members.items()]
    archive.write(written, packed)
    with zipfile.ZipFile(written) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == members
        assert {i.date_time for i in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        methods = [i.compress_type for i in opened.infolist()]
    assert methods == [archive.DEFLATED, archive.STORED, archive.STORED]


def test_zip_is_the_same_twice_from_nothing_and_from_what_is_known(
    real_site: Path, tmp_path: Path
) -> None:
    built = []
    for name in ("one", "one", "other"):
        folder = linked(real_site, tmp_path / f"{len(built)}")
        (folder / usb.URL).unlink()
        usb.make_usb_edition(folder, bare(tmp_path / name))
        built.append((folder / usb.URL).read_bytes())
    assert built[0] == built[1] == built[2]


@pytest.fixture(scope="module")
def zipped(real_site: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(real_site / usb.URL) as opened:
        yield opened


def test_zip_holds_the_whole_site_and_nothing_that_needs_a_server(
    real_site: Path, zipped: zipfile.ZipFile
) -> None:
    held = {n.removeprefix("la-ressourcerie/site/") for n in zipped.namelist()}
    there = {p.relative_to(real_site).as_posix() for p in real_site.rglob("*") if p.is_file()}
    missing = {n for n in there - held if not n.startswith("assets/icons/")}
    assert missing == {
        *("404.html", "hors-connexion.json", "manifest.webmanifest", "sw.js"),
        *("sitemap.xml", "sitemap.xml.gz", usb.URL),
    }
    stored = {i.filename for i in zipped.infolist() if i.compress_type == zipfile.ZIP_STORED}
    assert {n for n in zipped.namelist() if n.endswith((".pdf", ".png", ".zip"))} <= stored
    assert not {n for n in stored if n.endswith(".html")}


def test_first_files_of_the_zip_say_what_to_do(zipped: zipfile.ZipFile) -> None:
    top = sorted({n.split("/")[1] for n in zipped.namelist()})
    assert top == ["LISEZ-MOI.txt", "OUVRIR-LA-RESSOURCERIE.html", "site"]
    note = zipped.read("la-ressourcerie/LISEZ-MOI.txt")
    assert note.startswith(b"\xef\xbb\xbf")
    assert note.count(b"\n") == note.count(b"\r\n") > 20


def test_names_hold_on_any_stick(zipped: zipfile.ZipFile) -> None:
    assert list(usb.unfit(zipped.namelist())) == []


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a/quoi ?.png"], "« ? »"),
        (["a/nul.txt"], "Windows refuse"),
        (["a/fin."], "Windows refuse"),
        (["a/" + "b" * 200], "dépasse 199 signes"),
        (["Été/a", "été/b"], "confond avec « Été »"),
    ],
)
def test_name_that_a_stick_would_refuse_is_told(names: list[str], said: str) -> None:
    [(_, fault)] = usb.unfit(names)
    assert said in fault


@pytest.mark.parametrize("page", ["hors-connexion", "telechargements"])
def test_site_announces_the_weight_of_the_zip(
    real_site: Path, zipped: zipfile.ZipFile, page: str
) -> None:
    text = (real_site / page / "index.html").read_text("utf-8")
    weight = (real_site / usb.URL).stat().st_size / 1e6
    assert f"{weight:.1f}\u00a0Mo".replace(".", ",") in text
    assert f"{len(zipped.namelist())}\u00a0fichiers" in text
    assert "<template data-edition" not in text
    assert 'class="draft"' not in text
    on_stick = zipped.read(f"la-ressourcerie/site/{page}/index.html").decode()
    assert usb.NAME not in on_stick
    assert "<template data-edition" not in on_stick


# ---------------------------------------------------------------- the stick, in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="fr-FR", reduced_motion="reduce")
    opened.set_default_timeout(PATIENT)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def stick(zipped: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What comes out of the zip."""
    folder = tmp_path_factory.mktemp("cle") / "Clé USB n° 1"
    zipped.extractall(folder)
    return folder / "la-ressourcerie"


def test_stick_opens_by_a_double_click_and_leads_everywhere(
    stick: Path, context: BrowserContext
) -> None:
    context.set_offline(True)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("pageerror", lambda e: complaints.append(str(e)))
    # What is given up because the page is left was not refused.
    page.on(
        "requestfailed",
        lambda r: complaints.append(r.url) if r.failure != "net::ERR_ABORTED" else None,
    )
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((stick / "OUVRIR-LA-RESSOURCERIE.html").as_uri())
    page.wait_for_url("**/site/index.html")
    for section in SECTIONS:
        link = page.locator(f'.menu__nav a[href$="{section}/index.html"]')
        if link.count():
            link.click()
            page.wait_for_url(f"**/{section}/index.html")
            expect(page.locator("h1")).to_be_visible()
    page.locator(".brand").click()
    page.wait_for_url("**/site/index.html")
    page.goto((stick / "site/hors-connexion/index.html").as_uri())
    expect(page.get_by_text("Vous lisez l’édition clé USB")).to_be_visible()
    assert [u for u in asked if not u.startswith(("file:", "data:", "blob:"))] == []
    assert complaints == []


def test_search_facets_and_bubbles_work_on_the_stick(
    stick: Path, context: BrowserContext, real_library: Library
) -> None:
    context.set_offline(True)
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((stick / "site/glossaire/e-inclusion/index.html").as_uri())
    search(page, "tiers lieux")
    page.wait_for_url("**/glossaire/tiers-lieux/index.html")

    page.goto((stick / "site/ateliers/index.html").as_uri() + "?public=parents")
    cards = page.locator("[data-cards] > li:not([hidden]) .card__link")
    of_parents = [
        w.slug for w in real_library.workshops if {"parents", "tous_publics"} & set(w.publics)
    ]
    assert 0 < len(of_parents) < len(real_library.workshops)
    expect(cards).to_have_count(len(of_parents))
    cards.first.click()
    page.wait_for_url(re.compile(rf"/ateliers/({'|'.join(of_parents)})/index\.html"))

    page.goto((stick / "site/a-propos/index.html").as_uri())
    page.locator("a.term").first.focus()
    expect(page.locator(".bubble")).to_be_visible()
    page.locator(".bubble a").click()
    page.wait_for_url("**/glossaire/*/index.html*")


def search(page: Page, words: str) -> None:
    """Open the first result."""
    field = page.get_by_role("combobox", name="Rechercher sur le site")
    field.press_sequentially(words)
    expect(page.locator("#search-list").get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")


def test_no_link_of_the_stick_leads_to_a_folder_or_nowhere(stick: Path) -> None:
    lost = []
    for file in (stick / "site").rglob("*.html"):
        text = re.sub(r"<script\b.*?</script>", "", file.read_text("utf-8"), flags=re.DOTALL)
        asked = set(re.findall(r'\s(?:href|src|action)="([^"#?]+)', text))
        inner = (a for a in asked if not re.match(r"[a-z]+:", a))
        lost += [f"{file.name} → {a}" for a in inner if not (file.parent / unquote(a)).is_file()]
    assert lost == []


def test_papers_are_on_the_stick(stick: Path) -> None:
    papers = list((stick / "site/telechargements").glob("*.pdf"))
    assert papers
    assert all(p.read_bytes().startswith(b"%PDF") for p in papers)


def test_page_opened_inside_the_zip_says_how_to_get_out(
    stick: Path, context: BrowserContext, tmp_path: Path
) -> None:
    """Windows shows what is in a zip as a folder, and takes out of it the one file one opens."""
    shutil.copy(stick / "OUVRIR-LA-RESSOURCERIE.html", tmp_path)
    page = context.new_page()
    page.goto((tmp_path / "OUVRIR-LA-RESSOURCERIE.html").as_uri())
    expect(page.get_by_text("Extraire tout")).to_be_visible()
    assert page.url.endswith("OUVRIR-LA-RESSOURCERIE.html")


# ---------------------------------------------------------------- the browser that has visited


class Host(http.server.ThreadingHTTPServer):
    """A site in a sub-folder of a host, that may stop answering, or answer badly."""

    folder: Path
    mood = "well"  # "gone": no answer at all; "ill": errors

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/ressources/"


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        if self.server.mood == "gone":
            self.close_connection = True
        elif self.server.mood == "ill":
            self.send_error(503)
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host(real_site: Path, tmp_path: Path) -> Iterator[Host]:
    folder = linked(real_site, tmp_path / "www" / "ressources")
    with Host(("127.0.0.1", 0), partial(_Handler, directory=str(tmp_path / "www"))) as server:
        server.folder = folder
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def visit(host: Host, context: BrowserContext, path: str) -> Page:
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(host.address + path, wait_until="load")
    return page


def until(page: Page, fact: str) -> None:
    """Wait for what a promise tells."""
    limit = time.monotonic() + PATIENT / 1000
    while not page.evaluate(f"Promise.resolve({fact})"):
        assert time.monotonic() < limit, fact
        page.wait_for_timeout(25)


def settled(page: Page) -> None:
    """The worker is there, and has kept the first page, which came before it."""
    page.evaluate("navigator.serviceWorker.ready")
    until(page, "navigator.serviceWorker.controller !== null")
    until(page, "caches.match(location.href.split(/[?#]/)[0]).then(Boolean)")


def line_of(page: Page) -> Locator:
    """What every page says when the connection fails: read aloud, without taking the focus."""
    return page.locator(".offline-line[role=status]")


def stores(page: Page) -> list[str]:
    names: list[str] = page.evaluate("caches.keys()")
    return sorted(names)


def publish(host: Host, **settings: Any) -> None:
    """Make the worker and the list again, after a change to the site."""
    for name in (offline.WORKER, offline.INDEX, offline.MANIFEST):
        (host.folder / name).unlink(missing_ok=True)
    offline.make_offline(host.folder, bare(host.folder, **settings))


def test_what_was_read_is_read_again_without_a_connection(
    host: Host, context: BrowserContext
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = visit(host, context, "glossaire/tiers-lieux/")
    settled(page)
    visit(host, context, "ateliers/embarquer/")
    until(page, "caches.match(location.href).then(Boolean)")
    host.mood = "gone"
    for path in ("glossaire/tiers-lieux/", "ateliers/embarquer/", "ateliers/embarquer/index.html"):
        visit(host, context, path)
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).fontFamily").count("Ressourcerie")
    # Said, and said why: the browser believes that it has a connection.
    expect(line_of(page)).to_contain_text("Le réseau ne répond pas")
    assert [u for u in asked if not u.startswith((host.address, "data:", "blob:"))] == []


def test_page_that_is_not_kept_says_so_and_says_what_is(
    host: Host, context: BrowserContext
) -> None:
    page = visit(host, context, "glossaire/tiers-lieux/")
    settled(page)
    host.mood = "gone"
    visit(host, context, "ateliers/creer/?q=a")
    expect(page).to_have_url(re.compile(r"/ressources/hors-connexion/\?page="))
    expect(page.locator("#keep-missing")).to_contain_text("ateliers/creer/")
    expect(page.locator("#keep-pages")).to_contain_text("Tiers-lieu")
    host.mood = "well"
    page.get_by_role("link", name="Réessayer").click()
    expect(page).to_have_url(host.address + "ateliers/creer/?q=a")


def test_address_of_elsewhere_is_not_followed(host: Host, context: BrowserContext) -> None:
    page = visit(host, context, "hors-connexion/?page=javascript:alert(1)")
    expect(page.locator("#keep-state")).to_contain_text("garde")
    expect(page.locator("#keep-missing")).to_be_hidden()


def test_line_says_when_there_is_no_connection_and_when_it_is_back(
    host: Host, context: BrowserContext
) -> None:
    page = visit(host, context, "guide/")
    line = line_of(page)
    expect(line).to_be_empty()
    context.set_offline(True)
    expect(line).to_contain_text("Vous êtes hors connexion")
    expect(line.get_by_role("link")).to_have_attribute("href", f"{host.address}hors-connexion/")
    context.set_offline(False)
    expect(line).to_be_empty()


def test_errors_are_never_kept_and_a_sick_server_is_no_better_than_none(
    host: Host, context: BrowserContext
) -> None:
    page = visit(host, context, "guide/")
    settled(page)
    visit(host, context, "nulle-part/")
    assert page.evaluate("caches.match(location.href).then(Boolean)") is False
    host.mood = "ill"
    visit(host, context, "guide/")
    expect(page.locator("h1")).to_have_text(re.compile("guide", re.IGNORECASE))


def keep_all(page: Page) -> None:
    page.get_by_role("button", name=re.compile(r"Tout garder \(.+Mo\)")).click()
    expect(page.locator("#keep-state")).to_contain_text("Tout le site est gardé", timeout=30_000)


def test_whole_site_is_kept_then_renewed_then_removed(host: Host, context: BrowserContext) -> None:
    page = visit(host, context, "hors-connexion/")
    expect(page.locator("#keep-state")).to_contain_text("Le site entier y prendrait")
    keep_all(page)
    listed = json.loads((host.folder / offline.INDEX).read_text("utf-8"))
    expect(page.locator("#keep-list-count")).to_have_text(f"{len(listed['pages'])} pages")
    expect(page.locator("#keep-list summary")).to_be_focused()

    # Every page, every paper, whole or by parts, the fonts and pictures of a page never opened.
    host.mood = "gone"
    complaints: list[str] = []
    page.on("requestfailed", lambda request: complaints.append(request.url))
    visit(host, context, "glossaire/tiers-lieux/")
    expect(page.locator("h1")).to_have_text("Tiers-lieu")
    paper = listed["papers"][0]
    got = page.evaluate(
        """(path) => Promise.all([fetch(path), fetch(path, { headers: { Range: "bytes=0-3" } })])
            .then((all) => Promise.all([all[0].arrayBuffer(), all[1].status, all[1].text()]))
            .then((all) => [all[0].byteLength, all[1], all[2]])""",
        host.address + paper[0],
    )
    assert got == [paper[1], 206, "%PDF"]
    search(page, "e-inclusion")
    page.wait_for_url("**/glossaire/e-inclusion/")
    assert complaints == []

    # One page changes: the notice is on that page only, and one file is taken again.
    host.mood = "well"
    replace(host.folder / "guide/index.html", "<h1>", "<h1>Nouveau ")
    publish(host)
    visit(host, context, "hors-connexion/")
    renew = page.get_by_role("button", name="Mettre à jour")
    expect(page.locator("#keep-state")).to_contain_text("Une nouvelle version est prête")
    renew.click()
    expect(page.locator("#keep-state")).to_contain_text("Tout le site est gardé")
    host.mood = "gone"
    visit(host, context, "guide/")
    expect(page.locator("h1")).to_contain_text("Nouveau")

    visit(host, context, "hors-connexion/")
    page.get_by_role("button", name="Retirer ce qui est gardé").click()
    expect(page.locator("#keep-list")).to_be_hidden()
    assert [n for n in stores(page) if "cadre" not in n] == []


def test_keeping_stops_when_asked_and_resumes(host: Host, context: BrowserContext) -> None:
    page = visit(host, context, "hors-connexion/")
    page.get_by_label("Avec les documents à imprimer").uncheck()
    page.route("**/*.svg", lambda route: None)  # never answered: there is time to stop
    page.get_by_role("button", name="Tout garder").click()
    stop = page.get_by_role("button", name="Arrêter")
    expect(stop).to_be_focused()
    expect(page.locator("#keep-bar")).to_be_visible()
    stop.click()
    expect(page.locator("#keep-state")).to_contain_text("Arrêté")
    page.unroute_all(behavior="ignoreErrors")
    page.get_by_role("button", name="Reprendre").click()
    expect(page.locator("#keep-state")).to_contain_text("Tout le site est gardé", timeout=30_000)


def test_new_version_takes_the_place_of_the_former(host: Host, context: BrowserContext) -> None:
    page = visit(host, context, "guide/")
    settled(page)
    [before] = [n for n in stores(page) if "cadre" in n]
    sheet = next((host.folder / "assets/css").glob("site-*.css"))
    # A new style sheet: a page kept from before will have to do with it.
    heir = sheet.with_name("site-0123456789.css")
    heir.write_bytes(sheet.read_bytes())
    replace(host.folder / "hors-connexion/index.html", sheet.name, heir.name)
    sheet.unlink()
    publish(host)
    page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    until(page, f"caches.has({json.dumps(before)}).then((there) => !there)")
    assert len([n for n in stores(page) if "cadre" in n]) == 1
    host.mood = "gone"
    visit(host, context, "guide/")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").count("Ressourcerie")


@pytest.mark.parametrize("way", ["worker", "page", "reader"])
def test_there_is_a_way_out(host: Host, context: BrowserContext, way: str) -> None:
    """The worker that takes leave, pages that want none any more, or the reader who says so."""
    page = visit(host, context, "hors-connexion/")
    settled(page)
    if way == "worker":
        publish(host, offline=False)
        page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    elif way == "page":
        replace(host.folder / "guide/index.html", ' data-worker="../sw.js"', "")
        visit(host, context, "guide/")
    else:
        page.get_by_label("Ne rien garder sur cet appareil").check()
    gone = """Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()])
        .then((all) => all[0].length + all[1].length === 0)"""
    until(page, gone)
    if way == "reader":
        visit(host, context, "guide/")
        page.wait_for_timeout(300)
        assert page.evaluate(gone) is True


def test_browser_that_refuses_to_keep_anything_is_told_of_the_stick(
    host: Host, context: BrowserContext
) -> None:
    context.add_init_script("caches.match = () => Promise.reject(new Error('refused'))")
    page = visit(host, context, "hors-connexion/")
    expect(page.locator("#keep-state")).to_contain_text("ne permet pas de garder")
    expect(page.get_by_role("link", name="Télécharger l’édition clé USB")).to_be_visible()


def test_without_script_the_page_offers_the_stick(host: Host, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = visit(host, context, "hors-connexion/")
    expect(page.get_by_role("link", name="Télécharger l’édition clé USB")).to_be_visible()
    expect(page.get_by_text("n’exécute pas JavaScript")).to_be_visible()
    expect(page.locator("#keep-state")).to_be_hidden()
    context.close()


def test_list_of_what_may_be_kept_says_true(real_site: Path) -> None:
    listed = json.loads((real_site / offline.INDEX).read_text("utf-8"))
    for rows in (listed["pages"], listed["files"], listed["papers"]):
        assert rows
        for url, size, *_ in rows:
            name = f"{url}index.html" if url.endswith("/") or not url else url
            assert (real_site / name).stat().st_size == size
    titles = {row[0]: row[3] for row in listed["pages"]}
    assert titles["glossaire/tiers-lieux/"].startswith("Tiers-lieu")
    # The same site, the same worker.
    assert offline.index(offline.inventory(real_site), listed["version"]) == listed


def test_preview_of_an_author_has_no_worker(real_site: Path) -> None:
    page = (real_site / "guide/index.html").read_text("utf-8")
    assert 'data-worker="../sw.js"' in page
    template = (Path(__file__).parents[2] / "theme/web/base.html").read_text("utf-8")
    assert "{% if worker %} data-worker" in template


def test_worker_costs_little_and_asks_again_for_nothing_it_has(real_site: Path) -> None:
    """What its arrival takes on a first visit, compressed, besides what the page has loaded."""
    text = (real_site / offline.WORKER).read_text("utf-8")
    named = re.match(r"const build = (.*);", text)
    assert named
    page = (real_site / "glossaire/tiers-lieux/index.html").read_text("utf-8")
    more = [url for url in json.loads(named[1])["frame"] if url not in page]
    assert "assets/keep.js" in more
    files = [real_site / (f"{url}index.html" if url.endswith("/") else url) for url in more]
    assert (
        sum(len(gzip.compress(f.read_bytes())) for f in [real_site / offline.WORKER, *files])
        < 25_000
    )


def test_manifest_has_addresses_that_hold_in_any_folder(real_site: Path) -> None:
    manifest = json.loads((real_site / offline.MANIFEST).read_text("utf-8"))
    assert (manifest["start_url"], manifest["scope"]) == ("./", "./")
    assert all((real_site / icon["src"]).is_file() for icon in manifest["icons"])
    assert "maskable" in {icon["purpose"] for icon in manifest["icons"]}
