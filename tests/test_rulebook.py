"""The documentation of the rules: all of them, true, and published as it is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from datetime import date
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner, Result

import extracts
from projects import REPOSITORY, Project
from ressourcerie import data, rulebook
from ressourcerie.cli import commands
from ressourcerie.diagnostics import RULES, Family
from ressourcerie.rulebook import RuleDoc, rule_doc
from test_rules import CASES, lay

SRC = REPOSITORY / "src" / "ressourcerie"
PAGE = REPOSITORY / "content" / "regles.md"
HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
KEYS = {"pourquoi", "mauvais", "bon", "ou", "repare"}


def told(code: str) -> RuleDoc:
    doc = rule_doc(code)
    assert doc, f"{code}: nothing in src/ressourcerie/data/regles/{RULES[code].family}.yml"
    return doc


# What is told is whole, and true.


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_is_explained(code: str) -> None:
    doc = told(code)
    assert doc.why.endswith((".", "?"))
    assert "\n" not in doc.why
    assert "'" not in doc.why
    assert doc.wrong
    assert doc.right
    assert doc.wrong != doc.right


@pytest.mark.parametrize("family", list(Family))
def test_nothing_is_told_of_a_rule_that_does_not_exist(family: Family) -> None:
    entries = data.rule_docs(family)
    for code, entry in entries.items():
        assert RULES[code].family is family
        assert set(entry) <= KEYS
        where = entry.get("ou", "page")
        assert where in {*extracts.PLACES, extracts.SEVERAL_FILES} or "." in where


TRIED = sorted(c for c in RULES if (d := rule_doc(c)) and d.where != extracts.SEVERAL_FILES)


@pytest.mark.parametrize("code", TRIED)
def test_bad_example_breaks_the_rule(project: Project, code: str) -> None:
    doc = told(code)
    path = extracts.lay(project, doc.where, doc.wrong)
    assert code in {d.code for d in project.check() if d.place.path == path}


@pytest.mark.parametrize("code", TRIED)
def test_good_example_breaks_no_rule(project: Project, code: str) -> None:
    doc = told(code)
    path = extracts.lay(project, doc.where, doc.right)
    found = [d for d in project.check() if d.place.path == path]
    assert code not in {d.code for d in found}
    # Of a workshop, an extract shows one thing and leaves others out.
    if doc.where != "atelier":
        assert found == []


@pytest.mark.parametrize("code", sorted(c for c in RULES if (CASES / c).is_dir()))
def test_rules_said_to_be_mended_are_those_that_bring_a_change(project: Project, code: str) -> None:
    lay(CASES / code, project)
    assert told(code).mends == any(d.edit for d in project.check() if d.code == code)


def test_every_rule_of_the_code_is_in_the_book() -> None:
    """A rule declared in a module that nobody imports would be missing from the page."""
    declared = {
        str(node.args[0].value)
        for path in SRC.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "rule"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    code = "from ressourcerie.rulebook import RULES; print(*RULES)"
    known = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    ).stdout
    assert declared - set(known.split()) == set()


# The page of the site.


def test_page_is_up_to_date() -> None:
    text = PAGE.read_text("utf-8")
    assert rulebook.renewed(text, date.today()) == text, "run scripts/rules"


def test_page_keeps_its_date_until_its_words_change() -> None:
    first = rulebook.renewed("", date(2026, 1, 2))
    assert rulebook.renewed(first, date(2026, 3, 4)) == first
    changed = rulebook.renewed(first.replace("Mauvais", "Faux", 1), date(2026, 3, 4))
    assert "cree_le: 2026-01-02\nrelu_le: 2026-03-04\n" in changed


def test_page_has_an_anchor_and_a_line_for_each_rule() -> None:
    text = PAGE.read_text("utf-8")
    for code, rule in RULES.items():
        assert text.count(f"\n### {code}\n") == 1
        assert f"| [{code}](#{code}) | {rule.title} |" in text


def test_page_silences_only_rules_that_can_be(project: Project) -> None:
    """Its examples are there to be copied."""
    shown = data.text("regles/debut.md")
    line = re.search(r"<!-- taire .* -->", shown)
    settings = re.search(r"^extra:\n(?: .*\n)+", shown, re.MULTILINE)
    assert line
    assert settings
    config = project.read("mkdocs.yml").partition("\nextra:\n")
    rest = re.sub(r"\A(?: .*\n)+", "", config[2])
    project.write("mkdocs.yml", f"{config[0]}\n{settings[0].format()}{rest}")
    assert set(project.settings.policy.severities) == {"phrase-longue", "sigle-inexplique"}
    project.write("content/utiliser.md", f"{project.read('content/utiliser.md')}\n{line[0]}\n")
    assert {d.code for d in project.check()} <= {"taire-inutile"}


def test_page_is_reached_from_the_one_that_invites_to_contribute() -> None:
    assert "](regles.md)" in (REPOSITORY / "content" / "contribuer.md").read_text("utf-8")


def test_extract_with_a_fence_is_shown_whole() -> None:
    shown = rulebook._extract("Mauvais", "```text\nbonjour\n```")
    assert shown.startswith("**Mauvais**\n\n````{")
    assert shown.endswith("\n````")


# The terminal.


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, ["rule", *words])


@pytest.mark.parametrize("code", sorted(RULES))
def test_terminal_says_what_the_page_says(code: str) -> None:
    rule, doc, output = RULES[code], told(code), run(code).output
    words = re.sub(r"\s+", " ", output)
    for expected in (code, rule.title, rule.severity.french, doc.why, rule.hint):
        assert re.sub(r"\s+", " ", expected) in words
    for extract in (doc.wrong, doc.right):
        assert all(line in output for line in extract.split("\n"))


def test_code_copied_with_its_brackets_is_understood() -> None:
    assert run("[lien-introuvable]").output == run("lien-introuvable").output


def test_unknown_code_is_a_misuse_and_the_nearest_is_offered() -> None:
    result = run("lien-introuvble")
    assert result.exit_code == 2
    assert "« lien-introuvable »" in result.output
    assert isinstance(result.exception, SystemExit)


def test_without_a_code_all_are_listed() -> None:
    result = run()
    assert result.exit_code == 0
    for rule in RULES.values():
        assert re.search(rf"^  {rule.code} +{re.escape(rule.title)}$", result.output, re.MULTILINE)


# The hooks others use.


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hook_runs_a_command_that_exists(hook: dict[str, Any]) -> None:
    program, command, *options = hook["entry"].split()
    assert program == "ressourcerie"
    found = commands.get_command(click.Context(commands), command)
    assert found, f"there is no command « {command} »"
    known = {name for option in found.params for name in option.opts}
    assert {o for o in options if o.startswith("-")} <= known
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    assert hook["name"]


def test_hooks_are_named_in_the_readme() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    assert {hook["id"] for hook in HOOKS} == set(re.findall(r"- id: (ressourcerie-\w+)", readme))
