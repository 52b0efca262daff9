"""The corpus as two scripts: a page opened from a disk may load scripts, and nothing else.

Titles come first and are small, so that something is found at once; texts follow. Each holds its
data as one string of JSON: a browser reads it faster than code, and a worker can be handed it
whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ressourcerie.library import Library
from ressourcerie.markdown import Rendered
from ressourcerie.site.pages import SitePage
from ressourcerie.site.plan import Site
from ressourcerie.site.search.corpus import corpus, groups

HEADS: Final = "assets/recherche/heads.js"
TEXTS: Final = "assets/recherche/texts.js"


def search_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The two scripts: address, bytes."""
    return scripts(site.library, site.pages, site.bodies)


def scripts(
    library: Library, pages: tuple[SitePage, ...], bodies: Mapping[str, Rendered]
) -> Iterator[tuple[str, bytes]]:
    """The same, from the parts of a site they are made of."""
    found = tuple(corpus(pages, bodies))
    heads = {
        "groups": list(groups(library)),
        "pages": [[p.url, p.kind, p.title, p.summary, p.names, p.labels] for p in found],
    }
    texts = [[page.url, page.passages] for page in found if page.passages]
    yield HEADS, script("searchHeads", heads)
    yield TEXTS, script("searchTexts", texts)


def script(name: str, content: Any) -> bytes:
    """A script that gives `window.ressourcerie` a string of JSON."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # JSON is full of double quotes: a simple one delimits. U+2028 and U+2029 end a line of code.
    for sign, escaped in (
        ("\\", "\\\\"),
        ("'", "\\'"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(sign, escaped)
    return f"window.ressourcerie.{name}='{text}';\n".encode()
