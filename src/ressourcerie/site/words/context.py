"""What the templates of the glossary receive."""

from __future__ import annotations

from typing import Any

from ressourcerie.model import Term
from ressourcerie.site.plan import Site
from ressourcerie.site.words.index import daily, letters, word_shelves


def term_context(term: Term, site: Site) -> dict[str, Any]:
    """For the page of an entry: plain data, so that the page is drawn anew only when it changes."""
    library, words = site.library, site.words
    return {
        "see_also": [t for slug in term.voir_aussi if (t := library.term(slug))],
        "uses": words.uses.get(term.slug, ()),
        "around": words.map.around(term.slug),
        "map_url": words.map_url,
    }


def glossary_context(site: Site) -> dict[str, Any]:
    """For the list of the glossary."""
    return {
        "letters": letters(site.library, site.words.aliases),
        "shelves_of_words": word_shelves(site.library),
        "map_url": site.words.map_url,
        **daily_context(site),
    }


def daily_context(site: Site) -> dict[str, Any]:
    """For a page that offers the word of the day."""
    return {"daily_words": daily(site.library)}


def map_context(site: Site) -> dict[str, Any]:
    """For the map of the glossary."""
    return {"map_sheets": site.words.map.sheets()}
