"""The letters themselves: their font, their size, their colour."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator

from proofing.drawn import Colour, Page, Run
from proofing.finding import Check, Finding, points, quoted
from proofing.glyphs import missing
from proofing.paper import Paper
from proofing.told import Line, lines

OUR_FONTS = ("Ressourcerie-Sans", "Ressourcerie-Titre")
FLOOR = 8.5
_TOLERANCE = 0.1
_BODY = frozenset({"P", "LI", "LBody"})
_PLAIN, _BODY_CONTRAST = 4.5, 7.0
# A letter raised or lowered by this part of the size of its line is smaller by design.
_RAISED = 0.12


def foreign_letters(paper: Paper, fonts: Collection[str] = OUR_FONTS) -> Iterator[Finding]:
    """Letters of a font that is not ours or not in the file, and empty glyphs."""
    for page in paper.pages:
        strangers: dict[tuple[str, bool], str] = {}
        for run in page.runs:
            ours = any(run.font == font or run.font.startswith(f"{font}-") for font in fonts)
            if run.letters.strip() and not (ours and run.embedded):
                key = run.font, ours
                strangers[key] = f"{strangers.get(key, '')} {run.letters}"
        for (font, ours), letters in strangers.items():
            name = font or "sans nom"
            why = "que le fichier ne contient pas" if ours else "qui n’est pas à nous"
            told = f"{quoted(letters)} est composé dans la police {name}, {why}"
            yield Finding(page.number, told, Check.FONTS)
    for number, empty in enumerate(missing(paper.pdf), start=1):
        if empty:
            signs = f"{empty} signes n’ont" if empty > 1 else "un signe n’a"
            told = f"{signs} pas de dessin dans la police : un carré vide est imprimé"
            yield Finding(number, told, Check.FONTS)


def body_size(paper: Paper) -> float:
    """The size of most letters of paragraphs and lists, in points; 0 without any."""
    sizes: Counter[float] = Counter()
    for block in paper.text:
        if block.kind in _BODY and not block.node.within("Table", "Figure"):
            for line in block.lines:
                for run in line.runs:
                    sizes[round(run.size, 1)] += len(run.letters.strip())
    return sizes.most_common(1)[0][0] if sizes else 0.0


def wrong_sizes(paper: Paper, body: float | None = None, floor: float = FLOOR) -> Iterator[Finding]:
    """A text that is not set in the size it is said to be, and letters too small to be read."""
    measured = body_size(paper)
    if body is not None and measured and abs(measured - body) > _TOLERANCE:
        told = f"le texte courant est en {points(measured)}, au lieu de {points(body)}"
        yield Finding(0, told, Check.SIZES)
    for page in paper.pages:
        small: dict[float, str] = {}
        for run, letters in _small(paper, page, floor):
            small.setdefault(round(run.size, 1), letters)
        for size, letters in sorted(small.items()):
            told = f"{quoted(letters)} est en {points(size)}, trop petit (au moins {points(floor)})"
            yield Finding(page.number, told, Check.SIZES)


def _small(paper: Paper, page: Page, floor: float) -> Iterator[tuple[Run, str]]:
    found = [line for block in paper.by_page.get(page.number, ()) for line in block.lines]
    if paper.top is None:
        found = list(lines([run for run in page.runs if run.letters.strip() and not run.artifact]))
    for line in found:
        for run in line.runs:
            if _is_small(run, floor) and not _is_raised(run, line):
                yield run, line.letters


def _is_small(run: Run, floor: float) -> bool:
    return run.size < floor - _TOLERANCE / 2


def _is_raised(run: Run, line: Line) -> bool:
    """« er » of « 1er », or the call of a note."""
    biggest = max(line.runs, key=lambda other: other.size)
    return abs(run.baseline - biggest.baseline) > _RAISED * biggest.size


def faint_letters(paper: Paper) -> Iterator[Finding]:
    """Letters that a black-and-white printer would make too pale on their ground."""
    body = {
        id(run)
        for block in paper.text
        if block.kind in _BODY
        for line in block.lines
        for run in line.runs
    }
    for page in paper.pages:
        faint: dict[tuple[Colour, float], str] = {}
        for run in page.runs:
            wanted = _BODY_CONTRAST if id(run) in body else _PLAIN
            if run.letters.strip() and _contrast(run, page) < wanted:
                faint.setdefault((run.colour, wanted), run.letters)
        for (colour, wanted), letters in faint.items():
            ratio = f"{wanted:g}".replace(".", ",")
            name = "#" + "".join(f"{part:02x}" for part in colour)
            told = f"{quoted(letters)}, en {name}, est trop pâle une fois en gris"
            told += f" (contraste de moins de {ratio} pour 1)"
            yield Finding(page.number, told, Check.CONTRAST)


def _contrast(run: Run, page: Page) -> float:
    """Between letters and what they stand on: the commonest grey around them."""
    width, height = page.picture.size
    left, right = max(0, int(run.left) - 2), min(width, int(run.right) + 3)
    top, bottom = max(0, int(page.height - run.top) - 2), int(page.height - run.bottom) + 3
    if left >= right or top >= min(height, bottom):
        # It is out of the page: that is told elsewhere.
        return math.inf
    counts = page.picture.crop((left, top, right, min(height, bottom))).histogram()
    ground = counts.index(max(counts))
    ink = run.opacity * grey(run.colour) + (1 - run.opacity) * ground
    return contrast(ink, ground)


def contrast(one: float, other: float) -> float:
    """Between two greys, from 0 to 255: from 1 to 21, as WCAG 2 counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grey(colour: Colour) -> float:
    """A colour as printers turn it to grey (ISO 32000-1, 10.3.3), from 0 to 255."""
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue


def _luminance(grey_: float) -> float:
    level = grey_ / 255
    return level / 12.92 if level <= 0.04045 else float(((level + 0.055) / 1.055) ** 2.4)
