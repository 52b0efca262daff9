"""Words → calls → exit code. The only room that prints.

A command is brought in when it is run: each starts without waiting for what the others need.
"""

from __future__ import annotations

import difflib
import os
import sys
from importlib import import_module
from typing import Final, NoReturn

import click

from ressourcerie.cli import output
from ressourcerie.cli.words import WORDS, speak_french

speak_french()

BUG: Final = 3
# As a shell counts a program stopped by Ctrl-C.
INTERRUPTED: Final = 130
# What Click answers when nobody reads any more (`| head`).
UNREAD: Final = 1

# Name → where it is, and what it does in one line.
COMMANDS: Final = {
    "build": ("ressourcerie.cli.building:build", "Construit le site et les PDF."),
    "check": ("ressourcerie.cli.checking:check", "Vérifie les textes, sans rien y changer."),
    "fix": ("ressourcerie.cli.mending:fix", "Corrige ce qui est certain, après l’avoir montré."),
    "impose": ("ressourcerie.cli.imposing:impose", "Met un PDF en livret à plier."),
    "print": (
        "ressourcerie.cli.printing:print_",
        "Met en PDF ce que vous nommez, et rien d’autre.",
    ),
    "new": ("ressourcerie.cli.authoring:new", "Commence une ressource à partir de son modèle."),
    "rule": ("ressourcerie.cli.authoring:rule", "Explique une règle, ou les présente toutes."),
    "schema": ("ressourcerie.cli.authoring:schema", "Écrit les schémas JSON pour les éditeurs."),
}


class _Commands(click.Group):
    """The commands, each imported when it is asked for by name."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Their names."""
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Bring a command in."""
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed; guess the one that was meant."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            guess = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
            ctx.fail(f"La commande « {args[0]} » n’existe pas.{guess}")
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Present them without importing any."""
        with formatter.section(WORDS["Commands"]):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(
    "ressourcerie",
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
    help="La Ressourcerie : des ressources libres pour la médiation numérique, "
    "vérifiées, publiées en site et imprimées en PDF.",
)
@click.version_option(package_name="ressourcerie", message="ressourcerie %(version)s")
def commands() -> None:
    """Gather the commands."""


def main() -> NoReturn:
    """Run a command. Whatever breaks, an author reads French and no traceback."""
    output.speak_utf8()
    code = _run()
    output.close_streams()
    sys.exit(code)


def _run() -> int:
    try:
        code = commands(standalone_mode=False)
        # A closed pipe is often noticed only here.
        sys.stdout.flush()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BrokenPipeError:
        return UNREAD
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrompu.", err=True)
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("RESSOURCERIE_DEBUG"):
            raise
        click.echo(
            f"Erreur inattendue du programme : {type(error).__name__} ({error}). "
            "Rien n’a été publié. Signalez-la, avec ce que donne la même commande précédée de "
            "RESSOURCERIE_DEBUG=1.",
            err=True,
        )
        return BUG
    return code if isinstance(code, int) else 0
