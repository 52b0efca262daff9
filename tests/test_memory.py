"""The memory keeps what is true, and nothing else: whatever happens to its file, no run suffers."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressourcerie import memory
from ressourcerie.memory import Memory, key


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "etudes.txt"


def remember(file: Path, **values: Any) -> None:
    """One run, which remembers values under the keys of their names."""
    one = Memory(file)
    for name, value in values.items():
        one.put(key(name), value)
    one.save()


def test_what_a_run_has_put_the_next_one_gets(file: Path) -> None:
    remember(file, mot=["été", 1, None], rien=[])
    assert Memory(file).get(key("mot")) == ["été", 1, None]
    assert Memory(file).get(key("rien")) == []
    assert Memory(file).get(key("autre")) is None


def test_without_a_file_all_is_forgotten() -> None:
    one = Memory()
    one.put(key("mot"), 1)
    one.save()
    assert one.get(key("mot")) is None


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(DATA)
def test_data_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    file = tmp_path_factory.mktemp("m") / "etudes.txt"
    remember(file, valeur=[value])
    assert Memory(file).get(key("valeur")) == [value]


def test_only_what_the_last_run_has_used_is_kept(file: Path) -> None:
    remember(file, un=1, deux=2)
    one = Memory(file)
    one.get(key("deux"))
    one.put(key("trois"), 3)
    one.save()
    assert [Memory(file).get(key(name)) for name in ("un", "deux", "trois")] == [None, 2, 3]


def test_file_does_not_grow_from_run_to_run(file: Path) -> None:
    sizes = []
    for turn in range(20):
        remember(file, **{f"texte-{turn}": "x" * 100, "autre": "y"})
        sizes.append(file.stat().st_size)
    assert max(sizes) - min(sizes) < 10


def test_nothing_is_written_when_nothing_has_changed(file: Path) -> None:
    remember(file, un=1)
    before = file.stat().st_mtime_ns
    one = Memory(file)
    one.get(key("un"))
    one.save()
    assert file.stat().st_mtime_ns == before


def test_folder_is_not_to_be_shared(file: Path) -> None:
    remember(file, un=1)
    assert (file.parent / ".gitignore").read_text() == "*\n"


# Whatever lies in the file.


def test_damaged_line_is_forgotten_and_the_others_kept(file: Path) -> None:
    remember(file, un="premier", deux="second")
    file.write_bytes(file.read_bytes().replace(b"premier", b"dernier"))
    assert Memory(file).get(key("un")) is None
    assert Memory(file).get(key("deux")) == "second"


def test_line_cannot_pass_for_another(file: Path) -> None:
    remember(file, un="premier")
    file.write_bytes(file.read_bytes().replace(key("un").encode(), key("deux").encode()))
    assert Memory(file).get(key("deux")) is None


@pytest.mark.parametrize("kept", [0, 1, 41, 60, -1])
def test_file_cut_anywhere_is_no_trouble(file: Path, kept: int) -> None:
    remember(file, un="premier")
    file.write_bytes(file.read_bytes()[:kept])
    assert Memory(file).get(key("un")) is None
    remember(file, un="premier")
    assert Memory(file).get(key("un")) == "premier"


def line(name: str, value: bytes) -> bytes:
    """A line as a stranger would forge it, its sum of control right."""
    return b" ".join((name.encode(), memory._control(name, value), value))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\0" * 1000,
        b'{"un": 1}',
        "été".encode("latin-1"),
        line(key("un"), b"[" * 200_000),
        line(key("un"), b"\xff\xfe"),
        line(key("un"), b"{"),
        line(key("un"), b"null"),
        line(key("un"), b""),
        key("un").encode(),
    ],
    ids=range(11),
)
def test_file_that_is_not_ours_is_as_good_as_none(file: Path, data: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(data)
    assert Memory(file).get(key("un")) is None
    remember(file, un=1)
    assert Memory(file).get(key("un")) == 1


class Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (os.environ["TEMOIN"],)


def test_nothing_in_the_file_is_ever_run(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMOIN", str(tmp_path / "temoin"))
    file.parent.mkdir()
    file.write_bytes(line(key("un"), pickle.dumps(Bomb())))
    assert Memory(file).get(key("un")) is None
    assert not (tmp_path / "temoin").exists()


def test_file_is_plain_json_line_by_line(file: Path) -> None:
    remember(file, un=["été"], deux=2)
    values = [json.loads(line.split(b" ", 2)[2]) for line in file.read_bytes().splitlines()]
    assert values == [["été"], 2]


# Whatever becomes of the disk.


def test_pipe_in_its_place_is_not_waited_for(file: Path) -> None:
    file.parent.mkdir()
    os.mkfifo(file)
    assert Memory(file).get(key("un")) is None


def test_endless_file_in_its_place_is_not_read(file: Path) -> None:
    file.parent.mkdir()
    file.symlink_to("/dev/zero")
    assert Memory(file).get(key("un")) is None


def test_folder_in_its_place_is_no_trouble(file: Path) -> None:
    file.mkdir(parents=True)
    remember(file, un=1)
    assert Memory(file).get(key("un")) is None
    assert list(file.parent.glob(".etudes-*")) == []


def test_disk_that_refuses_is_no_trouble(file: Path) -> None:
    file.parent.write_text("un fichier à la place du dossier")
    remember(file, un=1)
    assert Memory(file).get(key("un")) is None


def test_writing_stopped_half_way_leaves_the_former_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(file, un=1)
    before = file.read_bytes()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(memory.os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        remember(file, deux=2)
    assert file.read_bytes() == before
    assert list(file.parent.glob(".etudes-*")) == []


def test_what_killed_runs_have_left_is_swept_away(file: Path) -> None:
    remember(file, un=1)
    old, new = file.parent / ".etudes-vieux", file.parent / ".etudes-neuf"
    for left in (old, new):
        left.write_text("à moitié")
    os.utime(old, (time.time() - 7200,) * 2)
    remember(file, deux=2)
    assert not old.exists()
    assert new.exists()


def test_two_runs_at_once_leave_a_whole_file(file: Path) -> None:
    def run(number: int) -> None:
        for turn in range(30):
            remember(file, **{f"{number}-{turn}-{n}": "x" * 5000 for n in range(5)})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    lines = file.read_bytes().splitlines()
    assert len(lines) == 5
    for found in lines:
        name, control, value = found.split(b" ", 2)
        assert control == memory._control(name.decode(), value)


# Names.


def test_names_tell_where_each_part_ends() -> None:
    assert key("ab", "c") != key("a", "bc") != key("abc")
    assert key("ab") == key(b"ab")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Another copy of our code, which tests may change."""
    folder = tmp_path / "ressourcerie"
    shutil.copytree(Path(memory.__file__).parent, folder)
    return folder


def name_in(copy: Path, *folders: Path) -> str:
    code = "from ressourcerie.memory import key; print(key('x'))"
    path = os.pathsep.join(map(str, (copy.parent, *folders)))
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("changed", ["checks/images.py", "data/vocabulaires.yml"])
def test_change_of_our_own_code_forgets_everything(copy: Path, changed: str) -> None:
    before = name_in(copy)
    assert name_in(copy) == before
    with (copy / changed).open("a") as text:
        text.write("\n# Un commentaire.\n")
    assert name_in(copy) != before


def test_change_of_a_package_forgets_everything(copy: Path, tmp_path: Path) -> None:
    packages = tmp_path / "paquets"
    (packages / "extension-1.0.dist-info").mkdir(parents=True)
    before = name_in(copy, packages)
    (packages / "extension-1.0.dist-info").rename(packages / "extension-1.1.dist-info")
    assert name_in(copy, packages) != before
