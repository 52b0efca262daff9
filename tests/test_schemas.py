"""The schemas editors read: they accept what the model accepts, and explain it in French."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
from click.testing import CliRunner

from projects import REPOSITORY, Project
from ressourcerie import data, schemas
from ressourcerie.assessment import Assessment
from ressourcerie.checklist import Checklist
from ressourcerie.cli import commands
from ressourcerie.load import load
from ressourcerie.model import KINDS as WITH_A_PAGE
from ressourcerie.model import Resource, Term, Workshop
from ressourcerie.questionnaire import Questionnaire

KINDS = (*WITH_A_PAGE, Questionnaire, Assessment, Checklist)
LIBRARY, _ = load(REPOSITORY)
PUBLISHED = (*LIBRARY.resources, *LIBRARY.questionnaires, *LIBRARY.assessments, *LIBRARY.checklists)
TEXTS = schemas.schemas()


def validator(model: type[Resource]) -> Any:
    return fastjsonschema.compile(schemas.schema(model))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_kind_has_a_schema_that_accepts_what_is_published(kind: type[Resource]) -> None:
    published = [r for r in PUBLISHED if isinstance(r, kind)]
    assert published
    validate = validator(kind)
    for resource in published:
        validate(resource.source.front)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("niveau", "débutant"),
        ("duree", "1h30"),
        ("duree", 5),
        ("publics", []),
        ("cree_le", "21 novembre"),
        ("titre", " "),
        ("titre", "x" * 81),
        ("effectif", {"min": 2}),
        ("competences", {"digcomp": ["9.9"]}),
        ("objectifs", ["a", "b", "c", "d", "e"]),
        ("glossaire", ["Tiers-lieu"]),
        ("dure", 60),
    ],
)
def test_what_the_checks_refuse_the_schema_refuses(key: str, value: object) -> None:
    workshop = LIBRARY.workshops[0]
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        validator(Workshop)({**workshop.source.front, key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [("anglais", None), ("licence", "CC-BY-SA-4.0"), ("synonymes", [])],
)
def test_what_the_model_accepts_the_schema_accepts(key: str, value: object) -> None:
    validator(Term)({**LIBRARY.terms[0].source.front, key: value})


def test_year_is_a_number_or_without_date() -> None:
    validate = validator(Term)
    front = LIBRARY.terms[0].source.front
    for year, right in {1987: True, "s. d.": True, "vers 1900": False, 20260: False}.items():
        sources = [{"auteurs": "A", "annee": year, "titre": "B"}]
        if right:
            validate({**front, "sources": sources})
        else:
            with pytest.raises(fastjsonschema.JsonSchemaValueException):
                validate({**front, "sources": sources})


def properties(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield from node["properties"].items()
        for child in node.values():
            yield from properties(child)
    elif isinstance(node, list):
        for child in node:
            yield from properties(child)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_each_key_is_explained_and_nothing_is_left_for_programmers(kind: type[Resource]) -> None:
    schema = schemas.schema(kind)
    assert schema["additionalProperties"] is False
    for name, about in properties(schema):
        assert about["description"].endswith((".", "?")), name
        assert "title" not in about
        if about.get("type") == "object":
            assert about["additionalProperties"] is False
    text = json.dumps(schema)
    assert "$ref" not in text
    assert "$defs" not in text


def test_closed_lists_are_named_with_what_readers_see() -> None:
    groups = schemas.schema(Term)["properties"]["groupe"]
    assert groups["enum"] == list(data.vocabulary("groupes"))
    assert groups["enumDescriptions"] == list(data.vocabulary("groupes").values())
    digcomp = schemas.schema(Workshop)["properties"]["competences"]["properties"]["digcomp"]
    assert digcomp["items"]["enum"] == list(data.competences("digcomp"))
    assert digcomp["items"]["enumDescriptions"][0] == data.competences("digcomp")["1.1"]["fr"]


def test_dates_are_dates() -> None:
    for name in ("cree_le", "relu_le"):
        about = schemas.schema(Term)["properties"][name]
        assert (about["type"], about["format"]) == ("string", "date")


def test_same_bytes_at_every_call() -> None:
    assert schemas.schemas() == TEXTS


def test_command_writes_one_file_a_kind(tmp_path: Path) -> None:
    folder = tmp_path / "un dossier" / "schémas"
    result = CliRunner().invoke(commands, ["schema", "-d", str(folder)])
    assert result.exit_code == 0, result.output
    assert {f.name: f.read_text("utf-8") for f in folder.iterdir()} == TEXTS
    assert set(TEXTS) == {f"{kind.kind}.schema.json" for kind in KINDS}
    assert all(name in result.output for name in TEXTS)


def test_command_says_where_it_could_not_write(tmp_path: Path) -> None:
    (tmp_path / "pris").write_text("")
    result = CliRunner().invoke(commands, ["schema", "-d", str(tmp_path / "pris" / "schemas")])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "n’a pas pu être écrit" in result.output


def test_tiny_project_is_accepted_too(project: Project) -> None:
    library, _ = project.load()
    for resource in library.resources:
        validator(type(resource))(resource.source.front)
