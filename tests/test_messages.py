"""What is wrong with a value, in words an author understands, where the value stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects import Project
from ressourcerie import data
from ressourcerie.diagnostics import Diagnostic, Place

TERM = "glossary/navigateur.md"
WORKSHOP = "ateliers/essai/index.md"


def only(found: list[Diagnostic]) -> Diagnostic:
    assert len(found) == 1, found
    return found[0]


def test_unknown_key_offers_the_nearest(project: Project) -> None:
    project.edit(TERM, "anglais: browser", "anglai: browser")
    said = only(project.load()[1])
    assert said.place == Place(TERM, 5, 1)
    assert said.message == "La clé « anglai » n’existe pas."
    assert said.hint == "Vouliez-vous dire « anglais » ?"


def test_unknown_key_far_from_all_lists_the_possible_ones(project: Project) -> None:
    project.edit(TERM, "anglais: browser", "zzz: browser")
    hint = only(project.load()[1]).hint
    assert "glose" in hint
    assert "voir_aussi" in hint
    # Keys of other kinds would mislead.
    assert "duree" not in hint


def test_missing_key_says_what_it_is_for(project: Project) -> None:
    project.edit(TERM, "groupe: competences\n", "")
    said = only(project.load()[1])
    assert said.message == "Il manque la clé « groupe ». Rayon du glossaire."
    assert said.place == Place(TERM)


def test_list_elements_are_counted_from_one(project: Project) -> None:
    project.edit(TERM, "    titre: Carnet de mots\n", "")
    assert "« sources[1].titre »" in project.load()[1][0].message


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1h30", "1h30"),
        ("1:30", "1:30"),
        ("1 h 30", "1 h 30"),
        ("90 min", "90 min"),
        ("1.5", "1.5"),
    ],
)
def test_duration_with_a_unit_says_to_write_minutes(
    project: Project, typed: str, shown: str
) -> None:
    project.edit(WORKSHOP, "duree: 60", f"duree: {typed}")
    said = only(project.load()[1])
    assert said.code == "duree-unite"
    assert f"« {shown} »" in said.message
    assert "90 pour 1 h 30" in said.hint


def test_wrong_choice_lists_the_labels_authors_must_write(project: Project) -> None:
    project.edit(WORKSHOP, "niveau: debutant", "niveau: expert")
    said = only(project.load()[1])
    for level in data.vocabulary("niveaux"):
        assert level in said.hint


def test_date_written_in_words_is_answered_with_the_right_form(project: Project) -> None:
    project.edit(TERM, "cree_le: 2026-01-02", "cree_le: 2 janvier 2026")
    said = only(project.load()[1])
    assert "« 2 janvier 2026 »" in said.message
    assert "2026-11-21" in said.hint


def test_long_value_is_cut_in_the_message(project: Project) -> None:
    project.edit(TERM, "cree_le: 2026-01-02", f"cree_le: {'x' * 500}")
    message = only(project.load()[1]).message
    assert len(message) < 120
    assert "…" in message


@pytest.mark.parametrize("word", ["oui", "non", "true", "false"])
def test_yes_and_no_may_be_french_or_yaml(project: Project, word: str) -> None:
    project.edit(WORKSHOP, "noir_et_blanc: oui", f"noir_et_blanc: {word}")
    library, found = project.load()
    assert found == []
    assert library.workshops[0].a_imprimer[0].noir_et_blanc is (word in {"oui", "true"})


def test_several_faults_of_one_file_are_all_said(project: Project) -> None:
    project.edit(TERM, "groupe: competences", "groupe: rien")
    project.edit(TERM, "anglais: browser", "anglais: 3")
    project.edit(TERM, "cree_le: 2026-01-02", "cree_le: hier")
    assert {d.code for d in project.load()[1]} == {"valeur-choix", "valeur-forme", "date-forme"}


def test_fault_in_one_element_does_not_make_the_list_empty(project: Project) -> None:
    """« sources est vide » beside « sources[1].annee » would send the author astray."""
    project.edit(TERM, "annee: s. d.", "annee: jadis")
    assert [d.code for d in project.load()[1]] == ["date-forme"]


ENGLISH = re.compile(r"\b(should|must|input|valid|field|value|expected|string|required)\b", re.I)
_VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.text("ab é", max_size=4),
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)
_KEYS = [
    "titre",
    "auteurs",
    "duree",
    "effectif",
    "materiel",
    "a_imprimer",
    "competences",
    "sources",
    "cree_le",
    "illustration",
    "niveau",
    "publics",
    "prerequis",
    "objectifs",
    "licence",
]


@given(key=st.sampled_from(_KEYS), value=_VALUES)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
def test_any_value_of_any_key_is_answered_in_french_at_its_key(
    project: Project, key: str, value: object
) -> None:
    import json

    text = project.root.parent / "sauve.md"
    if not text.exists():
        text.write_text(project.read(WORKSHOP), "utf-8")
    lines = text.read_text("utf-8").split("\n")
    end = lines.index("---", 1)
    kept, skipping = [lines[0]], False
    for line in lines[1:end]:
        if not line.startswith((" ", "-")):
            skipping = line.startswith(f"{key}:")
        if not skipping:
            kept.append(line)
    kept.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    project.write(WORKSHOP, "\n".join([*kept, *lines[end:]]))
    _, found = project.load()
    for said in found:
        assert said.place.path == WORKSHOP
        # A key missing inside the value is reported on the line of the value too.
        assert said.place.line == len(kept)
        assert not ENGLISH.search(re.sub(r"« [^»]* »", "", said.message))
        assert said.hint
