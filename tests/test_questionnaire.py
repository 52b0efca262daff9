"""Questionnaires: one YAML file, whose faults are told at their line."""

from __future__ import annotations

import pytest

from projects import REPOSITORY, Project
from ressourcerie.load import load
from ressourcerie.questionnaire import AGREEMENT, asks_more

PATH = "content/questionnaires/avis.yml"
GOOD = """\
titre: Votre avis
resume: Quelques questions.
auteurs: [La Ressourcerie]
cree_le: 2026-01-02
relu_le: 2026-02-03
questions:
  - id: clair
    question: Était-ce clair ?
    type: echelle
  - id: rythme
    question: Le rythme ?
    type: choix
    choix: [Trop lent, Trop rapide]
  - question: À changer ?
    type: texte
    lignes: 4
"""


def test_questionnaire_is_read_whole(project: Project) -> None:
    project.write(PATH, GOOD)
    library, found = project.load()
    assert found == []
    (questionnaire,) = library.questionnaires
    assert questionnaire.slug == "avis"
    assert questionnaire.source.text == GOOD
    assert [name for name, _ in questionnaire.named] == ["clair", "rythme", "question-3"]
    scale, choice, free = questionnaire.questions
    assert scale.answers == AGREEMENT
    assert choice.answers == ("Trop lent", "Trop rapide")
    assert free.answers == ()
    assert free.lines == 4


def test_questionnaire_needs_no_page(project: Project) -> None:
    project.write(PATH, GOOD)
    library, _ = project.load()
    assert PATH not in {r.source.path for r in library.resources}
    assert project.check() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "words"),
    [
        ("type: texte", "type: text", 15, "valeur-choix", "« texte »"),
        ("    choix: [Trop lent, Trop rapide]\n", "", 10, "valeur-forme", "au moins 2 réponses"),
        ("[Trop lent, Trop rapide]", "[Trop lent]", 13, "valeur-forme", "au moins 2 réponses"),
        ("[Trop lent, Trop rapide]", "[Oui, oui]", 13, "valeur-forme", "« oui » est proposée deux"),
        ("[Trop lent, Trop rapide]", "[Oui, 2]", 13, "valeur-forme", "du texte"),
        ("[Trop lent, Trop rapide]", "[Lent, Oui | non]", 13, "valeur-forme", "signe « | »"),
        ("id: rythme", "id: clair", 10, "valeur-forme", "s’appellent « clair »"),
        ("id: rythme", "id: question-3", 14, "valeur-forme", "s’appellent « question-3 »"),
        ("id: rythme", "id: Rythme !", 10, "valeur-forme", "mal écrit"),
        ("type: echelle", "type: echelle\n    choix: [Non, Oui]", 10, "valeur-forme", "3 à 5"),
        ("lignes: 4", "choix: [Oui, Non]", 16, "valeur-forme", "n’a pas de choix"),
        ("lignes: 4", "lignes: 40", 16, "valeur-forme", "au plus 15"),
        ("type: echelle", "type: echelle\n    lignes: 2", 10, "valeur-forme", "« lignes » ne sert"),
        ("lignes: 4", "ligne: 4", 16, "cle-inconnue", "« lignes »"),
        ("titre: Votre avis", "titre: Votre : avis", 1, "entete-illisible", "« : » de trop"),
        ("titre: Votre avis\n", "", 1, "cle-manquante", "« titre »"),
        ("titre: Votre avis\n", "titre: a\ntitre: b\n", 2, "cle-en-double", "« titre »"),
        ("2026-02-03", "hier", 5, "date-forme", "hier"),
        ("Quelques questions.", '"[À écrire : le but]"', 2, "modele-non-rempli", "À écrire"),
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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD.partition("questions:")[0] + "questions: []\n", "valeur-longueur"),
        (GOOD.partition("questions:")[0], "cle-manquante"),
        ("", "fichier-vide"),
        ("---\n# rien\n", "fichier-vide"),
        ("- une\n- liste\n", "entete-illisible"),
        (GOOD + "---\n" + GOOD, "entete-illisible"),
        (GOOD.encode("latin-1"), "fichier-encodage"),
    ],
)
def test_file_that_is_no_questionnaire_is_refused(
    project: Project, text: str | bytes, code: str
) -> None:
    project.write(PATH, text)
    library, found = project.load()
    assert [(d.place.path, d.code) for d in found] == [(PATH, code)]
    assert library.questionnaires == ()
    assert PATH in library.unread


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/questionnaires/avis.yaml", "nom-de-fichier"),
        ("content/questionnaires/Avis.yml", "nom-de-fichier"),
        ("content/questionnaires/avis.md", "fichier-mal-range"),
        ("content/avis.yml", "fichier-ignore"),
        ("glossary/avis.yml", "fichier-ignore"),
    ],
)
def test_file_out_of_place_is_told(project: Project, path: str, code: str) -> None:
    project.write(path, GOOD)
    _, found = project.load()
    assert [(d.place.path, d.code) for d in found] == [(path, code)]


def test_other_is_followed_by_room_to_write() -> None:
    assert asks_more("Autre chose")
    assert asks_more("autre, précisez")
    assert not asks_more("Rien d’autre")


def test_ours_fits_a_sheet_and_asks_nobody_who_they_are() -> None:
    library, _ = load(REPOSITORY)
    (ours,) = library.questionnaires
    assert ours.slug == "satisfaction"
    assert 8 <= len(ours.questions) <= 10
    assert all(q.id for q in ours.questions), "the screen will keep answers under these names"
    assert not any(w in q.question.lower() for q in ours.questions for w in ("nom ", "âge", "sexe"))
