"""What robots are told: the pages there are, when each was last read again, and where the list is.

Made from the library rather than by MkDocs, which only knows the pages it has just drawn. Former
addresses are not pages.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from html import escape
from typing import Final

from ressourcerie.site.feeds import absolute
from ressourcerie.site.plan import Site

LIST: Final = "sitemap.xml"
ROBOTS: Final = "robots.txt"


def make(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list of pages, empty while they have no public address, then what robots read first."""
    lines = [
        f"<url><loc>{escape(absolute(page.url, site.settings))}</loc>"
        f"<lastmod>{page.resource.updated}</lastmod></url>\n"
        for page in (site.pages if site.settings.site_url else ())
    ]
    listed = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{''.join(lines)}</urlset>\n"
    ).encode()
    yield LIST, listed
    # By it, the next build knows a site of ours, which it may replace.
    yield f"{LIST}.gz", gzip.compress(listed, mtime=0)
    if site.settings.site_url:
        where = absolute(LIST, site.settings)
        yield ROBOTS, f"User-agent: *\nAllow: /\nSitemap: {where}\n".encode()
