"""What every document is composed with: the library, the templates of `theme/print/`, the links."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ressourcerie import french
from ressourcerie.library import Library
from ressourcerie.links import PROJECT
from ressourcerie.memory import as_text, key
from ressourcerie.model import Resource, Term
from ressourcerie.paper import qr
from ressourcerie.paper.document import Document
from ressourcerie.paper.placement import Placement
from ressourcerie.paper.spacing import FrenchSpaces
from ressourcerie.settings import Settings
from ressourcerie.templating import speak_french
from ressourcerie.terms import TermFinder
from ressourcerie.views import View


class Press:
    """Composes documents; lays out nothing."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library = library
        self.settings = settings
        self._finder = TermFinder(library.terms)
        self._templates = Environment(
            loader=FileSystemLoader(settings.print_theme),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[FrenchSpaces],
        )
        speak_french(self._templates)
        self._templates.globals |= {
            "site_name": settings.site_name,
            "site_url": settings.site_url.rstrip("/"),
            "image": image,
            "qr": lambda address: data_uri(qr.draw(address)),
        }
        self._surroundings = key(*_surroundings(library, settings))

    def document(
        self, *, compose: Callable[[], str], made_of: Iterable[str], **told: Any
    ) -> Document:
        """A document whose HTML `compose` gives.

        `made_of` are the texts it is composed from, beside what any document may look at: the
        templates, the settings, and what each resource says of itself in a line.
        """
        texts = tuple(made_of)
        inputs = key(self._surroundings, told["name"], told["edition"], *texts)
        weight = sum(map(len, texts))
        return Document(compose=compose, inputs=inputs, **{"weight": weight, **told})

    def fill(self, template: str, **values: Any) -> str:
        """The HTML of a template."""
        return self._templates.get_template(template).render(**values)

    def body(self, resource: Resource, view: View = View.FACILITATOR, **more: Any) -> Markup:
        """The body of a resource, placed alone in a document."""
        return markup(self.place(resource, **more).render(self.settings.markdown, view).html)

    def place(
        self,
        resource: Resource,
        anchors: Mapping[str, str] = MappingProxyType({}),
        *,
        linked: bool = True,
        **more: Any,
    ) -> Placement:
        """Where a body stands: `anchors` are the ids of the resources the document holds.

        Without `linked`, no glossary entry is looked for in it.
        """
        site_url = self.settings.site_url.rstrip("/")
        finder = self._finder if linked else None
        return Placement(resource, self.library, finder, site_url, anchors, **more)

    def lexicon(self, slugs: Iterable[str]) -> list[Term]:
        """The terms of these slugs, each once, in the order of the alphabet."""
        found = [t for slug in dict.fromkeys(slugs) if (t := self.library.term(slug))]
        return sorted(found, key=lambda t: french.sort_key(t.titre))


def markup(html: str) -> Markup:
    """HTML that our own Markdown factory has written: it refuses raw HTML."""
    return Markup(html)  # noqa: S704 - see above


def image(name: str) -> str:
    """The address of an image of `content/images/`, as the press reads it."""
    return f"{PROJECT}:content/images/{name}"


def data_uri(svg: str) -> str:
    """A drawing made here, as an address."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _surroundings(library: Library, settings: Settings) -> Iterable[str]:
    """All that any document may look at beside the texts it is made of."""
    yield as_text([settings.site_name, settings.site_url, repr(settings.markdown)])
    for template in sorted(settings.print_theme.glob("*.html")):
        yield template.name
        yield template.read_text("utf-8")
    yield as_text(
        [
            # « Partie 2 »: its rank changes when another chapter does.
            [r.kind, r.source.path, r.url, r.titre, r.summary, getattr(r, "label", "")]
            for r in library.resources
        ]
    )
    yield as_text([[t.slug, *t.forms, *t.sauf] for t in library.terms])
    yield as_text(sorted(library.assets.items()))
