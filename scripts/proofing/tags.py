"""What the file tells machines: titles, pictures, fields, links and tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pikepdf

from proofing.drawn import UNMARKED
from proofing.finding import Finding, quoted
from proofing.paper import Paper
from proofing.tables import rests
from proofing.told import Block, Node


def faulty_tags(paper: Paper) -> Iterator[Finding]:
    """All that a screen reader would miss."""
    if paper.top is None:
        if not _is_for_printers(paper):
            told = "le fichier n’a pas de structure : un lecteur d’écran ne peut pas le lire"
            yield Finding(0, told)
        return
    yield from _document(paper)
    yield from _untold(paper)
    yield from _headings(paper)
    yield from _figures(paper, paper.top)
    yield from _tables(paper, paper.top)
    yield from _annotations(paper)


def _is_for_printers(paper: Paper) -> bool:
    """Whether a file says how it is to be printed, as those made of folded pages do: the one to
    read is another.
    """
    wishes = paper.pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    return "/Duplex" in wishes or wishes.get("/PrintScaling") == "/None"


def _document(paper: Paper) -> Iterator[Finding]:
    root = paper.pdf.Root
    if not str(root.get("/Lang", "")):
        yield Finding(0, "la langue n’est pas indiquée")
    if not str(paper.pdf.docinfo.get("/Title", "")).strip():
        yield Finding(0, "le titre du fichier n’est pas indiqué")
    if not bool(root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)):
        yield Finding(0, "le fichier ne se dit pas balisé")
    tops = paper.top.kids if paper.top else []
    if [node.kind for node in tops] != ["Document"]:
        yield Finding(0, "la structure doit avoir une seule racine, « Document »")


def _untold(paper: Paper) -> Iterator[Finding]:
    """Letters that are neither told nor declared an ornament."""
    told = {mark for node in paper.top.walk() for mark in node.marks} if paper.top else set()
    for page in paper.pages:
        lost = [
            run.letters
            for run in page.runs
            if run.letters.strip()
            and not run.artifact
            and (run.mark == UNMARKED or (page.number, run.mark) not in told)
        ]
        if lost:
            yield Finding(page.number, f"{quoted(' '.join(lost))} est hors de la structure")


def _headings(paper: Paper) -> Iterator[Finding]:
    headings = [block for block in paper.text if block.node.level]
    if headings and headings[0].node.level != 1:
        told = f"le premier titre, {quoted(headings[0].letters)}, n’est pas de niveau 1"
        yield Finding(headings[0].page, told)
    for above, below in pairwise(headings):
        if below.node.level > above.node.level + 1:
            told = f"le titre {quoted(below.letters)} saute du niveau {above.node.level}"
            yield Finding(below.page, f"{told} au niveau {below.node.level}")


def _figures(paper: Paper, top: Node) -> Iterator[Finding]:
    pages = _pages(paper)
    for node in top.walk():
        if node.kind == "Figure" and not str(node.element.get("/Alt", "")).strip():
            yield Finding(pages.get(node, 0), "une image n’a pas de description")


def _tables(paper: Paper, top: Node) -> Iterator[Finding]:
    # What is wrong with the rest of a table is told elsewhere.
    known = rests(paper)
    first: dict[Node, Block] = {}
    for block in paper.text:
        for node in block.node.above:
            first.setdefault(node, block)
    for node in top.walk():
        if node.kind != "Table" or node in known:
            continue
        cells = [cell for cell in node.walk() if cell.within("Table") is node]
        headers = [cell for cell in cells if cell.kind == "TH"]
        # The corner between the titles of rows and those of columns is of neither.
        told_of = [c for c in cells if c.kind == "TD" and not c.within("THead")]
        page, text = (first[node].page, first[node].letters) if node in first else (0, "")
        if not headers:
            yield Finding(page, f"le tableau {quoted(text)} n’a pas d’en-tête")
        elif not all(_attribute(cell, "/Scope") for cell in headers) and any(
            not _attribute(cell, "/Headers") for cell in told_of
        ):
            told = f"dans le tableau {quoted(text)}, des cases ne sont reliées à aucun en-tête"
            yield Finding(page, told)


def _attribute(cell: Node, key: str) -> bool:
    attributes = cell.element.get("/A", pikepdf.Dictionary())
    all_ = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    values = [one.get(key) for one in all_ if isinstance(one, pikepdf.Dictionary)]
    return any(len(v) if isinstance(v, pikepdf.Array) else v is not None for v in values)


def _annotations(paper: Paper) -> Iterator[Finding]:
    for number, page in enumerate(paper.pdf.pages, start=1):
        for annotation in page.obj.get("/Annots", ()):
            kind = annotation.get("/Subtype")
            if kind == "/Link" and not str(annotation.get("/Contents", "")).strip():
                yield Finding(number, "un lien n’est pas décrit")
            elif kind == "/Widget":
                yield from _field(annotation, number)


def _field(field: pikepdf.Object, page: int) -> Iterator[Finding]:
    name, title = _inherited(field, "/T"), _inherited(field, "/TU")
    if not name:
        told = f"le champ {quoted(title)} n’a pas de nom" if title else "un champ n’a pas de nom"
        yield Finding(page, told)
    if not title:
        told = f"le champ {quoted(name)} n’a pas d’intitulé" if name else "un champ est sans titre"
        yield Finding(page, told)


def _inherited(field: pikepdf.Object | None, key: str) -> str:
    for _ in range(20):
        if field is None:
            break
        if str(field.get(key, "")).strip():
            return str(field[key])
        field = field.get("/Parent")
    return ""


def _pages(paper: Paper) -> dict[Node, int]:
    blocks: dict[Node, Block] = {}
    for block in paper.text:
        blocks.setdefault(block.node, block)
    return {node: block.page for node, block in blocks.items()}
