"""What a library tells of its pages: what is read before, after and above them."""

from __future__ import annotations

from projects import Project

PAGE = """---
titre: {0}
resume: Un essai.
auteurs: [La Ressourcerie]
cree_le: 2026-01-02
relu_le: 2026-02-03
---

Un texte.
"""
RECIPE = PAGE.replace("resume:", 'version: "1.0"\ncontenu: [pages]\npages: {1}\nresume:')


def test_pages_of_a_booklet_follow_one_another_in_its_order(project: Project) -> None:
    for name in ("metier", "metier/un", "metier/deux", "metier/trois"):
        project.write(f"content/{name}.md", PAGE.format(name))
    for name, pages in (("a", "[metier/deux, metier/un]"), ("b", "[metier/un, metier/trois]")):
        project.write(f"content/livrets/{name}.md", RECIPE.format(name, pages))
    library, _ = project.load()

    def around(name: str) -> tuple[str, ...] | None:
        found = library.neighbours.get(f"content/{name}.md")
        return found and tuple(page.slug if page else "" for page in found)

    assert around("metier/deux") == ("", "metier/un")
    assert around("metier/un") == ("metier/deux", "")
    assert around("metier/trois") == ("metier/un", "")
    assert around("metier") is None


def test_page_stands_above_those_of_its_folder(project: Project) -> None:
    for name in ("metier", "metier/un", "seule", "autre/une"):
        project.write(f"content/{name}.md", PAGE.format(name))
    library, _ = project.load()
    found = {page.slug: library.above(page) for page in library.pages}
    above = {slug: page.slug for slug, page in found.items() if page}
    assert above["metier/un"] == "metier"
    assert not {"metier", "seule", "autre/une"} & above.keys()
