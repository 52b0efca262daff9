"""Fixtures of all tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import hypothesis
import pytest

from projects import REPOSITORY, TINY, Project
from ressourcerie.library import Library

# The same examples on every computer: a contribution must not fail by bad luck. To look for new
# ones: pytest --hypothesis-profile explorer.
hypothesis.settings.register_profile("stable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explorer", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("stable")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 21 November 2026: the age of a review must not make a test fail some day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")


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
