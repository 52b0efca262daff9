"""Silences: what an author or a project asks the checks not to say, each with its reason.

On a line, `<!-- taire code : raison -->`; in a file, the key `taire`; in the whole project,
`extra.ressourcerie.regles` of `mkdocs.yml`. What keeps a file from being read, or protects what is
published, is always said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ressourcerie import comments
from ressourcerie.diagnostics import Diagnostic, Family, Place, Severity, rule
from ressourcerie.policy import Policy, families, is_firm, nearest
from ressourcerie.source import Source, without_code

NO_REASON = rule(
    "taire-sans-raison",
    "Un silence ne dit pas pourquoi",
    "Donnez la raison après deux points : <!-- taire nom-de-la-regle : la raison -->.",
)
UNKNOWN = rule(
    "taire-inconnu",
    "Un silence nomme une règle qui n’existe pas, ou qui ne se tait pas",
    "Écrivez le nom que le message donne entre crochets.",
)
USELESS = rule(
    "taire-inutile",
    "Un silence ne sert à rien",
    "Enlevez-le : la règle n’a rien à dire à cet endroit.",
    Severity.WARNING,
)

ALL: Final = frozenset(Family)
KEY: Final = "taire"
# Rules that ask other sites: what they say depends on the day, when they are asked at all.
SELDOM: Final = frozenset(
    {
        "ancre-externe-absente",
        "lien-mort",
        "lien-non-verifie",
        "lien-redirige",
        "lien-vers-accueil",
    }
)


@dataclass(frozen=True, slots=True)
class Silence:
    """One code silenced at one place: on the line `line` of `path`, or in the whole file (None)."""

    path: str
    line: int | None
    code: str
    place: Place


def apply(
    diagnostics: Iterable[Diagnostic],
    sources: Iterable[Source],
    policy: Policy,
    checked: Collection[Family] = ALL,
) -> list[Diagnostic]:
    """What is left to say once silences are obeyed, then what is wrong with the silences.

    `checked` are the families whose rules were run: only theirs can be found useless.
    """
    found = list(diagnostics)
    spoken = [s for s in sources if KEY in s.front or comments.may_have(s.body)]
    if not spoken and not policy.severities:
        return found
    known = families()
    silences: list[Silence] = []
    wrong: list[Diagnostic] = []
    for source in spoken:
        for silence in (*_on_lines(source, wrong), *_in_file(source, wrong)):
            if refusal := _refused(silence, known):
                wrong.append(refusal)
            else:
                silences.append(silence)
    asked = {(s.path, s.line, s.code): s for s in silences}
    used: set[Silence] = set()
    left: list[Diagnostic] = []
    for d in found:
        on_line = asked.get((d.place.path, d.place.line, d.code))
        if obeyed := on_line or asked.get((d.place.path, None, d.code)):
            used.add(obeyed)
        elif said := _at_severity(d, policy.severities):
            left.append(said)
    wrong += (
        USELESS.at(s.place, f"La règle « {s.code} » n’a rien à dire ici.")
        for s in silences
        if s not in used and s.code not in SELDOM and known[s.code] in checked
    )
    return left + wrong


def _at_severity(
    diagnostic: Diagnostic, severities: Mapping[str, Severity | None]
) -> Diagnostic | None:
    """A diagnostic as grave as the project finds it; nothing when it silences the rule."""
    if diagnostic.code not in severities:
        return diagnostic
    severity = severities[diagnostic.code]
    return replace(diagnostic, severity=severity) if severity else None


def _on_lines(source: Source, wrong: list[Diagnostic]) -> Iterator[Silence]:
    lines = without_code(source.body).split("\n")
    for comment in comments.find(lines):
        here = source.body_place(comment.line, comment.start + 1)
        if not comment.codes:
            wrong.append(UNKNOWN.at(here, "Ce silence ne nomme aucune règle."))
        elif not comment.reason:
            wrong.append(NO_REASON.at(here, "Ce silence ne dit pas pourquoi."))
        target = source.body_place(comment.target).line
        for offset, code in comment.codes:
            place = source.body_place(comment.line, offset + 1)
            yield Silence(source.path, target, code, place)


def _in_file(source: Source, wrong: list[Diagnostic]) -> Iterator[Silence]:
    listed = source.front.get(KEY)
    # Any other shape is the affair of the model, when there is one.
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(item, dict) or not isinstance(item.get("regle"), str):
            continue
        place = source.place(KEY, index, "regle")
        if not str(item.get("raison") or "").strip():
            hint = "Ajoutez une ligne « raison: … » sous la règle."
            wrong.append(NO_REASON.at(place, "Ce silence ne dit pas pourquoi.", hint))
        yield Silence(source.path, None, item["regle"].strip(), place)


def _refused(silence: Silence, known: Mapping[str, Family]) -> Diagnostic | None:
    code = silence.code
    if code not in known:
        message = f"La règle « {code} » n’existe pas."
        return UNKNOWN.at(silence.place, message, nearest(code, known))
    if is_firm(code, known):
        message = f"La règle « {code} » ne se tait pas : ce qui est publié en dépend."
        return UNKNOWN.at(silence.place, message, "Corrigez ce qu’elle dit, et enlevez ce silence.")
    return None
