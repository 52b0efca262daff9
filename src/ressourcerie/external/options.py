"""What is asked of this room: links that lead out of the project, and how far to go for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ressourcerie.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One link: `url` in full, as a browser would ask it, with its fragment; `typed` as written."""

    url: str
    typed: str
    place: Place


@dataclass(frozen=True, slots=True)
class Options:
    """How far to go. Times are in seconds; `rate` counts requests a second to one host.

    `timeout` bounds one request, `per_address` one address with its redirects and retries,
    `total_seconds` the whole run. `per_host` and `at_once` count requests going on together. An
    address seen alive in the last `fresh_days` is not asked again. `now` is the day of the run.
    """

    allow_private: bool = False
    timeout: float = 8.0
    per_address: float = 25.0
    total_seconds: float = 600.0
    per_host: int = 2
    rate: float = 5.0
    at_once: int = 32
    tries: int = 3
    backoff: float = 0.5
    fresh_days: int = 7
    now: date | None = None
