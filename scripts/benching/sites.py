"""Checks beside builds, and the cost of a page as projects grow."""

from __future__ import annotations

import argparse
import math
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import corpus

from benching.peers import Peers, write_hugo, write_stock
from benching.rows import BIN, Promise, Row, change, forget, run_in_turn, show

OURS = Path(__file__).with_name("site_only.py")
QUARTER, TENTH = 1 / 4, 1 / 10
# What is promised of builds, on the largest corpus.
BUILDS = (
    ("ours, cold", "stock Material, cold", 0.15),
    ("ours, cold", "zensical, cold", 0.25),
    ("ours, one sheet changed", "zensical, one sheet changed", 0.15),
    ("ours, one sheet changed", "Hugo, one sheet changed", 0.5),
)


def time_checks(folder: Path, options: argparse.Namespace) -> None:
    ours, plain = folder / "ours", folder / "plain"
    for root, write in ((ours, corpus.write_resources), (plain, corpus.write_plain)):
        root.mkdir()
        write(root, options.sheets)
    stock = Row(
        "mkdocs build --strict, plain project",
        [BIN / "mkdocs", "build", "--strict", "--quiet", "--config-file", plain / "mkdocs.yml"],
        lambda _: forget(plain / "site"),
    )
    site = Row(
        "mkdocs build --strict, our project",
        [sys.executable, OURS, ours / "mkdocs.yml", "--checks"],
        lambda _: forget(ours / "site", ours / ".cache"),
        turns=1,
    )
    rows = [stock, site]
    promises = []
    for name, root, texts in (("our", ours, ours), ("plain", plain, plain / "docs")):
        # Relative to `texts` in both projects.
        changes = {"sheet": "ateliers/seance-{}/index.md", "term": "glossary/notion-{}.md"}
        command = [BIN / "ressourcerie", "check", "--config-file", root / "mkdocs.yml"]
        cold = Row(
            f"check, {name} project, cold", command, lambda _, root=root: forget(root / ".cache")
        )
        warm = Row(f"check, {name} project, nothing changed", command)
        changed = [
            Row(
                f"check, {name} project, a {kind} changed",
                command,
                lambda turn, texts=texts, path=path: change(texts / path.format(turn)),
            )
            for kind, path in changes.items()
        ]
        rows += [cold, warm, *changed]
        promises += [(cold, stock, QUARTER), *((row, cold, TENTH) for row in changed)]
    run_in_turn(rows, options.runs)
    show(rows)
    print()
    for row, other, most in promises:
        print(Promise(f"{row.name} / {other.name}", row.seconds, other.seconds, most))


def time_builds(folder: Path, options: argparse.Namespace) -> None:
    """Our build beside those of others, on the same words, at each size; no PDFs."""
    peers = Peers.install(folder / "peers")
    table = []
    for texts in options.texts:
        root = folder / str(texts)
        rows = _builders(root, corpus.sheets_for(texts), peers)
        run_in_turn(rows, options.runs)
        print(f"\n{texts} texts, {_pages(root / 'ours')} pages of ours")
        show(rows)
        table.append({row.name: row for row in rows})
    last = table[-1]
    print()
    for name, other, most in BUILDS:
        print(Promise(f"{name} / {other}", last[name].seconds, last[other].seconds, most))
    if len(table) > 1:
        first, more = options.texts[0], options.texts[-1]
        growth = statistics.median(last["ours, cold"].seconds)
        growth /= statistics.median(table[0]["ours, cold"].seconds)
        exponent = math.log(growth) / math.log(more / first)
        print(Promise(f"growth exponent, {first} to {more} texts", [exponent], [1.0], 1.0))


def _builders(root: Path, sheets: int, peers: Peers) -> list[Row]:
    """The projects of one size, and who builds them; a sheet changes where a row says so."""
    ours, plain, stock, zensical, hugo = (
        root / name for name in ("ours", "plain", "stock", "zensical", "hugo")
    )
    for project, write in ((ours, corpus.write_resources), (plain, corpus.write_plain)):
        project.mkdir(parents=True)
        write(project, sheets)
    write_stock(stock, plain / "docs")
    write_stock(zensical, plain / "docs")
    write_hugo(hugo, plain / "docs")
    sheet = "ateliers/seance-{}/index.md"

    def changed(texts: Path) -> Callable[[int], None]:
        return lambda turn: change(texts / sheet.format(turn))

    def afresh(project: Path, *names: str) -> Callable[[int], None]:
        return lambda _: forget(*(project / name for name in names))

    alone: list[str | Path] = [sys.executable, OURS, ours / "mkdocs.yml"]
    checked = [*alone, "--checks"]
    material = peers.material(stock)
    return [
        Row("stock Material, cold", material, afresh(stock, "site"), turns=1),
        Row(
            "zensical, cold",
            peers.with_zensical(zensical),
            afresh(zensical, "site", ".cache"),
            turns=2,
        ),
        Row(
            "zensical, one sheet changed", peers.with_zensical(zensical), changed(zensical / "docs")
        ),
        Row("Hugo, cold", peers.with_hugo(hugo), afresh(hugo, "public", "resources")),
        Row("Hugo, one sheet changed", peers.with_hugo(hugo), changed(hugo / "content")),
        Row("ours, cold", alone, afresh(ours, "site", ".cache")),
        Row("ours, one sheet changed", alone, changed(ours)),
        Row("ours with checks, cold", checked, afresh(ours, "site", ".cache")),
        Row("ours with checks, one sheet changed", checked, changed(ours)),
    ]


def _pages(project: Path) -> int:
    return sum(1 for _ in (project / "site").rglob("*.html"))
