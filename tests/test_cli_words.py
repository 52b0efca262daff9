"""The command line speaks French, and starts at once."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from ressourcerie.cli import COMMANDS, commands
from ressourcerie.cli.words import WORDS

# What Click says by itself, in English.
ENGLISH = re.compile(
    r"\b(?:usage:|options:|commands:|arguments:|show this|and exit|default:|required|error:|try|"
    r"help|invalid|value|missing|such|does not|exist|unexpected|requires|directory|file\b|choice|"
    r"integer|text\b|range|the|not)\b",
    re.IGNORECASE,
)
# Names of options, of formats and of families are English, as those of MkDocs; these are French.
OURS = re.compile(
    r"--?[a-z-]+|\[[^\]]*\]|text, json|json|links, structure, glossary, language|options\u00a0:"
)


def ask(*words: str) -> Result:
    return CliRunner().invoke(commands, list(words))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_french(command: str) -> None:
    result = ask(*command.split(), "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage : ressourcerie")
    left = OURS.sub("", result.output)
    assert not ENGLISH.findall(left), left
    assert "'" not in result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_summary_of_a_command_is_the_beginning_of_its_help(command: str) -> None:
    """The list of commands is shown without importing any of them."""
    context = click.Context(commands)
    found = commands.get_command(context, command)
    assert found is not None
    first = COMMANDS[command][1].split()[0]
    assert (found.help or "").startswith(first)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], "La commande « chek » n’existe pas. Vouliez-vous dire « check » ?"),
        (["check", "--onli", "links"], "L’option « --onli » n’existe pas. Vouliez-vous dire"),
        (["check", "un"], "Il y a un mot de trop : un"),
        (["check", "un", "deux"], "Il y a des mots de trop : un deux"),
        (["check", "--only"], "L’option « --only » attend une valeur."),
        (["check", "--external=oui"], "L’option « --external » ne prend pas de valeur."),
        (["check", "-f", "."], "Valeur refusée pour « --config-file » / « -f » : « . » est un"),
        (
            ["check", "--format", "xml"],
            "Valeur refusée pour « --format » : « xml » n’est pas parmi",
        ),
    ],
)
def test_mistakes_of_use_are_said_in_french(words: list[str], said: str) -> None:
    result = ask(*words)
    assert result.exit_code == 2
    assert f"Erreur : {said}" in result.stderr


def test_mistake_of_use_recalls_the_use() -> None:
    assert ask("check", "un").stderr.startswith(
        "Usage : ressourcerie check [OPTIONS]\nPour en savoir plus : ressourcerie check --help\n"
    )


def test_version_is_said() -> None:
    assert re.fullmatch(r"ressourcerie \d+\.\d+\.\d+\n", ask("--version").output)


# Said only where a program is wrongly written, or by what we do not use: pagers, editors,
# passwords, completion of a shell.
UNSAID = re.compile(
    r"defined twice|declar|standard stream|same flag|is not a valid UUID|^d$|Editing failed|"
    r"Unknown color|start character|"
    r"values are required|Completion|Shell|shell|secondary|%\(prog\)s|Confirm the action|pager|"
    r"console|Aborting|timed out|Windows"
)


def spoken(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name, arguments = node.func.id, node.args
            count = {"_": 1, "ngettext": 2}.get(name, 0)
            for argument in arguments[:count]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def test_all_that_click_may_say_is_translated() -> None:
    """A new version of Click with new words fails here first."""
    folder = Path(click.__file__).parent
    said = {words for file in folder.glob("*.py") for words in spoken(file)}
    assert len(said) > 50
    assert sorted(words for words in said - set(WORDS) if not UNSAID.search(words)) == []


def test_translations_fill_the_same_blanks() -> None:
    """A blank that the English has not would be an error when it is filled."""
    for english, french in WORDS.items():
        blanks = set(re.findall(r"\{(\w+)", english))
        assert set(re.findall(r"\{(\w+)", french)) <= blanks, english


def modules_after(code: str) -> set[str]:
    script = f"{code}; import sys; print(*{{m.split('.')[0] for m in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    return set(run.stdout.split())


def test_command_line_starts_with_click_alone() -> None:
    """Help, and a mistyped command, are answered before anything else is loaded."""
    slow = {"mkdocs", "weasyprint", "PIL", "fontTools", "pydantic", "markdown", "rich", "yaml"}
    assert not slow & modules_after("import ressourcerie.cli")


def test_check_starts_without_mkdocs_or_the_pdf_engine() -> None:
    """They take seconds to load, and a contributor runs `check` all day long."""
    code = "import ressourcerie.cli.checking, ressourcerie.cli.project"
    assert not {"mkdocs", "weasyprint", "httpcore2", "anyio"} & modules_after(code)
