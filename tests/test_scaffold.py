"""`ressourcerie new`: what is written, where, and what is left to its author."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from projects import REPOSITORY, Project
from ressourcerie import data, scaffold
from ressourcerie.checks.schedule import LONGEST_STRETCH, REQUIRED_STEPS
from ressourcerie.cli import authoring, commands, output
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.french import fold
from ressourcerie.library import Library
from ressourcerie.load import load

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _no_git_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests, Git knows nobody."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, str(tmp_path / "personne"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


def new(project: Project, *words: str) -> Result:
    return CliRunner().invoke(commands, ["new", *words, "-f", str(project.config_file)])


def front(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    return found


def said_of(project: Project, path: str) -> list[Diagnostic]:
    return [d for d in project.check() if d.place.path == path]


PLACES = {
    "atelier": "ateliers/l-oeuvre-d-art/index.md",
    "terme": "glossary/l-oeuvre-d-art.md",
    "chapitre": "content/guide/l-oeuvre-d-art.md",
    "livret": "content/livrets/l-oeuvre-d-art.md",
    "parcours": "content/parcours/l-oeuvre-d-art.md",
    "questionnaire": "content/questionnaires/l-oeuvre-d-art.yml",
}


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_new_resource_has_nothing_wrong_but_what_must_be_written(
    project: Project, kind: str
) -> None:
    result = new(project, kind, "L'œuvre d’art")
    assert result.exit_code == 0, result.output
    text = project.read(PLACES[kind])
    assert front(text)["titre"] == "L’œuvre d’art"
    assert front(text)["cree_le"] == front(text)["relu_le"] == date.today()
    library, _ = project.load()
    read = {r.source.path for r in (*library.resources, *library.questionnaires)}
    assert PLACES[kind] in read, "the model reads it"
    found = said_of(project, PLACES[kind])
    errors = [d for d in found if d.is_error]
    assert {d.code for d in errors} == {"modele-non-rempli"}
    assert [d for d in found if not d.is_error] == []


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_filled_in_it_has_nothing_wrong_at_all(project: Project, kind: str) -> None:
    new(project, kind, "La météo du jour")
    path = scaffold.place(kind, "La météo du jour")
    text = project.read(path).replace("[À écrire : le mot anglais, ou enlevez cette ligne]", "day")
    project.write(path, data.TO_WRITE.sub("la carte du ciel", text))
    assert [d for d in said_of(project, path) if d.is_error] == []


@pytest.mark.parametrize("minutes", [30, 60, 90, 91, 150, 180, 240, 600])
def test_workshop_of_a_given_length_has_its_steps(project: Project, minutes: int) -> None:
    result = new(project, "atelier", "Trier", "--duration", str(minutes))
    assert result.exit_code == 0, result.output
    assert front(project.read("ateliers/trier/index.md"))["duree"] == minutes
    errors = [d for d in said_of(project, "ateliers/trier/index.md") if d.is_error]
    assert {d.code for d in errors} == {"modele-non-rempli"}


def test_steps_add_up_and_people_rest() -> None:
    for minutes in range(scaffold.SHORTEST, scaffold.LONGEST + 1):
        steps = scaffold.layout(minutes)
        assert sum(length for _, length in steps) == minutes
        words = [word for word, _ in steps]
        assert (words[0], *words[-2:]) == REQUIRED_STEPS
        assert ("Pause" in words) == (minutes >= LONGEST_STRETCH)
        since = 0
        for word, length in steps:
            since = 0 if word == "Pause" else since + length
            assert since <= LONGEST_STRETCH
            assert 5 <= length <= 45


# Names.


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’œuvre d’art", "l-oeuvre-d-art"),
        ("L'œuvre d'art", "l-oeuvre-d-art"),
        ("Embarquer : parler du numérique", "embarquer-parler-du-numerique"),
        ("Ça  marche !", "ca-marche"),
        ("Mot de passe", "mot-de-passe"),
        ("Wi-Fi", "wi-fi"),
        ("10 gestes", "10-gestes"),
        ("« À vous »", "a-vous"),
        ("ET CÆTERA", "et-caetera"),
    ],
)
def test_file_is_named_after_the_title_as_the_french_read_it(title: str, slug: str) -> None:
    assert scaffold.slugify(title) == slug


@given(st.text(max_size=100))
def test_any_title_gives_a_file_that_is_read_back_or_a_refusal(title: str) -> None:
    try:
        draft = scaffold.draft("terme", title, day=TODAY, author=title)
    except scaffold.TitleError:
        return
    assert front(draft.text)["titre"] == scaffold.tidy(title)
    assert len(front(draft.text)["auteurs"]) == 1
    slug = draft.path.removeprefix("glossary/").removesuffix(".md")
    assert slug
    assert slug == scaffold.slugify(slug) == fold(slug)


@pytest.mark.parametrize("words", [" ", "!?", "漢", "x" * 81])
def test_title_that_names_nothing_is_a_misuse(project: Project, words: str) -> None:
    before = sorted(project.root.rglob("*"))
    result = new(project, "terme", words)
    assert result.exit_code == 2
    assert "titre" in result.output
    assert sorted(project.root.rglob("*")) == before


def test_title_may_be_typed_without_quotation_marks(project: Project) -> None:
    assert new(project, "terme", "Carte", "du", "ciel").exit_code == 0
    assert front(project.read("glossary/carte-du-ciel.md"))["titre"] == "Carte du ciel"


def test_title_is_asked_for_on_a_terminal(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "is_terminal", lambda _stream: True)
    result = CliRunner().invoke(
        commands, ["new", "terme", "-f", str(project.config_file)], input="Carte du ciel\n"
    )
    assert result.exit_code == 0, result.output
    assert project.path("glossary/carte-du-ciel.md").is_file()


def test_missing_title_is_a_misuse_elsewhere(project: Project) -> None:
    result = new(project, "terme")
    assert result.exit_code == 2
    assert "Donnez un titre" in result.output


def test_unknown_kind_is_a_misuse_that_names_the_kinds(project: Project) -> None:
    result = new(project, "ateliers", "Trier")
    assert result.exit_code == 2
    assert "Vouliez-vous dire « atelier » ?" in result.output


def test_length_is_for_workshops_only(project: Project) -> None:
    assert new(project, "terme", "Carte", "--duration", "60").exit_code == 2


# What is there already.


@pytest.mark.parametrize(
    ("kind", "title", "path"),
    [
        ("terme", "Navigateur", "glossary/navigateur.md"),
        ("atelier", "Essai", "ateliers/essai/index.md"),
    ],
)
def test_nothing_is_ever_overwritten(project: Project, kind: str, title: str, path: str) -> None:
    before = project.read(path)
    result = new(project, kind, title)
    assert result.exit_code == 1
    assert "existe déjà" in result.output
    assert project.read(path) == before


def test_chapter_takes_the_place_after_the_last(project: Project) -> None:
    library, _ = project.load()
    new(project, "chapitre", "La suite")
    ordre = front(project.read("content/guide/la-suite.md"))["ordre"]
    assert ordre == max(c.ordre for c in library.chapters) + 1


def test_neighbours_are_resources_the_project_has(project: Project) -> None:
    new(project, "atelier", "Trier")
    new(project, "parcours", "Le tour")
    library, _ = project.load()
    assert library.workshops[-1].slug == "trier"
    for workshop in library.workshops:
        assert all(library.term(slug) for slug in workshop.glossaire)
    for path in library.paths:
        assert all(library.workshop(slug) for slug in path.ateliers)


def test_neighbours_of_the_model_stay_where_they_exist() -> None:
    library, _ = load(REPOSITORY)
    draft = scaffold.draft("parcours", "Le tour", day=TODAY, library=library)
    assert front(draft.text)["ateliers"] == ["embarquer", "se-proteger"]


def test_empty_project_is_enough(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Essai\n")
    result = CliRunner().invoke(
        commands, ["new", "terme", "Carte", "-f", str(tmp_path / "mkdocs.yml")]
    )
    assert result.exit_code == 0, result.output
    assert (tmp_path / "glossary" / "carte.md").is_file()


# Who writes, and from where.


def test_author_is_the_one_git_knows(project: Project) -> None:
    subprocess.run(["git", "init", "-q", str(project.root)], check=True)
    subprocess.run(
        ["git", "-C", str(project.root), "config", "user.name", "Nadia: l’équipe, à Lyon"],
        check=True,
    )
    new(project, "terme", "Carte")
    assert front(project.read("glossary/carte.md"))["auteurs"] == ["Nadia: l’équipe, à Lyon"]


def test_without_git_the_name_is_left_to_write(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(project.root))
    assert new(project, "terme", "Carte").exit_code == 0
    assert front(project.read("glossary/carte.md"))["auteurs"] == ["[À écrire : votre nom]"]


def test_project_is_found_from_any_of_its_folders(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.path("content/guide"))
    result = CliRunner().invoke(commands, ["new", "terme", "Carte"])
    assert result.exit_code == 0, result.output
    assert project.path("glossary/carte.md").is_file()
    assert result.output.startswith("../../glossary/carte.md est créé.")


def test_out_of_any_project_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(commands, ["new", "terme", "Carte"])
    assert result.exit_code == 2
    assert "mkdocs.yml" in result.output
    assert list(tmp_path.iterdir()) == []


def test_answer_names_the_lines_to_write_and_the_next_command(project: Project) -> None:
    output = new(project, "parcours", "Le tour").output
    lines = project.read("content/parcours/le-tour.md").split("\n")
    assert "ligne   3  pour qui, et où il mène, en une ou deux phrases" in output
    assert "[À écrire : pour qui" in lines[3 - 1]
    assert output.endswith("Ensuite : ressourcerie check\n")
    long = new(project, "atelier", "Trier").output
    assert "autres." in long
    assert long.count("ligne ") == authoring.SHOWN


def test_models_say_all_that_is_left_to_write() -> None:
    for kind in scaffold.KINDS:
        draft = scaffold.draft(kind, "Carte", day=TODAY, library=Library())
        lines = draft.text.split("\n")
        assert draft.to_write
        for number, words in draft.to_write:
            assert words in lines[number - 1]
