"""Whole processes, timed in turn, and what is promised of their ratios."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benching.memory import Memory, watched

BIN = Path(sys.executable).parent


@dataclass
class Row:
    """One command: what is done before, and the seconds of each run, waited for and worked.

    It runs in the first `turns` only. What it prints is JSON when it `tells`; `memory` is looked at
    when it is `watched`.
    """

    name: str
    command: list[str | Path]
    prepare: Callable[[int], object] = lambda _turn: None
    turns: int = 1000
    tells: bool = False
    watched: bool = False
    seconds: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)

    def run(self, turn: int) -> None:
        self.prepare(turn)
        started = time.perf_counter()
        with ExitStack() as running:
            process = running.enter_context(
                subprocess.Popen(
                    self.command,
                    stdout=subprocess.PIPE if self.tells else subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
                )
            )
            memory = running.enter_context(watched(process.pid)) if self.watched else None
            told = process.stdout.read() if process.stdout else b""
            said = process.stderr.read() if process.stderr else b""
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds.append(time.perf_counter() - started)
        # That of the processes it has started, too.
        self.work.append(used.ru_utime + used.ru_stime)
        if process.returncode:
            sys.exit(f"{self.name}: exit code {process.returncode}\n{said.decode()}")
        if self.tells:
            self.told.append(json.loads(told))
        if memory:
            self.memory.append(memory)

    def all_told(self, name: str) -> list[float]:
        """A number it told at each run."""
        return [told[name] for told in self.told]


@dataclass(frozen=True)
class Promise:
    """A ratio, the median of those of each run, and the bound it must keep to."""

    name: str
    values: Sequence[float]
    others: Sequence[float]
    bound: float
    at_least: bool = False

    def __str__(self) -> str:
        ratio = statistics.median(map(float.__truediv__, map(float, self.values), self.others))
        holds = ratio >= self.bound if self.at_least else ratio <= self.bound
        sign = "≥" if self.at_least else "≤"
        return f"{_verdict(holds)} {ratio:6.3f} {sign} {self.bound:5.3f}  {self.name}"


@dataclass(frozen=True)
class Ceiling:
    """A quantity that no run may exceed."""

    name: str
    values: Sequence[float]
    bound: float

    def __str__(self) -> str:
        most = max(self.values)
        return f"{_verdict(most < self.bound)} {most:6.0f} < {self.bound:5.0f}  {self.name}"


def _verdict(holds: bool) -> str:
    return f"{'holds' if holds else 'BROKEN':<7}"


def run_in_turn(rows: Sequence[Row], runs: int) -> None:
    """Every row once, then again: a drift of the machine hits all alike."""
    for turn in range(runs):
        for row in rows:
            if turn < row.turns:
                row.run(turn)


def show(rows: Sequence[Row]) -> None:
    width = max(len(row.name) for row in rows)
    print(f"{'median of whole processes':<{width}} {'s':>8} {'min':>8} {'max':>8} {'work s':>8}")
    for row in rows:
        middle, work = statistics.median(row.seconds), statistics.median(row.work)
        least, most = min(row.seconds), max(row.seconds)
        print(f"{row.name:<{width}} {middle:8.2f} {least:8.2f} {most:8.2f} {work:8.2f}")


def forget(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def change(file: Path) -> None:
    """Add a sentence to a text."""
    with file.open("a", encoding="utf-8") as text:
        text.write("\nUne phrase de plus.\n")
