"""The front matter: YAML → plain data, with the line and column of each key.

YAML is composed into nodes, never into objects: no tag is obeyed, aliases are refused (they can
swell a file without end), and a date stays the text its author typed, so that the model judges it
and answers at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import yaml

from ressourcerie.diagnostics import Diagnostic, Place, rule

MAX_DEPTH: Final = 12

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

KeyPath = tuple[str | int, ...]
_ODD_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")
_LEADING_TAB = re.compile(r"^ *\t", re.MULTILINE)
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _RefusedError(Exception):
    """A YAML construct that no author needs."""

    def __init__(self, mark: Any, message: str) -> None:
        super().__init__(message)
        self.mark = mark


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Plain data, and where it was read.

    `places` has the line and column of each key; `spans` the offsets, in the text read, of each
    value that is a scalar, quotation marks included.
    """

    data: dict[str, Any]
    places: dict[KeyPath, Place]
    spans: dict[KeyPath, tuple[int, int]]


def read_front_matter(
    path: str, text: str, first_line: int = 2, name: str = "L’en-tête"
) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """What a front matter says, and all that is wrong with it; nothing when it cannot be read.

    `text` is what stands between the two « --- »: its first line is the second of the file. A file
    that is nothing but YAML begins at its `first_line`, and goes by another `name`.
    """
    front = FrontMatter({}, {}, {})

    def at(mark: Any) -> Place:
        if mark is None:
            return Place(path, first_line)
        return Place(path, mark.line + first_line, mark.column + 1)

    if odd := _ODD_LINE_ENDS.search(text):
        # YAML counts them as ends of lines, editors do not: every later place would be wrong.
        line = text.count("\n", 0, odd.start())
        column = odd.start() - (text.rfind("\n", 0, odd.start()) + 1)
        message = f"{name} contient un caractère invisible (séparateur de lignes)."
        return None, [BROKEN_YAML.at(Place(path, line + first_line, column + 1), message)]
    if tab := _LEADING_TAB.search(text):
        line = text.count("\n", 0, tab.start())
        message = "Une tabulation décale la ligne."
        hint = "Remplacez-la par des espaces : deux par niveau."
        return None, [BROKEN_YAML.at(Place(path, line + first_line), message, hint)]
    try:
        _refuse_aliases(text)
        node = yaml.compose(text, Loader=_Loader)
        if node is None:
            return None, [NO_FRONT_MATTER.at(Place(path), f"{name} est vide.")]
        if not isinstance(node, yaml.MappingNode):
            message = f"{name} doit être une suite de lignes « clé: valeur »."
            return None, [BROKEN_YAML.at(at(node.start_mark), message)]
        loader = _Loader("")
        found: list[Diagnostic] = []
        front.data.update(_construct(loader, node, (), front, found, at))
    except _RefusedError as error:
        return None, [BROKEN_YAML.at(at(error.mark), str(error))]
    except yaml.MarkedYAMLError as error:
        unclosed = "unexpected end of stream" in (error.problem or "")
        # An unclosed quotation is at fault where it opens, not where the file ends.
        mark = (error.context_mark if unclosed else None) or error.problem_mark
        return None, [BROKEN_YAML.at(at(mark), f"{name} ne se lit pas : {_french(error)}.")]
    except (yaml.YAMLError, RecursionError, ValueError):
        return None, [BROKEN_YAML.at(Place(path, first_line), f"{name} ne se lit pas.")]
    return front, found


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
    path: KeyPath,
    front: FrontMatter,
    found: list[Diagnostic],
    at: Callable[[Any], Place],
) -> Any:
    front.places.setdefault(path, at(node.start_mark))
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
            front.places[(*path, key)] = where
            mapping[key] = _construct(loader, value_node, (*path, key), front, found, at)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [
            _construct(loader, child, (*path, index), front, found, at)
            for index, child in enumerate(node.value)
        ]
    front.spans[path] = (node.start_mark.index, node.end_mark.index)
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
