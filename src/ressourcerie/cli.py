"""Words → calls → exit code. The only place that prints."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path
from typing import Final, Self

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from ressourcerie import checks, diagnostics
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.french import NBSP, plural
from ressourcerie.load import load
from ressourcerie.paper.pdf import FOLDER
from ressourcerie.settings import read_settings

FORMATS: Final = {
    "text": diagnostics.render_text,
    "json": diagnostics.render_json,
    "github": diagnostics.render_github,
}
_config_option = click.option(
    "--config-file",
    "-f",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="Le fichier de réglages du projet.",
)


@click.group(
    "ressourcerie",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="La Ressourcerie : des ressources libres pour la médiation numérique, "
    "vérifiées, publiées en site et imprimées en PDF.",
)
@click.version_option(package_name="ressourcerie", message="ressourcerie %(version)s")
def commands() -> None:
    """Gather the commands."""


def main() -> None:
    """Run a command. Whatever breaks, an author reads French and no traceback."""
    try:
        sys.exit(commands(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrompu.", err=True)
        sys.exit(130)
    except Exception as error:
        if os.environ.get("RESSOURCERIE_DEBUG"):
            raise
        click.echo(
            f"Erreur inattendue du programme : {type(error).__name__} ({error}). "
            "Rien n’a été publié. Signalez-la, avec ce que donne la même commande précédée de "
            "RESSOURCERIE_DEBUG=1.",
            err=True,
        )
        sys.exit(3)


@commands.command(help="Vérifie les textes, sans rien écrire. Code 1 s’il y a une erreur.")
@_config_option
@click.option(
    "--format",
    "style",
    type=click.Choice(sorted(FORMATS)),
    default="text",
    show_default=True,
    help="Présentation : texte, JSON, ou annotations pour une forge.",
)
def check(config_file: Path, style: str) -> None:
    """Read and check, write nothing."""
    settings, found = read_settings(config_file)
    if settings is not None:
        library, found = load(settings.root)
        found = sorted({*found, *checks.run(library, settings)})
    _say(found, style)
    sys.exit(1 if diagnostics.has_errors(found) else 0)


def _say(found: list[Diagnostic], style: str) -> None:
    shown = FORMATS[style](found)
    if shown:
        click.echo(shown)
    if style == "text":
        click.echo(diagnostics.summary(found), err=bool(found))


@commands.command(
    help="Construit le site et les PDF. L’ancien site reste en place en cas d’erreur."
)
@_config_option
@click.option(
    "--site-dir",
    "-d",
    type=click.Path(path_type=Path, file_okay=False),
    help="Le dossier du site (réglage « site_dir » par défaut).",
)
def build(config_file: Path, site_dir: Path | None) -> None:
    """Run MkDocs with our plugin, show progress, sum up."""
    started = time.monotonic()
    # MkDocs and Material take a while to load: the other commands do without them.
    from ressourcerie.site.build import BuildError
    from ressourcerie.site.build import build as build_site

    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    try:
        with _Bar() as bar:
            built = build_site(config_file, site_dir, bar.advance)
    except BuildError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("Construction interrompue. Le site précédent est intact.", err=True)
        sys.exit(130)
    if warnings := [d for d in built.work.diagnostics if not d.is_error]:
        click.echo(diagnostics.render_text(warnings), err=True)
    seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
    rendered = built.work.rendered
    fresh = f"dont {rendered} à nouveau composés" if rendered else "aucun à recomposer"
    click.echo(
        f"{plural(built.pages, 'page')}, {len(built.work.pdfs)}{NBSP}PDF ({fresh}), "
        f"{seconds}{NBSP}s. Le site est dans {os.path.relpath(built.folder)}/ "
        f"(« make serve » l’affiche), les PDF dans {os.path.relpath(built.folder / FOLDER)}/."
    )


class _Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("Composition des PDF"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def advance(self, done: int, total: int, name: str) -> None:
        """Show that `done` of `total` PDFs are made, `name` the last."""
        if self._task is None:
            self._task = self._progress.add_task(name, total=total)
        self._progress.update(self._task, completed=done, description=name)
