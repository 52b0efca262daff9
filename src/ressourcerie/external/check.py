"""From links to diagnostics: what to ask, what is known already, what to remember."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ressourcerie.diagnostics import Diagnostic
from ressourcerie.external import memory
from ressourcerie.external.address import ForeignError, MalformedError, read
from ressourcerie.external.ask import Progress, Run, Target
from ressourcerie.external.memory import Record
from ressourcerie.external.options import Occurrence, Options
from ressourcerie.external.outcome import End, Verdict, Visit, judge
from ressourcerie.external.page import has_anchor, may_be_checked
from ressourcerie.external.report import Finding, report

# Pages of past days asked again, to know whether it is the network that is down.
_WITNESSES: Final = 3


@dataclass(frozen=True, slots=True)
class _Link:
    """A link and what was understood of it; no target for what no browser understands."""

    occurrence: Occurrence
    target: Target | None
    fragment: str = ""


def check(
    occurrences: Iterable[Occurrence], options: Options, cache_file: Path, progress: Progress
) -> list[Diagnostic]:
    """Ask for every address once, and say what is wrong with each link."""
    today = options.now or date.today()
    links = [link for occurrence in occurrences if (link := _read(occurrence))]
    wanted = _wanted(links)
    known = memory.recall(cache_file)
    fresh = {t for t in wanted if _is_fresh(known.get(t.key), wanted[t], options, today)}
    run = Run({t: bool(wanted[t]) for t in wanted if t not in fresh}, options, progress)
    learnt: dict[str, Record] = {}
    try:
        asyncio.run(run.all([t.address for t in fresh if not known[t.key].private][:_WITNESSES]))
    finally:
        # What was learnt is kept, even by a run that was interrupted.
        for target, visit in run.visits.items():
            verdict = judge(visit, run.network_works)
            anchors = _anchors(visit, verdict, wanted[target])
            learnt[target.key] = memory.learn(known.get(target.key), visit, verdict, anchors, today)
        memory.remember(cache_file, learnt, today)
    return report((_finding(link, known | learnt, today) for link in links), today)


def _read(occurrence: Occurrence) -> _Link | None:
    try:
        address, fragment = read(occurrence.url)
    except ForeignError:
        return None
    except MalformedError:
        return _Link(occurrence, None)
    either = occurrence.typed.lstrip().startswith("//") and address.scheme == "https"
    return _Link(occurrence, Target(address, either), fragment)


def _wanted(links: Iterable[_Link]) -> dict[Target, set[str]]:
    """Every target, with the fragments to look for in its page."""
    wanted: dict[Target, set[str]] = {}
    for link in links:
        if link.target:
            fragments = wanted.setdefault(link.target, set())
            if may_be_checked(link.fragment):
                fragments.add(link.fragment)
    return wanted


def _is_fresh(record: Record | None, fragments: set[str], options: Options, today: date) -> bool:
    """Whether an address was seen alive lately, with all that is looked for in it."""
    if not record or record.verdict is not Verdict.ALIVE or not record.alive:
        return False
    if record.private and not options.allow_private:
        return False
    lately = 0 <= (today - record.alive).days < options.fresh_days
    elsewhere = record.anchored or record.at_home
    return lately and (elsewhere or all(record.anchors.get(f, False) for f in fragments))


def _anchors(visit: Visit, verdict: Verdict, fragments: Iterable[str]) -> Mapping[str, bool]:
    """Which fragments the page has and has not; those that cannot be known are left out."""
    if verdict is not Verdict.ALIVE:
        return {}
    if not visit.page:
        # In what is no page, a fragment says how to show it (RFC 8118 for PDF).
        return dict.fromkeys(fragments, True)
    found = ((fragment, has_anchor(visit.page, fragment)) for fragment in fragments)
    return {fragment: there for fragment, there in found if there is not None}


def _finding(link: _Link, known: Mapping[str, Record], today: date) -> Finding:
    if not link.target:
        malformed = Record(verdict=Verdict.DEAD, end=End.MALFORMED, checked=today)
        return Finding(link.occurrence, link.occurrence.url, "", malformed)
    unasked = Record(verdict=Verdict.UNVERIFIED, end=End.UNASKED, checked=today)
    record = known.get(link.target.key, unasked)
    return Finding(link.occurrence, link.target.address.url, link.fragment, record)
