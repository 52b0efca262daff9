"""What rules about the glossary promise beyond their cases: edits, and what a text uses."""

from __future__ import annotations

import pytest

from projects import Project, term
from ressourcerie.checks.vocabulary import used_jargon, used_terms
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.source import Source
from ressourcerie.terms import TermFinder

TERM = """---
titre: {title}
glose: Une définition courte.
groupe: competences
{see}sources:
  - {{auteurs: A, annee: 2026, titre: B}}
auteurs: [A]
cree_le: 2026-01-02
relu_le: 2026-02-03
---

## Un exemple

Une scène.
"""


def only(found: list[Diagnostic], code: str) -> list[Diagnostic]:
    return [d for d in found if d.code == code]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("voir_aussi: []\n", "voir_aussi: [a, b]\n"),
        ("voir_aussi: [ ]\n", "voir_aussi: [a, b]\n"),
        ("voir_aussi: [navigateur]\n", "voir_aussi: [navigateur, a, b]\n"),
        ('voir_aussi: ["navigateur"] # un\n', 'voir_aussi: ["navigateur", a, b] # un\n'),
        ("voir_aussi: [\n  navigateur\n]\n", "voir_aussi: [\n  navigateur, a, b\n]\n"),
        ("voir_aussi:\n  - navigateur\n", "voir_aussi:\n  - navigateur\n  - a\n  - b\n"),
        ("voir_aussi:\n- navigateur\n", "voir_aussi:\n- navigateur\n- a\n- b\n"),
    ],
)
def test_missing_roads_back_are_added(project: Project, before: str, after: str) -> None:
    for slug in "ab":
        see = "voir_aussi: [c]\n"
        project.write(f"glossary/{slug}.md", TERM.format(title=f"Mot {slug}", see=see))
    project.write("glossary/c.md", TERM.format(title="Mot c", see=before))
    found = [d for d in only(project.check(), "voir-aussi-sans-retour") if "c.md" in d.place.path]
    assert len(found) == 1
    edit = found[0].edit
    assert edit is not None
    text = project.read("glossary/c.md")
    assert text[: edit.start] + edit.text + text[edit.end :] == TERM.format(
        title="Mot c", see=after
    )
    project.write("glossary/c.md", text[: edit.start] + edit.text + text[edit.end :])
    library, wrong = project.load()
    assert wrong == []
    assert {"a", "b"} <= set(getattr(library.term("c"), "voir_aussi", ()))


def test_without_the_key_nothing_is_guessed(project: Project) -> None:
    project.write("glossary/a.md", TERM.format(title="Mot a", see="voir_aussi: [b]\n"))
    project.write("glossary/b.md", TERM.format(title="Mot b", see=""))
    (found,) = only(project.check(), "voir-aussi-sans-retour")
    assert found.edit is None
    assert found.place.path == "glossary/b.md"
    assert found.hint == "Ajoutez a dans « voir_aussi »."


def test_a_file_that_cannot_be_read_makes_no_term_unused(project: Project) -> None:
    project.write("glossary/seul.md", TERM.format(title="Mot seul", see=""))
    assert len(only(project.check(), "terme-inutilise")) == 1
    project.write("content/casse.md", "---\ntitre: « : casse\n---\n\nUn mot seul.\n")
    assert only(project.check(), "terme-inutilise") == []


def test_a_draft_with_errors_still_uses_terms(project: Project) -> None:
    project.write("glossary/seul.md", TERM.format(title="Mot seul", see=""))
    page = project.read("content/utiliser.md").replace("titre:", "titr:")
    project.write("content/brouillon.md", page + "\nUn mot seul.\n")
    assert only(project.check(), "terme-inutilise") == []


def test_words_of_a_text_are_those_one_reads() -> None:
    finder = TermFinder([term("lieu", "Tiers-lieu"), term("web", "Web"), term("vu", "Mot vu")])
    body = "Des **tiers-lieux**. `web` [ici](../glossary/vu.md) https://web.example.org\n"
    assert used_terms(Source("a.md", {}, body, 1), finder) == {"lieu", "vu"}


def test_first_word_of_jargon_is_placed() -> None:
    body = "Deux onglets, un onglet.\n"
    assert used_jargon(Source("a.md", {}, body, 1)) == {"onglet": (5, 12)}


def test_project_without_glossary_promises_no_definition(project: Project) -> None:
    for name in ("navigateur", "mot-de-passe"):
        project.path(f"glossary/{name}.md").unlink()
    project.edit("content/guide.md", "Quelques mots.", "Un onglet, un antivirus.")
    project.edit("content/ateliers.md", "Quelques mots.", "Un onglet, un antivirus.")
    assert only(project.check(), "mot-a-definir") == []
