"""The site of the repository itself, built once for all, and a browser to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from auditing.host import hosted
from browsing import CHROMIUM, Visit
from playwright.sync_api import Browser, sync_playwright

import builds
from ressourcerie.library import Library
from ressourcerie.load import load


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return builds.real_site(tmp_path_factory)


@pytest.fixture(scope="session")
def real_library() -> Library:
    return load(builds.REPOSITORY)[0]


@pytest.fixture(scope="module")
def address(real_site: Path) -> Iterator[str]:
    """Where the site is served."""
    with hosted(real_site) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "no Chromium here: install it, or run scripts/setup"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Any]:
    """Open visits, and close them all at the end."""
    opened: list[Visit] = []

    def start(width: int, **more: Any) -> Visit:
        opened.append(Visit(browser, width, **more))
        return opened[-1]

    yield start
    for one in opened:
        one.context.close()
