"""« Où en suis-je ? »: one YAML file, whose faults are told at their line."""

from __future__ import annotations

import pytest

from projects import REPOSITORY, Project
from ressourcerie import data
from ressourcerie.assessment import ANSWERS, NO_ANSWER
from ressourcerie.load import load

PATH = "content/positionnement/choisir.yml"
GOOD = """\
titre: Où en suis-je ?
resume: Deux situations.
auteurs: [La Ressourcerie]
cree_le: 2026-01-02
relu_le: 2026-02-03
questions:
  - id: chercher
    theme: appartenance
    competences: ["1.1"]
    situation: Je cherche un horaire avec quelques mots.
    geste: chercher avec quelques mots
    ateliers: [essai]
    pourquoi: On cherche à plusieurs.
  - id: lire
    theme: securite
    competences: ["4.1"]
    situation: Je lis une page du guide.
    geste: lire une page
    guide:
      - chapitre: premiers-pas
    mots: [navigateur]
"""


def test_situations_are_read_whole(project: Project) -> None:
    project.write(PATH, GOOD)
    library, found = project.load()
    assert found == []
    (assessment,) = library.assessments
    assert assessment.slug == "choisir"
    assert [q.id for q in assessment.questions] == ["chercher", "lire"]
    assert assessment.questions[1].guide[0].chapitre == "premiers-pas"
    assert PATH not in {r.source.path for r in library.resources}
    assert project.check() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "words"),
    [
        ("id: lire", "id: chercher", 14, "valeur-forme", "s’appellent « chercher »"),
        ("id: lire", "id: Lire !", 14, "valeur-forme", "mal écrit"),
        ("theme: securite", "theme: secu", 15, "valeur-choix", "« securite »"),
        ('["4.1"]', '["9.9"]', 16, "valeur-choix", "9.9"),
        ('["4.1"]', "[]", 16, "valeur-longueur", "vide"),
        ("    pourquoi: On cherche à plusieurs.\n", "", 7, "valeur-forme", "sans dire pourquoi"),
        ("    ateliers: [essai]\n", "", 12, "valeur-forme", "ne sert que si"),
        ("geste: lire une page", f"geste: {'lire ' * 20}", 18, "valeur-longueur", "60 signes"),
        ("    geste: lire une page\n", "", 14, "cle-manquante", "infinitif"),
        ("    mots: [navigateur]", "    mot: [navigateur]", 21, "cle-inconnue", "« mots »"),
        ("Deux situations.", '"[À écrire : le but]"', 2, "modele-non-rempli", "À écrire"),
    ],
)
def test_fault_is_told_at_its_line(
    project: Project, old: str, new: str, line: int, code: str, words: str
) -> None:
    assert GOOD.count(old) == 1
    project.write(PATH, GOOD.replace(old, new))
    (found,) = project.check()
    assert (found.place.path, found.place.line, found.code) == (PATH, line, code)
    assert words in f"{found.message} {found.hint}"


def test_theme_is_asked_of_in_one_go(project: Project) -> None:
    third = GOOD[GOOD.index("  - id: lire") :].replace("lire", "relire")
    project.write(PATH, GOOD + third.replace("securite", "appartenance"))
    (found,) = project.check()
    assert (found.place.line, found.code) == (23, "valeur-forme")
    assert "« appartenance » est coupé en deux" in found.message


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/positionnement/choisir.yaml", "nom-de-fichier"),
        ("content/positionnement/choisir.md", "fichier-mal-range"),
        ("content/choisir.yml", "fichier-ignore"),
    ],
)
def test_file_out_of_place_is_told(project: Project, path: str, code: str) -> None:
    project.write(path, GOOD)
    _, found = project.load()
    assert [(d.place.path, d.code) for d in found] == [(path, code)]


def test_no_answer_is_a_mark() -> None:
    """What a person reads of herself: no figure, no level, nothing to be ashamed of."""
    for answer in (*ANSWERS, NO_ANSWER):
        assert not any(sign.isdigit() for sign in answer.label)
    assert [a.key for a in ANSWERS if not a.wants_more] == ["sais"]
    assert not NO_ANSWER.wants_more


def test_ours_asks_about_every_theme_and_every_competence() -> None:
    library, _ = load(REPOSITORY)
    (ours,) = library.assessments
    assert 15 <= len(ours.questions) <= 30
    assert {q.theme for q in ours.questions} == set(data.vocabulary("themes"))
    assert {n for q in ours.questions for n in q.competences} == set(data.competences("digcomp"))
    advised = {slug for q in ours.questions for slug in q.ateliers}
    assert advised == {w.slug for w in library.workshops}
    assert all(q.guide for q in ours.questions), "each leads to something one can read now"
