"""Our press beside WeasyPrint alone and beside Chromium: cold, warm, and when a text changes.

Two corpora of ours: workshops, one edition each; a glossary as a booklet. Whole processes load a
project and print it as a build does, without a site; « the press » is the same without the loading
and checking of texts. Others print the very HTML we do, in one process that is warm already; of the
booklet, one HTML file, whose page numbers are counted by `target-counter`, as plain CSS does.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import corpus

from benching.rows import Ceiling, Promise, Row, change, forget, run_in_turn, show

HERE = Path(__file__).parent
WORKERS = os.cpu_count() or 1
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Sheets beside the terms of the glossary, for these to be linked with.
BESIDE = 20
FASTER_THAN_WEASYPRINT, OF_CHROMIUM, OF_ONE_PIECE = 1.8, 1.2, 1 / 2
NOTHING, SHEET, TERM = 3 / 100, 5 / 100, 15 / 100
MEGABYTES = 350


def time_paper(folder: Path, options: argparse.Namespace) -> None:
    print(f"{WORKERS} processors, as many processes of ours that lay out")
    # Sheets bear the code of their page, as those of a site that is published.
    os.environ["SITE_URL"] = "https://ressourcerie.example/banc"
    for what, time_it in (("sheets", _time_sheets), ("book", _time_book)):
        if options.only in {None, what}:
            root = folder / what
            root.mkdir()
            print()
            time_it(root, options)


def _time_sheets(folder: Path, options: argparse.Namespace) -> None:
    root, html = folder / "project", folder / "html"
    root.mkdir()
    corpus.write_resources(root, options.sheets)
    ours = _Ours("sheets", root, html)
    plain = _plain("tagged", html)
    untagged = _plain("not tagged", html, "--untagged")
    warm = ours.row("nothing changed")
    changed = ours.row(
        "one sheet changed", lambda turn: change(root / f"ateliers/seance-{turn}/index.md")
    )
    chromium = list(_chromium(html))
    rows = [ours.cold, warm, changed, plain, untagged, *chromium]
    run_in_turn(rows, options.runs)
    print(f"{options.sheets} sheets, {ours.cold.told[0]['pages']} pages by us")
    show(rows)
    _show_inside(rows)
    print()
    press = ours.cold.all_told("seconds")
    for other in (plain, untagged):
        seconds = other.all_told("seconds")
        name = f"{other.name} / our press"
        print(Promise(name, seconds, press, FASTER_THAN_WEASYPRINT, at_least=True))
    for row in chromium:
        seconds = row.all_told("seconds")
        print(Promise(f"our press / {row.name}", press, seconds, OF_CHROMIUM))
    _show_shares(ours.cold, (warm, NOTHING), (changed, SHEET))


def _time_book(folder: Path, options: argparse.Namespace) -> None:
    root, html = folder / "project", folder / "html"
    root.mkdir()
    corpus.write_resources(root, BESIDE, terms=options.terms)
    corpus.write_booklet(root)
    ours = _Ours("book", root, html)
    ours.cold.watched = True
    plain = _plain("in one piece", html)
    plain.watched = True
    warm = ours.row("nothing changed")
    changed = ours.row("one term changed", lambda turn: change(root / f"glossary/notion-{turn}.md"))
    rows = [ours.cold, warm, changed, plain]
    run_in_turn(rows, options.runs)
    print(
        f"{options.terms} terms, {ours.cold.told[0]['pages']} pages by us,"
        f" {plain.told[0]['pages']} by WeasyPrint alone"
    )
    show(rows)
    _show_inside(rows)
    print()
    press, alone = ours.cold.all_told("seconds"), plain.all_told("seconds")
    print(Promise(f"our press / {plain.name}", press, alone, OF_ONE_PIECE))
    _show_shares(ours.cold, (warm, NOTHING), (changed, TERM))
    largest = [memory.largest for memory in ours.cold.memory]
    print(Ceiling(f"MB, the largest process, {ours.cold.name}", largest, MEGABYTES))
    for row in (ours.cold, plain):
        together = max(memory.together for memory in row.memory)
        print(f"{'':<7} {together:6.0f} MB, all processes together, {row.name}")


class _Ours:
    """Rows of our own press."""

    def __init__(self, what: str, root: Path, html: Path) -> None:
        self._what = what
        self._root = root
        self._html = html
        self.cold = self.row("cold", self._from_scratch)

    def row(self, state: str, prepare: Callable[[int], object] = lambda _turn: None) -> Row:
        command = [sys.executable, HERE / "ours.py", self._root, self._what]
        return Row(f"our press, {state}", command, prepare, tells=True)

    def _from_scratch(self, turn: int) -> None:
        if turn == 0:
            # Once, what others print: not while we are timed.
            written = self.row("HTML")
            written.command += ["--html", self._html]
            written.run(turn)
        forget(self._root / ".cache")


def _plain(name: str, html: Path, *more: str) -> Row:
    command = [sys.executable, HERE / "plain.py", html, *more]
    return Row(f"WeasyPrint alone, warm, {name}", command, tells=True)


def _chromium(html: Path) -> Iterator[Row]:
    """A row where there is a browser, and what drives it."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None or importlib.util.find_spec("playwright") is None:
        print("no Chromium here, or no Playwright: no row of it")
        return
    command = [sys.executable, HERE / "browser.py", html, "--program", program]
    yield Row("Chromium, warm", command, tells=True)


def _show_inside(rows: list[Row]) -> None:
    width = max(len(row.name) for row in rows)
    print(f"{'of which, printing alone':<{width}} {'s':>8} {'PDFs':>8} {'made':>8}")
    for row in rows:
        told = sorted(row.told, key=lambda told: told["seconds"])[len(row.told) // 2]
        made = told.get("made", told["pdfs"])
        print(f"{row.name:<{width}} {told['seconds']:8.2f} {told['pdfs']:8} {made:8}")


def _show_shares(cold: Row, *shares: tuple[Row, float]) -> None:
    for row, most in shares:
        print(Promise(f"{row.name} / cold, whole processes", row.seconds, cold.seconds, most))
        inner, whole = row.all_told("seconds"), cold.all_told("seconds")
        print(Promise(f"{row.name} / cold, the press alone", inner, whole, most))
