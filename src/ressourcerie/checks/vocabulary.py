"""The words of the texts and those of the glossary: what is never used, what is never defined.

What one text holds (`used_terms`, `used_jargon`) depends on that text and on the words looked for:
it is kept from one run to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from ressourcerie.checks.glosses import Written
from ressourcerie.data import TO_WRITE, jargon
from ressourcerie.diagnostics import Diagnostic, Family, Severity, rule
from ressourcerie.french import plural
from ressourcerie.library import Library
from ressourcerie.load import GLOSSARY
from ressourcerie.memory import Memory, key
from ressourcerie.model import Term
from ressourcerie.prose import prose
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.study import Study, Words
from ressourcerie.terms import TermFinder

UNUSED = rule(
    "terme-inutilise",
    "Un terme n’est employé nulle part",
    "Employez-le dans un texte, citez-le dans « glossaire » ou « voir_aussi », ou ajoutez dans "
    "« variantes » la façon dont vos textes l’écrivent.",
    Severity.INFO,
    Family.GLOSSARY,
)
UNDEFINED = rule(
    "mot-a-definir",
    "Un mot du numérique n’est pas dans le glossaire",
    "Ajoutez un terme dans glossary/, ou ce mot dans « synonymes » d’un terme qui l’explique déjà.",
    Severity.INFO,
    Family.GLOSSARY,
)

# A word of one text can be explained there.
COMMON: Final = 2
# Links by hand to an entry, whatever their words.
_LINKED: Final = re.compile(r"[/(]([a-z0-9-]+)\.md\b")
Glossary = Callable[[], TermFinder]
# The word of this rule, among those of a study.
JARGON: Final = "jargon"


def used_terms(source: Source, finder: TermFinder) -> frozenset[str]:
    """The slugs of the terms that a text uses or links to."""
    found = {match.slug for match in finder.find(prose(source))}
    return frozenset(found | (finder.slugs & set(_LINKED.findall(source.text))))


def used_jargon(source: Source) -> Words:
    """The words of `jargon.yml` that a text uses, each with the offsets of its first occurrence."""
    found: dict[str, tuple[int, int]] = {}
    for match in _jargon().find(prose(source)):
        found.setdefault(match.slug, (match.start, match.end))
    return found


@cache
def _jargon() -> TermFinder:
    return TermFinder(Written(forms[0], forms) for forms in jargon())


def check(
    library: Library, _settings: Settings, studies: Mapping[str, Study], memory: Memory
) -> Iterator[Diagnostic]:
    """Hold the glossary against the texts. A project without a glossary promises no definition."""
    if library.terms:
        # Made only if it is asked for: most runs remember what it would find.
        glossary = cache(lambda: TermFinder(library.terms))
        yield from _unused(library, glossary, studies, memory)
        yield from _undefined(library, glossary, studies, memory)


def _unused(
    library: Library, glossary: Glossary, studies: Mapping[str, Study], memory: Memory
) -> Iterator[Diagnostic]:
    if library.unread - {source.path for source in library.drafts}:
        return  # a text that cannot be read may use any term
    own = {term.source.path: {term.slug} for term in library.terms}
    used: set[str] = set()
    for source in library.sources:
        used |= _cited(source) - own.get(source.path, set())
    left = [
        (term, names)
        for term in library.terms
        if term.slug not in used
        and used.isdisjoint(names := {term.slug, *glossary().named(term.titre)})
        and not _is_draft(term)
    ]
    # The words of the texts are read for the terms that no key names, as long as there are any.
    words = _forms(library)
    for source in library.sources:
        if not left:
            break
        name = key(words, studies[source.path].name)
        if (found := memory.get(name)) is None:
            found = sorted(used_terms(source, glossary()))
            memory.put(name, found)
        used = set(found) - own.get(source.path, set())
        left = [(term, names) for term, names in left if names.isdisjoint(used)]
    for term, _ in left:
        message = f"Aucun autre texte n’emploie « {term.titre} »."
        yield UNUSED.at(term.source.place("titre"), message)


def _is_draft(term: Term) -> bool:
    """Whether an entry is being written: it will be used once it is there."""
    return bool(TO_WRITE.search(term.source.text))


def _cited(source: Source) -> set[str]:
    """The slugs that a front matter gives, even one that has errors elsewhere."""
    lists = (source.front.get(key) for key in ("glossaire", "voir_aussi"))
    return {str(slug) for slugs in lists if isinstance(slugs, list) for slug in slugs}


def _forms(library: Library) -> str:
    """The name of all the ways in which terms are written."""
    return key("terms", *(repr((t.slug, t.forms, t.sauf, t.anglais)) for t in library.terms))


def _undefined(
    library: Library, glossary: Glossary, studies: Mapping[str, Study], memory: Memory
) -> Iterator[Diagnostic]:
    if any(path.startswith(f"{GLOSSARY}/") for path in library.unread):
        return  # a term that cannot be read may define any word
    name = key("defined", _forms(library))
    if (defined := memory.get(name)) is None:
        defined = sorted(_defined(library, glossary()))
        memory.put(name, defined)
    uses: dict[str, list[tuple[Source, int, int]]] = {}
    for source in sorted(library.sources, key=lambda source: source.path):
        for word, (start, end) in studies[source.path].words.get(JARGON, {}).items():
            uses.setdefault(word, []).append((source, start, end))
    for word, texts in uses.items():
        if word not in defined and len(texts) >= COMMON:
            source, start, end = texts[0]
            typed = " ".join(source.text[start:end].split())
            number = plural(len(texts), "texte")
            message = f"« {typed} » n’est pas dans le glossaire, et {number} l’emploient."
            yield UNDEFINED.at(source.place_at(start), message)


def _defined(library: Library, finder: TermFinder) -> set[str]:
    """The words of `jargon.yml` that a term names, alone or among others."""
    names = " ; ".join(form for t in library.terms for form in (*t.forms, t.anglais or ""))
    found = {match.slug for match in _jargon().find(names)}
    return found | {forms[0] for forms in jargon() if any(finder.named(form) for form in forms)}
