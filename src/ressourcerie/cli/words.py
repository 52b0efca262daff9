"""The French of Click: what it says by itself, in usage lines, help and mistakes of use.

Click asks `gettext` for its words, and `gettext` asks the environment for a language: on a computer
set to English, authors would read half of each answer in English. Its words are replaced at the
door instead. What is not in the list stays as it is.
"""

from __future__ import annotations

import re
from types import ModuleType
from typing import Final

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types
import click.utils

WORDS: Final = {
    # Help.
    "Usage:": "Usage :",
    # Click puts a colon after these: a no-break space stands before it.
    "Options": "Options\u00a0",
    "Commands": "Commandes\u00a0",
    "Positional arguments": "Arguments\u00a0",
    "Show this message and exit.": "Affiche cette aide.",
    "Show the version and exit.": "Affiche la version.",
    "default: {default}": "par défaut\u00a0: {default}",
    "env var: {var}": "variable d’environnement : {var}",
    "required": "obligatoire",
    "(dynamic)": "(selon le cas)",
    "deprecated": "abandonné",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": (
        "La commande « {name} » est abandonnée.{extra_message}"
    ),
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": (
        "L’option « {name} » est abandonnée.{extra_message}"
    ),
    # Mistakes.
    "Error: {message}": "Erreur : {message}",
    "Try '{command} {option}' for help.": "Pour en savoir plus : {command} {option}",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "Vouliez-vous dire {possibilities} ?",
    "Invalid value: {message}": "Valeur refusée : {message}",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "Missing argument": "Il manque l’argument",
    "Missing option": "Il manque l’option",
    "Missing parameter": "Il manque le paramètre",
    "Missing {param_type}": "Il manque {param_type}",
    "Missing parameter: {param_name}": "Il manque le paramètre {param_name}",
    "Missing command.": "Il manque le nom d’une commande.",
    "No such option {name!r}.": "L’option « {name} » n’existe pas.",
    "No such option: {name}": "L’option « {name} » n’existe pas.",
    "No such command {name!r}.": "La commande « {name} » n’existe pas.",
    "Option {name!r} requires an argument.": "L’option « {name} » attend une valeur.",
    "Option {name!r} requires {nargs} arguments.": "L’option « {name} » attend {nargs} valeurs.",
    "Option {name!r} does not take a value.": "L’option « {name} » ne prend pas de valeur.",
    "Argument {name!r} takes {nargs} values.": "L’argument « {name} » attend {nargs} valeurs.",
    "Got unexpected extra argument ({args})": "Il y a un mot de trop : {args}",
    "Got unexpected extra arguments ({args})": "Il y a des mots de trop : {args}",
    "Takes {nargs} values but 1 was given.": "Il faut {nargs} valeurs, et non une seule.",
    "Takes {nargs} values but {len} were given.": "Il faut {nargs} valeurs, et non {len}.",
    "Value must be an iterable.": "Une liste est attendue.",
    "Choose from:\n\t{choices}": "Choix :\n\t{choices}",
    "Choice({choices})": "Choix : {choices}",
    "{value!r} is not {choice}.": "« {value} » n’est pas {choice}.",
    "{value!r} is not one of {choices}.": "« {value} » n’est pas parmi {choices}.",
    "{value!r} is not a valid {number_type}.": "« {value} » n’est pas un nombre attendu ici.",
    "{value} is not in the range {range}.": "{value} n’est pas dans l’intervalle {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "« {value} » n’est ni oui ni non. Valeurs admises : {states}"
    ),
    "{value!r} does not match the format {format}.": "« {value} » n’a pas la forme {format}.",
    "{value!r} does not match the formats {formats}.": (
        "« {value} » n’a aucune des formes {formats}."
    ),
    "{name} {filename!r} does not exist.": "{name} « {filename} » n’existe pas.",
    "{name} {filename!r} is a file.": "« {filename} » est un fichier ; il faut un dossier.",
    "{name} {filename!r} is a directory.": "« {filename} » est un dossier ; il faut un fichier.",
    "{name} {filename!r} is not readable.": "{name} « {filename} » ne peut pas être lu.",
    "{name} {filename!r} is not writable.": "{name} « {filename} » ne peut pas être modifié.",
    "{name} {filename!r} is not executable.": "{name} « {filename} » ne peut pas être lancé.",
    "Could not open file {filename!r}: {message}": (
        "Le fichier « {filename} » ne s’ouvre pas : {message}"
    ),
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
    "unknown error": "erreur inconnue",
    # Questions.
    "Aborted!": "Interrompu.",
    "Error: invalid input": "Répondez par oui ou par non.",
    "Do you want to continue?": "Continuer ?",
    "Repeat for confirmation": "Encore une fois",
    "Error: The two entered values do not match.": "Les deux réponses diffèrent.",
    "Press any key to continue...": "Appuyez sur une touche…",
}
_QUOTED: Final = re.compile(r"(?<![\w’])'([^'\n]*)'(?!\w)")
_MODULES: Final[tuple[ModuleType, ...]] = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.termui,
    click.types,
    click.utils,
)


class _Sentence(str):
    """A sentence of Click: what is put in it between straight marks gets French ones."""

    __slots__ = ()

    def format(self, *args: object, **kwargs: object) -> str:
        """Fill the sentence in."""
        return _QUOTED.sub(r"« \1 »", super().format(*args, **kwargs))


def speak_french() -> None:
    """Put our words in the place of those of Click, in this process."""
    for module in _MODULES:
        for name, ours in (("_", _word), ("ngettext", _plural)):
            if hasattr(module, name):
                setattr(module, name, ours)


def _word(english: str) -> str:
    return _Sentence(WORDS[english]) if english in WORDS else english


def _plural(one: str, several: str, number: int) -> str:
    return _word(one if number < 2 else several)
