"""A tiny project, whole and faultless, that each test may write over."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from ressourcerie import checks
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.library import Library
from ressourcerie.load import load
from ressourcerie.settings import Settings, read_settings

REPOSITORY = Path(__file__).parents[1]
TINY = Path(__file__).parent / "tiny"


@dataclass(frozen=True)
class Project:
    """A project on disk: `tests/tiny/`, the settings and the theme of the repository."""

    root: Path

    @property
    def config_file(self) -> Path:
        return self.root / "mkdocs.yml"

    @property
    def settings(self) -> Settings:
        settings, _ = read_settings(self.config_file)
        assert settings is not None
        return settings

    def path(self, path: str) -> Path:
        return self.root / path

    def read(self, path: str) -> str:
        return self.path(path).read_text("utf-8")

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file, and the folders it needs."""
        file = self.path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def edit(self, path: str, old: str, new: str) -> Path:
        """Replace the one occurrence of `old`."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        return self.write(path, text.replace(old, new))

    def load(self) -> tuple[Library, list[Diagnostic]]:
        return load(self.root)

    def check(self) -> list[Diagnostic]:
        """All that `ressourcerie check` would say."""
        library, found = self.load()
        return sorted({*found, *checks.run(library, self.settings)})


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A faultless project of one resource of each kind."""
    root = tmp_path / "projet"
    shutil.copytree(TINY, root)
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "mkdocs.yml")
    # Paper refuses files that lie out of the project: a link to the theme would not do.
    shutil.copytree(REPOSITORY / "theme", root / "theme")
    return Project(root)


@pytest.fixture
def library(project: Project) -> Library:
    """The library of the tiny project."""
    library, found = project.load()
    assert found == []
    return library
