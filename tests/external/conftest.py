"""Fixtures of the checks of links to other sites."""

from __future__ import annotations

from pathlib import Path

import pytest
from web import Checker

from ressourcerie.external import transport

_CERTIFICATES = transport._certificates()


@pytest.fixture(autouse=True)
def _certificates_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_certificates", lambda: _CERTIFICATES)


@pytest.fixture
def check(tmp_path: Path) -> Checker:
    return Checker(tmp_path / "cache" / "liens.json")
