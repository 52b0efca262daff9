"""What is said of each link, in French, the oldest failure first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from ressourcerie import french
from ressourcerie.diagnostics import Diagnostic, Severity
from ressourcerie.external.memory import Record
from ressourcerie.external.options import Occurrence
from ressourcerie.external.outcome import End, Verdict, reason
from ressourcerie.external.page import may_be_checked
from ressourcerie.external.rules import DEAD, MOVED, NO_ANCHOR, TO_HOME, UNVERIFIED

_GRAVITY: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_LONGEST: Final = 300
_MALFORMED_HINT: Final = (
    "Relisez l’adresse : elle commence par « https:// », suivi du nom d’un site, sans espace."
)
_PRIVATE_HINT: Final = "Si cette adresse est la vôtre, vérifiez-la avec « --allow-private »."


@dataclass(frozen=True, slots=True)
class Finding:
    """A link, the address and the fragment that were understood, and what is known of them."""

    occurrence: Occurrence
    url: str
    fragment: str
    record: Record


def report(findings: Iterable[Finding], today: date) -> list[Diagnostic]:
    """What must be said, errors first, then by age of the failure, then by place."""
    said = [
        (_GRAVITY[diagnostic.severity], finding.record.since or today, diagnostic)
        for finding in findings
        if (diagnostic := _say(finding, today))
    ]
    return [diagnostic for _, _, diagnostic in sorted(said)]


def _say(finding: Finding, today: date) -> Diagnostic | None:
    link, place, record = finding.occurrence.typed, finding.occurrence.place, finding.record
    name = f"L’adresse « {_short(link)} »"
    if record.verdict is not Verdict.ALIVE:
        why = f"{reason(record.end, record.status)}.{_way(finding)}{_age(record, today)}"
        if record.verdict is Verdict.DEAD:
            message = f"{name} ne s’ouvre pas : {why}"
            return DEAD.at(place, message, _dead_hint(finding, today), link=link)
        message = f"{name} n’a pas pu être vérifiée : {why}"
        hint = _PRIVATE_HINT if record.end is End.PRIVATE else ""
        return UNVERIFIED.at(place, message, hint, link=link)
    if record.at_home:
        message = f"{name} renvoie à l’accueil du site : la page a sans doute disparu."
        return TO_HOME.at(place, message, link=link)
    if may_be_checked(finding.fragment) and not record.anchored:
        if (there := record.anchors.get(finding.fragment)) is None:
            message = f"{name} s’ouvre, mais l’endroit visé n’a pas pu y être cherché."
            return UNVERIFIED.at(place, message, link=link)
        if not there:
            message = f"{name} s’ouvre, mais « {_short(finding.fragment)} » n’y existe pas."
            return NO_ANCHOR.at(place, message, link=link)
    if record.moved and record.moved != finding.url:
        keeps_fragment = finding.fragment and not record.anchored
        target = f"{record.moved}#{finding.fragment}" if keeps_fragment else record.moved
        message = f"{name} a changé pour de bon."
        return MOVED.at(place, message, f"Écrivez à la place : « {target} ».", link=link)
    return None


def _dead_hint(finding: Finding, today: date) -> str:
    if finding.record.end is End.MALFORMED:
        return _MALFORMED_HINT
    year = (finding.record.alive or today).year
    archive = f"https://web.archive.org/web/{year}*/{finding.url}"
    return f"Cherchez la nouvelle adresse de la page, ou ses copies d’archive : « {archive} »."


def _way(finding: Finding) -> str:
    landing = finding.record.landing
    same = landing.partition(":")[2] == finding.url.partition(":")[2]
    if same or not landing:
        return ""
    return f" Elle mène à « {_short(landing)} »."


def _age(record: Record, today: date) -> str:
    if record.alive and record.alive < today:
        return f" Elle s’ouvrait encore le {french.day(record.alive)}."
    if record.failing and record.failing < today:
        return f" C’est ainsi depuis le {french.day(record.failing)} au moins."
    return ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
