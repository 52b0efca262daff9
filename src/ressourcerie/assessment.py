"""« Où en suis-je ? »: everyday situations, and what each leads to when one is not at ease with it.

It says what is asked and what is advised, never how it is shown. There is no score: each answer
speaks for itself, and advice follows a rule that is applied by hand as well as by a script.
"""

from __future__ import annotations

from typing import Annotated, Final, NamedTuple

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ressourcerie.fields import DigComp, Model, Slug, Slugs, Text, Theme
from ressourcerie.french import fold
from ressourcerie.model import Resource


class Answer(NamedTuple):
    """A way to answer: `key` is what is kept, `wants_more` whether advice follows."""

    key: str
    label: str
    wants_more: bool


ANSWERS: Final = (
    Answer("sais", "Je sais faire", wants_more=False),
    Answer("aide", "Avec de l’aide", wants_more=True),
    Answer("pas-encore", "Pas encore", wants_more=True),
    Answer("inconnu", "Je ne sais pas ce que c’est", wants_more=True),
)
NO_ANSWER: Final = Answer("sans-reponse", "Je préfère ne pas répondre", wants_more=False)


def _fault(phrase: str, hint: str, where: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """What an author has to mend, in French; `where` leads on from the key that is judged."""
    told = {"phrase": phrase, "hint": hint, "where": where}
    return PydanticCustomError("phrase", "{phrase}", told)


class Reading(Model):
    """A passage of the guide to read."""

    chapitre: Slug = Field(description="Un chapitre du guide, par son nom de fichier.")
    partie: Text | None = Field(None, description="Une de ses parties, par son titre exact.")


class Situation(Model):
    """One question: a moment of everyday life, told by the person who answers."""

    id: Slug = Field(description="Nom court, qui ne change plus : la réponse y est rattachée.")
    theme: Theme = Field(description="Thème CapitaineFibre.")
    competences: Annotated[tuple[DigComp, ...], Field(strict=False, min_length=1)] = Field(
        description="Compétences DigComp 3.0."
    )
    situation: Annotated[Text, Field(max_length=140)] = Field(
        description="Un moment de tous les jours, à la première personne ; 140 signes au plus."
    )
    geste: Annotated[Text, Field(max_length=60)] = Field(
        description="La même chose, à l’infinitif et sans majuscule ; 60 signes au plus."
    )
    ateliers: Slugs = Field((), description="Ateliers à conseiller, par leur nom de dossier.")
    pourquoi: Annotated[Text, Field(max_length=160)] | None = Field(
        None,
        validate_default=True,
        description="Ce que l’on y fait, qui répond à ce besoin ; 160 signes au plus.",
    )
    guide: Annotated[tuple[Reading, ...], Field(strict=False)] = Field(
        (), description="Passages du guide à conseiller."
    )
    mots: Slugs = Field((), description="Termes du glossaire à conseiller.")

    @field_validator("pourquoi")
    @classmethod
    def _goes_with_workshops(cls, value: str | None, info: ValidationInfo) -> str | None:
        workshops = info.data.get("ateliers")
        if workshops and value is None:
            hint = "Ajoutez « pourquoi » : ce que l’on fait dans l’atelier, en une phrase."
            raise _fault("Un atelier est conseillé sans dire pourquoi.", hint)
        if value is not None and workshops == ():
            hint = "Ajoutez « ateliers », ou enlevez « pourquoi »."
            raise _fault("« pourquoi » ne sert que si un atelier est conseillé.", hint)
        return value


class Assessment(Resource):
    """A series of situations, one theme after the other."""

    kind = "positionnement"
    section = "positionnement"

    resume: Annotated[Text, Field(max_length=280)] = Field(
        description="À quoi il sert, 280 signes au plus."
    )
    introduction: Annotated[Text, Field(max_length=600)] | None = Field(
        None, description="Ce qu’on lit avant de répondre."
    )
    questions: Annotated[
        tuple[Situation, ...], Field(strict=False, min_length=1, max_length=30)
    ] = Field(description="Les situations, un thème après l’autre.")

    @field_validator("questions")
    @classmethod
    def _stand_together(cls, value: tuple[Situation, ...]) -> tuple[Situation, ...]:
        names: set[str] = set()
        themes: list[str] = []
        for index, question in enumerate(value):
            if fold(question.id) in names:
                hint = "Donnez à chaque question un nom qui n’est qu’à elle."
                raise _fault(f"Deux questions s’appellent « {question.id} ».", hint, (index, "id"))
            names.add(fold(question.id))
            if question.theme in themes[:-1]:
                hint = "Déplacez la question à côté des autres questions de ce thème."
                phrase = f"Le thème « {question.theme} » est coupé en deux."
                raise _fault(phrase, hint, (index, "theme"))
            if question.theme not in themes:
                themes.append(question.theme)
        return value
