"""Whole projects and whole builds, for the tests that look at what comes out at the end."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

REPOSITORY = Path(__file__).parents[1]
TINY = Path(__file__).parent / "tiny"
SITE_ONLY = REPOSITORY / "scripts" / "benching" / "site_only.py"
ADDRESS = "https://exemple.test/ressources/"
# Pages and pictures that the frame of the site names by itself.
_FRAME_PAGES = (
    "a-propos",
    "accessibilite",
    "contribuer",
    "couverture",
    "hors-connexion",
    "licence",
    "lisibilite",
    "mentions-legales",
    "nouveautes",
)
_ADDRESSES = {"SITE_URL", "SOURCES_URL", "CONTACT", "SIGNALER_URL"}
_STUB = """---
titre: {title}
resume: Une page minuscule pour les essais.
auteurs: [La Ressourcerie]
cree_le: 2026-01-02
relu_le: 2026-02-03
---

Quelques mots.
"""


def lay(root: Path) -> Path:
    """A tiny project at `root`, with all that the frame of the site links to."""
    shutil.copytree(TINY, root)
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(REPOSITORY / "theme", root / "theme")
    furnish(root)
    return root


def furnish(root: Path) -> None:
    """What a bare project lacks for every link of the frame to lead somewhere."""
    for name in _FRAME_PAGES:
        page = root / "content" / f"{name}.md"
        if not page.exists():
            page.write_text(_STUB.format(title=name.capitalize()), "utf-8")
    for picture in (REPOSITORY / "content" / "images").iterdir():
        if not (root / "content" / "images" / picture.name).exists():
            shutil.copy(picture, root / "content" / "images")


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Replace the one occurrence of `old`."""
    file = root / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    file.write_text(text.replace(old, new), "utf-8")


def write(root: Path, path: str, text: str | bytes) -> Path:
    """Write a file, and the folders it needs."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def environment(**variables: str) -> dict[str, str]:
    """The environment of a build that tells nothing of the machine but what is asked."""
    kept = {k: v for k, v in os.environ.items() if k not in _ADDRESSES}
    return kept | {"SITE_URL": ADDRESS} | variables


def command(name: str = "ressourcerie") -> list[str]:
    """`name build`, from the environment that runs the tests."""
    return [str(Path(sys.executable).parent / name), "build"]


def run(
    root: Path,
    *arguments: str,
    name: str = "ressourcerie",
    patience: int = 120,
    **variables: str,
) -> subprocess.CompletedProcess[str]:
    """Build as a user does, from the folder of the project; `patience` is in seconds."""
    return subprocess.run(
        [*command(name), *arguments],
        cwd=root,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=patience,
    )


def built(root: Path, *arguments: str, name: str = "ressourcerie", **variables: str) -> Path:
    """The site of a build that must succeed."""
    done = run(root, *arguments, name=name, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def drawn(root: Path, **variables: str) -> Path:
    """The site of a build that makes no paper and checks nothing: five times as quick."""
    command = [sys.executable, str(SITE_ONLY), str(root / "mkdocs.yml")]
    told = environment(**variables)
    done = subprocess.run(command, env=told, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def tree(folder: Path) -> dict[str, str]:
    """Every file and folder under `folder`, with the hash of its bytes and its rights."""
    found = {}
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        facts = f"{path.stat().st_mode:o} {hashlib.sha256(content).hexdigest()}"
        found[path.relative_to(folder).as_posix()] = facts
    return found


def leftovers(folder: Path) -> list[str]:
    """What a build may have forgotten beside its site."""
    return sorted(p.name for p in folder.iterdir() if re.match(r"\.site-|\.?site\.", p.name))


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name`, made by `make` for all the workers of a run, whichever asks first.

    The fault of the first maker is told to all.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, report = base / name, base / f"{name}.txt"
    with FileLock(base / f"{name}.lock"):
        if not report.exists():
            try:
                make(folder)
            except BaseException as error:
                report.write_text(f"{type(error).__name__}: {error}", "utf-8")
                raise
            report.write_text("", "utf-8")
    assert not report.read_text("utf-8"), report.read_text("utf-8")
    return folder


def real_site(factory: pytest.TempPathFactory) -> Path:
    """The site of the repository itself."""

    def make(folder: Path) -> None:
        folder.mkdir()
        arguments = ["-f", str(REPOSITORY / "mkdocs.yml"), "-d", str(folder / "site")]
        # Hundreds of papers, when none is in the cache of the project.
        done = run(folder, *arguments, patience=900, SITE_URL="")
        assert done.returncode == 0, f"the project does not build:\n{done.stdout}{done.stderr}"

    return made_once(factory, "real", make) / "site"
