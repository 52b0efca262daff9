"""The closed lists sources choose from, read once from the YAML files beside this one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml


@cache
def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files(__package__) / name).read_text("utf-8"))
    return data


def vocabulary(name: str) -> dict[str, str]:
    """The list `name` of `vocabulaires.yml`: slug → French label, in the order shown."""
    labels: dict[str, str] = _read("vocabulaires.yml")[name]
    return labels


def competences(framework: str) -> dict[str, dict[str, str]]:
    """The competences of `digcomp` or `crcn`: id → `fr` (and `en`) label and its `domaine`."""
    found: dict[str, dict[str, str]] = _read(f"{framework}.yml")["competences"]
    return found


LICENCES: Final = {
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution – Partage dans les mêmes conditions 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    ),
}
