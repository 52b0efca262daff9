"""How hard texts are to read: a published measure, and what this project makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import REPOSITORY, Project
from ressourcerie.checks import readability
from ressourcerie.checks.readability import FEWEST_WORDS
from ressourcerie.ease import lengths, measure, syllables
from ressourcerie.load import load
from ressourcerie.prose import body_prose, sentences

HARD = (
    "L’accompagnement institutionnel contribue progressivement au développement durable "
    "des compétences informationnelles indispensables à l’autonomisation des populations. "
)
EASY = "On ouvre la page, puis on lit le titre à voix haute. "


def test_lix_is_the_published_one() -> None:
    """Nine words in two sentences, four of them longer than six letters: 9/2 + 100 × 4/9."""
    found = list(sentences("Le chat dort. L’ordinateur portable fonctionne aujourd’hui."))
    assert measure(found).lix == pytest.approx(9 / 2 + 400 / 9)
    assert lengths(found).lix == measure(found).lix


def test_flesch_is_that_of_kandel_and_moles() -> None:
    """Seven words in two sentences, ten syllables: 207 − 1,015 × 7/2 − 73,6 × 10/7."""
    found = list(sentences("Le chat dort. Une table est ronde."))
    assert measure(found).syllables == 10
    assert measure(found).flesch == pytest.approx(207 - 1.015 * 3.5 - 73.6 * 10 / 7)


def test_median_sentence_is_the_one_in_the_middle() -> None:
    found = list(sentences("Oui. On lit la page. On relit la page à voix haute, puis on ferme."))
    assert measure(found).median == 4


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("école", 3),
        ("pomme", 2),
        ("question", 2),
        ("guide", 2),
        ("réel", 2),
        ("théâtre", 3),
        ("naïf", 2),
        ("essayer", 3),
        ("année", 2),
        ("créés", 2),
        ("aérien", 3),
        ("œil", 1),
        ("A5", 1),
        ("2026", 1),
    ],
)
def test_syllables_are_those_that_are_written(word: str, count: int) -> None:
    assert syllables(word) == count


def test_nothing_to_read_is_not_hard() -> None:
    assert measure([]).lix == 0
    assert measure(list(sentences(body_prose("`code` — … 📎")))).lix == 0


def hard(project: Project) -> list[str]:
    return [d.place.path for d in project.check() if d.code == "lecture-difficile"]


def test_hard_page_is_said_with_its_longest_sentences(project: Project) -> None:
    body = f"\n{EASY * 3}\n\n{HARD * 8}\n"
    project.write("content/utiliser.md", project.read("content/utiliser.md") + body)
    (found,) = [d for d in project.check() if d.code == "lecture-difficile"]
    lines = project.read("content/utiliser.md").split("\n")
    assert lines[found.place.line - 1].startswith("L’accompagnement")
    assert f"ligne {found.place.line}" in found.message
    assert "« informationnelles »" in found.message


def test_short_text_is_not_judged(project: Project) -> None:
    words = len(HARD.split()) + 3
    project.write(
        "content/utiliser.md",
        project.read("content/utiliser.md") + HARD * ((FEWEST_WORDS // words) - 1),
    )
    assert hard(project) == []


def test_participants_get_plainer_words_than_facilitators(project: Project) -> None:
    """The same paragraph is right in « Posture » and too hard on the sheet people take home."""
    middling = (
        "La personne ouvre une fenêtre, regarde la première adresse, puis lit un autre lien. "
    )
    sheet = "ateliers/essai/index.md"
    text = project.read(sheet)
    project.write(sheet, f"{text}\n## Posture\n\n{middling * 20}\n")
    assert hard(project) == []
    project.write(sheet, text.replace("- [ ] Je sais ouvrir une page.", middling * 20))
    assert hard(project) == [sheet]


def test_block_for_participants_is_theirs() -> None:
    body = "!!! animateur\n    Un.\n\n!!! participant\n    Deux.\n\n    Trois.\n\nQuatre.\n"
    library, _ = load(REPOSITORY)
    handed = readability.handed_lines(f"## Déroulé\n\n{body}", library.workshops[0])
    assert sorted(handed) == [5, 6, 7, 8, 9]


def test_our_own_texts_are_easy_enough(project: Project) -> None:
    library, _ = load(REPOSITORY)
    for resource in library.resources:
        assert list(readability.check_text(resource.source, resource, project.settings)) == []


WORDS = st.sampled_from(["mot", "compliqué", "l’ordinateur", "d’eau", "2", "**gras**", "M. Petit"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=30).map(lambda words: " ".join(words) + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)


@given(st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS.map("- {}".format)), min_size=4, max_size=12))
def test_quick_look_misses_nothing(paragraphs: list[str]) -> None:
    """What is not worth measuring would not have been found too hard."""
    text = body_prose("\n\n".join(paragraphs))
    count = measure(list(sentences(text)))
    if count.words >= FEWEST_WORDS and count.lix > readability.ORDINARY:
        assert readability._may_be_hard(text, ())
