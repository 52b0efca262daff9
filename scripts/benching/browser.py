"""Chromium, as a program: one browser kept open prints the HTML files of a folder, one by one.

The PDFs are tagged, as ours are. It ends with JSON: the seconds it took, and what was printed.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

WARMING = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--program", default=None, help="the browser, unless Playwright has one")
    options = parser.parse_args()
    # A browser fetches its style as it is told to by each page.
    style = '<link rel="stylesheet" href="style.css">'
    for file in options.folder.glob("*.html"):
        text = file.read_text("utf-8").replace("</head>", f"{style}</head>", 1)
        (options.folder / f"{file.stem}.htm").write_text(text, "utf-8")
    files = sorted(options.folder.glob("*.htm"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.program, args=["--no-sandbox"])
        page = browser.new_page()
        for file in files[:WARMING]:
            _print(page, file)
        started = time.perf_counter()
        for file in files:
            _print(page, file)
        seconds = time.perf_counter() - started
        browser.close()
    print(json.dumps({"seconds": seconds, "pdfs": len(files)}))


def _print(page: Page, file: Path) -> None:
    page.goto(file.resolve().as_uri())
    pdf = file.with_suffix(".chromium.pdf")
    page.pdf(path=pdf, prefer_css_page_size=True, tagged=True, outline=True)


if __name__ == "__main__":
    main()
