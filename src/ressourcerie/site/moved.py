"""Pages that have moved: at each former address, a small page that leads to the new one."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final
from urllib.parse import quote, urlsplit

from ressourcerie.french import typeset
from ressourcerie.links import relative
from ressourcerie.site.dress import POLICY
from ressourcerie.site.plan import Site

# For the hosts that read it (Netlify, Cloudflare, GitLab): they answer before any page is loaded.
LIST: Final = "_redirects"

_PAGE: Final = """<!doctype html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="{policy}">
    <meta name="robots" content="noindex">
    <meta name="color-scheme" content="light dark">
    <title>Page déplacée\u00a0: {title} – {site}</title>
    <link rel="canonical" href="{canonical}">
    <link rel="stylesheet" href="{root}assets/css/moved.css">
    <noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
  </head>
  <body>
    <main>
      <h1>Cette page a changé d’adresse</h1>
      <p>La voici\u00a0: <a id="suite" href="{target}">{title}</a>.</p>
    </main>
    <script src="{root}assets/moved.js"></script>
  </body>
</html>
"""


def make(site: Site) -> Iterator[tuple[str, bytes]]:
    """A page for each former address, and the list of all where it may serve."""
    moved = site.library.moved
    titles = {page.url: _title(page.resource.titre, page.is_participant) for page in site.pages}
    for former, url in sorted(moved.items()):
        file = f"{former}index.html" if former.endswith("/") else former
        yield file, _page(former, url, titles[url], site).encode()
    address = site.settings.site_url
    if moved and address:
        base = urlsplit(address).path.rstrip("/")
        lines = (f"{base}/{quote(a)} {base}/{quote(url)} 301\n" for a, url in sorted(moved.items()))
        yield LIST, "".join(lines).encode()


def _page(former: str, url: str, title: str, site: Site) -> str:
    address = site.settings.site_url.rstrip("/")
    target = quote(relative(url, former))
    return _PAGE.format(
        policy=POLICY,
        title=escape(title),
        site=escape(typeset(site.settings.site_name)),
        canonical=escape(f"{address}/{quote(url)}" if address else target),
        target=escape(target),
        root="../" * former.count("/"),
    )


def _title(title: str, for_participants: bool) -> str:
    return typeset(f"{title}, fiche participant" if for_participants else title)
