"""The kinds of value a front matter may hold: what is a date, a year, a choice in a closed list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ressourcerie.data import competences, vocabulary


class Model(BaseModel):
    """Closed and frozen: an unknown key is a mistake, and nobody changes a resource."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


@dataclass(frozen=True, slots=True)
class _OneOf:
    """A choice in a closed list of `data`, which editors learn with its French labels."""

    allowed: Callable[[str], Mapping[str, Any]]
    name: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        labels = [v if isinstance(v, str) else v["fr"] for v in self.allowed(self.name).values()]
        # « enumDescriptions » is no word of JSON Schema, but what editors show beside each choice.
        return {
            **handler(schema),
            "enum": list(self.allowed(self.name)),
            "enumDescriptions": labels,
        }

    def _check(self, value: str) -> str:
        choices = list(self.allowed(self.name))
        if value not in choices:
            raise PydanticCustomError("choix", "{value}", {"value": value, "choices": choices})
        return value


def _yes_or_no(value: Any) -> Any:
    return {"oui": True, "non": False}.get(value, value) if isinstance(value, str) else value


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if isinstance(value, date):
        return value
    raise PydanticCustomError("date", "{value}", {"value": str(value)})


# Folders without dots, then nothing or a page: no other file is ever replaced by a former address.
_FORMER: Final = re.compile(r"(?:[\w-]+/)*(?:[\w-]+/|[\w-]+\.html)")


def _former(value: str) -> str:
    if _FORMER.fullmatch(value):
        return value
    path = value.partition("://")[2].partition("/")[2] if "://" in value else value
    path = path.partition("#")[0].partition("?")[0].strip("/ ")
    path = path if path.endswith(".html") else f"{path}/"
    hint = "Écrivez ce qui suit le nom du site : glossaire/ancien-mot/."
    if _FORMER.fullmatch(path):
        hint = f"Écrivez sans le nom du site ni barre au début : {path}"
    told = {"phrase": f"« {value} » n’est pas une ancienne adresse.", "hint": hint, "where": ()}
    raise PydanticCustomError("phrase", "{phrase}", told)


def _year(value: Any) -> Any:
    if value == "s. d." or (isinstance(value, int) and 1400 <= value <= 2200):
        return value
    raise PydanticCustomError("annee", "{value}", {"value": str(value)})


Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Day = Annotated[date, BeforeValidator(_day)]
YesNo = Annotated[
    bool,
    BeforeValidator(_yes_or_no),
    WithJsonSchema({"enum": ["oui", "non", True, False]}),
]
Year = Annotated[
    int | Literal["s. d."],
    BeforeValidator(_year),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 1400, "maximum": 2200}, {"const": "s. d."}]}
    ),
]
FormerAddress = Annotated[
    str,
    AfterValidator(_former),
    Field(json_schema_extra={"pattern": r"^([^/\s.]+/)*([^/\s.]+/|[^/\s.]+\.html)$"}),
]
WebAddress = Annotated[str, Field(pattern=r"^https?://[^\s]+$")]

Group = Annotated[str, _OneOf(vocabulary, "groupes")]
Level = Annotated[str, _OneOf(vocabulary, "niveaux")]
Audience = Annotated[str, _OneOf(vocabulary, "publics")]
Need = Annotated[str, _OneOf(vocabulary, "besoins")]
Device = Annotated[str, _OneOf(vocabulary, "materiels")]
Internet = Annotated[str, _OneOf(vocabulary, "internet")]
Topic = Annotated[str, _OneOf(vocabulary, "thematiques")]
Dimension = Annotated[str, _OneOf(vocabulary, "dimensions")]
Theme = Annotated[str, _OneOf(vocabulary, "themes")]
DigComp = Annotated[str, _OneOf(competences, "digcomp")]
Crcn = Annotated[str, _OneOf(competences, "crcn")]
Summary = Annotated[Text, Field(max_length=280)]
Names = Annotated[tuple[Text, ...], Field(strict=False)]
Slugs = Annotated[tuple[Slug, ...], Field(strict=False)]
# Pages lie in folders: « animer/posture ».
PageName = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-/][a-z0-9]+)*$")]
PageNames = Annotated[tuple[PageName, ...], Field(strict=False)]

# What a booklet may hold.
Content = Literal["glossaire", "definitions", "guide", "ateliers", "exercices", "carnet", "pages"]
# The pages that list resources under their text.
Layout = Literal[
    "accueil",
    "glossaire",
    "carte",
    "ateliers",
    "criteres",
    "selection",
    "guide",
    "parcours",
    "imprimer",
    "telechargements",
    "recherche",
    "hors_connexion",
    "couverture",
    "grille",
    "lisibilite",
    "nouveautes",
    "positionnement",
    "questionnaire",
    "depouillement",
]
