"""One file → its front matter, its body, and the line and column of every key.

Nothing here knows what a workshop is.
"""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from ressourcerie import comments
from ressourcerie.diagnostics import Diagnostic, Place, rule
from ressourcerie.front_matter import NO_FRONT_MATTER, KeyPath, read_front_matter

MAX_BYTES: Final = 1_000_000
# A text that is nothing but keys.
YAML: Final = ".yml"

NOT_UTF8 = rule(
    "fichier-encodage",
    "Le fichier n’est pas en UTF-8",
    "Ouvrez-le dans votre éditeur, puis « Enregistrer sous… » avec l’encodage UTF-8.",
)
BYTE_ORDER_MARK = rule(
    "fichier-bom",
    "Le fichier commence par une marque d’ordre des octets",
    "Enregistrez-le en « UTF-8 » et non en « UTF-8 avec BOM ».",
)
EMPTY = rule(
    "fichier-vide",
    "Le fichier est vide",
    "Copiez un modèle de CONTRIBUTING.md, ou supprimez le fichier.",
)
UNREADABLE = rule(
    "fichier-illisible",
    "Le fichier ne peut pas être lu",
    "Vérifiez ses droits d’accès et qu’il ne s’agit pas d’un raccourci vers l’extérieur du projet.",
)
TOO_BIG = rule(
    "fichier-trop-gros",
    "Le fichier est trop gros pour être un texte",
    "Un texte tient en moins de 1 Mo : découpez-le en plusieurs ressources.",
)
_FRONT = re.compile(r"---[ \t]*\n(.*?)(?:^---[ \t]*(?:\n|\Z))", re.DOTALL | re.MULTILINE)


K = TypeVar("K")
V = TypeVar("V")


class Later(Mapping[K, V]):
    """A mapping that is made when it is first looked into: most are never."""

    def __init__(self, make: Callable[[], Mapping[K, V]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[K, V]:
        return self._make()

    def __getitem__(self, name: K) -> V:
        return self._made[name]

    def __iter__(self) -> Iterator[K]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def __reduce__(self) -> tuple[type[dict[K, V]], tuple[dict[K, V]]]:
        return dict, (dict(self._made),)


@dataclass(frozen=True, slots=True)
class Source:
    """A file read whole: `front` is plain data, `body` the Markdown that follows it.

    `head` is what stands before the body, as it was typed; `spans` are the offsets in it of each
    value of the front matter.
    """

    path: str
    front: dict[str, Any]
    body: str
    body_line: int
    places: Mapping[KeyPath, Place] = field(default_factory=dict, repr=False, compare=False)
    head: str = field(default="", repr=False, compare=False)
    spans: Mapping[KeyPath, tuple[int, int]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def text(self) -> str:
        """The whole file."""
        return self.head + self.body

    def place(self, *path: str | int) -> Place:
        """Where the nearest known ancestor of a key stands, the file's head failing all."""
        for end in range(len(path), 0, -1):
            if found := self.places.get(path[:end]):
                return found
        return Place(self.path)

    def body_place(self, line: int, column: int = 1) -> Place:
        """Turn a line of the body, from 0, into a place of the file."""
        return Place(self.path, self.body_line + line, column)

    def place_at(self, offset: int) -> Place:
        """Turn an offset in `text` into a place of the file."""
        text = self.text
        return Place(
            self.path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
        )


def read(root: Path, path: str) -> tuple[Source | None, list[Diagnostic]]:
    """Read `path`, relative to `root`. Never raises for what an author can do to a file."""
    data, found = read_bytes(root, path)
    return (None, found) if data is None else parse(path, data)


def read_bytes(
    root: Path, path: str, *, inside: bool = False
) -> tuple[bytes | None, list[Diagnostic]]:
    """The bytes of a text, or why they cannot be had; `inside` when it surely lies in `root`."""
    file = os.path.join(root, path)  # noqa: PTH118 - many are read at each run
    try:
        if not (inside or is_inside(root, file)):
            return None, [outside(path)]
        known = os.stat(file)  # noqa: PTH116 - as above
        if not stat.S_ISREG(known.st_mode):
            # A pipe or a device could be read without end.
            return None, [UNREADABLE.at(Place(path), "Ce n’est pas un fichier ordinaire.")]
        if known.st_size > MAX_BYTES:
            return None, [TOO_BIG.at(Place(path), "Le fichier dépasse 1 Mo.")]
        with open(file, "rb") as opened:  # noqa: PTH123 - as above
            return opened.read(), []
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return None, [UNREADABLE.at(Place(path), f"Le fichier ne peut pas être lu ({reason}).")]


def is_inside(root: Path, file: Path | str) -> bool:
    """Whether a file, links followed, lies in the project."""
    try:
        real = os.path.realpath(file, strict=True)
    except (OSError, RuntimeError):
        return False
    return real.startswith(_real_root(root))


@cache
def _real_root(root: Path) -> str:
    return os.path.join(os.path.realpath(root), "")  # noqa: PTH118 - with its last slash


def outside(path: str) -> Diagnostic:
    """Say that a file leads out of the project, or nowhere."""
    return UNREADABLE.at(Place(path), "Le fichier mène hors du projet, ou nulle part.")


def parse(path: str, data: bytes) -> tuple[Source | None, list[Diagnostic]]:
    """Split the bytes of a file into front matter and body, saying all that is wrong with them.

    A `.yml` file has no body.
    """
    here = Place(path)
    found: list[Diagnostic] = []
    if data.startswith(b"\xef\xbb\xbf"):
        found.append(BYTE_ORDER_MARK.at(here, "Une marque invisible (BOM) précède le texte."))
        data = data[3:]
    try:
        text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
        column = len(before.decode("utf-8", "replace")) + 1
        message = "Le fichier n’est pas enregistré en UTF-8 : un caractère accentué est illisible."
        return None, [*found, NOT_UTF8.at(Place(path, line, column), message)]
    if not text.strip():
        return None, [*found, EMPTY.at(here, "Le fichier est vide.")]
    if path.endswith(YAML):
        return _parse_yaml(path, text, found)
    match = _FRONT.match(text)
    if match is None:
        return None, [*found, NO_FRONT_MATTER.at(here, "Le fichier n’a pas d’en-tête.")]
    front, wrong = read_front_matter(path, match[1])
    if front is None:
        return None, [*found, *wrong]
    shift, end = match.start(1), match.end()
    return Source(
        path,
        front.data,
        body=text[end:],
        body_line=text.count("\n", 0, end) + 1,
        places=front.places,
        head=text[:end],
        spans={key: (start + shift, stop + shift) for key, (start, stop) in front.spans.items()},
    ), [*found, *wrong]


def _parse_yaml(
    path: str, text: str, found: list[Diagnostic]
) -> tuple[Source | None, list[Diagnostic]]:
    """A file that is all keys: it has no body."""
    if all(not line.strip("- \t") or line.lstrip().startswith("#") for line in text.split("\n")):
        return None, [*found, EMPTY.at(Place(path), "Le fichier ne contient aucune clé.")]
    front, wrong = read_front_matter(path, text, first_line=1, name="Le fichier")
    if front is None:
        return None, [*found, *wrong]
    end = text.count("\n") + 1
    source = Source(path, front.data, "", end, front.places, head=text, spans=front.spans)
    return source, [*found, *wrong]


# As Python-Markdown reads them: from the first column, and only when closed.
_FENCE: Final = re.compile(r"~{3,}|`{3,}")


def without_code(body: str) -> str:
    """The body with its fenced code blotted out; lines and columns stay where they are."""
    if "```" not in body and "~~~" not in body:
        return body
    lines = body.split("\n")
    # The lines that may close a block, by their fence: looked for once, whatever the text.
    closing: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if (match := _FENCE.match(line)) and not line[match.end() :].strip(" "):
            closing.setdefault(match[0], []).append(number)
    number = 0
    while number < len(lines):
        match = _FENCE.match(lines[number])
        ends = closing.get(match[0], []) if match else []
        after = bisect_right(ends, number)
        if after == len(ends):
            number += 1
            continue
        for inside in range(number, ends[after] + 1):
            lines[inside] = "\0" * len(lines[inside])
        number = ends[after] + 1
    return "\n".join(lines)


def lines_outside_code(body: str) -> Iterator[tuple[int, str]]:
    """Each line of a body, numbered from 0, but for those of fenced code blocks.

    What an author says to the checks (`<!-- taire … -->`) is blanked: only its room is left.
    """
    spoken = comments.may_have(body)
    for number, line in enumerate(without_code(body).split("\n")):
        if not line.startswith("\0"):
            yield number, comments.blank(line) if spoken else line


def shown(body: str) -> str:
    """The body as readers get it: without what its author says to the checks."""
    if not comments.may_have(body):
        return body
    return "\n".join(comments.drop(body.split("\n"), without_code(body).split("\n")))


def places(source: Source) -> Callable[[int], Place]:
    """What turns an offset of a source into a place, fast however many are asked."""
    ends: list[int] = []

    def place(offset: int) -> Place:
        if not ends:
            ends.extend(match.start() for match in re.finditer(r"\n|\Z", source.text))
        line = bisect_left(ends, offset)
        return Place(source.path, line + 1, offset - (ends[line - 1] if line else -1))

    return place
