"""Plurals, feminines, agreements, and accents left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressourcerie.inflection import agreements, alone, numbers, other_gender, spellings


@pytest.mark.parametrize(
    "forms",
    [
        "numérique numériques",
        "réseau réseaux",
        "lieu lieux",
        "bleu bleus",
        "journal journaux",
        "festival festivals",
        "travail travaux",
        "portail portails",
        "bijou bijoux",
        "trou trous",
        "œil yeux",
        "aïeul aïeux",
        "événement évènements",
    ],
)
def test_singular_and_plural_are_found_from_each_other(forms: str) -> None:
    singular, plural = forms.split()
    assert plural in numbers(singular)
    assert singular in numbers(plural)


@pytest.mark.parametrize("word", ["cours", "fils", "souris", "corps", "choix", "nez", "os", "sas"])
def test_singular_that_looks_plural_has_nothing_taken_off(word: str) -> None:
    assert numbers(word) == {word}


@pytest.mark.parametrize(
    ("masculine", "feminines"),
    [
        ("médiateur", "médiatrice médiatrices"),
        ("chercheur", "chercheuse"),
        ("auteur", "autrice auteure"),
        ("citoyen", "citoyenne"),
        ("actif", "actives"),
        ("premier", "première"),
        ("usager", "usagères"),
        ("connecté", "connectées"),
        ("malveillant", "malveillante"),
        ("adhérent", "adhérentes"),
        ("virtuel", "virtuelle"),
        ("social", "sociale sociales"),
        ("dangereux", "dangereuse"),
        ("grec", "grecque"),
        ("public", "publiques"),
        ("favori", "favorite"),
        ("doux", "douce"),
        ("sec", "sèche"),
        ("nouveau", "nouvelles"),
        ("naïf", "naïve"),
        ("ouvert", "ouvertes"),
        ("humain", "humaine"),
        ("français", "françaises"),
    ],
)
def test_feminines_are_found(masculine: str, feminines: str) -> None:
    assert set(feminines.split()) <= alone(masculine)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("moral", "morale"),
        ("port", "porte"),
        ("cours", "cour"),
        ("cour", "cours"),
        ("fil", "fils"),
        ("marché", "marche"),
        ("modelé", "modèle"),
        ("tâche", "tache"),
        ("posté", "poste"),
        ("commun", "commune"),
        ("appel", "appelle"),
        ("projet", "projette"),
        ("objectif", "objective"),
        ("navigateur", "navigatrice"),
        ("serveur", "serveuse"),
        ("donnée", "donné"),
        ("nouvelle", "nouveau"),
        ("initiative", "initiatif"),
        ("maire", "mairie"),
        ("lien", "lieu"),
    ],
)
def test_different_words_keep_apart(word: str, other: str) -> None:
    assert other not in {spelling for form in alone(word) for spelling in spellings(form)}


def test_english_plurals_are_both_found() -> None:
    assert numbers("sandwich") == {"sandwich", "sandwichs", "sandwiches"}
    assert "boxes" in numbers("box")


def test_feminine_title_finds_its_masculine() -> None:
    assert {"médiateur", "médiateurs"} <= other_gender("médiatrice")
    assert {"usager", "usagers"} <= other_gender("usagère")


def agree(*phrase: str) -> bool:
    """Whether the second phrase is an agreement of the first."""
    words, written = (p.split() for p in phrase)
    return any(all(w in f for w, f in zip(written, way, strict=True)) for way in agreements(words))


@pytest.mark.parametrize(
    ("term", "written"),
    [
        ("médiateur numérique", "médiatrices numériques"),
        ("réseau social", "réseaux sociaux"),
        ("grand débutant", "grandes débutantes"),
        ("bénéficiaire éloigné", "bénéficiaires éloignées"),
        ("pouvoir d agir", "pouvoirs d agir"),
        ("mot de passe", "mots de passe"),
        ("données ouvertes", "donnée ouverte"),
        ("fiche atelier", "fiches ateliers"),
        ("élu local", "élues locales"),
    ],
)
def test_compound_agrees(term: str, written: str) -> None:
    assert agree(term, written)


@pytest.mark.parametrize(
    ("term", "written"),
    [
        ("bien commun", "bien communes"),
        ("donnée personnelle", "donné personnel"),
        ("marché public", "marche publique"),
        ("réseau social", "réseau sociale"),
        ("mise à jour", "mis à jour"),
    ],
)
def test_compound_does_not_agree_with_what_is_not_said(term: str, written: str) -> None:
    assert not agree(term, written)


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        ("œuvre", "oeuvre"),
        ("oeuvre", "œuvre"),
        ("état", "etat"),
        ("élève", "elève"),
        ("accessibilité", "accessibilite"),
        ("numérique", "numerique"),
        ("donnée", "donnee"),
        ("boîte", "boite"),
        ("maîtrisé", "maitrisé"),
        ("clés", "cles"),
    ],
)
def test_accents_may_be_left_out(form: str, typed: str) -> None:
    assert typed in spellings(form)


@pytest.mark.parametrize(
    ("form", "typed"),
    [("marché", "marche"), ("côté", "cote"), ("sûr", "sur"), ("cité", "cite"), ("email", "émail")],
)
def test_accents_that_make_another_word_must_be_typed(form: str, typed: str) -> None:
    assert typed not in spellings(form)


@given(st.text().map(str.lower).filter(bool))
def test_any_word_is_one_of_its_own_forms(word: str) -> None:
    assert word in alone(word)
    assert word in spellings(word)
    assert all(word in forms[0] for forms in [next(iter(agreements([word])))])
