"""`ressourcerie fix`: what is shown, what is asked, what is written."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from projects import Project
from ressourcerie import fixing
from ressourcerie.cli import commands, output

PAGE = "content/utiliser.md"
TERM = "glossary/navigateur.md"


def fix(project: Project, *options: str, **more: Any) -> Result:
    return CliRunner().invoke(commands, ["fix", "-f", str(project.config_file), *options], **more)


@pytest.fixture
def crooked(project: Project) -> Project:
    """A straight apostrophe in two files, each with one right correction."""
    for path in (PAGE, TERM):
        text = project.read(path)
        project.write(path, f"{text}\nC'est ici que l’on commence.\n")
    return project


@pytest.fixture
def someone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there to answer."""
    monkeypatch.setattr(output, "is_terminal", lambda _stream: True)


def mended(project: Project) -> list[str]:
    return [path for path in (PAGE, TERM) if "C’est" in project.read(path)]


def test_changes_are_shown_first(crooked: Project) -> None:
    result = fix(crooked, "--dry-run")
    assert result.exit_code == 0
    assert "-C'est ici que l’on commence.\n+C’est ici que l’on commence.\n" in result.stdout
    assert PAGE in result.stdout
    assert TERM in result.stdout
    assert "2\u00a0corrections dans 2\u00a0fichiers" in result.stderr
    assert mended(crooked) == []


@pytest.mark.parametrize("answer", ["o", "oui", "O", "y", "YES", " oui "])
def test_changes_are_written_once_agreed_to(crooked: Project, someone: None, answer: str) -> None:
    result = fix(crooked, input=f"{answer}\n")
    assert result.exit_code == 0
    asked = "Appliquer ces 2\u00a0corrections dans 2\u00a0fichiers ? [o/N]"
    assert asked in result.stderr
    assert result.stderr.rstrip().endswith("Aucun problème.")
    assert mended(crooked) == [PAGE, TERM]


@pytest.mark.parametrize("answer", ["", "n", "non", "non merci", "ok"])
def test_nothing_is_written_without_a_clear_yes(
    crooked: Project, someone: None, answer: str
) -> None:
    result = fix(crooked, input=f"{answer}\n")
    assert result.exit_code == 0
    assert "Rien n’est changé." in result.stderr
    assert mended(crooked) == []


def test_nobody_to_answer_is_said_and_nothing_is_written(crooked: Project) -> None:
    result = fix(crooked)
    assert result.exit_code == 2
    assert "« --yes »" in result.stderr
    assert "« --dry-run »" in result.stderr
    assert mended(crooked) == []


def test_yes_asks_nothing(crooked: Project) -> None:
    result = fix(crooked, "--yes")
    assert result.exit_code == 0
    assert "[o/N]" not in result.output
    assert mended(crooked) == [PAGE, TERM]


def test_second_time_there_is_nothing_left(crooked: Project) -> None:
    fix(crooked, "--yes")
    before = {path: crooked.read(path) for path in (PAGE, TERM)}
    result = fix(crooked, "--yes")
    assert result.exit_code == 0
    assert result.stdout == "Rien à corriger d’office.\n"
    assert {path: crooked.read(path) for path in (PAGE, TERM)} == before


def test_yes_and_dry_run_contradict_each_other(crooked: Project) -> None:
    assert fix(crooked, "--yes", "--dry-run").exit_code == 2
    assert mended(crooked) == []


# Which files, which families.


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([PAGE], [PAGE]),
        (["glossary"], [TERM]),
        (["."], [PAGE, TERM]),
        (["content", TERM], [PAGE, TERM]),
    ],
)
def test_paths_choose_files_and_folders(
    crooked: Project, monkeypatch: pytest.MonkeyPatch, paths: list[str], expected: list[str]
) -> None:
    monkeypatch.chdir(crooked.root)
    assert fix(crooked, "--yes", *paths).exit_code == 0
    assert mended(crooked) == expected


def test_name_that_begins_like_a_folder_is_not_in_it(
    crooked: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(crooked.root)
    crooked.write("glossaire/x.md", "")
    (crooked.root / "gloss").mkdir()
    assert fix(crooked, "--yes", "gloss").stdout == "Rien à corriger d’office.\n"


@pytest.mark.parametrize(
    ("path", "words"), [("perdu.md", "n’existe pas"), ("..", "n’est pas dans le projet")]
)
def test_path_that_is_not_in_the_project_is_a_misuse(
    crooked: Project, monkeypatch: pytest.MonkeyPatch, path: str, words: str
) -> None:
    monkeypatch.chdir(crooked.root)
    result = fix(crooked, "--yes", path)
    assert result.exit_code == 2
    assert words in result.stderr
    assert mended(crooked) == []


def test_only_some_families_are_mended(crooked: Project) -> None:
    assert fix(crooked, "--yes", "--only", "links,structure").exit_code == 0
    assert mended(crooked) == []


def test_what_is_silenced_is_left_as_it_is(crooked: Project) -> None:
    code = re.findall(
        r"\[([a-z-]+)\]",
        CliRunner().invoke(commands, ["check", "-f", str(crooked.config_file)]).stdout,
    )[0]
    spoken = f"commence. <!-- taire {code} : une citation -->"
    crooked.edit(PAGE, "commence.", spoken)
    assert fix(crooked, "--yes").exit_code == 0
    assert mended(crooked) == [TERM]


# What is left, and accidents.


def test_what_is_left_is_said(crooked: Project) -> None:
    crooked.write(PAGE, crooked.read(PAGE) + "\n[La fiche de mars](mars.md)\n")
    result = fix(crooked, "--yes")
    assert result.exit_code == 0
    assert "Il reste : 1\u00a0erreur, 0\u00a0avertissement." in result.stderr
    assert "« ressourcerie check »" in result.stderr


def test_settings_that_cannot_be_read_are_an_answer(tmp_path: Path) -> None:
    result = fix(Project(tmp_path), "--yes")
    assert result.exit_code == 1
    assert "[reglages]" in result.stderr


def test_file_that_cannot_be_written_does_not_stop_the_others(
    crooked: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = fixing.write

    def refuse(change: fixing.Change) -> None:
        if change.path == PAGE:
            raise PermissionError(13, "accès refusé")
        write(change)

    monkeypatch.setattr(fixing, "write", refuse)
    result = fix(crooked, "--yes")
    assert result.exit_code == 1
    assert f"{PAGE} n’a pas pu être changé (accès refusé)." in result.stderr
    assert "1\u00a0correction dans 1\u00a0fichier." in result.stderr
    assert mended(crooked) == [TERM]


@pytest.mark.skipif(os.name == "nt", reason="modes are those of Unix")
def test_mode_of_a_file_is_kept(crooked: Project) -> None:
    crooked.path(PAGE).chmod(0o640)
    fix(crooked, "--yes")
    assert stat.S_IMODE(crooked.path(PAGE).stat().st_mode) == 0o640


def test_colours_show_the_spaces_that_do_not_show(
    crooked: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in fix(crooked, "--dry-run").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    crooked.edit(PAGE, "que l’on", "que\u00a0l’on")
    shown = fix(crooked, "--dry-run").stdout
    assert "\x1b[31m-C'est" in shown
    assert "que\x1b[7m\u00a0\x1b[27ml’on" in shown


def test_words_that_refer_to_one_another_do_so_both_ways(project: Project) -> None:
    """What comes back is written in the list, whose other words stay."""
    other = project.read("glossary/mot-de-passe.md")
    new = other.replace("titre: Mot de passe", "titre: Coffre").replace("[mdp]", "[coffret]")
    new = re.sub(r"^(?:variantes|synonymes|anglais|sauf): .*\n", "", new, flags=re.MULTILINE)
    new = re.sub(r"^voir_aussi: .*$", "voir_aussi: [navigateur]", new, flags=re.MULTILINE)
    project.write("glossary/coffre.md", new)
    assert fix(project, "--yes").exit_code == 0
    assert "voir_aussi: [mot-de-passe, coffre]" in project.read(TERM)
    assert [d.code for d in project.check()] == []
