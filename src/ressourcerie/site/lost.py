"""What the page 404 knows: every address there is and has been, so that it can guess."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from ressourcerie.french import typeset
from ressourcerie.site.plan import Site

LIST: Final = "assets/adresses.js"


def make(site: Site) -> Iterator[tuple[str, bytes]]:
    """A script that says: address, title, and where to go for an address that has moved."""
    rows: list[list[str]] = []
    titles: dict[str, str] = {}
    for page in site.pages:
        title = f"{page.resource.titre}, fiche participant" if page.is_participant else ""
        titles[page.url] = typeset(title or page.resource.titre)
        if page.url:
            rows.append([page.url, titles[page.url]])
    rows += [[old, titles[url], url] for old, url in sorted(site.library.moved.items())]
    listed = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    yield LIST, f"window.ressourcerie.addresses = [\n{listed}\n];\n".encode()
