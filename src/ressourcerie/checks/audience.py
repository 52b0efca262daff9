"""Who reads each line of a source: the public, or the person who runs the session."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Final

from ressourcerie.masks import OPAQUE
from ressourcerie.model import Resource, Term, Workshop
from ressourcerie.outline import SCHEDULE
from ressourcerie.source import Source, without_code
from ressourcerie.views import BLOCK, HIDDEN_FROM_PARTICIPANTS, PARTICIPANT_SECTIONS

_PARTICIPANT: Final = "participant"


class Audience:
    """Knows which parts of a source the public reads.

    That is the whole of a glossary entry; of a workshop, the sections and blocks that the
    participant sheet keeps (see `views`).
    """

    def __init__(self, source: Source, resource: Resource | None) -> None:
        self._source = source
        self._everywhere = isinstance(resource, Term)
        self._somewhere = isinstance(resource, Workshop)

    def is_public(self, offset: int) -> bool:
        """Whether the public reads what stands at an offset of the source."""
        if self._everywhere or not self._somewhere:
            return self._everywhere
        offset -= len(self._source.head)
        if offset < 0:
            return False
        starts, public = self._lines
        return public[bisect_right(starts, offset) - 1]

    @cached_property
    def _lines(self) -> tuple[list[int], list[bool]]:
        """The offset of each line of the body, and whether the public reads it."""
        starts, public, offset = [], [], 0
        section, blocks = "", list[tuple[int, str]]()
        for line in without_code(self._source.body).split("\n"):
            starts.append(offset)
            offset += len(line) + 1
            if line.startswith(("# ", "## ")):
                section, blocks = line.lstrip("#").strip(" #"), []
            elif line.strip() and not line.startswith(OPAQUE):
                indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
                while blocks and indent < blocks[-1][0] + 4:
                    blocks.pop()
                if match := BLOCK.match(line):
                    blocks.append((indent, match["kind"]))
            kinds = {kind for _, kind in blocks}
            shown = section in PARTICIPANT_SECTIONS or (
                section == SCHEDULE and _PARTICIPANT in kinds
            )
            public.append(shown and not kinds & HIDDEN_FROM_PARTICIPANTS)
        return starts, public
