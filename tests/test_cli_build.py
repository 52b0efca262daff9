"""`ressourcerie build`: what it says once it is done."""

from __future__ import annotations

import pytest

from ressourcerie.cli.building import counted


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((251, 424, 598), "251 pages, 424 PDF, 598 compositions"),
        ((1, 1, 1), "1 page, 1 PDF, 1 composition"),
        ((251, 424, 0), "251 pages, 424 PDF, rien à recomposer"),
    ],
)
def test_papers_and_compositions_are_counted_apart(
    numbers: tuple[int, int, int], said: str
) -> None:
    assert counted(*numbers).replace("\u00a0", " ") == said
