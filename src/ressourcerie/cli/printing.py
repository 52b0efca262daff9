"""`ressourcerie print`: the papers one asks for, in a folder, and nothing else."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ressourcerie import atomic, data
from ressourcerie.cli import output
from ressourcerie.cli.options import config_option
from ressourcerie.diagnostics import Diagnostic, Family, has_errors
from ressourcerie.french import NBSP, plural
from ressourcerie.load import BOOKLETS, PATHS, QUESTIONNAIRES, WORKSHOPS
from ressourcerie.reporting import Display, Lines, render_text, safe

if TYPE_CHECKING:
    from ressourcerie.library import Library
    from ressourcerie.paper.cache import PdfCache
    from ressourcerie.paper.documents import Works
    from ressourcerie.paper.pdf import Pdf
    from ressourcerie.paper.press import Press

FOLDER: Final = Path("a-imprimer")
# Where what cannot be read would have had papers of its own.
_WITH_PAPERS: Final = tuple(f"{f}/" for f in (WORKSHOPS, BOOKLETS, PATHS, QUESTIONNAIRES))


@click.command(
    "print",
    help="Met en PDF ce que vous nommez, et rien d’autre.\n\n"
    "RESSOURCE est un nom (embarquer) ou un chemin (ateliers/embarquer/index.md). Sans elle, "
    "tout est mis en PDF. Une faute dans un autre texte n’empêche rien.\n\n"
    "Codes de sortie : 0 si tout est fait, 1 s’il manque un PDF, 2 si la commande est mal écrite.",
)
@config_option
@click.option(
    "--edition",
    "-e",
    "editions",
    multiple=True,
    metavar="NOM",
    help="Cette édition seulement : participant, animateur, livret… Pour en demander plusieurs, "
    "séparez-les par des virgules.",
)
@click.option(
    "--output-dir",
    "--dossier",
    "-d",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=FOLDER,
    show_default=True,
    help="Le dossier où écrire les PDF.",
)
@click.argument("names", metavar="[RESSOURCE]…", nargs=-1)
def print_(
    config_file: Path, editions: tuple[str, ...], folder: Path, names: tuple[str, ...]
) -> None:
    """Check everything, print what has no fault, write it, list it."""
    from ressourcerie.cli import project
    from ressourcerie.paper.cache import PdfCache
    from ressourcerie.paper.choice import faults
    from ressourcerie.paper.documents import works
    from ressourcerie.paper.press import Press

    root = project.root_of(config_file)
    lines = project.lines_of(root)
    found = project.look(config_file, list(Family))
    library = found.examined.library
    if found.settings is None:
        _say(found.diagnostics, lines)
        sys.exit(1)
    if library is None:
        raise click.UsageError("Ce projet n’a ni atelier, ni livret : il n’y a rien à imprimer.")
    cache, press = PdfCache(found.settings), Press(library, found.settings)
    everything = works(press)
    owners = _owners(names, everything, library, root)
    wanted = _wanted(editions, everything, owners)
    spoilt: dict[str, list[Diagnostic]] = {}
    for owner in owners:
        own = everything.only({owner}, wanted)
        if wrong := faults(owner, found.diagnostics, library, own, cache):
            spoilt[owner] = wrong
    _say(sorted({d for wrong in spoilt.values() for d in wrong}), lines)
    for owner in spoilt:
        message = f"{safe(owner)} n’est pas mis en PDF : corrigez d’abord ce qui précède."
        click.echo(message, err=True)
    asked = everything.only([owner for owner in owners if owner not in spoilt], wanted)
    done = not (asked.documents or asked.books) or _print(asked, press, cache, folder, lines)
    sys.exit(0 if done and not spoilt else 1)


def _print(asked: Works, press: Press, cache: PdfCache, folder: Path, lines: Lines) -> bool:
    """Lay out, write, list; whether nothing is missing."""
    from ressourcerie.cli.progress import Bar
    from ressourcerie.paper.render import print_all

    shown = safe(os.path.relpath(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        click.echo(f"{shown} n’a pas pu être créé ({error.strerror}).", err=True)
        return False
    with Bar("Composition des PDF") as bar:
        tasks = tuple(asked.tasks(press, cache))
        pdfs, found, _ = print_all(tasks, cache, progress=bar.advance)
    _say(found, lines)
    written = [pdf for pdf in pdfs if _written(pdf, folder)]
    for pdf in written:
        click.echo(_line(pdf))
    click.echo(f"\n{plural(len(written), 'PDF', 'PDF')} dans {shown}/.", err=True)
    return not has_errors(found) and len(written) == len(pdfs)


def _written(pdf: Pdf, folder: Path) -> bool:
    """Put a PDF in the folder, whole or not at all."""
    file = folder / pdf.name
    try:
        atomic.sweep(file)
        atomic.write(file, pdf.file.read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        click.echo(f"{safe(str(file))} n’a pas pu être écrit ({reason}).", err=True)
        return False
    return True


def _line(pdf: Pdf) -> str:
    """« embarquer-participant.pdf : 7 pages, 4 feuilles recto verso »."""
    from ressourcerie.site.printing import sheets

    return f"{pdf.name}{NBSP}: {plural(pdf.pages, 'page')}, {sheets(pdf) or 'pour l’écran'}"


def _say(found: Sequence[Diagnostic], lines: Lines) -> None:
    if found:
        colour = output.in_colour(sys.stderr)
        display = Display(lines=lines, colour=colour, width=output.width(sys.stderr))
        click.echo(render_text(found, display), err=True, color=colour)


# What is asked for.


def _owners(names: Iterable[str], works: Works, library: Library, root: Path) -> list[str]:
    """The sources to print, in the order they are named; all of them when none is."""
    unread = [p for p in sorted(library.unread) if p.startswith(_WITH_PAPERS)]
    known = list(dict.fromkeys([*works.offers, *unread]))
    chosen = [path for name in names for path in _found(name, known, library, root)]
    return list(dict.fromkeys(chosen)) or known


def _found(name: str, known: Collection[str], library: Library, root: Path) -> list[str]:
    """The sources of that name, or at that path. UsageError when there is none."""
    from ressourcerie.paper.choice import slug_of

    if found := [path for path in known if slug_of(path) == name.lower()]:
        return found
    # A path may be written from here, or from the project.
    for place in (Path(name), root / name):
        path = os.path.relpath(place.resolve(), root)
        if found := [p for p in known if p in {path, f"{path}/index.md"}]:
            return found
    slugs = sorted({slug_of(path) for path in known})
    near = difflib.get_close_matches(name.lower(), slugs, n=1)
    hint = f" Vouliez-vous dire « {near[0]} » ?" if near else f" À choisir : {', '.join(slugs)}."
    if any(name in {path, resource.slug} for path, resource in library.by_path.items()):
        raise click.UsageError(f"« {name} » ne s’imprime pas à part.{hint}")
    raise click.UsageError(f"« {name} » n’existe pas.{hint}")


def _wanted(listed: Iterable[str], works: Works, owners: Sequence[str]) -> frozenset[str]:
    """The editions to print; none means all. UsageError for what is not to be had."""
    from ressourcerie.paper.documents import EDITIONS_OF_BOOKS

    names = [name.strip().lower() for words in listed for name in words.split(",")]
    offers: Mapping[str, Sequence[str]] = works.offers
    known = {e for editions in offers.values() for e in editions}
    known |= {*data.vocabulary("papiers"), *EDITIONS_OF_BOOKS}
    had = list(dict.fromkeys(e for owner in owners for e in offers.get(owner, ())))
    # What cannot be read may have any of them.
    possible = had if all(owner in offers for owner in owners) else known
    for name in names:
        if name in possible:
            continue
        choices = f" Choix : {', '.join(had)}." if had else ""
        if name in known:
            raise click.UsageError(f"L’édition « {name} » n’existe pas ici.{choices}")
        near = difflib.get_close_matches(name, sorted(known), n=1)
        guess = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
        raise click.UsageError(f"L’édition « {name} » n’existe pas.{guess}{choices}")
    return frozenset(names)
