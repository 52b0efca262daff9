"""The site of the repository itself, built once for all."""

from __future__ import annotations

from pathlib import Path

import pytest

import builds


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return builds.real_site(tmp_path_factory)
