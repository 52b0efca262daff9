"""All or nothing: whatever happens to a build, the site of yesterday stands, byte for byte."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import mkdocs.utils
import pytest

from builds import built, command, edit, environment, lay, leftovers, made_once, run, tree, write
from ressourcerie import pipeline, staging
from ressourcerie.paper.cache import PdfCache
from ressourcerie.site import drawing, plugin
from ressourcerie.site.build import BuildError
from ressourcerie.site.build import build as build_site
from ressourcerie.staging import BusyError, NotASiteError, Staging

PAGE = "content/utiliser.md"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its site. Tests work on copies."""

    def make(root: Path) -> None:
        lay(root)
        built(root)

    return made_once(tmp_path_factory, "published", make)


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    """A project with the site of yesterday, and a change that a build of today would publish."""
    copy = shutil.copytree(published, tmp_path / "projet")
    edit(copy, PAGE, "Quelques mots.", "Des mots tout neufs.")
    return copy


@pytest.fixture
def yesterday(root: Path) -> dict[str, str]:
    return tree(root / "site")


def assert_untouched(root: Path, yesterday: dict[str, str]) -> None:
    assert tree(root / "site") == yesterday
    assert leftovers(root) == []


def assert_next_build_is_whole(root: Path, yesterday: dict[str, str]) -> None:
    """The same project builds, publishes the change, and leaves nothing beside its site."""
    today = tree(built(root))
    assert "Des mots tout neufs." in (root / "site/utiliser/index.html").read_text("utf-8")
    assert today.keys() == yesterday.keys()
    assert leftovers(root) == []


def hook(root: Path, code: str) -> None:
    """Make MkDocs run `code`, as the plugin of somebody else would."""
    write(root, "hook.py", f"import logging, os, time\nfrom pathlib import Path\n\n{code}\n")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nhooks:\n  - hook.py\n")


def unhook(root: Path) -> None:
    write(root, "hook.py", "")


# ---------------------------------------------------------------------------------------------
# Builds that fail
# ---------------------------------------------------------------------------------------------

WARN = 'logging.getLogger("mkdocs.plugins.autre").warning("quelque chose cloche")'
EVENTS = {
    "on_startup": f"def on_startup(command, dirty):\n    {WARN}",
    "on_config, before us": (
        "from mkdocs.plugins import event_priority\n\n"
        f"@event_priority(100)\ndef on_config(config):\n    {WARN}\n    return config"
    ),
    "on_config": f"def on_config(config):\n    {WARN}\n    return config",
    "on_files": f"def on_files(files, config):\n    {WARN}\n    return files",
    "on_nav": f"def on_nav(nav, config, files):\n    {WARN}\n    return nav",
    "on_page_markdown": f"def on_page_markdown(markdown, **_):\n    {WARN}\n    return markdown",
    "on_post_page": f"def on_post_page(output, **_):\n    {WARN}\n    return output",
    "on_post_build": f"def on_post_build(config):\n    {WARN}",
}


@pytest.mark.parametrize(
    ("program", "event"),
    [*(("ressourcerie", event) for event in EVENTS), ("mkdocs", "on_page_markdown")],
)
def test_warning_of_another_plugin_publishes_nothing(
    root: Path, yesterday: dict[str, str], program: str, event: str
) -> None:
    """Either MkDocs refuses and nothing is published, or it accepts and all is."""
    hook(root, EVENTS[event])
    done = run(root, name=program)
    if done.returncode == 0:
        assert "Des mots tout neufs." in (root / "site/utiliser/index.html").read_text("utf-8")
        return
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert_untouched(root, yesterday)


@pytest.mark.parametrize("program", ["ressourcerie", "mkdocs"])
def test_faulty_source_publishes_nothing(
    root: Path, yesterday: dict[str, str], program: str
) -> None:
    edit(root, PAGE, "titre: ", "titer: ")
    assert run(root, name=program).returncode == 1
    assert_untouched(root, yesterday)
    edit(root, PAGE, "titer: ", "titre: ")
    assert_next_build_is_whole(root, yesterday)


class BreakdownError(Exception):
    """Nobody expects it."""


def break_down(*_: Any, **__: Any) -> NoReturn:
    raise BreakdownError("en plein milieu")


MIDDLES: dict[str, tuple[Any, str]] = {
    "checking": (pipeline, "examine"),
    "printing": (pipeline, "print_all"),
    "listing pages": (plugin, "site_pages"),
    "mounting": (plugin, "mount"),
    "dressing templates": (plugin, "speak_french"),
    "filling a page": (drawing, "page_context"),
    "writing a file": (mkdocs.utils, "write_file"),
    "copying a file": (mkdocs.utils, "copy_file"),
    "storing a PDF": (PdfCache, "store"),
    "swapping": (staging, "_swap"),
}


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """MkDocs in this process: what it changes for good is put back."""
    monkeypatch.setenv("SITE_URL", environment()["SITE_URL"])
    handlers = list(logging.getLogger("mkdocs").handlers)
    yield monkeypatch
    assert logging.getLogger("mkdocs").handlers == handlers


@pytest.mark.parametrize("middle", MIDDLES)
def test_breakdown_in_the_middle_publishes_nothing(
    root: Path, yesterday: dict[str, str], in_process: pytest.MonkeyPatch, middle: str
) -> None:
    if middle == "storing a PDF":
        edit(root, "ateliers/essai/index.md", "On ouvre", "On rouvre")
    with in_process.context() as broken:
        broken.setattr(*MIDDLES[middle], break_down)
        with pytest.raises((BreakdownError, BuildError)):
            build_site(root / "mkdocs.yml")
    assert_untouched(root, yesterday)
    build_site(root / "mkdocs.yml")
    assert "Des mots tout neufs." in (root / "site/utiliser/index.html").read_text("utf-8")
    assert leftovers(root) == []


def full_after(count: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """`real`, until the disk is full."""
    left = [count]

    def write(*arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments, **named)

    return write


@pytest.mark.parametrize("files", [0, 3, 6], ids=lambda n: f"after {n} files")
@pytest.mark.parametrize("writer", ["write_file", "copy_file"])
def test_full_disk_publishes_nothing(
    root: Path,
    yesterday: dict[str, str],
    in_process: pytest.MonkeyPatch,
    writer: str,
    files: int,
) -> None:
    with in_process.context() as full:
        real = getattr(mkdocs.utils, writer)
        full.setattr(mkdocs.utils, writer, full_after(files, real))
        with pytest.raises(BuildError, match="Le site précédent est intact"):
            build_site(root / "mkdocs.yml")
    assert_untouched(root, yesterday)
    build_site(root / "mkdocs.yml")
    assert leftovers(root) == []


def test_disk_full_of_pdfs_publishes_nothing(
    root: Path, yesterday: dict[str, str], in_process: pytest.MonkeyPatch
) -> None:
    edit(root, "ateliers/essai/index.md", "On ouvre", "On rouvre")
    with in_process.context() as full:
        full.setattr(PdfCache, "store", full_after(1, PdfCache.store))
        with pytest.raises(BuildError, match=r"essai-\S+\.pdf\W+le disque est plein"):
            build_site(root / "mkdocs.yml")
    assert_untouched(root, yesterday)
    assert_next_build_is_whole(root, yesterday)


def test_folder_that_cannot_be_written_is_told_without_a_traceback(
    root: Path, yesterday: dict[str, str]
) -> None:
    (root / "pris").write_text("un fichier, pas un dossier", "utf-8")
    done = run(root, "-d", str(root / "pris" / "site"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert_untouched(root, yesterday)


def test_interrupted_build_publishes_nothing(root: Path, yesterday: dict[str, str]) -> None:
    """Ctrl + C at a terminal: every process of the group gets it."""
    hook(root, WAIT)
    process = start(root)
    wait_for(root / "ici", process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Le site précédent est intact" in said
    assert "Traceback" not in said
    assert_untouched(root, yesterday)


# ---------------------------------------------------------------------------------------------
# Builds that are killed
# ---------------------------------------------------------------------------------------------

WAIT = """
def on_env(env, config, files):
    Path("ici").touch()
    while not Path("va").exists():
        time.sleep(0.02)
    return env
"""


def start(root: Path, name: str = "ressourcerie") -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(name),
        cwd=root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(sign: Path, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while not sign.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)


def kill_when(root: Path, ready: Callable[[], bool], pause: float = 0.0) -> bool:
    """Start a build and kill it, with all its workers, as soon as `ready`. False when too late."""
    process = start(root)
    try:
        while process.poll() is None and not ready():
            time.sleep(0.002)
        time.sleep(pause)
        return process.poll() is None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=120)


def aside(root: Path) -> list[Path]:
    return list(root.glob(".site-*"))


def files_aside(root: Path) -> set[str]:
    """What is written so far; os.walk forgives folders that go while it looks."""
    walk = (found for folder in aside(root) for found in os.walk(folder))
    return {os.path.join(parent, name) for parent, _, names in walk for name in names}  # noqa: PTH118


def pages_aside(root: Path) -> int:
    return sum(path.endswith("index.html") for path in files_aside(root))


def kept(root: Path, suffix: str) -> int:
    return len(list((root / ".cache").rglob(f"*{suffix}")))


# Whether it is time, for a project that keeps so many PDFs.
PAPER_MOMENTS: dict[str, Callable[[Path, int], bool]] = {
    "starting": lambda _root, _total: True,
    "staging": lambda root, _total: bool(aside(root)),
    "first PDF": lambda root, _total: kept(root, ".pdf") > 0,
    "every PDF": lambda root, total: kept(root, ".json") == total,
}
STOP = "    Path('ici').touch()\n    time.sleep(60)"
SITE_MOMENTS = {
    "files known": f"def on_files(files, config):\n{STOP}",
    "first page": f"def on_post_page(output, **_):\n{STOP}",
    "tenth page": (
        "def on_post_page(output, **_):\n    log = Path('pages')\n"
        "    log.write_text(log.read_text() + '.' if log.exists() else '.')\n"
        f"    if len(log.read_text()) < 10:\n        return output\n{STOP}"
    ),
    "all written": f"def on_post_build(config):\n{STOP}",
}


def test_build_killed_while_it_prints_publishes_nothing(
    root: Path, yesterday: dict[str, str]
) -> None:
    """Killed again and again: what a kill leaves must not hurt the next build."""
    total = kept(root, ".json")
    assert total > 20
    for moment, ready in PAPER_MOMENTS.items():
        shutil.rmtree(root / ".cache" / "ressourcerie" / "pdf", ignore_errors=True)
        assert kill_when(root, lambda ready=ready: ready(root, total)), f"too late for {moment}"
        assert tree(root / "site") == yesterday, moment
    assert_next_build_is_whole(root, yesterday)


def test_build_killed_while_it_writes_publishes_nothing(
    root: Path, yesterday: dict[str, str]
) -> None:
    hook(root, "")
    for moment, code in SITE_MOMENTS.items():
        write(root, "hook.py", f"import time\nfrom pathlib import Path\n\n{code}\n")
        (root / "ici").unlink(missing_ok=True)
        assert kill_when(root, (root / "ici").exists), f"too late for {moment}"
        assert tree(root / "site") == yesterday, moment
        assert len(aside(root)) == 1
    unhook(root)
    assert_next_build_is_whole(root, yesterday)


def test_build_killed_while_it_publishes_leaves_one_whole_site(
    root: Path, yesterday: dict[str, str]
) -> None:
    """Around the swap the site is that of yesterday or that of today, never a mixture."""
    built(root, "-d", str(root / "demain"))
    today = tree(root / "demain")
    hier = shutil.copytree(root / "site", root / "hier")
    for after in (0.0, 0.004, 0.008, 0.016, 0.032):
        shutil.rmtree(root / "site")
        shutil.copytree(hier, root / "site")
        kill_when(root, lambda: pages_aside(root) == 20, after)
        assert tree(root / "site") in (yesterday, today), after
    assert tree(built(root)) == today
    assert leftovers(root) == []


def test_killed_build_leaves_no_worker_behind(root: Path) -> None:
    """The kernel’s memory killer takes one process: its workers must not stay for ever."""
    shutil.rmtree(root / ".cache")
    process = start(root)
    while process.poll() is None and not kept(root, ".pdf"):
        time.sleep(0.002)
    workers = group_of(process.pid)
    assert workers, "the build ended before it was killed"
    process.kill()
    process.wait(timeout=120)
    try:
        until = time.monotonic() + 8
        while (left := group_of(process.pid)) and time.monotonic() < until:
            time.sleep(0.1)
        assert {p: command_line(p) for p in left} == {}
    finally:
        for pid in group_of(process.pid):
            os.kill(pid, signal.SIGKILL)


def group_of(leader: int) -> set[int]:
    """The living processes of the group that `leader` opened, but for itself."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            _, _, facts = (folder / "stat").read_text().rpartition(") ")
        except OSError:
            continue
        state, _, group = facts.split()[:3]
        if int(group) == leader and state != "Z" and int(folder.name) != leader:
            found.add(int(folder.name))
    return found


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


# ---------------------------------------------------------------------------------------------
# Two builds at once
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", ["ressourcerie", "mkdocs"])
def test_second_build_gives_way_to_the_first(
    root: Path, yesterday: dict[str, str], second: str
) -> None:
    hook(root, WAIT)
    first = start(root)
    try:
        wait_for(root / "ici", first)
        before = {path for path in tree(root) if path.startswith(".site-")}
        refused = run(root, name=second)
        assert refused.returncode == 1
        said = refused.stdout + refused.stderr
        assert "Une construction est en cours" in said
        assert "Traceback" not in said
        assert before <= tree(root).keys()
        assert tree(root / "site") == yesterday
    finally:
        (root / "va").touch()
        _, said = first.communicate(timeout=60)
    assert first.returncode == 0, said
    assert leftovers(root) == []
    alone = tree(root / "site")
    assert alone != yesterday
    unhook(root)
    assert tree(built(root)) == alone


def test_builds_of_two_targets_do_not_wait_for_each_other(root: Path) -> None:
    hook(root, WAIT)
    first = start(root)
    try:
        wait_for(root / "ici", first)
        unhook(root)
        built(root, "-d", str(root / "ailleurs"))
    finally:
        (root / "va").touch()
        first.communicate(timeout=60)
    assert first.returncode == 0
    assert tree(root / "site") == tree(root / "ailleurs")


# ---------------------------------------------------------------------------------------------
# The folder itself
# ---------------------------------------------------------------------------------------------


@pytest.fixture
def target(tmp_path: Path) -> Path:
    write(tmp_path, "site/index.html", "hier")
    write(tmp_path, "site/sitemap.xml.gz", "")
    return tmp_path / "site"


def stage(target: Path, text: str = "aujourd’hui") -> Staging:
    staged = Staging(target, target.parent / "verrous")
    (staged.folder / "index.html").write_text(text, "utf-8")
    return staged


def test_publish_takes_the_place(target: Path) -> None:
    stage(target).publish()
    assert (target / "index.html").read_text("utf-8") == "aujourd’hui"
    assert leftovers(target.parent) == []


@pytest.mark.parametrize("kept", ["roman.txt", "index.html", "sous/dossier/lettre.md"])
def test_a_folder_that_is_no_site_is_never_replaced(tmp_path: Path, kept: str) -> None:
    """A slip in `--site-dir` must not cost an author a folder, let alone the sources."""
    write(tmp_path, f"travail/{kept}", "précieux")
    with pytest.raises(NotASiteError, match="rien n’a été touché"):
        stage(tmp_path / "travail")
    assert (tmp_path / "travail" / kept).read_text("utf-8") == "précieux"
    assert leftovers(tmp_path) == []


def test_a_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("précieux", "utf-8")
    with pytest.raises(NotASiteError):
        stage(tmp_path / "site")
    assert (tmp_path / "site").read_text("utf-8") == "précieux"


def test_hidden_files_of_who_publishes_are_kept(target: Path) -> None:
    write(target, ".git/config", "à moi")
    write(target, ".nojekyll", "")
    stage(target).publish()
    assert (target / ".git/config").read_text("utf-8") == "à moi"
    assert (target / ".nojekyll").is_file()
    assert (target / "index.html").read_text("utf-8") == "aujourd’hui"


def test_publish_makes_a_first_site(tmp_path: Path) -> None:
    stage(tmp_path / "nouveau" / "site").publish()
    assert (tmp_path / "nouveau/site/index.html").read_text("utf-8") == "aujourd’hui"


def test_site_can_be_read_by_a_web_server(target: Path) -> None:
    stage(target).publish()
    assert target.stat().st_mode & 0o777 == 0o755


def test_discard_leaves_the_target_and_may_be_called_twice(target: Path) -> None:
    staged = stage(target)
    staged.discard()
    staged.discard()
    assert (target / "index.html").read_text("utf-8") == "hier"
    assert leftovers(target.parent) == []


def test_one_at_a_time(target: Path) -> None:
    first = stage(target)
    with pytest.raises(BusyError, match="Une construction est en cours"):
        stage(target)
    assert (first.folder / "index.html").exists()
    first.discard()
    stage(target).publish()


def test_lock_follows_the_folder_not_its_name(target: Path) -> None:
    link = target.parent / "lien"
    link.symlink_to(target.parent, target_is_directory=True)
    first = stage(target)
    with pytest.raises(BusyError):
        Staging(link / "site", target.parent / "verrous")
    first.discard()


def test_site_caught_between_two_renames_comes_back(target: Path) -> None:
    """Where folders cannot be exchanged in one step, a kill may come between two renames."""
    target.rename(staging._old(target))
    stage(target).discard()
    assert (target / "index.html").read_text("utf-8") == "hier"
    assert leftovers(target.parent) == []


def test_leftovers_of_a_kill_are_swept(target: Path) -> None:
    staged = stage(target)
    half_done = staged.folder
    staged.discard()
    write(half_done, "index.html", "à moitié")
    write(staging._old(target), "index.html", "avant-hier")
    stage(target).discard()
    assert (target / "index.html").read_text("utf-8") == "hier"
    assert not half_done.exists()
    assert leftovers(target.parent) == []


@pytest.mark.parametrize("kernel", ["exchange", "two renames"])
def test_swap_with_and_without_the_system_call(
    target: Path, monkeypatch: pytest.MonkeyPatch, kernel: str
) -> None:
    if kernel == "two renames":
        monkeypatch.setattr(staging, "_exchange", lambda *_: False)
    stage(target).publish()
    assert (target / "index.html").read_text("utf-8") == "aujourd’hui"
    assert leftovers(target.parent) == []


def test_other_people_s_folders_are_not_swept(target: Path) -> None:
    """A folder that only begins like ours holds somebody’s work."""
    write(target.parent, ".site-web/notes.txt", "à garder")
    stage(target).publish()
    assert (target.parent / ".site-web/notes.txt").read_text("utf-8") == "à garder"
