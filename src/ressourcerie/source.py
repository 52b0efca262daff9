"""One file → its front matter, its body, and the line and column of every key.

Nothing here knows what a workshop is. YAML is composed into nodes, never into objects: no tag is
obeyed, aliases are refused (they can swell a file without end), and a date stays the text its
author typed, so that the model judges it and answers at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from ressourcerie.diagnostics import Diagnostic, Place, rule

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 12

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
NO_FRONT_MATTER = rule(
    "entete-absent",
    "L’en-tête manque",
    "Le fichier commence par une ligne « --- », les clés, puis une ligne « --- ».",
)
BROKEN_YAML = rule(
    "entete-illisible",
    "L’en-tête ne se lit pas",
    "Une valeur qui contient « : » ou commence par un signe se met entre guillemets doubles "
    '("…") ; l’alignement se fait avec des espaces.',
)
DUPLICATE_KEY = rule(
    "cle-en-double",
    "Une clé est écrite deux fois",
    "Gardez une seule des deux lignes.",
)

Path_ = tuple[str | int, ...]
_FRONT = re.compile(r"---[ \t]*\n(.*?)(?:^---[ \t]*(?:\n|\Z))", re.DOTALL | re.MULTILINE)
_ODD_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")
_LEADING_TAB = re.compile(r"^ *\t", re.MULTILINE)
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Source:
    """A file read whole: `front` is plain data, `body` the Markdown that follows it."""

    path: str
    front: dict[str, Any]
    body: str
    body_line: int
    places: dict[Path_, Place] = field(default_factory=dict, repr=False, compare=False)

    def place(self, *path: str | int) -> Place:
        """Where the nearest known ancestor of a key stands, the file's head failing all."""
        for end in range(len(path), 0, -1):
            if found := self.places.get(path[:end]):
                return found
        return Place(self.path)

    def body_place(self, line: int, column: int = 1) -> Place:
        """Turn a line of the body, from 0, into a place of the file."""
        return Place(self.path, self.body_line + line, column)


def read(root: Path, path: str) -> tuple[Source | None, list[Diagnostic]]:
    """Read `path`, relative to `root`. Never raises for what an author can do to a file."""
    here = Place(path)
    file = root / path
    try:
        if not is_inside(root, file):
            return None, [outside(path)]
        if not file.is_file():
            # A pipe or a device could be read without end.
            return None, [UNREADABLE.at(here, "Ce n’est pas un fichier ordinaire.")]
        if file.stat().st_size > MAX_BYTES:
            return None, [TOO_BIG.at(here, "Le fichier dépasse 1 Mo.")]
        data = file.read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return None, [UNREADABLE.at(here, f"Le fichier ne peut pas être lu ({reason}).")]
    return parse(path, data)


def is_inside(root: Path, file: Path) -> bool:
    """Whether a file, links followed, lies in the project."""
    try:
        return file.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def outside(path: str) -> Diagnostic:
    """Say that a file leads out of the project, or nowhere."""
    return UNREADABLE.at(Place(path), "Le fichier mène hors du projet, ou nulle part.")


def parse(path: str, data: bytes) -> tuple[Source | None, list[Diagnostic]]:
    """Split the bytes of a file into front matter and body, saying all that is wrong with them."""
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
    match = _FRONT.match(text)
    if match is None:
        return None, [*found, NO_FRONT_MATTER.at(here, "Le fichier n’a pas d’en-tête.")]
    front, places, wrong = _front_matter(path, match[1])
    if front is None:
        return None, [*found, *wrong]
    body_line = text.count("\n", 0, match.end()) + 1
    return Source(path, front, text[match.end() :], body_line, places), [*found, *wrong]


class _RefusedError(Exception):
    """A YAML construct that no author needs."""

    def __init__(self, mark: Any, message: str) -> None:
        super().__init__(message)
        self.mark = mark


def _front_matter(
    path: str, text: str
) -> tuple[dict[str, Any] | None, dict[Path_, Place], list[Diagnostic]]:
    places: dict[Path_, Place] = {}

    def at(mark: Any) -> Place:
        # The first line of the file is the opening « --- ».
        return Place(path, mark.line + 2, mark.column + 1) if mark else Place(path, 2)

    if odd := _ODD_LINE_ENDS.search(text):
        # YAML counts them as ends of lines, editors do not: every later place would be wrong.
        line = text.count("\n", 0, odd.start())
        column = odd.start() - (text.rfind("\n", 0, odd.start()) + 1)
        message = "L’en-tête contient un caractère invisible (séparateur de lignes)."
        return None, {}, [BROKEN_YAML.at(Place(path, line + 2, column + 1), message)]
    if tab := _LEADING_TAB.search(text):
        line = text.count("\n", 0, tab.start())
        message = "Une tabulation décale la ligne."
        hint = "Remplacez-la par des espaces : deux par niveau."
        return None, {}, [BROKEN_YAML.at(Place(path, line + 2), message, hint)]
    try:
        _refuse_aliases(text)
        node = yaml.compose(text, Loader=_Loader)
        if node is None:
            return None, {}, [NO_FRONT_MATTER.at(Place(path), "L’en-tête est vide.")]
        if not isinstance(node, yaml.MappingNode):
            message = "L’en-tête doit être une suite de lignes « clé: valeur »."
            return None, {}, [BROKEN_YAML.at(at(node.start_mark), message)]
        loader = _Loader("")
        found: list[Diagnostic] = []
        front = _construct(loader, node, (), places, found, at)
    except _RefusedError as error:
        return None, {}, [BROKEN_YAML.at(at(error.mark), str(error))]
    except yaml.MarkedYAMLError as error:
        unclosed = "unexpected end of stream" in (error.problem or "")
        # An unclosed quotation is at fault where it opens, not where the file ends.
        mark = (error.context_mark if unclosed else None) or error.problem_mark
        return None, {}, [BROKEN_YAML.at(at(mark), f"L’en-tête ne se lit pas : {_french(error)}.")]
    except (yaml.YAMLError, RecursionError, ValueError):
        return None, {}, [BROKEN_YAML.at(Place(path, 2), "L’en-tête ne se lit pas.")]
    return front, places, found


def _refuse_aliases(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError(
                event.start_mark, "Les renvois YAML (« *nom ») ne sont pas acceptés."
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _RefusedError(event.start_mark, "L’en-tête emboîte trop de niveaux.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if getattr(event, "tag", None):
            raise _RefusedError(
                event.start_mark, "Les étiquettes YAML (« !nom ») ne sont pas acceptées."
            )


def _construct(
    loader: Any,
    node: yaml.Node,
    path: Path_,
    places: dict[Path_, Place],
    found: list[Diagnostic],
    at: Any,
) -> Any:
    places.setdefault(path, at(node.start_mark))
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            where = at(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                message = (
                    "Une clé doit être un mot simple (les accolades se mettent entre guillemets)."
                )
                raise _RefusedError(key_node.start_mark, message)
            key = str(key_node.value)
            if key in mapping:
                found.append(DUPLICATE_KEY.at(where, f"La clé « {key} » est écrite deux fois."))
            places[(*path, key)] = where
            mapping[key] = _construct(loader, value_node, (*path, key), places, found, at)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [
            _construct(loader, child, (*path, index), places, found, at)
            for index, child in enumerate(node.value)
        ]
    return _scalar(loader, node)


def _scalar(loader: Any, node: yaml.Node) -> Any:
    text = str(node.value)
    plain = node.tag not in {
        "tag:yaml.org,2002:int",
        "tag:yaml.org,2002:float",
        "tag:yaml.org,2002:bool",
        "tag:yaml.org,2002:null",
    }
    # In YAML 1.1 « 1:30 » is the number 90 and « 2026-11-21 » a date: keep what was typed.
    if plain or _SEXAGESIMAL.fullmatch(text):
        return text
    return loader.construct_object(node)


def _french(error: yaml.MarkedYAMLError) -> str:
    problem = (error.problem or "").lower()
    for words, message in _PROBLEMS:
        if words in problem:
            return message
    return "la ponctuation YAML est fautive à cet endroit"


_PROBLEMS: Final = (
    ("mapping values are not allowed", "un « : » de trop dans une valeur sans guillemets"),
    ("could not find expected ':'", "il manque « : » après la clé"),
    ("cannot start any token", "un signe interdit en début de valeur (tabulation, @, %…)"),
    ("found unexpected end of stream", "un guillemet ouvert n’est pas refermé"),
    ("did not find expected ',' or", "un crochet ou une accolade n’est pas refermé"),
    ("did not find expected key", "une ligne est mal alignée ou un guillemet est mal placé"),
    ("did not find expected '-'", "un élément de liste est mal aligné"),
    ("block sequence entries", "un tiret de liste n’est pas à sa place"),
    ("control characters", "un caractère invisible interdit"),
)


# As Python-Markdown reads them: from the first column, and only when closed.
_FENCED = re.compile(
    r"^(?P<fence>~{3,}|`{3,})[^\n]*\n.*?(?<=\n)(?P=fence)[ ]*$", re.DOTALL | re.MULTILINE
)


def without_code(body: str) -> str:
    """The body with its fenced code blotted out; lines and columns stay where they are."""
    return _FENCED.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), body)


def lines_outside_code(body: str) -> Iterator[tuple[int, str]]:
    """Each line of a body, numbered from 0, but for those of fenced code blocks."""
    for number, line in enumerate(without_code(body).split("\n")):
        if not line.startswith("\0"):
            yield number, line
