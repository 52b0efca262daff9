"""Objectives, material and steps: what a workshop promises, and the time it takes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import TINY
from ressourcerie import source as source_files
from ressourcerie.checks import pedagogy, schedule
from ressourcerie.data import verbs
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.load import resource_of
from ressourcerie.model import Workshop
from ressourcerie.settings import Settings

SHEET = (TINY / "ateliers" / "essai" / "index.md").read_text("utf-8")


def sheet(text: str = SHEET) -> Workshop:
    source, found = source_files.parse("ateliers/essai/index.md", text.encode())
    assert source, found
    resource = resource_of(source)
    assert isinstance(resource, Workshop)
    return resource


def check(module: Any, text: str) -> list[Diagnostic]:
    workshop = sheet(text)
    return list(module.check_text(workshop.source, workshop, Settings(TINY)))


def judged(objective: str) -> list[Diagnostic]:
    return check(pedagogy, SHEET.replace("- Ouvrir une page", f'- "{objective}"'))


@pytest.mark.parametrize(
    "objective",
    [
        "Nommer trois appareils",
        "S’inscrire à une liste",
        "Se connecter seul",
        "Ne pas répondre à un message piège",
        "Reconnaître un piège",
        "Prendre une photo",
        "Initier une conversation",
        "Être présent à l’heure",
        "Avancer d’une page",
        "Découper une affiche",
        "(Re)trouver un fichier",
        "Télé-déclarer ses revenus",
        "**Nommer** trois appareils",
    ],
)
def test_observable_objective_is_right(objective: str) -> None:
    assert judged(objective) == []


@pytest.mark.parametrize(
    ("objective", "idea"),
    [
        ("Comprendre ce qu’est un lien", "expliquer avec ses mots"),
        ("comprendre ce qu’est un lien", "expliquer avec ses mots"),
        ("Connaître", "nommer"),
        ("S’approprier l’outil", "utiliser"),
        ("Se familiariser avec la souris", "montrer"),
        ("Être à l’aise avec la souris", "montrer"),
        ("Faire découvrir la souris", "montrer"),
        ("Savoir nommer la souris", "« Nommer la souris »"),
        ("Être capable d’ouvrir une page", "« Ouvrir une page »"),
    ],
)
def test_objective_that_nobody_sees_is_given_a_better_verb(objective: str, idea: str) -> None:
    (found,) = judged(objective)
    assert found.code == "objectif-non-observable"
    assert idea in found.hint


@pytest.mark.parametrize(
    "objective",
    ["La souris", "Le participant nomme la souris", "Fichier et dossier", "3 gestes", "…"],
)
def test_objective_that_does_not_begin_with_a_verb_is_said(objective: str) -> None:
    assert [d.code for d in judged(objective)] == ["objectif-sans-verbe"]


def test_ideas_are_observable() -> None:
    """What is proposed would not be refused in its turn."""
    for kind in ("invisibles", "de_l_animation"):
        for ideas in verbs(kind).values():
            assert ideas
            for idea in ideas:
                assert judged(f"{idea.capitalize()} quelque chose") == []


@given(st.text(alphabet="aéèr «»’'()-_*0 \u00a0S", min_size=1))
def test_any_objective_is_answered(objective: str) -> None:
    workshop = sheet()
    list(pedagogy._objective(workshop.source, 0, objective))


@pytest.mark.parametrize(
    "words",
    ["Aucun", "néant.", "IDEM", "Voir ci-dessus", "cf. supra", "À compléter", "—", "x", "N/A"],
)
def test_plan_b_that_plans_nothing_is_said(words: str) -> None:
    found = check(pedagogy, SHEET.replace("plan_b: Des pages imprimées.", f'plan_b: "{words}"'))
    assert [d.code for d in found] == ["plan-b-vide"]


@pytest.mark.parametrize("words", ["Aucun appareil : tout est sur papier.", "Papier", "Sans fil"])
def test_plan_b_in_a_few_words_is_right(words: str) -> None:
    text = SHEET.replace("plan_b: Des pages imprimées.", f'plan_b: "{words}"')
    assert check(pedagogy, text) == []


@pytest.mark.parametrize(
    ("who", "alone"),
    [
        ("Une personne qui anime.", True),
        ("Un médiateur pour 20 participants.", True),
        ("Une personne pour 6.", False),
        ("Deux personnes.", False),
        ("2 personnes.", False),
        ("Un médiateur et une bénévole.", False),
        ("Co-animation.", False),
        ("Une personne anime, une autre circule.", False),
    ],
)
def test_large_group_needs_someone_else(who: str, alone: bool) -> None:
    text = SHEET.replace("effectif: {min: 2, max: 8}", "effectif: {min: 2, max: 16}")
    text = text.replace("duree: 60", f"encadrement: {who}\nduree: 60")
    assert [d.code for d in check(pedagogy, text)] == ["groupe-sans-renfort"] * alone


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("individuel", True),
        ("Individuellement, puis en binômes", True),
        ("à deux", True),
        ("en sous-groupes", True),
        ("plénière", True),
        ("collectif", True),
        ("tout le monde", True),
        ("grp", False),
        ("debout", False),
    ],
)
def test_grouping_is_known_however_it_is_said(words: str, known: bool) -> None:
    found = check(pedagogy, SHEET.replace("- Modalité : binômes", f"- Modalité : {words}"))
    assert [d.code for d in found] == ["modalite-inconnue"] * (not known)


# Time.


def steps(*minutes: tuple[str, int]) -> str:
    """A sheet whose steps are those, and last as long as it says."""
    before, _, rest = SHEET.partition("### Accueil")
    after = rest.partition("## Points de vigilance")[2]
    lines = "\n".join(f"### {title} — {number} min\n" for title, number in minutes)
    total = sum(number for _, number in minutes)
    text = f"{before}{lines}\n## Points de vigilance{after}"
    return text.replace("duree: 60", f"duree: {total}")


def codes(*minutes: tuple[str, int]) -> list[str]:
    return [d.code for d in check(schedule, steps(*minutes))]


def test_ninety_minutes_need_thirty_besides_learning() -> None:
    around = (("Accueil", 5), ("Évaluation", 15), ("Clôture", 5))
    assert codes(*around, ("Un", 40), ("Deux", 25)) == ["temps-incompressible"]
    assert codes(*around, ("Un", 40), ("Deux", 24)) == []
    assert codes(*around, ("Un", 40), ("Faire connaissance", 5), ("Deux", 20)) == []


def test_figures_of_a_tight_session_are_told() -> None:
    text = steps(("Accueil", 5), ("Un", 45), ("Deux", 30), ("Évaluation", 10), ("Clôture", 5))
    (found,) = [d for d in check(schedule, text) if d.code == "temps-incompressible"]
    assert "accueil 5, évaluation 10, clôture 5" in found.message


def test_missing_step_is_said_once() -> None:
    """Without a closing, the thirty minutes are short too: that goes without saying."""
    assert codes(("Accueil", 5), ("Un", 45), ("Deux", 35), ("Évaluation", 5)) == ["etape-manquante"]


def test_two_short_breaks_make_one() -> None:
    around = (("Accueil", 10), ("Évaluation", 10), ("Clôture", 10))
    assert codes(*around, ("Un", 30), ("Pause", 3), ("Deux", 30), ("Pause", 3)) == []
    assert codes(*around, ("Un", 30), ("Pause", 3), ("Deux", 30)) == ["etape-trop-courte"]


def test_title_with_absurd_minutes_is_answered() -> None:
    found = check(
        schedule, SHEET.replace("### Accueil — 10 min", f"### Accueil — {'9' * 9_000} min")
    )
    assert [d.code for d in found] == ["etape-sans-minutes"]
