"""`ressourcerie check`: what is wrong in a project, where, and how to mend it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import click

from ressourcerie.cli import output
from ressourcerie.cli.options import config_option, only_option
from ressourcerie.diagnostics import Diagnostic, Family, has_errors
from ressourcerie.reporting import Display, render_github, render_json, render_text, summary


def _sarif(diagnostics: Iterable[Diagnostic], display: Display) -> str:
    from ressourcerie.sarif import render_sarif

    return render_sarif(diagnostics, display)


FORMATS: Final[dict[str, Callable[[Sequence[Diagnostic], Display], str]]] = {
    "text": render_text,
    "json": render_json,
    "github": render_github,
    "sarif": _sarif,
}


@click.command(
    help="Vérifie les textes, sans rien y changer.\n\n"
    "Codes de sortie : 0 si tout va bien (avertissements compris), 1 s’il y a une erreur, "
    "2 si la commande est mal écrite, 3 si le programme lui-même est en faute."
)
@config_option
@only_option
@click.option(
    "--external",
    is_flag=True,
    help="Demander aussi les pages des autres sites : il faut le réseau et du temps.",
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="Avec --external, demander aussi les adresses du réseau local.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="Présentation : texte, JSON, annotations GitHub, ou SARIF pour les autres outils.",
)
def check(
    config_file: Path,
    families: frozenset[Family],
    external: bool,
    allow_private: bool,
    style: str,
) -> None:
    """Read and check; write nothing but the memory of what was already seen."""
    if allow_private and not external:
        raise click.UsageError("« --allow-private » ne va qu’avec « --external ».")
    from ressourcerie.cli import project

    asks = external and Family.LINKS in families
    found = project.look(config_file, families, web=asks)
    diagnostics = found.diagnostics
    if asks and found.settings:
        from ressourcerie.cli.web import ask

        # In their own order: the oldest failures come first.
        diagnostics += ask(found.examined, found.settings, allow_private)
    root = project.root_of(config_file)
    colour = style == "text" and output.in_colour(sys.stdout)
    display = Display(
        lines=project.lines_of(root),
        colour=colour,
        width=output.width(sys.stdout),
        folder=project.folder_in_repository(root),
    )
    if shown := FORMATS[style](diagnostics, display):
        click.echo(shown, color=colour)
    if style == "text":
        # Apart from what was found, which may be sent elsewhere.
        click.echo(f"\n{closing(diagnostics)}" if shown else closing(diagnostics), err=bool(shown))
    sys.exit(1 if has_errors(diagnostics) else 0)


def closing(diagnostics: Sequence[Diagnostic]) -> str:
    """How many of each, and how many the program can mend by itself."""
    lines = [summary(diagnostics)]
    if certain := sum(d.edit is not None for d in diagnostics):
        lines.append(f"« ressourcerie fix » peut en corriger {certain}.")
    return "\n".join(lines)
