"""What an entry of the glossary says by itself: its gloss, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ressourcerie.diagnostics import Diagnostic, Family, Severity, rule
from ressourcerie.model import Resource, Term
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.terms import TermFinder

CIRCULAR = rule(
    "glose-circulaire",
    "Une glose emploie le mot qu’elle explique",
    "Dites-le autrement : la personne qui cherche ce mot ne le connaît pas encore.",
    Severity.WARNING,
    Family.GLOSSARY,
)
UNDATED = rule(
    "source-sans-date",
    "Une source n’a ni année, ni précision",
    "Cherchez l’année au dos du livre ou au bas de la page ; sinon, dites dans « precision » ce "
    "que l’on sait de sa date, par exemple « Page consultée en mars 2026. ».",
    Severity.INFO,
    Family.GLOSSARY,
)


@dataclass(frozen=True, slots=True)
class Written:
    """The ways a term is written, without its synonyms: a gloss may give those."""

    slug: str
    forms: tuple[str, ...]
    sauf: tuple[str, ...] = ()


def check_text(
    source: Source, resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the gloss of a term, and at the sources of any resource."""
    if isinstance(resource, Term):
        yield from _gloss(source, resource)
    for index, work in enumerate(getattr(resource, "sources", ())):
        if work.annee == "s. d." and not work.precision:
            message = f"On ne sait pas de quand date « {work.titre} »."
            yield UNDATED.at(source.place("sources", index, "annee"), message)


def _gloss(source: Source, term: Term) -> Iterator[Diagnostic]:
    start, end = source.spans.get(("glose",), (0, 0))
    written = Written(term.slug, (term.titre, *term.variantes), term.sauf)
    typed = source.head[start:end]
    for match in TermFinder([written]).find(typed):
        place = source.place_at(start + match.start)
        words = typed[match.start : match.end]
        yield CIRCULAR.at(place, f"La glose de « {term.titre} » emploie « {words} ».")
        return
