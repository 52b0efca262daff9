"""`ressourcerie impose`: a PDF → sheets to print, to fold into a booklet or to cut."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from ressourcerie import atomic
from ressourcerie.cli import output
from ressourcerie.cli.options import settings_above
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.french import NBSP, plural
from ressourcerie.reporting import Display, render_text, safe

if TYPE_CHECKING:
    from ressourcerie.paper.impose import Plan
    from ressourcerie.settings import Settings

_NOBODY_WRITES: Final = 0o644


@click.command(
    help="Met un PDF en livret à plier, ou deux pages par feuille.\n\n"
    "Le livret s’imprime en recto verso, retourné sur le bord court, à 100 %. Dans un projet, il "
    "commence par une feuille qui l’explique en quatre dessins, et des pages de notes le "
    "complètent.\n\n"
    "Codes de sortie : 0 si le fichier est écrit, 1 si le PDF ne peut pas servir ou si rien n’a pu "
    "être écrit, 2 si la commande est mal écrite."
)
@click.argument(
    "source",
    metavar="FICHIER.pdf",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
)
@click.option(
    "--feuille",
    "sheet",
    type=click.Choice(("A4", "A3"), case_sensitive=False),
    metavar="[A4|A3]",
    help="Le papier de l’imprimante. Par défaut, celui où les pages gardent leur taille : A4 pour "
    "des pages A5, A3 pour des pages A4.",
)
@click.option(
    "--cahier/--deux-par-feuille",
    "folded",
    default=True,
    help="Un livret à plier (c’est le choix par défaut), ou les pages côte à côte, dans l’ordre, "
    "sur une seule face.",
)
@click.option("--reperes", "marks", is_flag=True, help="Dessiner où plier et où couper.")
@click.option(
    "--sortie",
    "-o",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Le fichier à écrire. Par défaut, à côté du PDF : son nom, suivi de « -a-imprimer » ou de "
    "« -deux-par-feuille ».",
)
@click.option(
    "--config-file",
    "-f",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Le fichier de réglages du projet (cherché ici, puis plus haut, par défaut).",
)
def impose(
    source: Path,
    sheet: str | None,
    folded: bool,
    marks: bool,
    target: Path | None,
    config_file: Path | None,
) -> None:
    """Read, impose, write aside then replace, say how to print it."""
    # The engine takes a while to load: the mistakes of use are answered without it.
    suffix = "a-imprimer" if folded else "deux-par-feuille"
    target = target or source.with_name(f"{source.stem}-{suffix}.pdf")
    _check_files(source, target)
    from ressourcerie.paper import impose as imposing

    # The engine mutters in English about what it mends by itself.
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    try:
        pdf = source.read_bytes()
    except OSError as error:
        _fail(f"{safe(str(source))} ne peut pas être lu ({error.strerror}).")
    try:
        plan = imposing.look(pdf, sheet)
        if folded:
            with_it = _finishing(plan, config_file)
            imposed = imposing.booklet(
                pdf, guide=with_it.guide, notes=with_it.notes, sheet=plan.sheet, marks=marks
            )
            said = _booklet_said(plan, with_it)
        else:
            imposed = imposing.two_up(pdf, sheet=plan.sheet, marks=marks)
            said = _two_up_said(plan)
    except imposing.ImposeError as error:
        _fail(f"{safe(str(source))} : {error}")
    _write(target, imposed)
    click.echo(f"{safe(str(target))} : {said}")
    _warn_if_reduced(plan)


def _check_files(source: Path, target: Path) -> None:
    """UsageError for what must not be read or replaced."""
    if not source.is_file():
        raise click.UsageError(f"« {source} » n’est pas un fichier ordinaire.")
    if target.exists() and not target.is_file():
        raise click.UsageError(f"« {target} » n’est pas un fichier que l’on peut remplacer.")
    if target.exists() and target.samefile(source):
        raise click.UsageError("« --sortie » nomme le PDF lui-même : choisissez un autre nom.")


@dataclass(frozen=True, slots=True)
class _Finishing:
    """What a project adds to a booklet."""

    guide: bytes | None = None
    notes: bytes | None = None


def _finishing(plan: Plan, config_file: Path | None) -> _Finishing:
    """The guide and the page of notes of the project around here; nothing without a project."""
    from ressourcerie.paper.finishing import GUIDE, NOTES
    from ressourcerie.settings import read_settings

    file = config_file or settings_above(Path.cwd())
    settings, found = read_settings(file.resolve()) if file else (None, [])
    if file and settings is None:
        _report(found)
        sys.exit(1)
    if settings is None or not all((settings.print_theme / t).is_file() for t in (GUIDE, NOTES)):
        click.echo(
            "Pas de projet de la Ressourcerie ici : le livret n’aura pas de mode d’emploi, et les "
            "pages ajoutées seront blanches.",
            err=True,
        )
        return _Finishing()
    return _laid_out(plan, settings)


def _laid_out(plan: Plan, settings: Settings) -> _Finishing:
    from ressourcerie.library import Library
    from ressourcerie.paper.cache import PdfCache
    from ressourcerie.paper.finishing import guide_document, notes_document
    from ressourcerie.paper.orders import laid_out
    from ressourcerie.paper.press import Press
    from ressourcerie.paper.render import print_all

    # They name no resource: there is no need to read any.
    press = Press(Library(), settings)
    documents = [
        guide_document(
            press, name="mode-d-emploi.pdf", title=plan.title, pages=plan.pages, sheet=plan.sheet
        ),
        notes_document(press),
    ]
    cache = PdfCache(settings)
    pdfs, found, _ = print_all([laid_out(d, cache, settings) for d in documents], cache)
    _report(found)
    if len(pdfs) != len(documents):
        sys.exit(1)
    return _Finishing(*(pdf.file.read_bytes() for pdf in pdfs))


def _booklet_said(plan: Plan, with_it: _Finishing) -> str:
    from ressourcerie.paper import folding

    sheets = len(folding.sheets(plan.pages))
    signatures = len(folding.signatures(plan.pages))
    added = folding.reading_order(plan.pages).count(None)
    said = [plural(sheets, "feuille") + f" {plan.sheet} à plier"]
    if signatures > 1:
        said.append(f"en {plural(signatures, 'cahier')}")
    if added:
        said.append(
            f"{plural(added, 'page')} de notes"
            if with_it.notes
            else plural(added, "page blanche", "pages blanches")
        )
    if with_it.guide:
        said.append("le mode d’emploi en plus")
    how = "À imprimer en recto verso, retourné sur le bord court, à 100"
    return f"{', '.join(said)}. {how}{NBSP}%."


def _two_up_said(plan: Plan) -> str:
    sheets = plural((plan.pages + 1) // 2, "feuille")
    return f"{sheets} {plan.sheet}, deux pages sur chacune. À imprimer sur une face, à 100{NBSP}%."


def _warn_if_reduced(plan: Plan) -> None:
    percent = round(plan.scale * 100)
    if percent < 100:
        larger = " Avec « --feuille A3 », elles le seraient moins." if plan.sheet == "A4" else ""
        click.echo(
            f"Attention : des pages sont réduites à {percent}{NBSP}% de leur taille, et leur texte "
            f"avec elles.{larger}",
            err=True,
        )


def _write(target: Path, data: bytes) -> None:
    """Write a file whole or not at all; one that is replaced keeps its permissions."""
    shown = safe(str(target))
    try:
        # A link stays a link.
        target = target.resolve()
        mode = target.stat().st_mode & 0o7777 if target.exists() else _NOBODY_WRITES
        atomic.write(target, data, mode=mode, lasting=True)
    except OSError as error:
        _fail(f"{shown} n’a pas pu être écrit ({error.strerror}).")


def _report(found: list[Diagnostic]) -> None:
    if found:
        colour = output.in_colour(sys.stderr)
        click.echo(render_text(found, Display(colour=colour)), err=True, color=colour)


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)
