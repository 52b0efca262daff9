"""The library: every resource of a project, read once and never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from ressourcerie.assessment import Assessment
from ressourcerie.checklist import Checklist
from ressourcerie.fields import Content
from ressourcerie.model import (
    Booklet,
    Chapter,
    Page,
    Path,
    Resource,
    Term,
    Workshop,
)
from ressourcerie.questionnaire import Questionnaire
from ressourcerie.source import Source

R = TypeVar("R", bound=Resource)


class Library(BaseModel):
    """All the resources of a project, each kind in the order readers meet it.

    `assets` are the images authors may show: path relative to the project → public address.
    `unread` are the sources that are there but have errors: what points at them is not at fault.
    `drafts` are those of them whose body could be read: it is checked all the same.
    `questionnaires`, `assessments` and `checklists` are data without a page of their own: they are
    not among the `resources`. `synonyms` are groups of words that the search takes for one another.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    terms: tuple[Term, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    pages: tuple[Page, ...] = ()
    booklets: tuple[Booklet, ...] = ()
    paths: tuple[Path, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    assets: dict[str, str] = {}
    unread: frozenset[str] = frozenset()
    drafts: tuple[Source, ...] = ()

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every resource that has a page, kind after kind."""
        return (
            *self.pages,
            *self.terms,
            *self.workshops,
            *self.chapters,
            *self.booklets,
            *self.paths,
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every text whose body can be checked."""
        return (*(r.source for r in self.resources), *self.drafts)

    @cached_property
    def by_path(self) -> dict[str, Resource]:
        """Source path → resource."""
        return {r.source.path: r for r in self.resources}

    @cached_property
    def by_url(self) -> dict[str, Resource]:
        """Public address, relative to the root of the site → resource."""
        return {r.url: r for r in self.resources}

    @cached_property
    def moved(self) -> dict[str, str]:
        """Address that a page has had → its address; checks see to it that none is taken.

        The page for participants has moved with the sheet of its workshop.
        """
        asked: dict[str, str] = {}
        guessed: dict[str, str] = {}
        for resource in self.resources:
            for address in resource.anciennes_adresses:
                former = address.removesuffix("index.html")
                asked[former] = resource.url
                if isinstance(resource, Workshop) and former.endswith("/"):
                    guessed[f"{former}participant/"] = resource.participant_url
        kept = {*self.by_url, *(w.participant_url for w in self.workshops), "404.html"}
        return {a: url for a, url in (guessed | asked).items() if a not in kept}

    @cached_property
    def neighbours(self) -> dict[str, tuple[Resource | None, Resource | None]]:
        """Source path → the resources read before and after it, of the same kind.

        Pages are read in the order of the booklet that binds them, the first one when several do.
        """
        bound = (_chosen(self.pages, b.pages) for b in self.booklets if b.pages)
        found: dict[str, tuple[Resource | None, Resource | None]] = {}
        for series in (self.terms, self.workshops, self.chapters, *bound):
            around = [None, *series, None]
            for before, here, after in zip(around, series, around[2:], strict=False):
                found.setdefault(here.source.path, (before, after))
        return found

    def above(self, page: Page) -> Page | None:
        """The page that stands for the folder of a page: `metier` above `metier/budget`."""
        folder = page.slug.rpartition("/")[0]
        return next((p for p in self.pages if p.slug == folder), None)

    def url_of(self, template: str) -> str:
        """The address of the page drawn by that `gabarit`; empty when the project has none."""
        return self._urls_by_template.get(template, "")

    @cached_property
    def _urls_by_template(self) -> dict[str, str]:
        return {p.gabarit: p.url for p in reversed(self.pages) if p.gabarit}

    @cached_property
    def _terms_by_slug(self) -> dict[str, Term]:
        return {t.slug: t for t in self.terms}

    @cached_property
    def _workshops_by_slug(self) -> dict[str, Workshop]:
        return {w.slug: w for w in self.workshops}

    def term(self, slug: str) -> Term | None:
        """The term of that slug."""
        return self._terms_by_slug.get(slug)

    def workshop(self, slug: str) -> Workshop | None:
        """The workshop of that slug."""
        return self._workshops_by_slug.get(slug)

    @cached_property
    def _paths_by_workshop(self) -> dict[str, tuple[Path, ...]]:
        found: dict[str, tuple[Path, ...]] = {}
        for path in self.paths:
            for slug in dict.fromkeys(path.ateliers):
                found[slug] = (*found.get(slug, ()), path)
        return found

    def paths_of(self, workshop: Workshop) -> tuple[Path, ...]:
        """The paths that lead through a workshop."""
        return self._paths_by_workshop.get(workshop.slug, ())

    def contents(self, booklet: Booklet) -> Iterator[tuple[Content, tuple[Resource, ...]]]:
        """What a recipe gathers, in its order; a part may be empty."""
        for content in dict.fromkeys(booklet.contenu):
            match content:
                case "glossaire" | "definitions":
                    yield content, tuple(self._words(booklet, content))
                case "guide":
                    chapters = _chosen(self.chapters, booklet.chapitres)
                    yield content, tuple(c for c in chapters if booklet.theme in {None, c.theme})
                case "pages":
                    # Never all of them: a site has pages that say nothing on paper.
                    yield content, _chosen(self.pages, booklet.pages) if booklet.pages else ()
                case "ateliers" | "exercices" | "carnet":
                    yield content, tuple(self._sessions(booklet))

    def holds(self, booklet: Booklet, resource: Resource) -> bool:
        """Whether a booklet holds a resource, or a part of it."""
        return resource.source.path in self._held[booklet.slug]

    @cached_property
    def _held(self) -> dict[str, frozenset[str]]:
        """Slug of a booklet → the sources it takes from."""
        return {
            b.slug: frozenset(r.source.path for _, held in self.contents(b) for r in held)
            for b in self.booklets
        }

    def _words(self, booklet: Booklet, content: Content) -> Iterator[Term]:
        terms = _chosen(self.terms, booklet.termes)
        if content == "definitions":
            # Under the heading of its letter, each word stands where it is looked for.
            terms = tuple(t for t in self.terms if t in terms)
        yield from (t for t in terms if not booklet.groupe or t.groupe in booklet.groupe)

    def _sessions(self, booklet: Booklet) -> Iterator[Workshop]:
        path = next((p for p in self.paths if p.slug == booklet.parcours), None)
        if booklet.parcours and path is None:
            return
        workshops = _chosen(self.workshops, path.ateliers if path else ())
        for workshop in _chosen(workshops, booklet.ateliers):
            if booklet.theme and booklet.theme not in workshop.themes:
                continue
            if booklet.niveau in {None, workshop.niveau}:
                yield workshop


def _chosen(resources: tuple[R, ...], slugs: Collection[str]) -> tuple[R, ...]:
    """Those that are named, each once, in the order they are; all of them when none is."""
    if not slugs:
        return resources
    by_slug = {r.slug: r for r in resources}
    return tuple(by_slug[slug] for slug in dict.fromkeys(slugs) if slug in by_slug)
