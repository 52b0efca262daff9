"""Jobs for the pool, that need no engine: what goes right, and all that may go wrong."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from ressourcerie.paper.worker import Result


@dataclass(frozen=True)
class Hello:
    """Says its name."""

    name: str

    def run(self) -> Result:
        return Result(self.name.encode(), 1)


@dataclass(frozen=True)
class Fail(Hello):
    """Raises."""

    def run(self) -> Result:
        raise ValueError(f"{self.name} ne va pas")


class UntoldError(Exception):
    """Cannot be told from one process to another: it is made of two things and tells one."""

    def __init__(self, one: str, _other: str) -> None:
        super().__init__(one)


@dataclass(frozen=True)
class FailUntold(Hello):
    """Raises what kills whoever hears of it."""

    def run(self) -> Result:
        raise UntoldError("un", "deux")


@dataclass(frozen=True)
class Kill(Hello):
    """Takes its process with it, as the kernel does when memory lacks."""

    def run(self) -> Result:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


@dataclass(frozen=True)
class KillOnce(Hello):
    """The same, the first time: another job was too big beside it."""

    sign: Path

    def run(self) -> Result:
        if not self.sign.exists():
            self.sign.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Result(self.name.encode(), 1)


@dataclass(frozen=True)
class Swell(Hello):
    """Asks for more memory than a document may have."""

    def run(self) -> Result:
        return Result(bytes(64 * 1024**3), 1)


@dataclass(frozen=True)
class Turn(Hello):
    """Never ends."""

    def run(self) -> Result:
        while True:
            pass


@dataclass(frozen=True)
class Wait(Hello):
    """Says who does it, and waits."""

    sign: Path

    def run(self) -> Result:
        self.sign.write_text(str(os.getpid()), "utf-8")
        time.sleep(60)
        raise AssertionError
