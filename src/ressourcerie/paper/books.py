"""Booklets: a recipe → the parts of a book, each laid out by itself.

Parts are laid out in parallel and kept by their content: a word changed in a glossary of four
hundred terms costs a few pages. What names pages (contents, index) comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ressourcerie.links import BOOK
from ressourcerie.memory import as_text
from ressourcerie.model import Booklet, Resource, Term
from ressourcerie.outline import SCHEDULE
from ressourcerie.paper.document import A5, Document
from ressourcerie.paper.entries import DEFINITIONS, Entry, grouped, word_index, works_cited
from ressourcerie.paper.press import Press, markup
from ressourcerie.views import View, exercises, has_answers

STYLES: Final = ("base.css", "a5.css")
ROUTINE: Final = frozenset({"Routine à la maison"})


@dataclass(frozen=True, slots=True)
class Outline:
    """What the parts of a book turn out to hold, once they are laid out.

    `headings` are, under the id of each entry of the contents, the titles it announces: id, words.
    `cited` are the slugs of the terms that the book names without holding them.
    """

    headings: Mapping[str, tuple[tuple[str, str], ...]]
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """A booklet to make: its covers, its parts, and what is composed once they are laid out.

    That is the `front` (foreword, contents) and the `back` (lexicon, index, sources), which may
    have nothing to say. No part holds the number of a page: binding writes them all.
    """

    booklet: Booklet
    name: str
    cover: Document
    parts: tuple[Document, ...]
    back_cover: Document
    front: Callable[[Outline], Document]
    back: Callable[[Outline], Document | None]


def book(press: Press, booklet: Booklet) -> Book:
    """An A5 booklet, set at its own size: A4 printed two-up would shrink its text to 70 %."""
    entries = [
        Entry(content, resource)
        for content, resources in press.library.contents(booklet)
        for resource in resources
    ]
    composer = _Composer(press, booklet, entries)
    return Book(
        booklet=booklet,
        name=f"{booklet.slug}-livret.pdf",
        cover=composer.cover("couverture", "livret-couverture.html"),
        parts=tuple(composer.parts()),
        back_cover=composer.cover("dos", "livret-dos.html"),
        front=composer.front,
        back=composer.back,
    )


class _Composer:
    def __init__(self, press: Press, booklet: Booklet, entries: list[Entry]) -> None:
        self._press = press
        self._booklet = booklet
        self._entries = entries
        # A resource shown twice is named where it first stands.
        self._anchors = {e.resource.source.path: e.anchor for e in reversed(entries)}
        self._answered = [
            e
            for e in entries
            if e.content == "exercices" and has_answers(exercises(e.resource.body))
        ]

    def parts(self) -> Iterator[Document]:
        """The body of the book."""
        for number, entries in enumerate(grouped(self._entries), start=1):
            yield self._document(
                f"{self._booklet.slug}-{number}",
                "livret-partie.html",
                lambda entries=entries: {  # type: ignore[misc] # bound now
                    "entries": [self._shown(entry) for entry in entries]
                },
                made_of=[e.resource.source.text for e in entries],
            )
        if self._answered:
            yield self._document(
                f"{self._booklet.slug}-reponses",
                "livret-reponses.html",
                lambda: {"answers": [self._answers(entry) for entry in self._answered]},
                made_of=[e.resource.source.text for e in self._answered],
            )

    def cover(self, name: str, template: str) -> Document:
        """The first page, or the last."""
        return self._document(f"{self._booklet.slug}-{name}", template, dict, made_of=[])

    def front(self, outline: Outline) -> Document:
        """Foreword and contents."""
        # What is read by its questions announces the titles inside its parts.
        announced = {
            e.announced: outline.headings.get(e.announced, ())
            for e in self._entries
            if e.content in {"guide", "pages", DEFINITIONS}
        }
        rows = {e.announced: e for e in reversed(self._entries)}
        ends = [
            name
            for name, there in {
                "reponses": self._answered,
                "lexique": self._cited(outline),
                "index": word_index(self._entries),
                "sources": works_cited(self._entries),
            }.items()
            if there
        ]
        return self._document(
            f"{self._booklet.slug}-debut",
            "livret-debut.html",
            lambda: {
                "foreword": self._rendered(self._booklet),
                "entries": sorted(rows.values(), key=self._entries.index),
                "headings": announced,
                "ends": ends,
            },
            made_of=[as_text([announced, ends])],
        )

    def back(self, outline: Outline) -> Document | None:
        """Lexicon, index and sources; None when there is nothing to list."""
        cited = self._cited(outline)
        index, works = word_index(self._entries), works_cited(self._entries)
        if not (cited or index or works):
            return None
        return self._document(
            f"{self._booklet.slug}-fin",
            "livret-fin.html",
            lambda: {
                "lexicon_terms": self._press.lexicon(cited),
                "index": index,
                "sources_cited": works,
            },
            made_of=[as_text([cited, [s.model_dump() for s in works], index])],
        )

    def _cited(self, outline: Outline) -> list[str]:
        """The terms to explain: those that the parts name, and the foreword."""
        place = self._press.place(self._booklet, self._anchors)
        place.render(self._press.settings.markdown)
        return sorted({*outline.cited, *place.cited})

    def _document(
        self, name: str, template: str, values: Callable[[], Mapping[str, Any]], made_of: list[str]
    ) -> Document:
        # A part names the others by their ids, and says in its margins which book it is of.
        around = [self._booklet.source.text, as_text(self._anchors)]
        return self._press.document(
            name=name,
            label="",
            purpose="",
            paper=A5,
            owner=self._booklet.source.path,
            edition="partie",
            part=True,
            stylesheets=STYLES,
            made_of=[*around, *made_of],
            weight=sum(map(len, made_of)),
            compose=lambda: self._press.fill(template, resource=self._booklet, **values()),
        )

    def _shown(self, entry: Entry) -> dict[str, Any]:
        """What the template of a part is told of an entry."""
        resource, prefix = entry.resource, f"{entry.anchor}-"
        told: dict[str, Any] = {"resource": resource, "content": entry.content}
        told["anchor"] = entry.anchor
        if entry.content == DEFINITIONS:
            return {**told, "letter": entry.letter}
        match entry.content:
            case "exercices":
                told["html"] = self._exercises(entry, View.PARTICIPANT, prefix)
            case "carnet":
                told["html"] = self._rendered(
                    resource, View.PARTICIPANT, prefix=prefix, only=ROUTINE
                )
            case "ateliers":
                told["html"] = self._rendered(resource, View(self._booklet.vue), prefix=prefix)
            case _:
                told["html"] = self._rendered(resource, prefix=prefix)
        if isinstance(resource, Term):
            held = {e.resource.slug: e for e in self._entries if e.content == "glossaire"}
            told["see_also"] = [held[s] for s in resource.voir_aussi if s in held]
        if entry.content == "carnet":
            weeks = [e for e in self._entries if e.content == "carnet"]
            told["week"] = weeks.index(entry) + 1
            told["ends"] = len(weeks) > 1 and entry == weeks[-1]
        return told

    def _answers(self, entry: Entry) -> dict[str, Any]:
        prefix = f"reponses-{entry.resource.slug}-"
        html = self._exercises(entry, View.ANSWERS, prefix)
        return {"resource": entry.resource, "html": html}

    def _exercises(self, entry: Entry, view: View, prefix: str) -> Any:
        html = self._rendered(entry.resource, view, exercises(entry.resource.body), prefix=prefix)
        # « Déroulé » is said of a session; here somebody works alone.
        return markup(html.replace(markup(f">{SCHEDULE}<"), markup(">Consignes<")))

    def _rendered(
        self,
        resource: Resource,
        view: View = View.FACILITATOR,
        text: str | None = None,
        **more: Any,
    ) -> Any:
        more = {"level": 2, "inner": f"{BOOK}:", **more}
        place = self._press.place(resource, self._anchors, **more)
        return markup(place.render(self._press.settings.markdown, view, text).html)
