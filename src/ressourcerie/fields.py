"""The kinds of value a front matter may hold: what is a date, a year, a choice in a closed list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from ressourcerie.data import competences, vocabulary


class Model(BaseModel):
    """Closed and frozen: an unknown key is a mistake, and nobody changes a resource."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _one_of(allowed: Callable[[str], Iterable[str]], name: str) -> AfterValidator:
    def check(value: str) -> str:
        choices = list(allowed(name))
        if value not in choices:
            raise PydanticCustomError("choix", "{value}", {"value": value, "choices": choices})
        return value

    return AfterValidator(check)


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


def _year(value: Any) -> Any:
    if value == "s. d." or (isinstance(value, int) and 1400 <= value <= 2200):
        return value
    raise PydanticCustomError("annee", "{value}", {"value": str(value)})


Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Day = Annotated[date, BeforeValidator(_day)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Year = Annotated[int | Literal["s. d."], BeforeValidator(_year)]
WebAddress = Annotated[str, Field(pattern=r"^https?://[^\s]+$")]

Group = Annotated[str, _one_of(vocabulary, "groupes")]
Level = Annotated[str, _one_of(vocabulary, "niveaux")]
Audience = Annotated[str, _one_of(vocabulary, "publics")]
Need = Annotated[str, _one_of(vocabulary, "besoins")]
Device = Annotated[str, _one_of(vocabulary, "materiels")]
Topic = Annotated[str, _one_of(vocabulary, "thematiques")]
Dimension = Annotated[str, _one_of(vocabulary, "dimensions")]
Theme = Annotated[str, _one_of(vocabulary, "themes")]
DigComp = Annotated[str, _one_of(competences, "digcomp")]
Crcn = Annotated[str, _one_of(competences, "crcn")]
Summary = Annotated[Text, Field(max_length=280)]
Names = Annotated[tuple[Text, ...], Field(strict=False)]
Slugs = Annotated[tuple[Slug, ...], Field(strict=False)]
