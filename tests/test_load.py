"""Folders in, library out: what is a resource, at which address, in which order."""

from __future__ import annotations

import os

import pytest
from pydantic import ValidationError

from projects import Project
from ressourcerie.library import Library
from ressourcerie.model import KINDS

PAGE = "content/utiliser.md"


def test_each_folder_gives_its_kind(library: Library) -> None:
    assert {type(resource) for resource in library.resources} == set(KINDS)
    assert [t.slug for t in library.terms] == ["mot-de-passe", "navigateur"]
    assert [w.slug for w in library.workshops] == ["essai"]


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("content/index.md", ""),
        ("content/utiliser.md", "utiliser/"),
        ("glossary/navigateur.md", "glossaire/navigateur/"),
        ("ateliers/essai/index.md", "ateliers/essai/"),
        ("content/guide/premiers-pas.md", "guide/premiers-pas/"),
        ("content/parcours/voyage.md", "parcours/voyage/"),
        ("content/livrets/carnet.md", "livrets/carnet/"),
    ],
)
def test_addresses_are_french_and_stable(library: Library, path: str, url: str) -> None:
    assert library.by_path[path].url == url


def test_page_in_a_folder_takes_the_address_of_the_folder(project: Project) -> None:
    project.write("content/aide/index.md", project.read(PAGE))
    project.write("content/aide/imprimer.md", project.read(PAGE))
    library, found = project.load()
    assert found == []
    assert library.by_path["content/aide/index.md"].url == "aide/"
    assert library.by_path["content/aide/imprimer.md"].url == "aide/imprimer/"


def test_terms_come_in_dictionary_order(project: Project) -> None:
    term = project.read("glossary/navigateur.md").replace("voir_aussi: [mot-de-passe]\n", "")
    for slug, title in {"a": "Œuvre", "b": "Zone", "c": "Écran", "d": "E-mail"}.items():
        project.write(f"glossary/{slug}.md", term.replace("Navigateur", title))
    library, _ = project.load()
    assert [t.titre for t in library.terms] == [
        "Écran", "E-mail", "Mot de passe", "Navigateur", "Œuvre", "Zone",
    ]  # fmt: skip


def test_workshops_come_in_the_order_of_their_path_then_by_title(project: Project) -> None:
    workshop = project.read("ateliers/essai/index.md")
    for slug, title in {"zebre": "Zèbre", "etoile": "Étoile", "abeille": "Abeille"}.items():
        text = workshop.replace('"Essayer : ouvrir une page"', title)
        project.write(f"ateliers/{slug}/index.md", text)
    project.edit("content/parcours/voyage.md", "[essai]", "[zebre, essai]")
    library, _ = project.load()
    assert [w.slug for w in library.workshops] == ["zebre", "essai", "abeille", "etoile"]


def test_chapters_come_in_their_order(project: Project) -> None:
    chapter = project.read("content/guide/premiers-pas.md")
    project.write("content/guide/avant.md", chapter.replace("ordre: 1", "ordre: 3"))
    project.write("content/guide/zoom.md", chapter.replace("ordre: 1", "ordre: 2"))
    library, _ = project.load()
    assert [c.slug for c in library.chapters] == ["premiers-pas", "zoom", "avant"]


def test_resource_with_errors_is_left_out_and_the_others_stay(project: Project) -> None:
    project.edit("glossary/navigateur.md", "groupe: competences", "groupe: rien")
    library, found = project.load()
    assert [t.slug for t in library.terms] == ["mot-de-passe"]
    assert len(found) == 1


@pytest.mark.parametrize("name", ["_brouillon.md", ".cache.md", "_notes/idee.md", ".git/a.md"])
def test_hidden_and_underscored_files_are_drafts(project: Project, name: str) -> None:
    project.write(f"content/{name}", "Rien d’un en-tête.")
    assert project.load()[1] == []


def test_linked_folder_is_not_entered(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("dehors")
    (outside / "secret.md").write_text(project.read(PAGE))
    project.path("content/lien").symlink_to(outside, target_is_directory=True)
    project.path("content/boucle").symlink_to(project.root, target_is_directory=True)
    library, found = project.load()
    assert found == []
    assert not [r for r in library.resources if "lien" in r.source.path]


def test_images_have_the_address_of_their_folder(library: Library) -> None:
    assert library.assets == {
        "content/images/accueil.svg": "images/accueil.svg",
        "content/images/capitaine.svg": "images/capitaine.svg",
        "content/images/dessin.svg": "images/dessin.svg",
        "ateliers/essai/table.svg": "ateliers/essai/table.svg",
    }


@pytest.mark.parametrize("name", ["notes.txt", "feuille.ods", "photo.svg.bak", "programme.js"])
def test_files_that_are_no_images_are_not_published(project: Project, name: str) -> None:
    project.write(f"content/images/{name}", "x")
    assert f"content/images/{name}" not in project.load()[0].assets


def test_image_that_is_a_link_out_of_the_project_is_not_published(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("dehors") / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    project.path("content/images/lien.svg").symlink_to(secret)
    library, found = project.load()
    assert "content/images/lien.svg" not in library.assets
    assert [d.place.path for d in found] == ["content/images/lien.svg"]


def test_addresses_that_differ_only_by_case_are_the_same(project: Project) -> None:
    project.write("content/Utiliser.md", project.read(PAGE))
    codes = {d.code for d in project.load()[1]}
    assert "adresse-en-double" in codes


def test_address_of_a_derived_page_cannot_be_taken(project: Project) -> None:
    """A workshop also makes `ateliers/essai/participant/`."""
    project.write("content/ateliers/essai/participant.md", project.read(PAGE))
    assert "adresse-en-double" in {d.code for d in project.load()[1]}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_file_without_right_to_read_is_reported(project: Project) -> None:
    project.path(PAGE).chmod(0)
    assert [d.code for d in project.load()[1]] == ["fichier-illisible"]


def test_library_cannot_be_edited(library: Library) -> None:
    with pytest.raises(ValidationError):
        library.terms[0].titre = "Autre"
    with pytest.raises(ValidationError):
        library.terms = ()
