"""The model, as JSON Schema: an editor that reads it completes keys and underlines faults.

The dialect is draft-07, the newest that the language services of VS Code understand whole; those
that know more recent ones read it too. Nothing is referred to, all is in place: draft-07 ignores
what stands beside a `$ref`, and our descriptions would be lost.
"""

from __future__ import annotations

import json
from typing import Any, Final

from ressourcerie.assessment import Assessment
from ressourcerie.checklist import Checklist
from ressourcerie.model import Booklet, Chapter, Page, Path, Resource, Term, Workshop
from ressourcerie.questionnaire import Questionnaire

DIALECT: Final = "http://json-schema.org/draft-07/schema#"

_ABOUT: Final[dict[type[Resource], tuple[str, str]]] = {
    Term: ("Terme du glossaire", "L’en-tête d’un terme : `glossary/mon-mot.md`."),
    Workshop: ("Atelier", "L’en-tête d’une fiche d’atelier : `ateliers/mon-atelier/index.md`."),
    Chapter: ("Chapitre du guide", "L’en-tête d’un chapitre : `content/guide/mon-chapitre.md`."),
    Page: ("Page du site", "L’en-tête d’une page : `content/ma-page.md`."),
    Booklet: ("Livret", "L’en-tête d’une recette de livret : `content/livrets/mon-livret.md`."),
    Path: ("Parcours", "L’en-tête d’un parcours : `content/parcours/mon-parcours.md`."),
    Questionnaire: (
        "Questionnaire",
        "Un questionnaire entier : `content/questionnaires/mon-questionnaire.yml`.",
    ),
    Assessment: (
        "Où en suis-je ?",
        "Les situations de « Où en suis-je ? » : `content/positionnement/mes-questions.yml`.",
    ),
    Checklist: (
        "Grille",
        "Des points à ne pas oublier, et où ils sont traités : `content/grilles/ma-grille.yml`.",
    ),
}


def schemas() -> dict[str, str]:
    """File name → JSON text of the schema of each kind of resource, the same at every call."""
    return {
        f"{model.kind}.schema.json": json.dumps(schema(model), ensure_ascii=False, indent=2) + "\n"
        for model in _ABOUT
    }


def schema(model: type[Resource]) -> dict[str, Any]:
    """What the front matter of one kind of resource may say."""
    title, description = _ABOUT[model]
    raw = model.model_json_schema()
    plain = _plain(raw, raw.get("$defs", {}))
    return {"$schema": DIALECT, "title": title, "description": description, **plain}


def _plain(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A schema without references, nor the titles and docstrings that are written for programmers.

    A mapping of keys is told from a schema by the word it stands under.
    """
    if reference := node.get("$ref"):
        target = _plain(definitions[str(reference).rpartition("/")[2]], definitions)
        return target | {k: v for k, v in node.items() if k != "$ref"}
    found = {k: v for k, v in node.items() if k not in {"title", "$defs"}}
    if "properties" in found:
        found.pop("description", None)
        found["properties"] = {k: _plain(v, definitions) for k, v in found["properties"].items()}
    if "items" in found:
        found["items"] = _plain(found["items"], definitions)
    if "anyOf" in found:
        found["anyOf"] = [_plain(choice, definitions) for choice in found["anyOf"]]
    if found.get("default", ...) is None:
        del found["default"]
    return _optional(found)


def _optional(node: dict[str, Any]) -> dict[str, Any]:
    """One type or nothing, said in one breath: editors then explain a fault far better."""
    match node.get("anyOf"):
        case [dict(first), {"type": "null"}] if "type" in first and not first.keys() & {"enum"}:
            others = {k: v for k, v in node.items() if k != "anyOf"}
            return {**others, **first, "type": [first["type"], "null"]}
    return node
