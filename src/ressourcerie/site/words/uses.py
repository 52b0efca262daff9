"""« Employé dans »: the pages that link to a word, or name it among their words."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ressourcerie.library import Library
from ressourcerie.markdown import Rendered
from ressourcerie.model import Resource, Term, Workshop
from ressourcerie.site.pages import SitePage

_KINDS: Final = {
    "atelier": "Ateliers",
    "chapitre": "Guide",
    "terme": "Glossaire",
    "parcours": "Parcours",
    "livret": "Livrets",
    "page": "Pages",
}
# The links of the glossary have a class; these are the ones an author wrote.
_LINK: Final = re.compile(r'<a href="([^":#?]+)')
_ENTRY: Final = re.compile(rf"{Term.section}/([^/]+)/?")


@dataclass(frozen=True, slots=True)
class Use:
    """A page that uses the word."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Uses:
    """The pages of one kind that use the word, in the order readers meet them."""

    label: str
    pages: tuple[Use, ...]


def uses(
    library: Library, pages: Iterable[SitePage], bodies: Mapping[str, Rendered]
) -> dict[str, tuple[Uses, ...]]:
    """Slug of a word → who uses it, kind after kind. Words nobody uses are left out."""
    users: dict[str, set[str]] = {}
    for page in pages:
        resource = page.resource
        for slug in _named(page, bodies[page.src_uri]):
            if not (isinstance(resource, Term) and resource.slug == slug):
                users.setdefault(resource.url, set()).add(slug)
    found: dict[str, dict[str, list[Use]]] = {}
    for resource in library.resources:
        for slug in sorted(users.get(resource.url, ())):
            use = Use(resource.titre, resource.url)
            found.setdefault(slug, {}).setdefault(resource.kind, []).append(use)
    return {
        slug: tuple(
            Uses(label, tuple(kinds[kind])) for kind, label in _KINDS.items() if kind in kinds
        )
        for slug, kinds in found.items()
    }


def _named(page: SitePage, body: Rendered) -> Iterator[str]:
    yield from body.terms
    yield from _listed(page.resource)
    for address in _LINK.findall(body.html):
        target = posixpath.normpath(posixpath.join(page.url, address))
        if entry := _ENTRY.fullmatch(target):
            yield entry[1]


def _listed(resource: Resource) -> Iterable[str]:
    if isinstance(resource, Workshop):
        return resource.glossaire
    return resource.voir_aussi if isinstance(resource, Term) else ()
