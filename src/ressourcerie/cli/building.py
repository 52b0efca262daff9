"""`ressourcerie build`: the site and the PDFs."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

import click

from ressourcerie.cli import output
from ressourcerie.cli.options import config_option
from ressourcerie.diagnostics import Severity


@click.command(help="Construit le site et les PDF. L’ancien site reste en place en cas d’erreur.")
@config_option
@click.option(
    "--site-dir",
    "-d",
    type=click.Path(path_type=Path, file_okay=False),
    help="Le dossier du site (réglage « site_dir » par défaut).",
)
def build(config_file: Path, site_dir: Path | None) -> None:
    """Run MkDocs with our plugin, show progress, sum up."""
    started = time.monotonic()
    from ressourcerie.cli.progress import Bar
    from ressourcerie.french import NBSP
    from ressourcerie.paper.pdf import FOLDER
    from ressourcerie.reporting import Display, render_text

    # MkDocs and Material take a while to load: the other commands do without them.
    from ressourcerie.site.build import BuildError
    from ressourcerie.site.build import build as build_site

    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    try:
        with Bar("Composition des PDF") as bar:
            built = build_site(config_file, site_dir, bar.advance)
    except BuildError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("Construction interrompue. Le site précédent est intact.", err=True)
        sys.exit(130)
    # Advice is for whoever checks a text, not for whoever publishes the site.
    if warnings := [d for d in built.work.diagnostics if d.severity is Severity.WARNING]:
        colour = output.in_colour(sys.stderr)
        click.echo(render_text(warnings, Display(colour=colour)), err=True, color=colour)
    seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
    made = counted(built.pages, len(built.work.pdfs), built.work.rendered)
    click.echo(
        f"{made}, {seconds}{NBSP}s. Le site est dans {os.path.relpath(built.folder)}/ "
        f"(« make serve » l’affiche), les PDF dans {os.path.relpath(built.folder / FOLDER)}/."
    )


def counted(pages: int, papers: int, compositions: int) -> str:
    """What a build has made.

    Compositions are not papers: a booklet is composed part by part, a paper to fold is made of
    another.
    """
    from ressourcerie.french import NBSP, plural

    composed = plural(compositions, "composition") if compositions else "rien à recomposer"
    return f"{plural(pages, 'page')}, {papers}{NBSP}PDF, {composed}"
