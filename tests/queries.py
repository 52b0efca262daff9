"""The queries the search is judged by: what people type, how it is asked, the pages that answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "search"
# One file to tune by, and one kept apart to judge by.
TUNED, HELD = FOLDER / "requetes.yml", FOLDER / "requetes-reserve.yml"
# A function, not an expression: the policy of the pages refuses to evaluate texts.
READY = """() => window.ressourcerie.search && window.ressourcerie.search.state === 'whole'
    && !!window.ressourcerie.searchShow"""
# All at once: a page per query would cost minutes. The order is that of the box under the field.
ANSWERS = """async queries => {
    const site = window.ressourcerie, found = [];
    for (const query of queries) found.push(await new Promise(done => {
        site.search(query, 60, answer => {
            const urls = answer.definition ? [answer.definition.url] : [];
            for (const group of site.searchShow.grouped(answer, 3))
                for (const result of group.results) urls.push(result.url.split('#')[0]);
            done(urls);
        });
    }));
    return found;
}"""


@dataclass(frozen=True)
class Query:
    """What is typed; any of `pages` answers. `kind` is what makes it hard."""

    kind: str
    words: str
    pages: tuple[str, ...]

    def found(self, answer: Sequence[str], among: int) -> bool:
        """Whether one of the pages is among the first of an answer."""
        return not set(self.pages).isdisjoint(answer[:among])


def read_queries(file: Path) -> list[Query]:
    """The queries of a file."""
    data = yaml.safe_load(file.read_text("utf-8"))
    return [
        Query(kind, str(words), tuple(pages))
        for kind, rows in data.items()
        for words, *pages in rows
    ]


def share(queries: Sequence[Query], answers: Sequence[Sequence[str]], among: int) -> float:
    """The part of the queries that find one of their pages among the first of their answers."""
    found = [q.found(a, among) for q, a in zip(queries, answers, strict=True)]
    return sum(found) / len(found)
