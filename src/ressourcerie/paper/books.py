"""Booklets: a recipe → the resources it names, composed as a book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ressourcerie import french
from ressourcerie.markdown import Rendered
from ressourcerie.model import Booklet, Chapter, Reference, Resource, Term
from ressourcerie.paper.document import A5, Document
from ressourcerie.paper.press import Press, markup


def book(press: Press, booklet: Booklet) -> Document:
    """An A5 booklet, set at its own size."""
    resources = [r for content in booklet.contenu for r in _contents(press, content)]
    return press.document(
        name=f"{booklet.slug}-livret.pdf",
        label="Livret",
        purpose=french.typeset(f"« {booklet.titre} », à lire à l’écran ou sur papier."),
        paper=A5,
        owner=booklet.source.path,
        edition="livret",
        made_of=(booklet.source.text, *(r.source.text for r in resources)),
        stylesheets=("base.css", "a5.css"),
        compose=lambda: _compose(press, booklet, resources),
    )


def _compose(press: Press, booklet: Booklet, resources: list[Resource]) -> str:
    anchors = {r.source.path: f"{r.kind}-{r.slug}" for r in resources}
    cited: list[str] = []
    foreword = press.place(booklet, anchors, cited=cited, level=2)
    parts = [_part(press, resource, anchors, cited) for resource in resources]
    return press.fill(
        "livret.html",
        resource=booklet,
        foreword=markup(foreword.render(press.settings.markdown).html),
        parts=parts,
        lexicon_terms=press.lexicon(cited),
        index=_index(resources),
        sources_cited=_sources(resources),
    )


def _contents(press: Press, content: str) -> tuple[Resource, ...]:
    return {"glossaire": press.library.terms, "guide": press.library.chapters}[content]


def _part(press: Press, resource: Resource, anchors: Mapping[str, str], cited: list[str]) -> _Part:
    anchor = anchors[resource.source.path]
    place = press.place(resource, anchors, cited=cited, level=2, prefix=f"{anchor}-")
    return _Part(resource, anchor, place.render(press.settings.markdown))


@dataclass(frozen=True, slots=True)
class _Part:
    """A resource inside a booklet; `anchor` is its id there."""

    resource: Resource
    anchor: str
    body: Rendered

    @property
    def html(self) -> Markup:
        return markup(self.body.html)

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
