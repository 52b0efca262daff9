"""Which text goes on overleaf.

Many engines tell a paragraph cut by the end of a page as two, with nothing that ties them: it must
be seen. A text goes on overleaf when both ends are of the same kind, size and place, when the last
line had no room for the next word, and when the sentence is not over.

A sentence that ends just at the end of a full line tells nothing: such a text is deemed whole. On
our own papers, laid out so as to part all it can, nine faults in ten are found, and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from proofing.paper import Paper
from proofing.told import Block, Line, Node

_LEADER = re.compile(r"(?:\.\s?){3,}\s*\d+$")
_CLOSING = "»)]”\"’' \u00a0\u202f"
_ENDS = ".!?…:;"
# Where a line may break: a plain space, or after a hyphen.
_WORD = re.compile(r"[^ \-‐]+[\-‐]?")
# Left and right pages may have other margins: in points.
_MIRROR = 8.0
# A line that is cut fills at least this part of the width.
_LONG = 0.7


def continued(paper: Paper) -> Iterator[tuple[Block, Block]]:
    """The two ends of each text that goes on overleaf."""
    parts: dict[Node, list[Block]] = {}
    for block in paper.text:
        if block.lines:
            parts.setdefault(block.node, []).append(block)
    for all_ in parts.values():
        yield from pairwise(all_)
    for before, after in paper.turns:
        if before.node is not after.node and goes_on(paper, before, after):
            yield before, after


def goes_on(paper: Paper, before: Block, after: Block) -> bool:
    """Whether `after` is the end of what `before` begins."""
    if not (before.lines and after.lines and before.node.path == after.node.path):
        return False
    if _starts_item(paper, after):
        return False
    # Where items have a bullet, one that has none is the end of another.
    if after.kind == "LI" and _starts_item(paper, before):
        return True
    last, first = before.lines[-1], after.lines[0]
    # A title has no full stop to end it; the next one has a capital.
    if before.node.level and first.letters[:1].isupper():
        return False
    if abs(last.size - first.size) > 0.1 or not _same_place(before, after):
        return False
    edge = before.box.left + _width(paper, before, after)
    return (
        _is_long(paper, before, last)
        and is_full(last, first, edge)
        and goes_on_saying(last, first, before.kind == "P")
    )


def goes_on_saying(last: Line, first: Line, sentences: bool = False) -> bool:
    """Whether the sentence of a line ends in another. `sentences` tells texts that begin with a
    capital: items and cells may not.
    """
    said = last.letters.rstrip(_CLOSING)
    if not said or _LEADER.search(last.letters):
        return False
    letter = next((letter for letter in first.letters if letter.isalpha()), "")
    if letter.islower():
        return sentences or said[-1] not in ":;"
    return said[-1] not in _ENDS


def is_full(last: Line, first: Line, edge: float) -> bool:
    """Whether the first word of a line would not have fitted at the end of another."""
    if last.letters.endswith(("-", "‐", "\u00ad")):
        return True
    word = _WORD.match(first.letters)
    length = first.box.width * (len(word[0]) if word else 0) / max(1, len(first.letters))
    return last.box.right + 0.2 * last.size + length > edge - 0.3 * last.size


def _starts_item(paper: Paper, block: Block) -> bool:
    """Whether a block begins a list item: it has its number or bullet, or its box to tick."""
    item = block.node.within("LI")
    if item is None:
        return False
    if any(kid.kind == "Lbl" for kid in item.kids):
        return True
    line = block.lines[0]
    for shape in paper.ornaments[block.page]:
        gap = line.box.left - shape.box.right
        small = 0 <= gap < 2 * line.size and shape.box.height < 2 * line.size
        if small and shape.box.meets(line.box)[1] > 0.3 * shape.box.height > 0:
            return True
    return False


def _same_place(before: Block, after: Block) -> bool:
    lefts = before.box.left - after.box.left
    centres = lefts + before.box.right - after.box.right
    return abs(lefts) <= _MIRROR or abs(centres) / 2 <= _MIRROR


def _is_long(paper: Paper, block: Block, line: Line) -> bool:
    """Whether a line is about as long as the page is wide: items of a few words are not."""
    left = min(other.box.left for other in paper.by_page[block.page])
    right = paper.pages[block.page - 1].width - left
    return line.box.right > block.box.left + _LONG * (right - block.box.left)


def _width(paper: Paper, before: Block, after: Block) -> float:
    """Of the column both stand in, as its longest line shows."""
    return max(_longest(paper.by_page[block.page], block) for block in (before, after))


def _longest(blocks: Sequence[Block], one: Block) -> float:
    return max(
        line.box.right - block.box.left
        for block in blocks
        if block.lines and (block is one or _stand_alike(block, one))
        for line in block.lines
    )


def _stand_alike(block: Block, one: Block) -> bool:
    return block.node.path == one.node.path and abs(block.box.left - one.box.left) < 1.5
