"""Two other searches on the pages of a site of ours: Material’s own, as it comes, and Pagefind."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from auditing.host import hosted
from playwright.sync_api import Browser, Page

from benching.rows import BIN
from ressourcerie.site.search.passages import passages, plain

Ask = Callable[[Sequence[str]], list[list[str]]]
PAGEFIND = "pagefind@1.6.0"
STOCK = """\
site_name: Banc d’essai
theme: {name: material, language: fr, font: false}
plugins: [{search: {lang: fr}}]
"""
_ARTICLE = re.compile(r"<article.*</article>", re.DOTALL)
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
# What Material has found, page after page, once it has stopped drawing.
FOUND = """() => new Promise(done => {
    const read = () => [...document.querySelectorAll('.md-search-result__link')]
        .map(a => new URL(a.href).pathname.slice(1));
    let before = null, turns = 0;
    const look = () => {
        const found = read(), now = JSON.stringify(found);
        turns += 1;
        // Nothing at all is believed after two seconds only: its worker may be busy.
        if (now === before && (found.length || turns > 20)) done(found);
        else { before = now; setTimeout(look, 100); }
    };
    setTimeout(look, 100);
})"""
ASKED = """async queries => {
    const pagefind = await import('/pagefind/pagefind.js'), found = [];
    await pagefind.options({excerptLength: 5});
    for (const query of queries) {
        const answer = await pagefind.search(query);
        const best = await Promise.all(answer.results.slice(0, 3).map(r => r.data()));
        found.push(best.map(page => page.url.split('#')[0].slice(1)));
    }
    return found;
}"""


def readable(site: Path) -> dict[str, Path]:
    """Address → file of the pages that a search may find."""
    found = {}
    for file in sorted(site.rglob("index.html")):
        url = file.parent.relative_to(site).as_posix() + "/"
        if url in {"recherche/"} or "participant/" in url:
            continue
        if 'http-equiv="refresh"' not in file.read_text("utf-8"):
            found["" if url == "./" else url] = file
    return found


def material(browser: Browser, site: Path, folder: Path) -> Ask:
    """Stock Material, `fr`, on the visible text of each page."""
    root = folder / "material"
    for url, file in readable(site).items():
        article = _ARTICLE.search(file.read_text("utf-8"))
        if article is None:
            continue
        title = _TITLE.search(article[0])
        parts = [f"# {plain(title[1]) if title else url}\n"]
        for passage in passages(article[0]):
            if passage.heading:
                parts.append(f"## {passage.heading}\n")
            parts.append(re.sub(r"([<>*_`\[\]#])", r"\\\1", passage.text) + "\n")
        target = root / "docs" / f"{url or '.'}" / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(parts), "utf-8")
    (root / "mkdocs.yml").write_text(STOCK, "utf-8")
    subprocess.run([BIN / "mkdocs", "build", "--quiet"], cwd=root, check=True)

    def ask(words: Sequence[str]) -> list[list[str]]:
        with hosted(root / "site") as address:
            page = browser.new_page()
            page.goto(address)
            page.locator(".md-search__input").focus()
            page.wait_for_load_state("networkidle")
            answers = [_typed(page, query) for query in words]
            page.close()
        return answers

    return ask


def _typed(page: Page, query: str) -> list[str]:
    field = page.locator(".md-search__input")
    field.fill("")
    # It listens to keys.
    field.press("End")
    # What it found before is gone once it asks for words again.
    page.wait_for_function("() => !document.querySelector('.md-search-result__link')")
    field.fill(query)
    field.press("End")
    found = [str(url).partition("#")[0] for url in page.evaluate(FOUND)]
    return list(dict.fromkeys(found))


def pagefind(browser: Browser, site: Path, folder: Path) -> Ask:
    """Pagefind as it comes, on the HTML of each page."""
    root = folder / "pagefind"
    for url, file in readable(site).items():
        (root / url).mkdir(parents=True, exist_ok=True)
        shutil.copy(file, root / url / "index.html")
    command = ["npx", "--yes", PAGEFIND, "--site", str(root)]
    subprocess.run(command, check=True, capture_output=True)
    # A page of its own: the policy of ours refuses WebAssembly.
    (root / "seul.html").write_text("<!doctype html><html lang=fr><title>Banc</title>", "utf-8")

    def ask(words: Sequence[str]) -> list[list[str]]:
        with hosted(root) as address:
            page = browser.new_page()
            page.goto(f"{address}seul.html")
            answers: list[list[str]] = page.evaluate(ASKED, list(words))
            page.close()
        return answers

    return ask
