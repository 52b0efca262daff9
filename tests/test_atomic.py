"""A file is the former one or the new one, whole: never a half, and nothing beside it."""

from __future__ import annotations

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest

from ressourcerie import atomic


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "liste.txt"


def names(file: Path) -> list[str]:
    return sorted(p.name for p in file.parent.iterdir())


def test_a_new_file_may_be_read_by_all(file: Path) -> None:
    atomic.write(file, b"un")
    assert file.read_bytes() == b"un"
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert names(file) == ["liste.txt"]


def test_rights_are_those_asked_for(file: Path) -> None:
    atomic.write(file, b"un", mode=0o750)
    assert stat.S_IMODE(file.stat().st_mode) == 0o750


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
@pytest.mark.parametrize("stop", [OSError(28, "disque plein"), KeyboardInterrupt()])
def test_whatever_stops_it_leaves_the_former_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, step: str, stop: BaseException
) -> None:
    atomic.write(file, b"avant")

    def fail(*_: object, **__: object) -> NoReturn:
        raise stop

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(stop)):
        atomic.write(file, b"apres", lasting=True)
    assert file.read_bytes() == b"avant"
    assert names(file) == ["liste.txt"]


def test_a_folder_that_is_not_there_is_said(file: Path) -> None:
    with pytest.raises(FileNotFoundError):
        atomic.write(file.parent / "absent" / file.name, b"un")
    assert names(file) == []


def test_readers_never_see_a_half(file: Path) -> None:
    texts = {bytes([letter]) * 300_000 for letter in b"abcd"}
    atomic.write(file, b"a" * 300_000)
    with ThreadPoolExecutor(5) as pool:
        written = [pool.submit(atomic.write, file, text) for text in texts for _ in range(10)]
        while not all(w.done() for w in written):
            assert file.read_bytes() in texts
        assert [w.result() for w in written] == [None] * 40
    assert names(file) == ["liste.txt"]


def test_only_what_was_left_long_ago_is_swept_away(file: Path) -> None:
    old, new, other = (file.parent / n for n in (".liste-a", ".liste-b", ".autre-a"))
    for left in (old, new, other):
        left.write_bytes(b"moit")
    for left in (old, other):
        os.utime(left, (time.time() - 7200,) * 2)
    atomic.sweep(file)
    assert names(file) == [".autre-a", ".liste-b"]
