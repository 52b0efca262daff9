"""Reads `mkdocs.yml`, of this project or of any other, without obeying it.

MkDocs lets it name Python code; here such a name stays a name. Every value keeps its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from yaml_env_tag import construct_env_tag

from ressourcerie.diagnostics import Diagnostic, Place, rule

NO_SETTINGS = rule(
    "reglages",
    "Le fichier mkdocs.yml manque, ne se lit pas, ou contient une erreur",
    "Lancez la commande dans le dossier qui contient mkdocs.yml.",
)
_NAME: Final = "tag:yaml.org,2002:python/name:"
_CALL: Final = "tag:yaml.org,2002:python/object/apply:"
_MAX_BYTES: Final = 1_000_000
_MAX_ALIASES: Final = 500
_MAX_VALUES: Final = 100_000
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class PythonName:
    """Code that `mkdocs.yml` names: `!!python/name:…`, or `!!python/object/apply:…` with options.

    Nobody has looked it up.
    """

    name: str
    options: Mapping[str, Any] | None = None


class _Loader(yaml.SafeLoader):
    """Safe YAML, plus the tags of MkDocs."""


def _python_name(_loader: yaml.SafeLoader, suffix: str, _node: yaml.Node) -> PythonName:
    return PythonName(suffix)


def _python_call(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> PythonName:
    value = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else {}
    options = value.get("kwds", {})
    return PythonName(suffix, options if isinstance(options, dict) else {})


def _inert(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:
    """What any other tag holds, without what the tag asks for."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return str(node.value)


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor(_NAME, _python_name)
_Loader.add_multi_constructor(_CALL, _python_call)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _inert)
_Loader.add_multi_constructor("!", _inert)


@dataclass(frozen=True)
class Config:
    """The content of `mkdocs.yml`: `data`, the place of every value, and that of its key."""

    file: Path
    data: dict[str, Any]
    places: dict[KeyPath, Place] = field(default_factory=dict, repr=False)
    keys: dict[KeyPath, Place] = field(default_factory=dict, repr=False)

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.file.resolve().parent

    def place(self, *path: str | int) -> Place:
        """Where a value stands, or its nearest known ancestor."""
        for end in range(len(path), -1, -1):
            if found := self.places.get(path[:end]):
                return found
        return Place(self.file.name)

    def key_place(self, *path: str) -> Place:
        """Where a key stands; its value failing that."""
        return self.keys.get(path) or self.place(*path)

    def get(self, *path: str) -> Any:
        """The value at the end of a path of keys, None when it is not there."""
        value: Any = self.data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value


def read_config(file: Path) -> tuple[Config | None, list[Diagnostic]]:
    """Read `mkdocs.yml`. Never raises for what it holds."""
    name = file.name
    try:
        data, places, keys = _load(file)
        data = _inherited(file, data)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "ce n’est pas de l’UTF-8"
        return None, [NO_SETTINGS.at(Place(name), f"« {name} » est illisible ({reason}).")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        message = "La ponctuation YAML est fautive."
        return None, [NO_SETTINGS.at(where, message, "Relisez la ligne.")]
    except RecursionError:
        return None, [NO_SETTINGS.at(Place(name), f"« {name} » emboîte trop de niveaux.")]
    except ValueError as error:
        return None, [NO_SETTINGS.at(Place(name), f"« {name} » ne se lit pas ({error}).")]
    if not data:
        return None, [NO_SETTINGS.at(Place(name), f"« {name} » est vide.")]
    return Config(file, data, places, keys), []


def _inherited(file: Path, data: dict[str, Any]) -> dict[str, Any]:
    """The content of a file over that of the files it inherits from, each read once."""
    seen = {file.resolve()}
    while isinstance(base := data.get("INHERIT"), str):
        file = file.parent / base
        del data["INHERIT"]
        if file.resolve() not in seen:
            seen.add(file.resolve())
            parent, *_ = _load(file)
            data = _merged(parent, data)
    return data


def _load(file: Path) -> tuple[dict[str, Any], dict[KeyPath, Place], dict[KeyPath, Place]]:
    text = file.read_text("utf-8-sig")
    if len(text) > _MAX_BYTES or _aliases(text) > _MAX_ALIASES:
        raise ValueError("il est démesuré")
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            return {}, {}, {}
        if _size(node, {}) > _MAX_VALUES:
            raise ValueError("il est démesuré")
        places: dict[KeyPath, Place] = {}
        keys: dict[KeyPath, Place] = {}
        _note(node, (), file.name, (places, keys), set())
        data = loader.construct_document(node)
    finally:
        loader.dispose()
    return {str(key): value for key, value in data.items()}, places, keys


def _aliases(text: str) -> int:
    if text.count("*") <= _MAX_ALIASES:
        return 0
    return sum(isinstance(e, yaml.AliasEvent) for e in yaml.parse(text, Loader=yaml.SafeLoader))


def _size(node: yaml.Node, known: dict[int, int]) -> int:
    """How many values a node holds once its aliases are followed: ten lines can hold millions."""
    if id(node) not in known:
        # Met again inside itself, it has no end.
        known[id(node)] = _MAX_VALUES + 1
        values = node.value if isinstance(node, yaml.CollectionNode) else ()
        inner = (
            child for value in values for child in (value if isinstance(value, tuple) else (value,))
        )
        known[id(node)] = 1 + sum(_size(child, known) for child in inner)
    return known[id(node)]


def _note(
    node: yaml.Node,
    path: KeyPath,
    name: str,
    noted: tuple[dict[KeyPath, Place], dict[KeyPath, Place]],
    seen: set[int],
) -> None:
    """Note the place of each value and key, those of an alias once: they can swell without end."""
    if id(node) in seen:
        return
    seen.add(id(node))
    places, keys = noted
    places[path] = Place(name, node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                inner = (*path, str(key.value))
                keys[inner] = Place(name, key.start_mark.line + 1, key.start_mark.column + 1)
                _note(value, inner, name, noted, seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _note(value, (*path, index), name, noted, seen)


def _merged(base: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """As MkDocs does with INHERIT: mappings are merged, anything else replaces."""
    merged = dict(base)
    for key, value in data.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _merged(old, value)
        else:
            merged[key] = value
    return merged
