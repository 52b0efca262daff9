"""What a visit costs someone who pays for each megabyte: bytes over the wire, headers included."""

from __future__ import annotations

from typing import Any

from browsing import NARROW, PAGES

KB = 1000


def spent(visit: Any, *addresses: str) -> list[int]:
    """The bytes each page of one visit has cost, compressed as a host sends them."""
    # Without the worker, which answers for the network and asks once the page is read: its own cost
    # is in test_offline.py.
    opened = visit(NARROW, service_workers="block")
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
    first, second = spent(visit, address + PAGES["term"], f"{address}glossaire/e-inclusion/")
    assert 10 * KB < first <= 120 * KB
    assert 1 * KB < second <= 15 * KB


def test_other_pages_stay_within_reach_of_a_slow_line(address: str, visit: Any) -> None:
    costs = {kind: spent(visit, address + PAGES[kind])[0] for kind in ("home", "workshop")}
    assert {kind: cost for kind, cost in costs.items() if cost > 250 * KB} == {}
