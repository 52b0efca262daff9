"""What pydantic finds wrong → a French diagnostic at the place of the key."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from ressourcerie.diagnostics import Diagnostic, rule
from ressourcerie.source import Source

UNKNOWN_KEY = rule(
    "cle-inconnue",
    "Une clé de l’en-tête n’existe pas",
    "Corrigez son orthographe, ou enlevez la ligne.",
)
MISSING_KEY = rule(
    "cle-manquante",
    "Il manque une clé obligatoire dans l’en-tête",
    "Ajoutez-la : CONTRIBUTING.md donne un modèle complet.",
)
WRONG_TYPE = rule(
    "valeur-forme",
    "Une valeur n’a pas la forme attendue",
    "Comparez avec le modèle de CONTRIBUTING.md.",
)
WRONG_CHOICE = rule(
    "valeur-choix",
    "Une valeur n’est pas dans la liste permise",
    "Choisissez une des valeurs de la liste.",
)
WRONG_LENGTH = rule(
    "valeur-longueur",
    "Une valeur est trop courte ou trop longue",
    "Raccourcissez ou complétez le texte.",
)
WRONG_DURATION = rule(
    "duree-unite",
    "Une durée n’est pas en minutes",
    "Écrivez le nombre de minutes, sans unité : 90 pour 1 h 30.",
)
WRONG_DATE = rule(
    "date-forme",
    "Une date est mal écrite ou n’existe pas",
    "Écrivez année-mois-jour : 2026-11-21.",
)

_EXPECTED: Final = {
    "string_type": "du texte (au besoin entre guillemets doubles)",
    "int_type": "un nombre entier",
    "int_from_float": "un nombre entier",
    "int_parsing": "un nombre entier",
    "float_type": "un nombre",
    "bool_type": "oui ou non",
    "bool_parsing": "oui ou non",
    "tuple_type": "une liste : [un, deux], ou une ligne « - un » par élément",
    "list_type": "une liste : [un, deux], ou une ligne « - un » par élément",
    "model_type": "des clés, une par ligne et décalées de deux espaces",
    "model_attributes_type": "des clés, une par ligne et décalées de deux espaces",
    "dict_type": "des clés, une par ligne et décalées de deux espaces",
}


def diagnose(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Diagnostic]:
    """Every complaint of `error`, at its place in `source`, in French."""
    return list(_diagnose(error, source, model))


def _diagnose(
    error: ValidationError, source: Source, model: type[BaseModel]
) -> Iterator[Diagnostic]:
    seen: set[tuple[str | int, ...]] = set()
    items = error.errors(include_url=False, include_context=True)
    unknown = [item["loc"] for item in items if item["type"] == "extra_forbidden"]
    mistyped = {(*loc[:-1], near) for loc in unknown if (near := _near_key(loc, model))}
    for item in items:
        if item["type"] == "missing" and item["loc"] in mistyped:
            continue
        # A list whose items are faulty is said to be too short as well: only the items matter.
        if item["type"] == "too_short" and any(
            len(other["loc"]) > len(item["loc"]) and other["loc"][: len(item["loc"])] == item["loc"]
            for other in items
        ):
            continue
        path = tuple(p for p in item["loc"] if p in _known(source, item["loc"]))
        path = path or item["loc"][:1]
        if path in seen:
            continue
        seen.add(path)
        yield _one(item, path, source, model)


def _known(source: Source, loc: tuple[str | int, ...]) -> set[str | int]:
    # pydantic adds the names of union members to a location: keep what the file has, and the
    # last word, which may be a missing key.
    kept: set[str | int] = {loc[-1]}
    path: tuple[str | int, ...] = ()
    for part in loc:
        if (*path, part) in source.places:
            path = (*path, part)
            kept.add(part)
    return kept


def _one(item: Any, path: tuple[str | int, ...], source: Source, model: type[BaseModel]) -> Any:
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    place = source.place(*path)
    name = _name(path)
    match kind:
        case "phrase":
            # Our own validators say in French what is wrong, and where under the key.
            where = source.place(*path, *context["where"])
            return WRONG_TYPE.at(where, context["phrase"], context["hint"])
        case "missing":
            return MISSING_KEY.at(place, f"Il manque la clé « {name} ».{_meaning(path, model)}")
        case "extra_forbidden":
            return UNKNOWN_KEY.at(
                place, f"La clé « {name} » n’existe pas.", _did_you_mean(path, model)
            )
        case "choix" | "literal_error":
            return _wrong_choice(place, name, value, context, kind)
        case "date":
            return WRONG_DATE.at(place, f"« {name} » n’est pas une date : {_shown(value)}.")
        case "annee":
            message = f"« {name} » attend une année (2019) ou « s. d. » : {_shown(value)}."
            return WRONG_DATE.at(place, message, "Sans date connue, écrivez : s. d.")
        case "string_too_long" | "too_long":
            limit = context["max_length"]
            found = len(value) if hasattr(value, "__len__") else context.get("actual_length")
            unit = "signes" if kind == "string_too_long" else "éléments"
            message = f"« {name} » dépasse {limit} {unit} ({found})."
            return WRONG_LENGTH.at(place, message)
        case "string_too_short" | "too_short" | "string_pattern_mismatch":
            if kind == "string_pattern_mismatch" and str(value).strip():
                return WRONG_TYPE.at(place, f"« {name} » est mal écrit : {_shown(value)}.")
            return WRONG_LENGTH.at(place, f"« {name} » est vide.", "Complétez la valeur.")
        case "greater_than_equal" | "less_than_equal":
            low_or_high = (
                f"au moins {context['ge']}" if "ge" in context else f"au plus {context['le']}"
            )
            return WRONG_TYPE.at(place, f"« {name} » doit valoir {low_or_high} : {_shown(value)}.")
    if path[-1] == "duree" and not isinstance(value, bool):
        return WRONG_DURATION.at(place, f"« duree » attend un nombre de minutes : {_shown(value)}.")
    expected = _EXPECTED.get(kind, "une autre forme")
    return WRONG_TYPE.at(place, f"« {name} » attend {expected} : {_shown(value)}.")


def _wrong_choice(place: Any, name: str, value: Any, context: Any, kind: str) -> Diagnostic:
    if kind == "choix":
        choices = [str(c) for c in context["choices"]]
    else:
        choices = [
            c.strip().strip("'") for c in context["expected"].replace(" or ", ", ").split(",")
        ]
    near = difflib.get_close_matches(str(value), choices, n=1)
    listed = ", ".join(choices)
    hint = f"Vouliez-vous dire « {near[0]} » ? Liste : {listed}." if near else f"Liste : {listed}."
    return WRONG_CHOICE.at(place, f"« {name} » ne connaît pas {_shown(value)}.", hint)


def _near_key(path: tuple[str | int, ...], model: type[BaseModel]) -> str:
    near = difflib.get_close_matches(str(path[-1]), list(_fields(path[:-1], model)), n=1)
    return near[0] if near else ""


def _did_you_mean(path: tuple[str | int, ...], model: type[BaseModel]) -> str:
    known = list(_fields(path[:-1], model))
    if near := _near_key(path, model):
        return f"Vouliez-vous dire « {near} » ?"
    return f"Enlevez la ligne. Clés possibles : {', '.join(known)}." if known else ""


def _meaning(path: tuple[str | int, ...], model: type[BaseModel]) -> str:
    field = _fields(path[:-1], model).get(str(path[-1]))
    return f" {field.description}" if field is not None and field.description else ""


def _fields(path: tuple[str | int, ...], model: type[BaseModel]) -> dict[str, Any]:
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, str) and current is not None:
            field = current.model_fields.get(part)
            current = _model_in(field.annotation) if field else None
    return dict(current.model_fields) if current else {}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if found := _model_in(part):
            return found
    return None


def _name(path: tuple[str | int, ...]) -> str:
    """`("sources", 0, "annee")` → « sources[1].annee », counted as people count."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def _shown(value: Any) -> str:
    if value is None:
        return "la valeur est vide"
    text = {True: "oui", False: "non"}[value] if isinstance(value, bool) else str(value)
    return f"« {text if len(text) <= 40 else text[:39] + '…'} »"
