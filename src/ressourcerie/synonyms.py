"""The words the search takes for one another, as authors list them in one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field, ValidationError

from ressourcerie.diagnostics import Diagnostic, rule
from ressourcerie.fields import Model, Names
from ressourcerie.french import fold
from ressourcerie.messages import diagnose
from ressourcerie.source import Source

FILE: Final = "content/recherche/synonymes.yml"
LONGEST: Final = 60

USELESS = rule(
    "synonymes-de-recherche",
    "Un groupe de synonymes ne peut pas servir à la recherche",
    "Un groupe réunit au moins deux mots différents : « - [courriel, e-mail, mail] ».",
)


class Synonyms(Model):
    """The whole file."""

    groupes: Annotated[tuple[Names, ...], Field(strict=False)] = Field(
        description="Des groupes de mots que l’on tape l’un pour l’autre, un groupe par tiret."
    )


def read_synonyms(source: Source) -> tuple[tuple[tuple[str, ...], ...], list[Diagnostic]]:
    """The groups of a file, and all that is wrong with them; faulty groups are left out."""
    try:
        groups = Synonyms.model_validate(source.front).groupes
    except ValidationError as error:
        return (), diagnose(error, source, Synonyms)
    faults = {number: list(_faults(source, number, group)) for number, group in enumerate(groups)}
    kept = tuple(group for number, group in enumerate(groups) if not faults[number])
    return kept, [fault for found in faults.values() for fault in found]


def _faults(source: Source, number: int, group: tuple[str, ...]) -> Iterator[Diagnostic]:
    if len(group) < 2:
        place = source.place("groupes", number)
        yield USELESS.at(
            place, "Un mot seul n’a pas de synonyme." if group else "Le groupe est vide."
        )
    seen: set[str] = set()
    for rank, form in enumerate(group):
        place = source.place("groupes", number, rank)
        name = fold(form)
        if name in seen:
            hint = "Enlevez l’un des deux : la recherche ignore les accents et les majuscules."
            yield USELESS.at(place, f"« {form} » est deux fois dans le groupe.", hint)
        if len(form) > LONGEST:
            hint = "Gardez les quelques mots que l’on tape vraiment."
            yield USELESS.at(place, f"« {form[:40]}… » dépasse {LONGEST} signes.", hint)
        seen.add(name)
