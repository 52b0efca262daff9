"""Links that lead to other sites, asked for while somebody watches the bar."""

from __future__ import annotations

from typing import Final

from ressourcerie import silences
from ressourcerie.cli.progress import Bar
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.examine import Examined
from ressourcerie.external import Options, check_external
from ressourcerie.reporting import safe
from ressourcerie.settings import Settings

# An address may be longer than a line of the terminal.
_SHOWN: Final = 50


def ask(examined: Examined, settings: Settings, allow_private: bool) -> list[Diagnostic]:
    """What is wrong with these links, the oldest failures first, silences obeyed."""
    options = Options(allow_private=allow_private)
    with Bar("Pages des autres sites") as bar:

        def advance(done: int, total: int, address: str) -> None:
            bar.advance(done, total, safe(address)[:_SHOWN])

        found = check_external(examined.web, options, settings.cache / "liens.json", advance)
    # What is wrong with the silences themselves has already been said.
    known = set(examined.diagnostics)
    said = silences.apply(found, examined.sources, settings.policy, checked=())
    return [d for d in said if d not in known]
