"""Which resources, in which view, in which order → one HTML document a PDF."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ressourcerie import french, timeline
from ressourcerie.library import Library
from ressourcerie.links import PROJECT
from ressourcerie.markdown import Rendered
from ressourcerie.model import Booklet, Chapter, Reference, Resource, Term, Workshop
from ressourcerie.paper.placement import Placement
from ressourcerie.settings import Settings
from ressourcerie.templating import speak_french
from ressourcerie.terms import TermFinder
from ressourcerie.views import View

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
        speak_french(self._templates)
        self._templates.globals |= {
            "site_name": settings.site_name,
            "site_url": settings.site_url.rstrip("/"),
            "image": _image,
        }

    def sheet(self, workshop: Workshop, view: View) -> Document:
        """The A4 sheet of a workshop, in one view."""
        place = self._place(workshop)
        body = place.render(self._settings.markdown, view)
        useful = workshop.glossaire if view is View.FACILITATOR else ()
        label, purpose = _SHEETS[view]
        html = self._templates.get_template("atelier.html").render(
            resource=workshop,
            body=Markup(body.html),  # noqa: S704 - our own Markdown factory refuses raw HTML
            label=label,
            view=view.value,
            prerequisites=[w for s in workshop.prerequis if (w := self._library.workshop(s))],
            lexicon_terms=self._lexicon([*place.cited, *useful]),
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
        resources = [r for content in booklet.contenu for r in self._contents(content)]
        anchors = {r.source.path: f"{r.kind}-{r.slug}" for r in resources}
        cited: list[str] = []
        foreword = self._place(booklet, anchors, cited=cited, level=2)
        parts = [self._part(resource, anchors, cited) for resource in resources]
        html = self._templates.get_template("livret.html").render(
            resource=booklet,
            foreword=Markup(foreword.render(self._settings.markdown).html),  # noqa: S704 - see above
            parts=parts,
            lexicon_terms=self._lexicon(cited),
            index=_index(resources),
            sources_cited=_sources(resources),
        )
        return Document(
            name=f"{booklet.slug}-livret.pdf",
            label="Livret",
            purpose=french.typeset(f"« {booklet.titre} », à lire à l’écran ou sur papier."),
            paper=A5,
            owner=booklet.source.path,
            html=html,
            stylesheets=("base.css", "a5.css"),
        )

    def _contents(self, content: str) -> tuple[Resource, ...]:
        return {"glossaire": self._library.terms, "guide": self._library.chapters}[content]

    def _part(self, resource: Resource, anchors: Mapping[str, str], cited: list[str]) -> _Part:
        anchor = anchors[resource.source.path]
        place = self._place(resource, anchors, cited=cited, level=2, prefix=f"{anchor}-")
        return _Part(resource, anchor, place.render(self._settings.markdown))

    def _place(
        self, resource: Resource, anchors: Mapping[str, str] = MappingProxyType({}), **more: Any
    ) -> Placement:
        site_url = self._settings.site_url.rstrip("/")
        return Placement(resource, self._library, self._finder, site_url, anchors, **more)

    def _lexicon(self, slugs: Iterable[str]) -> list[Term]:
        found = [t for slug in dict.fromkeys(slugs) if (t := self._library.term(slug))]
        return sorted(found, key=lambda t: french.sort_key(t.titre))


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


def _sources(resources: Iterable[Resource]) -> list[Reference]:
    """The works cited by chapters; a glossary entry carries its own."""
    cited = [s for r in resources if isinstance(r, Chapter) for s in r.sources]
    return list(dict.fromkeys(cited))


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
