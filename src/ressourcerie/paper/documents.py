"""Which resources, in which view, in which order → one HTML document a PDF."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ressourcerie import data, french, links, timeline
from ressourcerie.markdown import Destination, Rendered, render
from ressourcerie.model import Booklet, Chapter, Library, Resource, Term, Workshop
from ressourcerie.paper.fetch import PROJECT
from ressourcerie.settings import Settings
from ressourcerie.terms import TermFinder
from ressourcerie.views import View, select

A4: Final = "A4"
A5: Final = "A5"


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF to make. `owner` is the source path of the resource it is offered with.

    `stylesheets` are files of `theme/print/`, in cascade order.
    """

    name: str
    label: str
    purpose: str
    paper: str
    owner: str
    html: str
    stylesheets: tuple[str, ...]


def documents(library: Library, settings: Settings) -> list[Document]:
    """Every PDF of the project: two a workshop, one a booklet."""
    press = _Press(library, settings)
    sheets = [press.sheet(w, view) for w in library.workshops for view in View]
    return [*sheets, *(press.booklet(b) for b in library.booklets)]


_SHEETS: Final = {
    View.FACILITATOR: (
        "Fiche d’animation",
        "Pour la personne qui anime : tout le déroulé, les notes et les réponses.",
    ),
    View.PARTICIPANT: (
        "Fiche participant",
        "À distribuer : les consignes, les exercices et la routine, en grands caractères.",
    ),
}


class _Press:
    """Knows the library and the templates; each method composes one document."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings
        self._finder = TermFinder(library.terms)
        self._templates = Environment(
            loader=FileSystemLoader(settings.print_theme),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "typo": french.typeset,
            "duree": french.duration,
            "horloge": french.clock,
            "jour": french.day,
            "libelle": lambda slug, name: data.vocabulary(name).get(slug, slug),
        }
        self._templates.globals |= {
            "plural": french.plural,
            "competences": data.competences,
            "licences": data.LICENCES,
            "site_name": settings.site_name,
            "site_url": settings.site_url.rstrip("/"),
            "image": _image,
        }

    def sheet(self, workshop: Workshop, view: View) -> Document:
        """The A4 sheet of a workshop, in one view."""
        body = render(
            select(workshop.body, view),
            self._destination(workshop, term=lambda slug: f"#lexique-{slug}"),
            self._settings.markdown,
        )
        label, purpose = _SHEETS[view]
        html = self._templates.get_template("atelier.html").render(
            resource=workshop,
            body=Markup(body.html),  # noqa: S704 - our own Markdown factory refuses raw HTML
            label=label,
            view=view.value,
            lexicon_terms=self._lexicon([*body.terms, *workshop.glossaire]),
            timeline=_data_uri(timeline.draw(workshop.steps)),
            timeline_text=timeline.describe(workshop.steps),
        )
        return Document(
            name=f"{workshop.slug}-{view}.pdf",
            label=label,
            purpose=purpose,
            paper=A4,
            owner=workshop.source.path,
            html=html,
            stylesheets=("base.css", "a4.css", f"{view}.css"),
        )

    def booklet(self, booklet: Booklet) -> Document:
        """An A5 booklet, set at its own size."""
        parts = list(self._parts(booklet))
        inside = {p.resource.source.path for p in parts}
        foreword = render(
            booklet.body, self._destination(booklet, level=2), self._settings.markdown
        )
        used = dict.fromkeys(slug for part in parts for slug in part.body.terms)
        lexicon = [t for t in self._lexicon(used) if t.source.path not in inside]
        html = self._templates.get_template("livret.html").render(
            resource=booklet,
            foreword=Markup(foreword.html),  # noqa: S704 - see above
            parts=parts,
            lexicon_terms=lexicon,
            index=_index(p.resource for p in parts),
            sources_cited=self._sources(parts),
        )
        return Document(
            name=f"{booklet.slug}-livret.pdf",
            label="Livret",
            purpose="Un petit livre à lire à l’écran ou sur papier.",
            paper=A5,
            owner=booklet.source.path,
            html=html,
            stylesheets=("base.css", "a5.css"),
        )

    def _parts(self, booklet: Booklet) -> Iterator[_Part]:
        resources: list[Resource] = []
        for content in booklet.contenu:
            resources += {"glossaire": self._library.terms, "guide": self._library.chapters}[
                content
            ]
        inside = {r.source.path: f"{r.kind}-{r.slug}" for r in resources}
        for resource in resources:
            anchor = inside[resource.source.path]
            destination = self._destination(
                resource,
                term=lambda slug: self._term_anchor(slug, inside),
                inside=inside,
                level=2,
                prefix=f"{anchor}-",
            )
            yield _Part(
                resource, anchor, render(resource.body, destination, self._settings.markdown)
            )

    def _term_anchor(self, slug: str, inside: dict[str, str]) -> str:
        term = self._library.term(slug)
        known = inside.get(term.source.path) if term else None
        return f"#{known}" if known else f"#lexique-{slug}"

    def _destination(
        self,
        resource: Resource,
        *,
        term: Any = lambda _slug: None,
        inside: dict[str, str] | None = None,
        level: int = 1,
        prefix: str = "",
    ) -> Destination:
        origin = resource.source.path
        anchors = inside or {}
        root = self._settings.site_url.rstrip("/")

        def link(href: str) -> str | None:
            target = links.resolve(href, origin, self._library)
            if target is None or not target.internal:
                return target.full if target else None
            for path, anchor in anchors.items():
                if target.url == self._library.by_path[path].url:
                    return f"#{anchor}-{target.fragment}" if target.fragment else f"#{anchor}"
            # Without a public address there is nowhere on paper to send the reader.
            return f"{root}/{target.full}" if root else None

        def image(src: str) -> str | None:
            target = links.resolve(src, origin, self._library)
            if target is None or not target.internal:
                return None
            path = next((p for p, url in self._library.assets.items() if url == target.url), None)
            return f"{PROJECT}:{path}" if path else None

        own = {resource.slug} if isinstance(resource, Term) else set()
        return Destination(
            link=link,
            image=image,
            term=term,
            finder=self._finder,
            skip=frozenset(own),
            level=level,
            prefix=prefix,
            paper=True,
        )

    def _lexicon(self, slugs: Iterable[str]) -> list[Term]:
        found = [t for slug in dict.fromkeys(slugs) if (t := self._library.term(slug))]
        return sorted(found, key=lambda t: french.sort_key(t.titre))

    def _sources(self, parts: Iterable[_Part]) -> list[Any]:
        """The works cited by chapters; a glossary entry carries its own."""
        cited = [s for p in parts if isinstance(p.resource, Chapter) for s in p.resource.sources]
        return list(dict.fromkeys(cited))


@dataclass(frozen=True, slots=True)
class _Part:
    """A resource inside a booklet; `anchor` is its id there."""

    resource: Resource
    anchor: str
    body: Rendered

    @property
    def html(self) -> Markup:
        return Markup(self.body.html)  # noqa: S704 - our own Markdown factory refuses raw HTML

    @property
    def headings(self) -> list[tuple[str, str]]:
        """Id and title of the first level under the part's own title."""
        return [(str(t["id"]), french.typeset(str(t["name"]))) for t in self.body.toc]

    @property
    def see_also(self) -> tuple[str, ...]:
        return self.resource.voir_aussi if isinstance(self.resource, Term) else ()


def _index(resources: Iterable[Resource]) -> list[tuple[str, str, str]]:
    """Every form of every term: the word, the anchor of its entry, the entry's own title."""
    rows: dict[tuple[str, str], tuple[str, str, str]] = {}
    for r in resources:
        if isinstance(r, Term):
            for form in (*r.forms, *((r.anglais,) if r.anglais else ())):
                # « Civic tech » and its English « civic tech » are one line of an index.
                row = (form, f"{r.kind}-{r.slug}", r.titre)
                rows.setdefault((french.sort_key(form), r.slug), row)
    return sorted(rows.values(), key=lambda row: french.sort_key(row[0]))


def _image(name: str) -> str:
    return f"{PROJECT}:content/images/{name}"


def _data_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def stylesheet_paths(document: Document, settings: Settings) -> list[Path]:
    """The files of a document's styles."""
    return [settings.print_theme / name for name in document.stylesheets]
