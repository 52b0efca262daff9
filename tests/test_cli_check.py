"""`ressourcerie check`: what is printed, where, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from projects import REPOSITORY, Project
from ressourcerie import cli
from ressourcerie.cli import FORMATS, commands


def check(project: Project, *options: str) -> Result:
    return CliRunner().invoke(commands, ["check", "-f", str(project.config_file), *options])


@pytest.fixture
def faulty(project: Project) -> Project:
    project.edit("glossary/navigateur.md", "anglais: browser", "anglai: browser")
    return project


@pytest.mark.parametrize("style", sorted(FORMATS))
def test_faultless_project_gives_zero(project: Project, style: str) -> None:
    assert check(project, "--format", style).exit_code == 0


@pytest.mark.parametrize("style", sorted(FORMATS))
def test_error_gives_one_and_names_the_line(faulty: Project, style: str) -> None:
    result = check(faulty, "--format", style)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "cle-inconnue" in result.stdout
    assert "Vouliez-vous dire « anglais » ?" in result.stdout


def test_text_says_it_all(faulty: Project) -> None:
    result = check(faulty)
    assert result.stdout.split("\n")[:2] == [
        "glossary/navigateur.md:5:1: erreur [cle-inconnue] La clé « anglai » n’existe pas.",
        "    → Vouliez-vous dire « anglais » ?",
    ]
    assert result.stderr == "1 erreur, 0 avertissement.\n"


def test_success_is_said_too(project: Project) -> None:
    assert check(project).stdout == "Aucun problème.\n"


def test_json_is_the_whole_output(faulty: Project) -> None:
    (row,) = json.loads(check(faulty, "--format", "json").output)
    assert (row["path"], row["line"], row["column"]) == ("glossary/navigateur.md", 5, 1)


def test_json_of_a_faultless_project_is_an_empty_list(project: Project) -> None:
    assert json.loads(check(project, "--format", "json").output) == []


def test_github_prints_nothing_when_all_is_well(project: Project) -> None:
    assert check(project, "--format", "github").output == ""


def test_format_that_does_not_exist_is_a_misuse(project: Project) -> None:
    assert check(project, "--format", "xml").exit_code == 2


def test_missing_settings_are_an_answer_not_a_crash(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ["check", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 1
    assert "[reglages]" in result.output
    assert isinstance(result.exception, SystemExit)


def test_paths_are_relative_to_the_project_from_wherever_it_is_run(
    faulty: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    from_afar = check(faulty).stdout
    monkeypatch.chdir(faulty.root)
    assert CliRunner().invoke(commands, ["check"]).stdout == from_afar


def test_check_writes_nothing(project: Project) -> None:
    def tree() -> dict[Path, int]:
        return {p: p.stat().st_mtime_ns for p in project.root.rglob("*")}

    before = tree()
    check(project)
    assert tree() == before


def test_one_fault_in_a_term_is_said_once(faulty: Project) -> None:
    """What points at the faulty term is not at fault."""
    assert check(faulty).stderr == "1 erreur, 0 avertissement.\n"


def test_texts_of_the_repository_are_faultless() -> None:
    result = CliRunner().invoke(commands, ["check", "-f", str(REPOSITORY / "mkdocs.yml")])
    assert result.output == "Aucun problème.\n"


def test_output_survives_a_terminal_that_knows_only_ascii(faulty: Project) -> None:
    """Some computers of public places still speak no UTF-8."""
    run = subprocess.run(
        [sys.executable, "-c", "from ressourcerie.cli import main; main()", "check"],
        cwd=faulty.root,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    assert b"Traceback" not in run.stderr
    assert b"cle-inconnue" in run.stdout


def test_check_starts_without_mkdocs_or_the_pdf_engine() -> None:
    """They take seconds to load, and a contributor runs `check` all day long."""
    code = "import sys, ressourcerie.cli; print({'mkdocs', 'weasyprint'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout == "set()\n"


@pytest.mark.parametrize("command", ["check", "build"])
def test_help_is_in_french(command: str) -> None:
    result = CliRunner().invoke(commands, [command, "--help"])
    assert result.exit_code == 0
    assert "Le fichier de réglages" in result.output


def test_fault_of_the_program_itself_is_said_in_french(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("un engrenage a sauté")

    monkeypatch.setattr(cli, "read_settings", broken)
    monkeypatch.setattr(sys, "argv", ["ressourcerie", "check", "-f", str(project.config_file)])
    monkeypatch.delenv("RESSOURCERIE_DEBUG", raising=False)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 3
    said = capsys.readouterr().err
    assert "un engrenage a sauté" in said
    assert "Traceback" not in said
    monkeypatch.setenv("RESSOURCERIE_DEBUG", "1")
    with pytest.raises(RuntimeError):
        cli.main()
