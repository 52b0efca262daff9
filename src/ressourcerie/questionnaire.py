"""A questionnaire: closed and open questions, written once for every support.

It says what is asked, never how it is shown: paper, a form to fill in and the screen draw it each
in their own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ressourcerie.fields import Model, Names, Slug, Text
from ressourcerie.french import fold
from ressourcerie.model import Resource

SCALE: Final = "echelle"
ONE: Final = "choix"
SEVERAL: Final = "plusieurs"
FREE: Final = "texte"
# From the least to the most: words that answer any question one can answer by yes or no.
AGREEMENT: Final = ("Non", "Plutôt non", "Plutôt oui", "Oui")
DEFAULT_LINES: Final = 3


def _fault(phrase: str, hint: str = "", where: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """What an author has to mend, in French; `where` leads on from the key that is judged."""
    told = {"phrase": phrase, "hint": hint, "where": where}
    return PydanticCustomError("phrase", "{phrase}", told)


class Question(Model):
    """One question. `type` stands before what depends on it: it is judged first."""

    id: Slug | None = Field(None, description="Nom court et stable de la question.")
    question: Annotated[Text, Field(max_length=160)] = Field(
        description="La question, 160 signes au plus."
    )
    type: Literal["echelle", "choix", "plusieurs", "texte"] = Field(
        description="`echelle`, `choix` (un seul), `plusieurs` ou `texte` (réponse libre)."
    )
    choix: Annotated[Names, Field(max_length=12)] = Field(
        (), validate_default=True, description="Les réponses proposées."
    )
    lignes: Annotated[int, Field(ge=1, le=15)] | None = Field(
        None, description="Lignes pour écrire sa réponse, 3 par défaut."
    )

    @field_validator("choix")
    @classmethod
    def _choices_fit(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        kind = info.data.get("type")
        if kind in {ONE, SEVERAL} and len(value) < 2:
            hint = "Sous « choix: », écrivez une réponse par ligne, précédée d’un tiret."
            raise _fault(f"Une question « {kind} » propose au moins 2 réponses.", hint)
        if kind == SCALE and value and not 3 <= len(value) <= 5:
            hint = "Sans « choix », l’échelle est : " + ", ".join(AGREEMENT).lower() + "."
            raise _fault(f"Une échelle a de 3 à 5 degrés : {len(value)} ici.", hint)
        if kind == FREE and value:
            hint = "Enlevez « choix », ou changez le type en « choix » ou « plusieurs »."
            raise _fault("Une question « texte » n’a pas de choix.", hint)
        if (cut := next((i for i, answer in enumerate(value) if "|" in answer), None)) is not None:
            hint = "Écrivez « ou », ou deux réponses."
            raise _fault("Une réponse ne contient pas le signe « | ».", hint, (cut,))
        if (twin := _twin(value)) is not None:
            raise _fault(
                f"La réponse « {value[twin]} » est proposée deux fois.", "Gardez-en une.", (twin,)
            )
        return value

    @field_validator("lignes")
    @classmethod
    def _lines_fit(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is not None and info.data.get("type") not in {FREE, None}:
            hint = "Enlevez « lignes », ou changez le type en « texte »."
            raise _fault("« lignes » ne sert qu’à une question « texte ».", hint)
        return value

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers to choose from, none for a free one."""
        return self.choix or (AGREEMENT if self.type == SCALE else ())

    @property
    def lines(self) -> int:
        """How many lines a free answer needs on paper."""
        return self.lignes or DEFAULT_LINES


class Questionnaire(Resource):
    """What is asked at the end of a session, without asking who answers."""

    kind = "questionnaire"
    section = "questionnaires"

    resume: Annotated[Text, Field(max_length=280)] = Field(
        description="À quoi il sert, 280 signes au plus."
    )
    introduction: Annotated[Text, Field(max_length=600)] | None = Field(
        None, description="Ce qu’on lit avant de répondre."
    )
    questions: Annotated[tuple[Question, ...], Field(strict=False, min_length=1, max_length=40)] = (
        Field(description="Les questions, dans l’ordre.")
    )

    @field_validator("questions")
    @classmethod
    def _names_differ(cls, value: tuple[Question, ...]) -> tuple[Question, ...]:
        names = list(_names(value))
        if (twin := _twin(names)) is not None:
            hint = "Donnez à chaque question un nom qui n’est qu’à elle."
            phrase = f"Deux questions s’appellent « {names[twin]} »."
            raise _fault(phrase, hint, (twin, "id"))
        return value

    @property
    def named(self) -> tuple[tuple[str, Question], ...]:
        """Each question with the name that its answers are kept under."""
        return tuple(zip(_names(self.questions), self.questions, strict=True))


def asks_more(answer: str) -> bool:
    """Whether an answer wants words of its own: « Autre chose », « Autre, dites lequel »…"""
    return fold(answer).startswith("autre")


def _names(questions: Iterable[Question]) -> Iterator[str]:
    for number, question in enumerate(questions, start=1):
        yield question.id or f"question-{number}"


def _twin(words: Iterable[str]) -> int | None:
    """The index of the first word that stands before, whatever its case and accents."""
    seen: set[str] = set()
    for index, word in enumerate(words):
        if fold(word) in seen:
            return index
        seen.add(fold(word))
    return None
