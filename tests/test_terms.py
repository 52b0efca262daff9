"""Terms found in prose: inflected, compound, never overlapping."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from projects import term
from ressourcerie.terms import TermFinder

RECOGNITION = Path(__file__).parent / "recognition"

FINDER = TermFinder(
    [
        term("tiers-lieu", "Tiers-lieu", "troisième lieu"),
        term("pouvoir", "Pouvoir d’agir"),
        term("agir", "Agir"),
        term("mediateur", "Médiateur numérique"),
        term("numerique", "Numérique"),
        term("os", "OS"),
    ]
)


HOMOGRAPHS = TermFinder(
    term(word.lower(), word)
    for word in ("Souris", "Clé", "Copie", "Aidant", "Marché", "Édition", "Affiche")
)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.slug) for m in FINDER.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un tiers-lieu.", [("tiers-lieu", "tiers-lieu")]),
        ("Des tiers lieux, là", [("tiers lieux", "tiers-lieu")]),
        ("Des Tiers\u2011Lieux", [("Tiers\u2011Lieux", "tiers-lieu")]),
        ("Des tiers\nlieux", [("tiers\nlieux", "tiers-lieu")]),
        ("Les troisièmes lieux", [("troisièmes lieux", "tiers-lieu")]),
        ("Des médiatrices numériques", [("médiatrices numériques", "mediateur")]),
        ("Le pouvoir d'agir", [("pouvoir d'agir", "pouvoir")]),
        ("Le pouvoir d’agir", [("pouvoir d’agir", "pouvoir")]),
        ("L’OS et l’os", [("OS", "os")]),
        ("LES OS ET LES MUSCLES", []),
        (
            "Un tierslieu, des Tierslieux",
            [("tierslieu", "tiers-lieu"), ("Tierslieux", "tiers-lieu")],
        ),
        ("MÉDIATRICE NUMÉRIQUE", [("MÉDIATRICE NUMÉRIQUE", "mediateur")]),
        ("des mediateurs numeriques", [("mediateurs numeriques", "mediateur")]),
        ("me\u0301diateur numérique", [("me\u0301diateur numérique", "mediateur")]),
        ("mé\u00addiateur numérique", [("mé\u00addiateur numérique", "mediateur")]),
        ("qu’un tiers lieu-là", [("tiers lieu", "tiers-lieu")]),
        ("D’après l’O.S. et les OS", [("O.S", "os"), ("OS", "os")]),
    ],
)
def test_written_forms_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "form",
    [
        "médiateur·rice numérique",
        "médiateur·rice·s numériques",
        "médiateur⋅trices numériques",
        "médiateur.trice numérique",
        "médiateurs/trices numériques",
        "médiateur(trice)s numériques",
        "médiateur-trice numérique",
        "médiatrices numériques",
    ],
)
def test_inclusive_endings_belong_to_the_word(form: str) -> None:
    assert found(f"Chaque {form}.") == [(form, "mediateur")]


@pytest.mark.parametrize(
    "text",
    [
        "chauve-souris",
        "porte-clé",
        "une clé-à-molette",
        "souris.fr",
        "https://example.org/souris",
        "a@souris",
        "je souris",
        "Elle copie tout.",
        "Il ne copie pas.",
        "Son téléphone copie tout.",
        "Copie ce texte.",
        "L’élève ouvre et copie le texte.",
        "On le copie.",
        "En aidant sa voisine",
        "les personnes aidant leurs proches",
        "les personnes aidant à la mairie",
        "nous éditions un journal",
        "nous ne les éditions pas",
        "Affiche ce texte.",
        "Nous avons marché.",
        "Elle n’a pas beaucoup marché.",
        "M. Marché",
    ],
)
def test_words_beside_show_another_word(text: str) -> None:
    assert list(HOMOGRAPHS.find(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "La souris, une copie, l’aidant, au marché.",
        "Le bouton Copie",
        "Une deuxième copie les rassure",
        "Un aidant le dit",
        "des fiches aidant",
        "vous êtes aidant à la mairie",
        "nos éditions",
        "une affiche à coller",
        "Il y a un marché.",
        "capture ou copie d’écran",
        "le mode copie",
    ],
)
def test_words_beside_leave_nouns_alone(text: str) -> None:
    assert list(HOMOGRAPHS.find(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Une puce électronique", ["puce"]),
        ("Au marché aux puces, une puce", ["puce"]),
        ("Les marchés aux puces", []),
        ("La puce à l'oreille", []),
        ("Une Puce, des puces", ["Puce"]),
    ],
)
def test_phrases_in_which_a_term_is_not_meant(text: str, expected: list[str]) -> None:
    finder = TermFinder(
        [term("puce", "Puce", sauf=["marché aux puces", "puce à l’oreille", "puces"])]
    )
    assert [text[m.start : m.end] for m in finder.find(text)] == expected


def test_phrase_of_one_term_does_not_hide_another() -> None:
    terms = [term("reseau", "Réseau", sauf=["réseau de bus"]), term("bus", "Bus")]
    assert [m.slug for m in TermFinder(terms).find("le réseau de bus")] == ["bus"]


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Le numérique", "Des lieux numériques", "numériques"),
        ("L’open data", "en open-data", "open-data"),
        ("La Poste", "à La Poste", "La Poste"),
        ("Intelligence artificielle (IA)", "une IA", "IA"),
        ("Numérique en Commun[s]", "Vive Numérique en Commun[s] !", "Numérique en Commun[s]"),
        ("Médiateur·rice numérique", "deux médiatrices numériques", "médiatrices numériques"),
        ("Fablab", "des Fab Labs", "Fab Labs"),
        ("Data center", "des datacenters", "datacenters"),
        ("E-mail", "un email", "email"),
        ("Wifi", "le Wi-Fi", "Wi-Fi"),
        ("Aller-vers", "l’aller-vers", "aller-vers"),
        ("MP3", "un mp3", "mp3"),
        ("Clé USB", "des clés usb", "clés usb"),
    ],
)
def test_titles_are_understood(title: str, text: str, words: str) -> None:
    found = [text[m.start : m.end] for m in TermFinder([term("mot", title)]).find(text)]
    assert found == [words]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Aller-vers", "On va aller vers la gare."),
        ("En-tête", "en tête de cortège"),
        ("TIC", "un tic"),
        ("OS", "Os, muscles"),
        ("Cap", "un CAP"),
        ("Bien commun", "C’est bien commun."),
        ("Œuvre libre", "de la main-d’œuvre libre"),
    ],
)
def test_titles_are_not_understood_too_well(title: str, text: str) -> None:
    assert list(TermFinder([term("mot", title)]).find(text)) == []


def test_whole_name_of_terms() -> None:
    finder = TermFinder([term("lieu", "Tiers-lieu"), term("autre", "Lieu", "tiers lieux")])
    assert finder.named("tiers-lieux") == ("lieu", "autre")
    assert finder.named("un tiers-lieu") == ()


# The sets of tests/recognition/.


@cache
def recognition(name: str) -> Any:
    return yaml.safe_load((RECOGNITION / f"{name}.yml").read_text("utf-8"))


@cache
def everyday() -> TermFinder:
    return TermFinder(
        term(
            row["titre"],
            row["titre"],
            *row.get("variantes", ()),
            *row.get("synonymes", ()),
            sauf=row.get("sauf", ()),
        )
        for row in recognition("termes")
    )


def linked(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.slug) for m in everyday().find(text)]


def test_at_least_98_inflected_forms_in_100_are_found() -> None:
    rows = recognition("formes")
    missed = [r for r in rows if (r["forme"], r["terme"]) not in linked(r["phrase"])]
    assert len(rows) == 150
    assert len(missed) <= 0.02 * len(rows), missed


def test_no_trap_makes_a_link() -> None:
    rows = recognition("pieges")
    assert len(rows) == 100
    assert [(r["phrase"], linked(r["phrase"])) for r in rows if linked(r["phrase"])] == []


def test_traps_are_set_for_terms_that_exist() -> None:
    titles = {row["titre"] for row in recognition("termes")}
    assert {t for r in recognition("pieges") for t in r["termes"]} <= titles
    assert all(r["termes"] for r in recognition("pieges"))


def test_long_text_is_read_in_no_time() -> None:
    """500 terms, a text of 20 000 words: about 10 ms; ten times as much is a fault."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    finder = TermFinder(term(f"t{i}", f"mot{letters[i % 26]}{i} rare") for i in range(500))
    text = "La médiatrice ouvre la salle, puis dix personnes entrent et s’installent. " * 2000
    start = time.perf_counter()
    assert list(finder.find(text)) == []
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "text",
    ["tiers. Lieu", "tiers, lieu", "tiers  \n\nlieu", "un tiers", "numérisation", "tiers_lieu"],
)
def test_what_only_looks_like_a_term_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_longest_term_wins() -> None:
    assert found("médiateur numérique, numérique") == [
        ("médiateur numérique", "mediateur"),
        ("numérique", "numerique"),
    ]


def test_start_of_a_longer_term_does_not_hide_a_shorter_one() -> None:
    assert found("le pouvoir, agir") == [("agir", "agir")]


def test_without_terms_nothing_is_found() -> None:
    assert list(TermFinder([]).find("Un tiers-lieu.")) == []


_WORDS = st.sampled_from(
    ["tiers", "lieu", "lieux", "pouvoir", "d", "agir", "OS", "numérique", "été", "a"]
)
_TEXTS = st.one_of(
    st.text(),
    st.lists(st.tuples(_WORDS, st.sampled_from([" ", "-", "’", "'", "\n", ", ", ""]))).map(
        lambda pairs: "".join(word + gap for word, gap in pairs)
    ),
)


@given(_TEXTS)
def test_matches_are_whole_words_in_order_and_never_overlap(text: str) -> None:
    position = 0
    for match in FINDER.find(text):
        assert position <= match.start < match.end <= len(text)
        assert match.start == 0 or not text[match.start - 1].isalpha()
        assert match.end == len(text) or not text[match.end].isalpha()
        position = match.end


@given(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=4), _TEXTS)
def test_any_title_makes_a_finder(titles: list[str], text: str) -> None:
    finder = TermFinder([term(f"t{i}", title) for i, title in enumerate(titles)])
    assert {m.slug for m in finder.find(text)} <= {f"t{i}" for i in range(len(titles))}
