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
        if not block.node.level or not _is_lonely(paper, index):
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
    lowest = heading
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
    if len(lines) >= _FEWEST or (lines and not overleaf):
        return False
    drawn = {
        round(shape.box.bottom)
        for shape in paper.ornaments[heading.page]
        if shape.box.top < lowest.box.bottom - heading.lines[0].size / 2
        and shape.box.meets(heading.box)[0] > 0
    }
    # Lines to write on, or an empty frame; under a line of text, a border would be one.
    return len(drawn) < (_FEWEST if lines else 1)


def almost_empty(paper: Paper) -> Iterator[Finding]:
    """A page, other than the cover, with next to nothing on it."""
    for page in paper.pages[1:]:
        blocks = paper.by_page.get(page.number, [])
        lines = sum(len(block.lines) for block in blocks if not block.node.level)
        if lines >= 3 or any(block.fields for block in blocks):
            continue
        if any(b.kind == "Figure" and b.box.height > page.height / 8 for b in blocks):
            continue
        wide = {
            round(shape.box.bottom)
            for shape in paper.ornaments[page.number]
            if shape.box.width > page.width / 3
        }
        if len(wide) > 3:
            continue
        told = "la page est vide" if not blocks else f"la page n’a que {_few(lines)} de texte"
        yield Finding(page.number, told, Check.EMPTY)


def _few(lines: int) -> str:
    return ("un titre, sans ligne", "une ligne", "deux lignes")[lines]
