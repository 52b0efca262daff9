"""« Où en suis-je ? »: each situation leads somewhere, and where it should."""

from __future__ import annotations

from collections.abc import Iterator

from ressourcerie.assessment import Assessment, Situation
from ressourcerie.diagnostics import Diagnostic, Family, Severity, rule
from ressourcerie.library import Library
from ressourcerie.settings import Settings

LEADS_NOWHERE = rule(
    "situation-sans-suite",
    "Une situation de « Où en suis-je ? » ne conseille rien",
    "Ajoutez « ateliers », « guide » ou « mots » ; sinon, enlevez la question.",
    family=Family.STRUCTURE,
)
OFF_TOPIC = rule(
    "atelier-hors-sujet",
    "Un atelier est conseillé pour une compétence qu’il ne travaille pas",
    "Vérifiez les compétences de la situation et celles de l’atelier.",
    Severity.WARNING,
    Family.STRUCTURE,
)


def check(library: Library, _settings: Settings) -> Iterator[Diagnostic]:
    """Look at what each answer may lead to."""
    for assessment in library.assessments:
        for index, question in enumerate(assessment.questions):
            if not (question.ateliers or question.guide or question.mots):
                place = assessment.source.place("questions", index, "id")
                yield LEADS_NOWHERE.at(place, f"« {question.geste} » ne conseille rien.")
            yield from _off_topic(assessment, index, question, library)


def _off_topic(
    assessment: Assessment, index: int, question: Situation, library: Library
) -> Iterator[Diagnostic]:
    for rank, slug in enumerate(question.ateliers):
        workshop = library.workshop(slug)
        if workshop and not set(question.competences) & set(workshop.competences.digcomp):
            place = assessment.source.place("questions", index, "ateliers", rank)
            asked = ", ".join(question.competences)
            worked = ", ".join(workshop.competences.digcomp)
            message = f"« {slug} » ne travaille pas {asked} : il travaille {worked}."
            yield OFF_TOPIC.at(place, message)
