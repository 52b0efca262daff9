"""The whole proof of a PDF."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from proofing import breaks, letters, space, tables, tags
from proofing.finding import Check, Finding
from proofing.paper import opened


def proof(
    path: Path,
    *,
    body: float | None = None,
    floor: float = letters.FLOOR,
    fonts: Collection[str] = letters.OUR_FONTS,
    without: Collection[Check] = (),
) -> list[Finding]:
    """Everything to refuse in a PDF, by page.

    `body` is the size its text is said to have, `floor` that of its smallest letters (points),
    `fonts` the families it may use. `without` leaves checks out: a PDF made of the pages of another
    has no structure any more, and is refused unless `Check.TAGS` is left out.
    """
    with opened(path) as paper:
        found = [
            *letters.foreign_letters(paper, fonts),
            *letters.wrong_sizes(paper, body, floor),
            *letters.faint_letters(paper),
            *space.runs_off(paper),
            *space.overlaps(paper),
            *tags.faulty_tags(paper),
        ]
        if paper.top is not None:
            found += breaks.lonely_lines(paper)
            found += breaks.lonely_headings(paper)
            found += breaks.almost_empty(paper)
            found += tables.split_tables(paper)
            found += space.runs_into_margins(paper)
    return sorted({one for one in found if one.check not in without}, key=_order)


def _order(finding: Finding) -> tuple[int, str]:
    return finding.page, finding.told
