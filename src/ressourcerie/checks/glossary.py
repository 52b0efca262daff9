"""How the entries of the glossary stand together: one place for each word, roads both ways."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from ressourcerie.checks.glosses import Written
from ressourcerie.diagnostics import Diagnostic, Edit, Family, Severity, rule
from ressourcerie.library import Library
from ressourcerie.memory import Memory, key
from ressourcerie.model import Term
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.study import Study, remembered
from ressourcerie.terms import TermFinder

TWICE = rule(
    "terme-en-double",
    "Un terme est défini deux fois",
    "Réunissez les deux textes dans un seul fichier, puis supprimez l’autre.",
    family=Family.GLOSSARY,
)
SHARED = rule(
    "synonyme-partage",
    "Un même mot mène à deux termes",
    "Gardez-le sur le terme qu’il désigne le mieux, et enlevez-le de l’autre : un mot ne mène "
    "qu’à une page.",
    Severity.WARNING,
    Family.GLOSSARY,
)
ONE_WAY = rule(
    "voir-aussi-sans-retour",
    "Un terme ne renvoie pas à un terme qui renvoie à lui",
    "Ajoutez le renvoi dans « voir_aussi » : on passe d’un mot à l’autre dans les deux sens.",
    Severity.WARNING,
    Family.GLOSSARY,
)

_EMPTY_LIST: Final = re.compile(r"^voir_aussi:[ \t]*\[([ \t]*)\]", re.MULTILINE)
# What stands before the items of a list written one a line, with a dash.
_DASH: Final = re.compile(r"(\n[ \t]*-[ \t]+)\Z")


def check(
    library: Library, _settings: Settings, _studies: Mapping[str, Study], memory: Memory
) -> Iterator[Diagnostic]:
    """Look at the names of the terms, and at what they refer to: nothing of their texts."""
    terms = sorted(library.terms, key=lambda term: term.source.path)
    unread = {posixpath.basename(p).removesuffix(".md") for p in library.unread}
    heads = (f"{term.source.path}\n{term.source.head}" for term in terms)
    name = key("glossary", "\n".join(sorted(unread)), *heads)
    yield from remembered(memory, name, lambda: _between(terms, unread))


def _between(terms: list[Term], unread: set[str]) -> Iterator[Diagnostic]:
    yield from _twice(terms)
    yield from _shared(terms)
    yield from _one_way(terms, unread)


def _twice(terms: list[Term]) -> Iterator[Diagnostic]:
    titles = TermFinder(Written(t.slug, (t.titre,)) for t in terms)
    by_slug = {t.slug: t for t in terms}
    known: set[str] = set()
    for term in terms:
        for slug in titles.named(term.titre):
            if slug in known:
                message = f"« {term.titre} » est déjà défini dans {by_slug[slug].source.path}."
                yield TWICE.at(term.source.place("titre"), message)
                break
        known.add(term.slug)


def _shared(terms: list[Term]) -> Iterator[Diagnostic]:
    names = TermFinder(terms)
    titles = TermFinder(Written(t.slug, (t.titre,)) for t in terms)
    by_slug = {t.slug: t for t in terms}
    rank = {t.slug: number for number, t in enumerate(terms)}
    for term in terms:
        for field, forms in (("variantes", term.variantes), ("synonymes", term.synonymes)):
            for index, form in enumerate(forms):
                titled = titles.named(form)
                for slug in names.named(form):
                    # Two terms that share a synonym are told once, at the second.
                    if slug != term.slug and (slug in titled or rank[slug] < rank[term.slug]):
                        other = by_slug[slug]
                        message = f"« {form} » mène déjà à « {other.titre} » ({other.source.path})."
                        yield SHARED.at(term.source.place(field, index), message)
                        break


def _one_way(terms: list[Term], unread: set[str]) -> Iterator[Diagnostic]:
    known = {t.slug for t in terms} | unread
    callers: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        for slug in dict.fromkeys(term.voir_aussi):
            callers[slug].append(term)
    for term in terms:
        if any(slug not in known for slug in term.voir_aussi):
            continue  # the one that is badly written may well be the one that is missing
        missing = [c for c in callers[term.slug] if c.slug not in {*term.voir_aussi, term.slug}]
        if missing:
            titles = " et ".join(f"« {other.titre} »" for other in missing)
            verb = "renvoie" if len(missing) == 1 else "renvoient"
            message = f"{titles} {verb} à « {term.titre} », qui n’y renvoie pas."
            slugs = [other.slug for other in missing]
            hint = f"Ajoutez {', '.join(slugs)} dans « voir_aussi »."
            place = term.source.place("voir_aussi")
            yield ONE_WAY.at(place, message, hint, edit=with_neighbours(term.source, slugs))


def with_neighbours(source: Source, slugs: list[str]) -> Edit | None:
    """The change that adds `slugs` at the end of `voir_aussi`; None when the key is not there."""
    spans = [
        span for path, span in source.spans.items() if path[:1] == ("voir_aussi",) and path[1:]
    ]
    if not spans:
        empty = _EMPTY_LIST.search(source.head)
        return Edit(empty.start(1), empty.end(1), ", ".join(slugs)) if empty else None
    start, end = max(spans)
    dash = _DASH.search(source.head, 0, start)
    separator = dash[1] if dash else ", "
    return Edit(end, end, "".join(separator + slug for slug in slugs))
