"""Checks beside builds, and the cost of a page as projects grow."""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

import corpus

from benching.rows import BIN, Promise, Row, change, forget, run_in_turn, show

# Printing is another matter, and another cache.
BUILD = """
import sys
from mkdocs.__main__ import cli
from ressourcerie import pipeline
from ressourcerie.paper import render
pipeline.print_all = lambda *a, **k: ([], [], 0)
cli(["build", "--strict", "--quiet", "--config-file", sys.argv[1]])
"""
QUARTER, TENTH = 1 / 4, 1 / 10


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
        [sys.executable, "-c", BUILD, ours / "mkdocs.yml"],
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
    base = 0.0
    print(f"{'pages':>7} {'s':>7} {'ms/page':>9} {'ratio':>7}")
    for size in options.sizes:
        root = folder / str(size)
        root.mkdir()
        corpus.write_resources(root, size)
        row = Row(
            "build",
            [sys.executable, "-c", BUILD, root / "mkdocs.yml"],
            lambda _, root=root: forget(root / "site", root / ".cache"),
        )
        run_in_turn([row], options.runs)
        pages = sum(1 for _ in (root / "site").rglob("*.html"))
        seconds = statistics.median(row.seconds)
        each = seconds / pages * 1000
        base = base or each
        print(f"{pages:>7} {seconds:>7.2f} {each:>9.2f} {each / base:>7.2f}")
