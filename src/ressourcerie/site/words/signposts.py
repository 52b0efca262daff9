"""Addresses of the other names of a word: `/glossaire/phishing/` leads to « hameçonnage »."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ressourcerie.french import typeset
from ressourcerie.site.plan import Site
from ressourcerie.site.words.aliases import Alias

# The browser goes on at once (WCAG 2.2.1 allows it); the link is there for one that does not.
_PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="description" content="{description}">
{head}<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def signposts(site: Site) -> Iterator[tuple[str, bytes]]:
    """One small page a name, with its address. A name that two entries share offers both."""
    for alias in site.words.aliases:
        yield f"{alias.url}index.html", _page(alias, site.settings.site_url).encode()


def _page(alias: Alias, root: str) -> str:
    text = typeset(alias.text)
    links = [f'<a href="../{term.slug}/">{escape(typeset(term.titre))}</a>' for term in alias.terms]
    if len(links) > 1:
        title = escape(typeset(f"{text} : plusieurs sens"))
        items = "".join(f"<li>{link}</li>" for link in links)
        body = f"<p>Ce mot mène à plusieurs fiches\u00a0:</p>\n<ul>{items}</ul>"
        return _PAGE.format(title=title, description=title, head="", body=body)
    term = alias.terms[0]
    title = escape(typeset(f"{text} : voir « {term.titre} »"))
    canonical = f"{root.rstrip('/')}/{term.url}" if root else f"../{term.slug}/"
    head = (
        f'<meta http-equiv="refresh" content="0; url=../{term.slug}/">\n'
        f'<link rel="canonical" href="{escape(canonical)}">\n'
    )
    body = f"<p>Ce mot est expliqué à la fiche {links[0]}.</p>"
    return _PAGE.format(title=title, description=title, head=head, body=body)
