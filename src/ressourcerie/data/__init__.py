"""The closed lists sources choose from, read once from the YAML files beside this one.

Beside them too, the models of resources (`modeles/`) and what is said of each rule (`regles/`).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

# The same as SafeLoader, ten times as fast where libyaml is there.
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _load(text: str) -> Any:
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - it is a safe one


@cache
def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = _load((files(__package__) / name).read_text("utf-8"))
    return data


def vocabulary(name: str) -> dict[str, str]:
    """The list `name` of `vocabulaires.yml`: slug → French label, in the order shown."""
    labels: dict[str, str] = _read("vocabulaires.yml")[name]
    return labels


def competences(framework: str) -> dict[str, dict[str, str]]:
    """The competences of `digcomp` or `crcn`: id → `fr` (and `en`) label and its `domaine`."""
    found: dict[str, dict[str, str]] = _read(f"{framework}.yml")["competences"]
    return found


def verbs(name: str) -> dict[str, list[str]]:
    """The list `name` of `verbes.yml`: beginning of an objective → verbs to try instead, if any."""
    found = _read("verbes.yml")[name]
    return found if isinstance(found, dict) else {start: [] for start in found}


def inflections() -> dict[str, Any]:
    """What `flexions.yml` says of words whose inflection no ending tells."""
    return _read("flexions.yml")


@cache
def jargon() -> tuple[tuple[str, ...], ...]:
    """The words of `jargon.yml`, each with its other names."""
    rows = _load((files(__package__) / "jargon.yml").read_text("utf-8"))
    return tuple(tuple(row) for row in rows)


def typography() -> dict[str, Any]:
    """What `typographie.yml` says of words that have one right spelling."""
    return _read("typographie.yml")


def words() -> dict[str, Any]:
    """What `mots.yml` says of words to replace, and of acronyms that everybody knows."""
    return _read("mots.yml")


# In a model, what its author has to write: « [À écrire : le titre du chapitre] ».
TO_WRITE: Final = re.compile(r"\[À écrire\b[^\]\n]*\]?")


@cache
def text(path: str) -> str:
    """A text beside this file: `modeles/terme.md`…"""
    return files(__package__).joinpath(path).read_text("utf-8")


@cache
def rule_docs(family: str) -> dict[str, dict[str, str]]:
    """What `regles/<family>.yml` says of each rule: code → `pourquoi`, `mauvais`, `bon`, `ou`…"""
    file = files(__package__) / "regles" / f"{family}.yml"
    return (_load(file.read_text("utf-8")) or {}) if file.is_file() else {}


LICENCES: Final = {
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution – Partage dans les mêmes conditions 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    ),
}
