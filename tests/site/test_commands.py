"""The other MkDocs commands: what an author sees while writing, what is pushed."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from builds import edit, lay

TERM = "glossary/navigateur.md"


@pytest.fixture
def served(tmp_path: Path) -> MkDocsConfig:
    """A tiny project as `mkdocs serve` holds it between two builds."""
    root = lay(tmp_path / "projet")
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(tmp_path / "servi"))
    config.plugins.on_startup(command="serve", dirty=False)
    return config


def page(config: MkDocsConfig) -> str:
    return (Path(config.site_dir) / "glossaire/navigateur/index.html").read_text("utf-8")


def test_a_fault_is_said_in_the_page_and_the_last_good_text_stays(served: MkDocsConfig) -> None:
    build(served)
    before = page(served)
    root = Path(served.config_file_path).parent
    edit(root, TERM, "groupe: ", "groupes: ")
    build(served)
    faulty = page(served)
    assert f"{TERM}:" in faulty
    assert "cle-inconnue" in faulty
    assert faulty.count('role="alert"') == 1
    edit(root, TERM, "groupes: ", "groupe: ")
    build(served)
    assert page(served) == before


def test_after_a_build_the_site_is_where_it_was_asked(tmp_path: Path) -> None:
    """`mkdocs gh-deploy` pushes the folder the settings name."""
    root = lay(tmp_path / "projet")
    config = load_config(str(root / "mkdocs.yml"))
    config.plugins.on_startup(command="gh-deploy", dirty=False)
    build(config)
    assert Path(config.site_dir) == (root / "site").resolve()
    assert (Path(config.site_dir) / "index.html").is_file()


def test_documents_are_served_too(served: MkDocsConfig) -> None:
    build(served)
    assert list((Path(served.site_dir) / "telechargements").glob("*.pdf"))


def test_a_project_faulty_from_the_start_is_not_served(served: MkDocsConfig) -> None:
    edit(Path(served.config_file_path).parent, TERM, "groupe: ", "groupes: ")
    with pytest.raises(Abort, match="cle-inconnue"):
        build(served)
