"""A new resource: the model of its kind, with all that can be known filled in.

Pure functions from words to text; writing the file is the affair of the command line.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ressourcerie import data, outline
from ressourcerie.french import fold
from ressourcerie.front_matter import read_front_matter
from ressourcerie.library import Library

MAX_TITLE: Final = 80
SHORTEST, LONGEST = 30, 600
BREAK: Final = 10

_PLACES: Final = {
    "atelier": "ateliers/{slug}/index.md",
    "terme": "glossary/{slug}.md",
    "chapitre": "content/guide/{slug}.md",
    "livret": "content/livrets/{slug}.md",
    "parcours": "content/parcours/{slug}.md",
    "questionnaire": "content/questionnaires/{slug}.yml",
}
KINDS: Final = tuple(_PLACES)
_WORD: Final = re.compile(r"\[À écrire\s*:?\s*(.*?)\]?$")


class TitleError(ValueError):
    """A title that no file can be named after. Its words are French, for authors."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be written: its path in the project, its text, and what is left to its author.

    `to_write` pairs each line, from 1, with what is expected there.
    """

    path: str
    text: str
    to_write: tuple[tuple[int, str], ...]


def draft(
    kind: str,
    title: str,
    *,
    day: date,
    author: str = "",
    minutes: int | None = None,
    library: Library | None = None,
) -> Draft:
    """The model of `kind`, titled and dated, its neighbours chosen among those of the library.

    `minutes` lays out the steps of a workshop. Raises TitleError.
    """
    library = library or Library()
    title = tidy(title)
    path = place(kind, title)
    text = model(kind)
    if minutes is not None:
        text = _set(lay_out(text, minutes), "duree", str(minutes))
    text = _set(text, "titre", _scalar(title))
    if author := _printable(author):
        text = _set(text, "auteurs", f"[{_scalar(author)}]")
    for key in ("cree_le", "relu_le"):
        text = _set(text, key, day.isoformat())
    text = _set(text, "ordre", str(max((c.ordre for c in library.chapters), default=0) + 1))
    text = _neighbours(text, "glossaire", [t.slug for t in library.terms])
    text = _neighbours(text, "ateliers", [w.slug for w in library.workshops])
    return Draft(path, text, tuple(_to_write(text)))


def model(kind: str) -> str:
    """The text to start from, complete but for what its author has to write."""
    return data.text(f"modeles/{kind}.{_PLACES[kind].rpartition('.')[2]}")


def tidy(title: str) -> str:
    """A title as it is published: one space between words, curly apostrophes. Raises TitleError."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", _printable(title))
    if len(text) > MAX_TITLE:
        raise TitleError(f"Un titre tient en {MAX_TITLE} caractères : celui-ci en a {len(text)}.")
    return text


def _printable(words: str) -> str:
    """Words without what a terminal or a copy left in them that nobody sees."""
    kept = "".join(c if c.isspace() or unicodedata.category(c)[0] != "C" else "" for c in words)
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def place(kind: str, title: str) -> str:
    """Where a resource of that title goes, relative to the project. Raises TitleError."""
    slug = slugify(title)
    if not slug:
        raise TitleError("Le titre doit contenir au moins une lettre ou un chiffre.")
    return _PLACES[kind].format(slug=slug)


def slugify(title: str) -> str:
    """The name of a file: « L’œuvre d’art » → `l-oeuvre-d-art`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")


def layout(minutes: int) -> list[tuple[str, int]]:
    """The steps of a session of `minutes`: first word of the title (none for an activity), length.

    They add up to `minutes`, people rest at least every 90 minutes, and no activity lasts more
    than 45: attention drops after 30 to 45 minutes. `minutes` is between 30 and 600.
    """
    welcome, review, closing = (10, 10, 5) if minutes >= 60 else (5, 5, 5)
    breaks = minutes // 90
    stretches = _shares(minutes - breaks * BREAK, breaks + 1)
    steps = [("Accueil", welcome)]
    for number, stretch in enumerate(stretches):
        if number:
            steps.append(("Pause", BREAK))
        first, last = number == 0, number == breaks
        left = stretch - (welcome if first else 0) - (review + closing if last else 0)
        steps += [("", share) for share in _shares(left, -(-left // 45))]
    return [*steps, ("Évaluation", review), ("Clôture", closing)]


def _shares(total: int, parts: int) -> list[int]:
    """`total` in nearly equal parts, in round fives but for the last."""
    base = total // parts // 5 * 5
    fives, rest = divmod(total - base * parts, 5)
    shares = [base + 5] * fives + [base] * (parts - fives)
    return [*shares[:-1], shares[-1] + rest]


def lay_out(text: str, minutes: int) -> str:
    """The model of a workshop with the steps of a session of `minutes`."""
    head, _, body = text.partition("\n---\n")
    lines, sample = body.split("\n"), outline.steps(body)
    starts = [step.heading.line for step in sample]
    end = next(s.end for s in outline.sections(body) if s.heading.title == outline.SCHEDULE)
    blocks = {
        step.title: lines[start:stop]
        for step, start, stop in zip(sample, starts, [*starts[1:], end], strict=True)
    }
    steps: list[str] = []
    activities = 0
    for word, length in layout(minutes):
        title = next(t for t in blocks if (t.startswith(word) if word else data.TO_WRITE.match(t)))
        heading, *rest = blocks[title]
        heading = re.sub(r"\d+ min$", f"{length} min", heading)
        if not word:
            activities += 1
            heading = heading.replace("]", f" {activities}]")
        steps += [heading, *rest]
    return "\n".join([f"{head}\n---", *lines[: starts[0]], *steps, *lines[end:]])


def _set(text: str, key: str, value: str) -> str:
    """`text` with another value for a key of one line of its front matter, when it has the key."""
    return re.sub(rf"^{key}:.*$", lambda _: f"{key}: {value}", text, count=1, flags=re.MULTILINE)


def _neighbours(text: str, key: str, known: Sequence[str]) -> str:
    """Name resources that exist, where the model names some that this project does not have."""
    match = re.search(rf"^{key}: \[(.+)\]$", text, re.MULTILINE)
    if not match or not known:
        return text
    wanted = match[1].split(", ")
    kept = [slug for slug in wanted if slug in known] or known[: len(wanted)]
    return _set(text, key, f"[{', '.join(_scalar(slug) for slug in kept)}]")


def _scalar(words: str) -> str:
    """Words as every YAML reader takes them: between quotation marks, but for plain words."""
    front, _ = read_front_matter("", f"cle: {words}")
    plain = re.fullmatch(r"\w[\w ’-]*", words) and front and front.data == {"cle": words}
    return words if plain else json.dumps(words, ensure_ascii=False)


def _to_write(text: str) -> list[tuple[int, str]]:
    return [
        (number, _WORD.sub(r"\1", match[0]).rstrip("."))
        for number, line in enumerate(text.split("\n"), start=1)
        for match in data.TO_WRITE.finditer(line)
    ]
