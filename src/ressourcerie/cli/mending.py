"""`ressourcerie fix`: mends what is certain, once it has been shown and agreed to."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ressourcerie.cli import output
from ressourcerie.cli.options import config_option, only_option
from ressourcerie.diagnostics import Diagnostic, Family
from ressourcerie.french import plural
from ressourcerie.reporting import Display, render_text, safe, summary

if TYPE_CHECKING:
    from ressourcerie.fixing import Change

_YES: Final = frozenset({"o", "oui", "y", "yes"})
_COLOURS: Final = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}
# A space that does not show is often all that changes.
_HIDDEN: Final = re.compile("[\u00a0\u202f]")


@click.command(
    help="Corrige ce qui est certain, après l’avoir montré.\n\n"
    "Seules sont corrigées les fautes qui n’ont qu’une correction possible. Sans CHEMINS, tout le "
    "projet est regardé.\n\n"
    "Codes de sortie : 0 si tout s’est bien passé, même si rien n’était à corriger ou s’il reste "
    "des fautes ; 1 si un fichier n’a pas pu être lu ou changé ; 2 si la commande est mal écrite "
    "ou si personne n’est là pour répondre."
)
@config_option
@only_option
@click.option("--dry-run", is_flag=True, help="Montrer seulement, sans rien changer (code 0).")
@click.option("--yes", "-y", "agreed", is_flag=True, help="Appliquer sans poser la question.")
@click.argument("paths", metavar="[CHEMINS]…", nargs=-1, type=click.Path(path_type=Path))
def fix(
    config_file: Path,
    families: frozenset[Family],
    dry_run: bool,
    agreed: bool,
    paths: tuple[Path, ...],
) -> None:
    """Show the changes, ask, write them, say what is left."""
    if dry_run and agreed:
        raise click.UsageError("« --dry-run » et « --yes » se contredisent : choisissez.")
    from ressourcerie import fixing
    from ressourcerie.cli import project

    root = project.root_of(config_file)
    wanted = _inside(paths, root)
    found = project.look(config_file, families)
    if found.settings is None:
        click.echo(render_text(found.diagnostics, Display(lines=project.lines_of(root))), err=True)
        sys.exit(1)
    changes = fixing.fixes(_among(found.diagnostics, wanted), root, project.again(found, families))
    if not changes:
        click.echo("Rien à corriger d’office.")
        _say_rest(found.diagnostics)
        return
    colour = output.in_colour(sys.stdout)
    for change in changes:
        click.echo("\n".join(_diff(change, colour)), color=colour)
    what = _what(changes)
    if dry_run:
        click.echo(f"\n{what}, à appliquer sans « --dry-run ».", err=True)
        return
    if not agreed and not _agrees(what):
        click.echo("Rien n’est changé.", err=True)
        return
    failed = list(_written(changes))
    done = [change for change in changes if change not in failed]
    if done:
        click.echo(f"C’est fait : {_what(done)}.", err=True)
    _say_rest(project.look(config_file, families).diagnostics)
    sys.exit(1 if failed else 0)


def _inside(paths: Iterable[Path], root: Path) -> tuple[str, ...]:
    """Paths relative to the project, as diagnostics name them."""
    found = []
    for path in paths:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            raise click.UsageError(f"« {path} » n’existe pas.") from error
        if not real.is_relative_to(root):
            raise click.UsageError(f"« {path} » n’est pas dans le projet {root}.")
        found.append(real.relative_to(root).as_posix())
    return tuple(found)


def _among(found: Iterable[Diagnostic], wanted: Collection[str]) -> list[Diagnostic]:
    """What can be mended in the files and folders wanted, in all of them when none is named."""
    return [
        d
        for d in found
        if d.edit and (not wanted or any(_is_in(d.place.path, folder) for folder in wanted))
    ]


def _is_in(path: str, folder: str) -> bool:
    return folder in {".", path} or path.startswith(f"{folder}/")


def _what(changes: Sequence[Change]) -> str:
    """« 3 corrections dans 2 fichiers »."""
    corrections = plural(sum(len(change.codes) for change in changes), "correction")
    return f"{corrections} dans {plural(len(changes), 'fichier')}"


def _diff(change: Change, colour: bool) -> Iterator[str]:
    for line in change.diff.rstrip("\n").split("\n"):
        shown = safe(line)
        mark = next((mark for mark in _COLOURS if line.startswith(mark)), "")
        if not colour or not mark:
            yield shown
            continue
        start, end = f"\x1b[{_COLOURS[mark]}m", "\x1b[0m"
        yield start + _HIDDEN.sub(lambda m: f"\x1b[7m{m[0]}\x1b[27m", shown) + end


def _agrees(what: str) -> bool:
    """Ask whoever is there. UsageError when nobody is."""
    if not output.is_terminal(sys.stdin):
        raise click.UsageError(
            "Personne n’est là pour répondre : ajoutez « --yes » pour appliquer ces corrections, "
            "ou « --dry-run » pour les voir seulement."
        )
    answer = click.prompt(
        f"\nAppliquer ces {what} ? [o/N]",
        default="n",
        show_default=False,
        prompt_suffix=" ",
        err=True,
    )
    return str(answer).strip().lower() in _YES


def _written(changes: Iterable[Change]) -> Iterator[Change]:
    """Write each change; give those that could not be."""
    from ressourcerie import fixing

    for change in changes:
        try:
            fixing.write(change)
        except OSError as error:
            reason = error.strerror or str(error)
            click.echo(f"{safe(str(change.path))} n’a pas pu être changé ({reason}).", err=True)
            yield change


def _say_rest(found: Sequence[Diagnostic]) -> None:
    if found:
        click.echo(f"Il reste : {summary(found)} « ressourcerie check » les montre.", err=True)
    else:
        click.echo(summary(found), err=True)
