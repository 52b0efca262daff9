"""Acronyms that nobody explains: a reader who does not know one cannot guess it.

Source: « L’information pour tous » (Inclusion Europe, Unapei, 2009); WCAG 3.1.4. A text explains an
acronym itself, « (RGPD) » after the words or the words after « RGPD » ; else the glossary does,
since the first mention of a term leads to its definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from ressourcerie import data
from ressourcerie.checks.faults import LETTER, language_rule
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.french import fold
from ressourcerie.library import Library
from ressourcerie.memory import Memory
from ressourcerie.prose import own_words, prose
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.study import Study, Words

UNEXPLAINED = language_rule(
    "sigle-inexplique",
    "Un sigle n’est pas expliqué",
    "Écrivez d’abord les mots, puis le sigle entre parenthèses ; ou ajoutez le sigle au glossaire.",
)

# What `unexplained` finds in a text, among the words of its study.
ACRONYMS: Final = "sigles"
_ACRONYM: Final = re.compile(r"[A-Z](?<![\w.@/-].)[A-Z]{1,5}(?![\w@/-])")
_ROMAN: Final = re.compile(r"[IVX]+|[MDCL]")
# Words in capitals beside it: the author shouts, or names a licence (« CC BY-SA »).
_SHOUTED: Final = re.compile(r"[A-ZÀ-Þ]{2,}[^\w\n.!?;:]{1,2}\Z")
_SHOUTING: Final = re.compile(r"[^\w\n.!?;:]{1,2}[A-ZÀ-Þ]{2,}(?!\w)")


def check(
    library: Library, _settings: Settings, studies: Mapping[str, Study], _memory: Memory
) -> Iterator[Diagnostic]:
    """Look for the acronyms of every text that neither it nor the glossary explains."""
    defined = frozenset(
        acronym
        for term in library.terms
        for form in (*term.forms, term.anglais or "")
        for acronym in re.findall(r"[A-Z]{2,6}", form)
    )
    for source in library.sources:
        for acronym, (start, _) in studies[source.path].words.get(ACRONYMS, {}).items():
            if acronym not in defined:
                message = f"« {acronym} » n’est expliqué ni dans ce texte ni dans le glossaire."
                yield UNEXPLAINED.at(source.place_at(start), message)


def unexplained(source: Source) -> Words:
    """The acronyms that a text uses and does not explain."""
    raw = source.text
    # Cheaper than reading the prose: most texts have no acronym but those that all know.
    if not {match[0] for match in _ACRONYM.finditer(raw)} - _known():
        return {}
    text, seen, found = own_words(source), set(_known()), {}
    for match in _ACRONYM.finditer(text):
        acronym = match[0]
        if acronym in seen or _ROMAN.fullmatch(acronym) or _is_shouted(text, match):
            continue
        seen.add(acronym)
        if not _is_explained(acronym, prose(source), raw):
            found[acronym] = match.span()
    return found


@cache
def _known() -> frozenset[str]:
    return frozenset(" ".join(data.words()["sigles_connus"]).split())


def _is_shouted(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if match[0].lower() in data.words()["mots_en_capitales"]:
        return True
    return bool(_SHOUTED.search(text[max(0, start - 20) : start]) or _SHOUTING.match(text, end))


def _is_explained(acronym: str, text: str, raw: str) -> bool:
    """Whether a text says somewhere what an acronym stands for."""
    return (
        f"*[{acronym}]:" in raw
        or re.search(_EXPLAINED.replace("@", acronym), text) is not None
        or _is_spelled_out(acronym, text)
    )


_GAP: Final = "[ \u00a0\u202f\n]"
# @ stands for the acronym.
_EXPLAINED: Final = "|".join(
    (
        # « … des données (RGPD) », « (ou RGPD) »
        rf"{LETTER}{_GAP}?[»”\x01]*{_GAP}*\(\W{{0,3}}(?:ou |dite? |sigle |en abrégé )?@(?!\w)",
        # « le sigle RGPD », « l’entreprise IBM »: a noun says what it is
        r"(?:sigle|abrégé|ou|dite?|appelée?|nommée?|organisation|organisme|association|entreprise|"
        rf"société|norme|licence|format|logiciel|marque|chaîne|langage|protocole){_GAP}"
        r"\W{0,3}@(?!\w)",
        # « …, la CNIL, … »
        rf",{_GAP}(?:l[ae]s?{_GAP}|l[’'])@(?=[,.;)])",
        # « RGPD (règlement…) », « RGPD : règlement… »
        rf"(?<!\w)@\W{{0,3}}\((?=\W{{0,3}}{LETTER}+[ \u00a0’'-])",
        r"(?<!\w)@\W{0,2}[:=]",
        # « le RGPD, règlement… », « RGPD veut dire… », « la CNIL est la Commission… »
        rf"(?<!\w)@\W{{0,3}}(?:,{_GAP}|est{_GAP})(?:l[’']|(?:c’est-à-dire|pour|soit|l[ae]s?|une?)(?!\w))",
        rf"(?<!\w)@\W{{0,3}}(?:veut{_GAP}dire|signifie|désigne)(?!\w)",
    )
)
_SMALL_WORDS: Final = r"(?:(?:de|des|du|la|le|les|et|à|au|aux|en|pour|par|sur|d|l)[\s’'-]+)*"


def _is_spelled_out(acronym: str, text: str) -> bool:
    """Whether words in a row have its letters as initials; two could be so by chance."""
    if len(acronym) < 3:
        return False
    words = rf"[\s’'-]+{_SMALL_WORDS}".join(rf"{letter.lower()}[\w]*" for letter in acronym)
    return re.search(rf"(?<!\w){words}", fold(text)) is not None
