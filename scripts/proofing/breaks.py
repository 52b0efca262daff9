"""What must not be parted by the end of a page: lines of a text, a title and its section."""

from __future__ import annotations

from collections.abc import Iterator

from proofing.finding import Check, Finding, quoted
from proofing.paper import Paper
from proofing.told import Block
from proofing.turns import continued

_FEWEST = 2
_SOLID = frozenset({"Figure", "TD", "TH", "Form"})


def lonely_lines(paper: Paper) -> Iterator[Finding]:
    """A first line alone at the foot of a page, a last one alone at the top, a title cut in two."""
    for before, after in continued(paper):
        if before.node.within("Table", "Figure"):
            continue
        text = quoted(before.letters)
        if before.node.level:
            told = f"le titre {text} est coupé par la fin de la page"
            yield Finding(before.page, told, Check.HEADINGS)
            continue
        what = "de l’élément de liste" if before.node.within("LI") else "du paragraphe"
        if len(before.lines) < _FEWEST:
            told = f"la première ligne {what} {text} est seule au bas de la page (orpheline)"
            yield Finding(before.page, told, Check.LINES)
        if len(after.lines) < _FEWEST:
            end = quoted(after.letters)
            told = f"la dernière ligne {what} {text}, {end}, est seule en haut de la page (veuve)"
            yield Finding(after.page, told, Check.LINES)


def lonely_headings(paper: Paper) -> Iterator[Finding]:
    """A title at the foot of a page, without two lines at least of what it announces."""
    told_already: Block | None = None
    for index, block in enumerate(paper.text):
        if not (block.node.level and block.lines):
            continue
        page = paper.pages[block.page - 1]
        # Higher up, the page itself is empty: that is told elsewhere. A slide may be a mere title.
        if block.box.top > page.height / 2 or page.is_slide or not _is_lonely(paper, index):
            continue
        # One title under another, both at the foot: one fault.
        if told_already is None or told_already is not paper.text[index - 1]:
            told = f"le titre {quoted(block.letters)} est seul au bas de la page"
            yield Finding(block.page, told, Check.HEADINGS)
        told_already = block


def _is_lonely(paper: Paper, index: int) -> bool:
    heading = paper.text[index]
    lines: set[int] = set()
    overleaf = False
    lowest, next_line = heading, 0.0
    for block in paper.text[index + 1 :]:
        if 0 < block.node.level <= heading.node.level:
            break
        if block.page != heading.page:
            overleaf = True
            break
        if block.fields or _SOLID & set(block.node.path):
            return False
        if not block.node.level:
            lines |= {round(line.baseline) for line in block.lines}
            lowest = block
            next_line = next_line or block.box.top
    if len(lines) >= _FEWEST or (lines and not overleaf):
        return False
    # Lines to write on, or an empty frame; just under a line of text, a border would be one.
    return not (
        _room_to_write(paper, heading, heading, 1, next_line)
        or _room_to_write(paper, heading, lowest, 1.5 if lines else 1, 0.0)
    )


def _room_to_write(
    paper: Paper, heading: Block, above: Block, distance: float, until: float
) -> bool:
    """Whether something is drawn below a block, down to a height of the page.

    `distance` from the block is in heights of the heading.
    """
    below = above.box.bottom - heading.box.height * distance
    return any(
        shape.box.top < above.box.bottom + 1
        and until < shape.box.bottom < below
        and shape.box.meets(heading.box)[0] > 0
        for shape in paper.ornaments[heading.page]
    )


def almost_empty(paper: Paper) -> Iterator[Finding]:
    """A page, other than the cover, with next to nothing on it. A slide may have a single line."""
    for page in paper.pages[1:]:
        blocks = paper.by_page.get(page.number, [])
        lines = sum(len(block.lines) for block in blocks if not block.node.level)
        if lines >= (1 if page.is_slide else 3) or any(block.fields for block in blocks):
            continue
        if any(b.kind == "Figure" and b.box.height > page.height / 8 for b in blocks):
            continue
        shapes = paper.ornaments[page.number]
        wide = {round(s.box.bottom) for s in shapes if s.box.width > page.width / 4}
        tall = any(shape.box.height > page.height / 8 for shape in shapes)
        # Lines to write on, or frames: a question, a sheet of notes, or of cards to cut out.
        if len(wide) > 3 or (wide and (tall or lines)):
            continue
        # « Verso laissé blanc. » is said to whom wonders.
        if not blocks and any("laissé blanc" in run.letters for run in page.runs):
            continue
        told = f"la page n’a {_few(lines)}" if blocks else "la page est vide"
        yield Finding(page.number, told, Check.EMPTY)


def _few(lines: int) -> str:
    return ("qu’un titre", "qu’une ligne de texte", "que deux lignes de texte")[lines]
