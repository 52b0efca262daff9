"""What a visit costs someone who pays for each megabyte: bytes over the wire, headers included."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import NARROW, PAGES

KB = 1000


def spent(visit: Any, *addresses: str, worker: str) -> list[int]:
    """The bytes each page of one visit has cost, compressed as a host sends them.

    Asked of the window alone: what a service worker fetches is its own, hence `worker`.
    """
    opened = visit(NARROW, service_workers=worker)
    wire = opened.context.new_cdp_session(opened.page)
    wire.send("Network.enable")
    received: list[int] = []
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    costs = []
    for address in addresses:
        received.clear()
        opened.go(address).wait_for_load_state("networkidle")
        costs.append(int(sum(received)))
    return costs


def test_entry_of_the_glossary_is_light(address: str, visit: Any) -> None:
    """The page and all it shows; the service worker keeps its own pages afterwards."""
    urls = (address + PAGES["term"], f"{address}glossaire/e-inclusion/")
    first, second = spent(visit, *urls, worker="block")
    assert 10 * KB < first <= 120 * KB
    assert 1 * KB < second <= 15 * KB


@pytest.mark.parametrize("kind", ["home", "workshop"])
def test_other_pages_stay_within_reach_of_a_slow_line(address: str, visit: Any, kind: str) -> None:
    assert 10 * KB < spent(visit, address + PAGES[kind], worker="block")[0] <= 250 * KB
