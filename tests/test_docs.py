"""The guides say what the code does, and the code is built as they say."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from projects import REPOSITORY, Project
from ressourcerie import data, scaffold, views
from ressourcerie.assessment import Assessment
from ressourcerie.checks.schedule import REQUIRED_STEPS
from ressourcerie.checks.structure import EXAMPLE, REQUIRED_SECTIONS, SECTIONS
from ressourcerie.diagnostics import RULES
from ressourcerie.load import load
from ressourcerie.messages import _model_in
from ressourcerie.model import KINDS
from ressourcerie.questionnaire import Questionnaire

SRC = REPOSITORY / "src" / "ressourcerie"
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")

# The contributor's guide.


def keys(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield name
        if inner := _model_in(field.annotation):
            yield from keys(inner)


# Set by us: a page that lists resources, and the one licence there is.
_OURS = {"gabarit", "licence"}


@pytest.mark.parametrize(
    "kind", [*KINDS, Questionnaire, Assessment], ids=lambda kind: kind.__name__
)
def test_every_key_is_documented(kind: type[BaseModel]) -> None:
    in_tables = re.findall(r"`(\w+)`", CONTRIBUTING)
    in_templates = re.findall(r"(\w+):", CONTRIBUTING)
    assert set(keys(kind)) - _OURS <= {*in_tables, *in_templates}


@pytest.mark.parametrize(
    "name",
    [
        "groupes",
        "niveaux",
        "publics",
        "besoins",
        "materiels",
        "internet",
        "thematiques",
        "dimensions",
        "themes",
        "papiers",
    ],
)
def test_every_choice_is_documented(name: str) -> None:
    assert {slug for slug in data.vocabulary(name) if f"`{slug}`" not in CONTRIBUTING} == set()


def test_every_block_is_documented() -> None:
    shown = set(re.findall(r"^\| `(?:!!!|\?\?\?) (\w+)", CONTRIBUTING, re.MULTILINE))
    assert shown == set(views.BLOCKS)


def test_every_section_and_step_is_documented() -> None:
    headings = re.findall(r"^#+ (.+)$", CONTRIBUTING, re.MULTILINE)
    assert set(SECTIONS) | {EXAMPLE} <= set(headings)
    for section in REQUIRED_SECTIONS:
        assert section in headings
    for step in (*REQUIRED_STEPS, "Pause"):
        assert any(heading.startswith(step) and "min" in heading for heading in headings)


def test_guide_names_what_participants_see() -> None:
    paragraph = CONTRIBUTING.split("### Ce que voit chaque lecteur")[1].split("\n#")[0]
    for section in views.PARTICIPANT_SECTIONS:
        assert f"« {section} »" in paragraph


def test_rules_named_in_the_guide_exist() -> None:
    assert set(re.findall(r": erreur \[([^\]]+)\]", CONTRIBUTING)) <= set(RULES)


def test_links_of_the_guide_lead_somewhere() -> None:
    ids = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", CONTRIBUTING, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", CONTRIBUTING)) <= ids


TEMPLATES = re.findall(r"^```(?:markdown|yaml)\n(---\n.*?)^```$", CONTRIBUTING, re.M | re.DOTALL)


def template_path(text: str) -> str:
    front = yaml.safe_load(text.split("---\n")[1])
    for key, path in {
        "glose": "glossary/modele.md",
        "duree": "ateliers/modele/index.md",
        "ordre": "content/guide/modele.md",
        "ateliers": "content/parcours/modele.md",
        "contenu": "content/livrets/modele.md",
        "questions": "content/questionnaires/modele.yml",
    }.items():
        if key in front:
            return path
    return "content/modele.md"


@pytest.mark.parametrize("text", TEMPLATES, ids=template_path)
def test_copied_template_has_nothing_wrong_but_what_must_be_filled_in(
    project: Project, text: str
) -> None:
    path = template_path(text)
    project.write(path, text)
    _, found = load(project.root)
    assert found == []
    # A template names neighbours that its reader has, and this tiny project has not.
    to_others = {"renvoi-inconnu", "fichier-cite-absent", "lien-introuvable", "image-introuvable"}
    left = [d for d in project.check() if d.code not in to_others]
    # The one thing to do is to write: a model left as it is must not be published.
    assert {d.code for d in left} == {"modele-non-rempli"}


def test_models_of_the_guide_are_those_the_command_writes() -> None:
    assert set(TEMPLATES) == {scaffold.model(kind) for kind in scaffold.KINDS}


def test_templates_name_resources_that_exist_in_the_repository() -> None:
    library, _ = load(REPOSITORY)
    known = {r.slug for r in library.resources}
    for text in TEMPLATES:
        front = yaml.safe_load(text.split("---\n")[1])
        for key in ("voir_aussi", "glossaire", "prerequis", "ateliers", "termes", "chapitres"):
            assert set(front.get(key) or ()) <= known
        image = front.get("illustration")
        assert image is None or (REPOSITORY / "content" / "images" / image).is_file()


RECIPES = re.findall(r"^```yaml\n(# [^\n]+\ncontenu:.*?)^```$", CONTRIBUTING, re.M | re.DOTALL)


@pytest.mark.parametrize("text", RECIPES)
def test_recipes_of_the_guide_choose_what_exists(project: Project, text: str) -> None:
    shutil.copytree(REPOSITORY, project.root, dirs_exist_ok=True, ignore=_only_sources)
    head = next(t for t in TEMPLATES if template_path(t) == "content/livrets/modele.md")
    head = re.sub(r"^contenu:.*\n", text, head, flags=re.MULTILINE)
    project.write("content/livrets/modele.md", head)
    said = [d for d in project.check() if d.place.path == "content/livrets/modele.md"]
    assert {d.code for d in said} == {"modele-non-rempli"}


def _only_sources(folder: str, names: list[str]) -> set[str]:
    top = Path(folder) == REPOSITORY
    return {n for n in names if top and n not in {"ateliers", "content", "glossary"}}


def test_guide_has_recipes() -> None:
    assert len(RECIPES) >= 3


# The drawing of the architecture.


def modules() -> set[str]:
    files = {p.stem for p in SRC.glob("*.py")} - {"__init__"}
    return files | {p.parent.name for p in SRC.glob("*/__init__.py")}


def architecture() -> str:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    found = re.search(r"^## [^\n]*Architecture[^\n]*\n(.*?)(?=^## |\Z)", readme, re.M | re.DOTALL)
    assert found, "README.md has no « Architecture » section"
    return found[1]


def drawn() -> list[str]:
    """The modules of the drawing, from the top floor down."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```$", architecture(), re.MULTILINE | re.DOTALL)
    return re.findall(r"^([a-z_]+)  +\S", max(blocks, key=len), re.MULTILINE)


def test_architecture_names_every_module_once_and_no_other() -> None:
    assert sorted(drawn()) == sorted(modules())


def test_architecture_names_only_folders_that_exist() -> None:
    for name in re.findall(r"`([a-z_/]+)/`", architecture()):
        assert (REPOSITORY / name).is_dir()


def test_architecture_is_drawn_as_it_is_built() -> None:
    """« Chaque module n’importe que ce qui est plus bas que lui. »"""
    order = drawn()
    for module, others in GRAPH.items():
        for other in others:
            if room(module) and room(other) not in {"", room(module)}:
                assert order.index(room(module)) < order.index(room(other)), (
                    f"{module} imports {other}, drawn above it"
                )


# The floors of the house.

FLOORS: list[set[str]] = [
    {"diagnostics", "french", "data", "atomic"},
    {"front_matter", "source", "outline", "prose", "masks", "views", "fields", "shapes"}
    | {"inflection", "homographs", "comments", "reporting", "sarif", "mkdocs_yml", "terrain"}
    | {"templating", "memory", "fixing", "verbatim", "forms", "conversion", "ease"}
    | {"parts"},
    {"model", "library", "terms", "timeline", "links", "markdown", "messages", "settings", "load"}
    | {"scaffold", "schemas", "policy", "silences", "survey", "questionnaire", "assessment"}
    | {"synonyms", "checklist"},
    {"study"},
    {"docs", "external", "paper"},
    {"checks"},
    {"examine"},
    {"pipeline", "staging", "rulebook"},
    {"site"},
    {"cli"},
]


def module_name(path: Path) -> str:
    parts = path.relative_to(SRC.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in SRC.rglob("*.py")}


def imports(path: Path) -> Iterator[str]:
    """Every module a file names, at its head or inside a function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else str(node.module)


GRAPH = {
    name: {i for i in imports(path) if i in MODULES and i != name} for name, path in MODULES.items()
}


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def test_imports_make_no_circle() -> None:
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " → ".join([*above[above.index(module) :], module])
        if module not in done:
            for other in sorted(GRAPH[module]):
                visit(other, (*above, module))
            done.add(module)

    for module in sorted(GRAPH):
        visit(module, ())
    assert done == set(MODULES)


def test_every_module_has_its_floor() -> None:
    assert set().union(*FLOORS) == modules()


@pytest.mark.parametrize("module", sorted(m for m in MODULES if room(m)))
def test_lower_floor_never_imports_a_higher_one(module: str) -> None:
    height = {name: floor for floor, names in enumerate(FLOORS) for name in names}
    for other in GRAPH[module]:
        if room(other):
            assert height[room(other)] <= height[room(module)], f"{module} imports {other}"


@pytest.mark.parametrize(
    ("engine", "home"), [("mkdocs", "site"), ("weasyprint", "paper"), ("httpcore2", "external")]
)
def test_engine_is_known_in_one_room_only(engine: str, home: str) -> None:
    users = {
        room(module)
        for module, path in MODULES.items()
        if any(i.split(".")[0] == engine for i in imports(path))
    }
    assert users == {home}


def test_foundations_import_nothing_of_ours() -> None:
    for module, others in GRAPH.items():
        if room(module) in FLOORS[0]:
            assert {o for o in others if room(o) != room(module)} == set()


def test_only_the_command_line_prints() -> None:
    for module, path in MODULES.items():
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "print" not in calls, module
