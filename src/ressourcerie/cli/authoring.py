"""`new`, `rule` and `schema`: the commands that help to write."""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

import click

from ressourcerie import scaffold
from ressourcerie.cli import output
from ressourcerie.cli.options import SETTINGS, settings_above
from ressourcerie.french import plural
from ressourcerie.load import load
from ressourcerie.reporting import safe

# More would hide the first ones: `ressourcerie check` shows them all.
SHOWN: Final = 8


@click.command(
    help="Commence une ressource à partir de son modèle, déjà rangée et datée.\n\n"
    f"SORTE : {', '.join(scaffold.KINDS)}."
)
@click.argument("kind", metavar="SORTE")
@click.argument("title", metavar="[TITRE]", nargs=-1)
@click.option(
    "--duration",
    "--duree",
    "minutes",
    metavar="MINUTES",
    type=click.IntRange(scaffold.SHORTEST, scaffold.LONGEST),
    help="Pour un atelier : sa durée en minutes. Les étapes sont réparties, avec leurs pauses.",
)
@click.option(
    "--config-file",
    "-f",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Le fichier de réglages du projet (cherché ici, puis plus haut, par défaut).",
)
def new(kind: str, title: tuple[str, ...], minutes: int | None, config_file: Path | None) -> None:
    """Write the model at its place, refuse to overwrite, say what is left to write."""
    _check_kind(kind, minutes)
    settings = config_file or settings_above(Path.cwd())
    if settings is None:
        message = f"Aucun {SETTINGS} ici ni plus haut : allez dans le dossier du projet."
        raise click.UsageError(message)
    root = settings.resolve().parent
    words = " ".join(title) or _asked_title(kind)
    library, _ = load(root)
    try:
        draft = scaffold.draft(
            kind,
            words,
            day=date.today(),
            author=_author(root),
            minutes=minutes,
            library=library,
        )
    except scaffold.TitleError as error:
        raise click.UsageError(str(error)) from error
    shown = safe(os.path.relpath(root / draft.path))
    _write(root / draft.path, shown, draft.text)
    click.echo(_what_next(draft, shown))


def _check_kind(kind: str, minutes: int | None) -> None:
    if kind not in scaffold.KINDS:
        near = difflib.get_close_matches(kind.lower(), scaffold.KINDS, n=1)
        hint = f"Vouliez-vous dire « {near[0]} » ? " if near else ""
        choices = ", ".join(scaffold.KINDS)
        raise click.UsageError(f"« {kind} » ne se crée pas. {hint}Choix : {choices}.")
    if minutes is not None and kind != "atelier":
        raise click.UsageError("« --duration » ne concerne que les ateliers.")


def _asked_title(kind: str) -> str:
    if not output.is_terminal(sys.stdin):
        raise click.UsageError(f'Donnez un titre : ressourcerie new {kind} "Le titre".')
    return str(click.prompt("Titre", prompt_suffix=" : "))


def _author(root: Path) -> str:
    """The name Git signs with, if there is one: it is only a suggestion."""
    try:
        found = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - the author's own Git
            cwd=root,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            timeout=5,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout.strip()


def _write(file: Path, shown: str, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # « x »: what is there is never lost.
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        _fail(f"{shown} existe déjà : rien n’est changé. Ouvrez-le, ou prenez un autre titre.")
    except OSError as error:
        _fail(f"{shown} n’a pas pu être écrit ({error.strerror}).")


def _what_next(draft: scaffold.Draft, shown: str) -> str:
    lines = [f"{shown} est créé.", "", "À écrire, entre crochets dans le fichier :"]
    lines += [f"  ligne {number:>3}  {words}" for number, words in draft.to_write[:SHOWN]]
    if (rest := len(draft.to_write) - SHOWN) > 0:
        lines.append(f"  … et {plural(rest, 'autre')}.")
    return "\n".join([*lines, "", "Ensuite : ressourcerie check"])


@click.command(help="Explique une règle, ou les présente toutes quand aucune n’est nommée.")
@click.argument("code", metavar="[RÈGLE]", required=False)
def rule(code: str | None) -> None:
    """Print what the page « Règles » tells of a rule."""
    # It declares the rules of every room: the other commands do without most of them.
    from ressourcerie import rulebook

    if code is None:
        click.echo(rulebook.listing())
        click.echo("\nPour en lire une : ressourcerie rule lien-introuvable", err=True)
    elif found := rulebook.find(code):
        click.echo(rulebook.sheet(found))
    else:
        near = " ou ".join(f"« {other} »" for other in rulebook.nearest(code))
        hint = f"Vouliez-vous dire {near} ?" if near else "Sans nom, la commande les liste."
        raise click.UsageError(f"La règle « {code} » n’existe pas. {hint}")


@click.command(help="Écrit les schémas JSON qui aident un éditeur à compléter les en-têtes.")
@click.option(
    "--output-dir",
    "-d",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("schemas"),
    show_default=True,
    help="Le dossier où les écrire.",
)
def schema(folder: Path) -> None:
    """Write one schema a kind of resource."""
    from ressourcerie.schemas import schemas

    found = schemas()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in found.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        _fail(f"{safe(str(folder))} n’a pas pu être écrit ({error.strerror}).")
    click.echo(f"{plural(len(found), 'schéma')} dans {safe(str(folder))}/ : {', '.join(found)}.")


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)
