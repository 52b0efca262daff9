"""What « a_imprimer » may name, and what each name is called wherever it is shown."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from builds import edit, lay
from ressourcerie.data import vocabulary
from ressourcerie.french import NBSP
from ressourcerie.load import load
from ressourcerie.paper.documents import works
from ressourcerie.paper.press import Press
from ressourcerie.settings import read_settings

WORKSHOP = "ateliers/essai/index.md"


def texts(root: Path) -> dict[str, str]:
    """The words of each sheet of the workshop, by edition."""
    library, found = load(root)
    assert found == []
    settings, _ = read_settings(root / "mkdocs.yml")
    assert settings is not None
    documents = works(Press(library, settings)).documents
    own = [d for d in documents if d.owner == WORKSHOP]
    return {d.edition: re.sub(r"<[^>]+>", "", html.unescape(d.html)) for d in own}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "projet")


def test_every_paper_of_a_workshop_may_be_named(root: Path) -> None:
    # This one has no cards; their own tests name them.
    assert {*texts(root), "cartes"} == set(vocabulary("papiers"))


@pytest.mark.parametrize(
    ("name", "to_prepare", "in_list"),
    [
        ("participant", "À imprimer : fiche participant, 1 par personne", "Fiche participant : 1"),
        ("corrige", "À imprimer : corrigé, 1 par personne, en noir et blanc", "Corrigé : 1 par"),
        (
            "diaporama",
            "À ouvrir à l’écran : consignes à projeter, 1 par personne",
            "Consignes à projeter : 1 par personne (8 pour un groupe complet), à ouvrir à l’écran",
        ),
        (
            "table.svg",
            "À imprimer : image table.svg, à ouvrir depuis la page de l’atelier, 1 par personne",
            "Image table.svg : 1 par personne",
        ),
    ],
)
def test_paper_is_called_by_its_name(root: Path, name: str, to_prepare: str, in_list: str) -> None:
    edit(root, WORKSHOP, "document: participant", f"document: {name}")
    found = texts(root)
    assert to_prepare.replace(" :", f"{NBSP}:") in found["animateur"]
    assert in_list.replace(" :", f"{NBSP}:") in found["preparation"]


def test_sheet_to_sign_is_on_the_list_once(root: Path) -> None:
    before = texts(root)["preparation"]
    edit(root, WORKSHOP, "document: participant", "document: emargement")
    after = texts(root)["preparation"]
    assert before.count("Feuille d’émargement") == after.count("Feuille d’émargement") == 1
