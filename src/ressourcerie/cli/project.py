"""A project as the commands see it: what is found in it, the lines to quote, where it lies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ressourcerie import silences
from ressourcerie.diagnostics import RULES, Diagnostic, Family
from ressourcerie.docs.tree import DocFile
from ressourcerie.examine import Examined, examine_file
from ressourcerie.fixing import Again
from ressourcerie.reporting import Lines
from ressourcerie.settings import Settings
from ressourcerie.source import read_bytes


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at a project gives; `settings` is None when `mkdocs.yml` cannot be read."""

    diagnostics: list[Diagnostic]
    settings: Settings | None
    examined: Examined


def look(config_file: Path, families: Collection[Family], *, web: bool = False) -> Found:
    """Read and check a project, and keep what is about `families`.

    `web` asks for the links that lead to other sites too.
    """
    examined, settings = examine_file(config_file, web=web, inventor=_generated_files)
    return Found(about(examined.diagnostics, families), settings, examined)


def _generated_files(config_file: Path) -> tuple[DocFile, ...] | None:
    # MkDocs takes a while to load, and most projects need no plugin to be run.
    from ressourcerie.site.generated import generated_files

    return generated_files(config_file)


def again(found: Found, families: Collection[Family]) -> Again | None:
    """Checks one text again, as `found` was; None for a project without resources of ours."""
    settings = found.settings
    library = found.examined.library
    if settings is None or library is None or not library.resources:
        return None
    from ressourcerie.checks import suite

    def check(path: str, data: bytes) -> list[Diagnostic]:
        study = suite.study_text(path, data, settings)
        sources = [study.source] if study.source else []
        return about(silences.apply(study.checks, sources, settings.policy), families)

    return check


def about(found: Collection[Diagnostic], families: Collection[Family]) -> list[Diagnostic]:
    """The diagnostics of some families, in the order of files and lines."""
    return sorted(d for d in found if d.code not in RULES or RULES[d.code].family in families)


def root_of(config_file: Path) -> Path:
    """The folder of a project, links followed."""
    return config_file.resolve().parent


def lines_of(root: Path) -> Lines:
    """Quotes the texts of a project: neither what is out of it, nor what is no text."""

    @cache
    def lines(path: str) -> tuple[str, ...]:
        data, _ = read_bytes(root, path)
        if data is None or b"\0" in data:
            return ()
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        return tuple(text.split("\n"))

    return lines


def folder_in_repository(root: Path) -> str:
    """Where a project lies in its repository (« documentation/ »), as forges name files from it."""
    for parent in (root, *root.parents):
        if (parent / ".git").exists():
            path = root.relative_to(parent).as_posix()
            return "" if path == "." else f"{path}/"
    return ""
