"""Pages that have not changed are not drawn again, and nobody can tell."""

from __future__ import annotations

from pathlib import Path

import pytest

import builds
from projects import REPOSITORY
from ressourcerie.examine import examine_file
from ressourcerie.memory import Memory
from ressourcerie.site.bodies import render_bodies
from ressourcerie.site.catalogue import catalogue
from ressourcerie.site.drawing import Drawings
from ressourcerie.site.pages import site_pages
from ressourcerie.site.plan import Site


def draw(root: Path) -> dict[str, str]:
    """Build without PDFs nor checks; the files of the site, by their hash."""
    return {path: facts.split()[1] for path, facts in builds.tree(builds.drawn(root)).items()}


EDITS = {
    "the title of a term": ("glossary/{term}.md", "titre: ", "titre: Le "),
    "the gloss of a term": ("glossary/{term}.md", "glose: ", "glose: En bref, "),
    "the prose of a sheet": (
        "ateliers/{sheet}/index.md",
        "## En bref\n",
        "## En bref\n\nUn mot.\n",
    ),
    "how long a sheet lasts": ("ateliers/{sheet}/index.md", " min\n", "0 min\n"),
    "a page of the site": ("content/index.md", "resume: ", "resume: Voici "),
    "the name of the site": ("mkdocs.yml", "site_name: ", "site_name: Chez "),
    "a template": ("theme/web/partials/footer.html", "<footer", '<footer lang="fr"'),
}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = builds.lay(tmp_path_factory.mktemp("dessin") / "projet")
    draw(root)
    return root


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_gives_the_site_of_a_build_from_scratch(
    drawn: Path, edit: tuple[str, str, str]
) -> None:
    names = {
        "term": sorted((drawn / "glossary").glob("*.md"))[0].stem,
        "sheet": sorted((drawn / "ateliers").iterdir())[0].name,
    }
    path, old, new = edit
    file = drawn / path.format(**names)
    before = file.read_text("utf-8")
    assert old in before
    file.write_text(before.replace(old, new, 1), "utf-8")
    try:
        again = draw(drawn)
        memory = drawn / ".cache" / "ressourcerie" / "pages.txt"
        kept = memory.read_bytes()
        memory.unlink()
        assert draw(drawn) == again
        memory.write_bytes(kept)
    finally:
        file.write_text(before, "utf-8")


def test_all_that_pages_show_is_plain_data() -> None:
    examined, settings = examine_file(REPOSITORY / "mkdocs.yml")
    library = examined.library
    assert library is not None
    assert settings is not None
    pages, memory = tuple(site_pages(library)), Memory()
    bodies, names = render_bodies(pages, library, settings.markdown, memory)
    site = Site(library, settings, catalogue(library, (), ()), pages, bodies)
    drawings = Drawings(site, names, memory, "ground")
    assert len({drawings.name(page) for page in pages}) == len(pages)
