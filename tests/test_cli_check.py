"""`ressourcerie check`: what is printed, where, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from projects import REPOSITORY, Project
from ressourcerie import cli, external
from ressourcerie.cli import commands
from ressourcerie.cli import project as cli_project
from ressourcerie.cli.checking import FORMATS
from ressourcerie.external.rules import DEAD

NBSP = "\u00a0"


def check(project: Project, *options: str, **more: Any) -> Result:
    return CliRunner().invoke(commands, ["check", "-f", str(project.config_file), *options], **more)


def shell(project: Project, *words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as its own program."""
    return subprocess.run(
        [sys.executable, "-c", "from ressourcerie.cli import main; main()", *words],
        cwd=project.root,
        env={**os.environ, **env},
        capture_output=True,
        check=False,
    )


@pytest.fixture
def faulty(project: Project) -> Project:
    """One error in the front matter of a page."""
    project.edit("content/utiliser.md", "resume: ", "resum: ")
    return project


@pytest.fixture
def broken(project: Project) -> Project:
    """One fault of two families, on two lines of a page."""
    page = project.read("content/utiliser.md")
    project.write("content/utiliser.md", f"{page}\n[La fiche de mars](mars.md)\n\nDu <b>gras.\n")
    return project


# What is printed.


@pytest.mark.parametrize("style", FORMATS)
def test_faultless_project_gives_zero(project: Project, style: str) -> None:
    assert check(project, "--format", style).exit_code == 0


@pytest.mark.parametrize("style", FORMATS)
def test_error_gives_one_and_names_the_line(faulty: Project, style: str) -> None:
    result = check(faulty, "--format", style)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "cle-inconnue" in result.stdout
    assert "Vouliez-vous dire « resume » ?" in result.stdout


def test_text_says_it_all(faulty: Project) -> None:
    result = check(faulty)
    assert result.stdout.split("\n") == [
        "content/utiliser.md:3:1: erreur [cle-inconnue] La clé « resum » n’existe pas.",
        "    3 │ resum: Une page minuscule pour les essais.",
        "      │ ^",
        "    → Vouliez-vous dire « resume » ?",
        "",
    ]
    assert result.stderr == f"\n1{NBSP}erreur, 0{NBSP}avertissement.\n"


def test_success_is_said_too(project: Project) -> None:
    assert check(project).stdout == "Aucun problème.\n"


def test_json_is_the_whole_output(faulty: Project) -> None:
    (row,) = json.loads(check(faulty, "--format", "json").output)
    assert (row["path"], row["line"], row["column"]) == ("content/utiliser.md", 3, 1)


def test_json_of_a_faultless_project_is_an_empty_list(project: Project) -> None:
    assert json.loads(check(project, "--format", "json").output) == []


def test_sarif_is_the_whole_output(faulty: Project) -> None:
    (run,) = json.loads(check(faulty, "--format", "sarif").output)["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["cle-inconnue"]


def test_github_prints_nothing_when_all_is_well(project: Project) -> None:
    assert check(project, "--format", "github").output == ""


def test_forges_name_files_from_the_root_of_the_repository(faulty: Project) -> None:
    (faulty.root.parent / ".git").mkdir()
    shown = check(faulty, "--format", "github").output
    assert shown.startswith("::error file=projet/content/utiliser.md,line=3,")
    # « path » is relative to the folder of mkdocs.yml, wherever that is.
    (row,) = json.loads(check(faulty, "--format", "json").output)
    assert row["path"] == "content/utiliser.md"


def test_what_fix_can_mend_is_counted(project: Project) -> None:
    project.write("content/utiliser.md", project.read("content/utiliser.md") + "\nC'est ici.\n")
    result = check(project)
    assert "« ressourcerie fix » peut en corriger 1." in result.stderr


def test_warnings_and_advice_do_not_fail(project: Project) -> None:
    project.write("content/plan.pdf", "%PDF")
    result = check(project)
    assert result.exit_code == 0
    assert result.stderr == f"\n0{NBSP}erreur, 1{NBSP}avertissement.\n"


def test_line_out_of_the_project_is_not_quoted(project: Project, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\nun secret\n", "utf-8")
    project.path("content/lien.md").symlink_to(tmp_path / "secret.md")
    shown = check(project).output
    assert "fichier-illisible" in shown
    assert "secret" not in shown.replace("secret.md", "")


# Colours.


def test_colours_are_for_terminals(faulty: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in check(faulty).stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31;1merreur\x1b[0m" in check(faulty).stdout
    assert "\x1b" not in check(faulty, "--format", "json").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in check(faulty).stdout


# Families.


def codes(result: Result) -> list[str]:
    return [row["code"] for row in json.loads(result.output)]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (["--only", "links"], ["lien-introuvable"]),
        (["--only", "structure"], ["html-brut"]),
        (["--only", "links,structure"], ["lien-introuvable", "html-brut"]),
        (["--only", "links", "--only", "Structure"], ["lien-introuvable", "html-brut"]),
        (["--only", " glossary , language "], []),
    ],
)
def test_only_some_families_are_said(broken: Project, only: list[str], expected: list[str]) -> None:
    assert codes(check(broken, "--format", "json", *only)) == expected


def test_what_hinders_reading_is_always_said(faulty: Project) -> None:
    assert codes(check(faulty, "--format", "json", "--only", "language")) == ["cle-inconnue"]


@pytest.mark.parametrize(
    ("only", "words"),
    [
        ("link", "Vouliez-vous dire « links » ?"),
        ("reading", "Choix : links, structure, glossary, language."),
        ("links,,structure", "il manque un nom"),
        ("", "il manque un nom"),
    ],
)
def test_family_that_does_not_exist_is_a_misuse(project: Project, only: str, words: str) -> None:
    result = check(project, "--only", only)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


# Silences and options.


def test_project_may_lower_a_rule(broken: Project) -> None:
    broken.edit(
        "mkdocs.yml",
        "extra:\n",
        "extra:\n  ressourcerie:\n    regles: {html-brut: conseil, lien-introuvable: conseil}\n",
    )
    result = check(broken)
    assert result.exit_code == 0
    assert result.stderr == f"\n0{NBSP}erreur, 0{NBSP}avertissement, 2{NBSP}conseils.\n"


def test_mistake_in_an_option_is_said_with_all_the_rest(broken: Project) -> None:
    broken.edit("mkdocs.yml", "extra:\n", "extra:\n  ressourcerie: {relecture: 3}\n")
    found = codes(check(broken, "--format", "json"))
    assert found == ["lien-introuvable", "html-brut", "reglages"]


# Other sites.


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What other sites were asked; each page is found to be gone, the last one first."""
    seen: list[Any] = []

    def check_external(web: Any, options: Any, _cache: Path, progress: Any) -> list[Any]:
        seen.append((sorted(o.typed for o in web), options.allow_private))
        progress(1, 1, "https://un.example/")
        return [DEAD.at(o.place, "Elle ne s’ouvre pas.", link=o.typed) for o in web][::-1]

    monkeypatch.setattr(external, "check_external", check_external)
    monkeypatch.delitem(sys.modules, "ressourcerie.cli.web", raising=False)
    return seen


@pytest.fixture
def linked(project: Project) -> Project:
    """A page that leads to two other sites."""
    page = project.read("content/utiliser.md")
    links = "[Le premier site](https://un.example/)\n\n[Le second site](https://deux.example/)\n"
    project.write("content/utiliser.md", f"{page}\n{links}")
    return project


def test_other_sites_are_left_alone_unless_asked_for(linked: Project, asked: list[Any]) -> None:
    assert check(linked).exit_code == 0
    assert check(linked, "--external", "--only", "structure").exit_code == 0
    assert asked == []


def test_other_sites_are_asked_and_what_they_say_keeps_its_order(
    linked: Project, asked: list[Any]
) -> None:
    result = check(linked, "--external", "--format", "json")
    assert result.exit_code == 1
    assert asked == [(["https://deux.example/", "https://un.example/"], False)]
    assert [row["link"] for row in json.loads(result.stdout)] == [
        "https://deux.example/",
        "https://un.example/",
    ]


def test_what_other_sites_say_can_be_silenced(linked: Project, asked: list[Any]) -> None:
    spoken = ") <!-- taire lien-mort : le site revient en mars -->\n\n"
    linked.edit("content/utiliser.md", ")\n\n[Le second", f"{spoken}[Le second")
    result = check(linked, "--external", "--allow-private", "--format", "json")
    assert [row["link"] for row in json.loads(result.stdout)] == ["https://deux.example/"]
    assert asked[0][1]


def test_private_addresses_go_with_other_sites(project: Project) -> None:
    result = check(project, "--allow-private")
    assert result.exit_code == 2
    assert "« --external »" in result.stderr


# Misuse and accidents.


def test_format_that_does_not_exist_is_a_misuse(project: Project) -> None:
    result = check(project, "--format", "xml")
    assert result.exit_code == 2
    assert "« xml » n’est pas parmi « text », « json », « github », « sarif »." in result.stderr


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


def test_check_changes_no_file_of_the_project(project: Project) -> None:
    """It only remembers, in the cache, what it has seen."""

    def tree() -> dict[Path, int]:
        files = (p for p in project.root.rglob("*") if p.is_file() and ".cache" not in p.parts)
        return {p: p.stat().st_mtime_ns for p in files}

    before = tree()
    check(project)
    assert tree() == before


def test_one_fault_in_a_term_is_said_once(project: Project) -> None:
    """What points at the faulty term, or uses its word, is not at fault."""
    project.edit("glossary/navigateur.md", "anglais: browser", "anglai: browser")
    assert check(project).stderr == f"\n1{NBSP}erreur, 0{NBSP}avertissement.\n"


def test_texts_of_the_repository_are_faultless() -> None:
    options = ["-f", str(REPOSITORY / "mkdocs.yml"), "--format", "json"]
    found = json.loads(CliRunner().invoke(commands, ["check", *options]).stdout)
    assert [row for row in found if row["severity"] != "info"] == []


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=["ascii", "posix", "latin-1"],
)
@pytest.mark.parametrize("style", ["text", "json", "sarif"])
def test_output_is_utf8_whatever_the_computer_speaks(
    faulty: Project, env: dict[str, str], style: str
) -> None:
    """Some computers of public places still speak something else."""
    run = shell(faulty, "check", "--format", style, **env)
    assert run.returncode == 1
    assert b"Traceback" not in run.stderr
    assert "La clé « resum » n’existe pas." in run.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="other disks refuse such a name")
@pytest.mark.parametrize("style", FORMATS)
def test_name_that_no_coding_explains_is_written(project: Project, style: str) -> None:
    (project.root / "content" / os.fsdecode(b"\xe9t\xe9.md")).write_text("", "utf-8")
    run = shell(project, "check", "--format", style)
    assert run.returncode == 1
    shown = run.stdout.decode("utf-8")
    assert "nom-de-fichier" in shown
    if style == "json":
        assert os.fsencode(json.loads(shown)[0]["path"]) == b"content/\xe9t\xe9.md"


@pytest.mark.parametrize("style", ["text", "json"])
def test_reader_that_leaves_early_is_no_accident(project: Project, style: str) -> None:
    """`ressourcerie check | head -1`."""
    page = project.read("content/utiliser.md")
    links = "".join(f"[La fiche {n}](fiche-{n}.md)\n\n" for n in range(2_000))
    project.write("content/utiliser.md", f"{page}\n{links}")
    words = [sys.executable, "-c", "from ressourcerie.cli import main; main()", "check"]
    with subprocess.Popen(
        [*words, "--format", style],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.read(10)
        run.stdout.close()
        said = run.stderr.read()
    assert run.returncode == cli.UNREAD
    assert b"Traceback" not in said
    assert b"BrokenPipe" not in said


def test_fault_of_the_program_itself_is_said_in_french(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("un engrenage a sauté")

    monkeypatch.setattr(cli_project, "look", broken)
    monkeypatch.setattr(sys, "argv", ["ressourcerie", "check", "-f", str(project.config_file)])
    monkeypatch.delenv("RESSOURCERIE_DEBUG", raising=False)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == cli.BUG
    said = capsys.readouterr().err
    assert "un engrenage a sauté" in said
    assert "Traceback" not in said
    monkeypatch.setenv("RESSOURCERIE_DEBUG", "1")
    with pytest.raises(RuntimeError):
        cli.main()


def test_interruption_is_no_accident(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_project, "look", stopped)
    monkeypatch.setattr(sys, "argv", ["ressourcerie", "check"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == cli.INTERRUPTED
    assert "Interrompu." in capsys.readouterr().err


# Another project than ours.


def test_any_mkdocs_project_is_checked(tmp_path: Path) -> None:
    other = Project(tmp_path)
    other.write("mkdocs.yml", "site_name: Ailleurs\n")
    other.write("docs/index.md", "# Accueil\n\n[un](un.md) et [deux](deux.md)\n")
    other.write("docs/deux.md", "# Deux\n")
    result = check(other)
    assert result.exit_code == 1
    assert "docs/index.md:3:" in result.stdout
    assert "« un.md »" in result.stdout
    assert "deux.md" not in result.stdout.replace("[deux](deux.md)", "")


def test_silences_are_obeyed_in_any_project(tmp_path: Path) -> None:
    other = Project(tmp_path)
    other.write("mkdocs.yml", "site_name: Ailleurs\n")
    spoken = "<!-- taire lien-introuvable : elle viendra -->"
    other.write("docs/index.md", f"# Accueil\n\n[un](un.md) {spoken}\n")
    assert check(other).output == "Aucun problème.\n"
