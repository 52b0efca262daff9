"""Marks that Markdown does not pair: bold left open, links badly written, notes it does not know.

They are printed as they were typed. Only what is certain is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ressourcerie.checks.inline import place_in, readable
from ressourcerie.diagnostics import Diagnostic, Edit, Family, Severity, rule
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.source import Source

UNREAD_NOTE = rule(
    "note-non-reconnue",
    "Une note de bas de page n’est pas lue comme une note",
    "Mettez la précision entre parenthèses, ou la source dans la clé « sources ».",
    Severity.WARNING,
    Family.STRUCTURE,
)
OPEN_BOLD = rule(
    "gras-non-ferme",
    "Un passage en gras n’est pas fermé",
    "Ajoutez deux étoiles là où le gras finit, dans le même paragraphe.",
    Severity.WARNING,
    Family.STRUCTURE,
)
CLUMSY_LINK = rule(
    "lien-mal-ecrit",
    "Un lien est mal écrit",
    "Les mots entre crochets, puis l’adresse entre parenthèses, sans espace : "
    "[le guide](../guide/routine.md).",
    Severity.WARNING,
    Family.STRUCTURE,
)

_FOOTNOTES: Final = frozenset({"footnotes", "extra"})
_NOTE: Final = re.compile(r"\[\^([^\]\s]{1,50})\](:?)")
# Where emphasis cannot go further: an empty line, a heading, an item, a row of a table.
_STOP: Final = re.compile(r"[ \t>]*(?:$|#|!!!|\?\?\?|\||(?:[-*+]|\d{1,9}\.)[ \t])")
_STARS: Final = re.compile(r"\*{2,}")
_GAP: Final = re.compile(r"\n[ \t]*\n")
_UNCLOSED: Final = re.compile(r"\]\([^()\s]*[./#][^()\s]*(?=\s|$)")
_ADDRESS: Final = r"(?P<address>https?://[^()\[\]\s]+|[\w./-]+\.md(?:#[\w-]*)?)"
_SPACED: Final = re.compile(rf"\[(?!en ligne\])[^\[\]\n]+\](?P<gap> +)\({_ADDRESS}\)")
_REVERSED: Final = re.compile(rf"(?<!\])\((?P<words>[^()\[\]\n]+)\)\[{_ADDRESS}\]")


def check_text(
    source: Source, _resource: Resource | None, settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the stars, the brackets and the notes of a text."""
    text = readable(source.body)
    names = {name.rpartition(".")[2] for name in settings.markdown.extensions}
    if "[^" in text and not names & _FOOTNOTES:
        yield from _notes(source, text)
    if "**" in text:
        for start, end in _pieces(text):
            yield from _bold(source, text, start, end)
    if "](" in text or ")[" in text or "] (" in text:
        yield from _links(source, text)


def _notes(source: Source, text: str) -> Iterator[Diagnostic]:
    """Each note once: it is one for sure when it is numbered, or explained somewhere."""
    found = list(_NOTE.finditer(text))
    explained = {match[1] for match in found if match[2]}
    said: set[str] = set()
    for match in found:
        name = match[1]
        if name not in said and (name.isdecimal() or name in explained):
            said.add(name)
            message = f"« [^{name}] » s’imprime tel quel."
            yield UNREAD_NOTE.at(place_in(source, match.start()), message)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where each stretch of text that emphasis may cover begins and ends."""
    begin = start = 0
    for line in text.split("\n"):
        if _STOP.match(line):
            yield begin, start
            begin = start
        start += len(line) + 1
    yield begin, len(text)


def _bold(source: Source, text: str, start: int, end: int) -> Iterator[Diagnostic]:
    """Whether one pair of stars more opens than closes; inside a word, nobody can tell."""
    opening, closing = [], 0
    for stars in _STARS.finditer(text, start, end):
        before, after = text[stars.start() - 1 : stars.start()], text[stars.end() : stars.end() + 1]
        opens = bool(after.strip()) and not before.isalnum()
        closes = bool(before.strip()) and not after.isalnum()
        inside = before.isalnum() and after.isalnum()
        if len(stars[0]) > 2 or inside or (opens and closes):
            return
        if opens:
            opening.append(stars.start())
        closing += closes
    if len(opening) == closing + 1:
        message = "« ** » ouvre ici un passage en gras que rien ne ferme."
        yield OPEN_BOLD.at(place_in(source, opening[-1]), message)


def _links(source: Source, text: str) -> Iterator[Diagnostic]:
    end, closing = 0, -1
    for match in _UNCLOSED.finditer(text):
        if match.start() >= end:
            stop = _GAP.search(text, match.end())
            end = stop.start() if stop else len(text)
            closing = text.rfind(")", match.end(), end)
        # Nothing closes it, nor what follows it in the paragraph: that is said once.
        if closing < match.end():
            place = place_in(source, match.start() + 1)
            yield CLUMSY_LINK.at(place, "La parenthèse de l’adresse n’est pas fermée.")
            closing = end
    for match in _SPACED.finditer(text):
        gap, address = match.span("gap"), match["address"]
        # In brackets and followed by an address, words may also be what they seem.
        edit = None if address.startswith("http") else _edit(source, *gap, "")
        message = "Un espace sépare les mots du lien de leur adresse."
        yield CLUMSY_LINK.at(place_in(source, gap[0]), message, edit=edit)
    for match in _REVERSED.finditer(text):
        edit = _edit(source, *match.span(), f"[{match['words']}]({match['address']})")
        message = "Les crochets et les parenthèses de ce lien sont inversés."
        yield CLUMSY_LINK.at(place_in(source, match.start()), message, edit=edit)


def _edit(source: Source, start: int, end: int, text: str) -> Edit:
    return Edit(len(source.head) + start, len(source.head) + end, text)
