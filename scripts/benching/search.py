"""What the search finds, beside Material’s own and Pagefind on the same site, and how soon."""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import corpus
from auditing.host import hosted
from playwright.sync_api import Browser, Page, sync_playwright

from benching import rivals
from ressourcerie.load import load
from ressourcerie.markdown import MarkdownSettings
from ressourcerie.memory import Memory
from ressourcerie.site.bodies import render_bodies
from ressourcerie.site.pages import site_pages
from ressourcerie.site.search.written import scripts

HERE = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(HERE / "tests"))

from queries import ANSWERS, HELD, READY, TUNED, Query, read_queries, share  # noqa: E402 - they live with the tests

Ask = Callable[[Sequence[str]], list[list[str]]]
# From each key to the first result drawn, in the order of the keys.
TYPED = """async text => {
    const input = document.querySelector('.search__input');
    const list = document.getElementById('search-list'), took = [];
    for (let end = 1; end <= text.length; end += 1) {
        const started = performance.now();
        await new Promise(done => {
            const watch = new MutationObserver(() => { watch.disconnect(); done(); });
            watch.observe(list, {childList: true});
            input.value = text.slice(0, end);
            input.dispatchEvent(new Event('input'));
        });
        took.push(performance.now() - started);
    }
    return took;
}"""
TYPINGS = (
    "mot de passe",
    "comment vérifier une adresse",
    "carnet partagé",
    "sauvegrade",
    "ateliers",
)


def judge_search(folder: Path, options: argparse.Namespace) -> None:
    """Ask every query of each search, then time ours in a large site."""
    site = options.site.resolve()
    with sync_playwright() as playwright:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        asks: dict[str, Ask] = {"La Ressourcerie": lambda words: _ours(browser, site, words)}
        if not options.alone:
            asks["Material (lunr)"] = rivals.material(browser, site, folder)
            asks["Pagefind"] = rivals.pagefind(browser, site, folder)
        _report(asks)
        _time(browser, site, folder, options.sheets)
        browser.close()


def _report(asks: dict[str, Ask]) -> None:
    files = {"requetes.yml": read_queries(TUNED), "requetes-reserve.yml": read_queries(HELD)}
    print(f"{'':<18}" + "".join(f"{name} ({len(q)})".rjust(30) for name, q in files.items()))
    for name, ask in asks.items():
        cells = [_cell(queries, ask([q.words for q in queries])) for queries in files.values()]
        print(f"{name:<18}" + "".join(cell.rjust(30) for cell in cells))


def _cell(queries: Sequence[Query], answers: Sequence[Sequence[str]]) -> str:
    first, top = (share(queries, answers, among) for among in (1, 3))
    return f"first {first:.1%}, top 3 {top:.1%}"


def _ours(browser: Browser, site: Path, words: Sequence[str]) -> list[list[str]]:
    with hosted(site) as address:
        page = browser.new_page()
        _wake(page, address)
        answers: list[list[str]] = page.evaluate(ANSWERS, list(words))
        page.close()
    return answers


def _wake(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".search__input").focus()
    page.wait_for_function(READY, timeout=120_000)


def _time(browser: Browser, site: Path, folder: Path, sheets: int) -> None:
    large = folder / "large"
    # Pages and papers are not asked for.
    left_out = shutil.ignore_patterns("*.pdf", "*.zip", "ateliers", "glossaire", "guide")
    shutil.copytree(site, large, ignore=left_out)
    pages = _write_corpus(folder / "sources", large, sheets)
    with hosted(large) as address:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        before = {url for url in asked if "/recherche/" in url}
        started = page.evaluate("performance.now()")
        page.locator(".search__input").focus()
        page.wait_for_function(READY, timeout=120_000)
        ready = page.evaluate("performance.now()") - started
        loaded = {url for url in asked if "/recherche/" in url} - before
        print(f"\n{pages} pages")
        print(f"  before focus: {_weight(before, address, large)}")
        print(f"  before the first answer: {_weight(loaded, address, large)}")
        print(f"  from focus to the whole index, in the worker: {ready:.0f} ms")
        took: list[Any] = [ms for typing in TYPINGS for ms in page.evaluate(TYPED, typing)]
        page.close()
    worst = statistics.quantiles(took, n=20)[-1]
    print(
        f"  from a key to the first result: median {statistics.median(took):.0f} ms, "
        f"95 % under {worst:.0f} ms, worst {max(took):.0f} ms ({len(took)} keys; at most 100 ms)"
    )


def _write_corpus(root: Path, site: Path, sheets: int) -> int:
    root.mkdir()
    corpus.write_resources(root, sheets)
    library, _ = load(root)
    pages = tuple(site_pages(library))
    bodies, _ = render_bodies(pages, library, MarkdownSettings(), Memory())
    for url, content in scripts(library, pages, bodies):
        (site / url).write_bytes(content)
    return len(library.resources) - 1


def _weight(urls: set[str], address: str, site: Path) -> str:
    texts = [(site / url.removeprefix(address)).read_bytes() for url in sorted(urls)]
    small = sum(len(gzip.compress(text)) for text in texts)
    return (
        f"{sum(map(len, texts)) / 1000:.1f} kB ({small / 1000:.1f} gzipped) in {len(texts)} files"
    )
