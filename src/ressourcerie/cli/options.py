"""Options that several commands share."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from ressourcerie.diagnostics import Family

# What hinders reading a file is always said: it is not to be chosen.
CHOICES: Final = tuple(family.value for family in Family if family is not Family.READING)

SETTINGS: Final = "mkdocs.yml"

config_option = click.option(
    "--config-file",
    "-f",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path(SETTINGS),
    show_default=True,
    help="Le fichier de réglages du projet.",
)


def settings_above(folder: Path) -> Path | None:
    """The settings of the project a folder is in; None when it is in none."""
    found = (parent / SETTINGS for parent in (folder, *folder.parents))
    return next((file for file in found if file.is_file()), None)


def _families(
    _context: click.Context, _parameter: click.Parameter, lists: Sequence[str]
) -> frozenset[Family]:
    """`links,structure` and `links` `structure` are one; nothing at all means everything."""
    names = [name.strip().lower() for listed in lists for name in listed.split(",")]
    for name in names:
        if name not in CHOICES:
            near = difflib.get_close_matches(name, CHOICES, n=1)
            guess = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
            shown = f"« {name} » n’existe pas." if name else "il manque un nom."
            raise click.BadParameter(f"{shown}{guess} Choix : {', '.join(CHOICES)}.")
    return frozenset(map(Family, names or CHOICES)) | {Family.READING}


only_option = click.option(
    "--only",
    "families",
    multiple=True,
    metavar="FAMILLES",
    callback=_families,
    help=f"Ne regarder que ces familles de règles, séparées par des virgules : "
    f"{', '.join(CHOICES)}. Ce qui empêche de lire un fichier est toujours dit.",
)
