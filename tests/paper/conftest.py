"""The papers of the repository itself, printed once for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import stock
from reading import Sheets

import builds
from builds import REPOSITORY
from ressourcerie.library import Library
from ressourcerie.load import load
from ressourcerie.model import Resource
from ressourcerie.paper.pdf import Pdf
from straw import Printed


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return builds.real_site(tmp_path_factory)


@pytest.fixture(scope="session")
def real_library() -> Library:
    library, _ = load(REPOSITORY)
    return library


@pytest.fixture(scope="session")
def of_straw(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """All that the press makes of the repository, without an engine."""
    return stock.of_straw(tmp_path_factory.mktemp("paille"))


@pytest.fixture(scope="session")
def declared(of_straw: Printed) -> dict[str, Pdf]:
    """What the press says of each paper of the repository."""
    return {pdf.name: pdf for pdf in of_straw.pdfs}


@pytest.fixture(scope="module")
def opened(real_site: Path) -> Iterator[Callable[[str], Sheets]]:
    """A paper of the repository, by name: several tests look at each."""
    known: dict[str, Sheets] = {}

    def get(name: str) -> Sheets:
        if name not in known:
            known[name] = Sheets(real_site / "telechargements" / name)
        return known[name]

    yield get
    for sheets in known.values():
        sheets.close()


@pytest.fixture
def sheets(name: str, opened: Callable[[str], Sheets]) -> Sheets:
    """The paper `name`."""
    return opened(name)


@pytest.fixture
def owner(name: str, declared: dict[str, Pdf], real_library: Library) -> Resource:
    """What the paper `name` is of."""
    return stock.owner(declared[name], real_library)
