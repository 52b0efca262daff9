"""The shape of resources: headings, blocks, and the timed steps of workshops."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from ressourcerie import outline
from ressourcerie.diagnostics import Diagnostic, rule
from ressourcerie.french import duration
from ressourcerie.library import Library
from ressourcerie.model import Resource, Term, Workshop
from ressourcerie.settings import Settings
from ressourcerie.source import lines_outside_code
from ressourcerie.views import BLOCK, BLOCKS, PARTICIPANT_SECTIONS

TOP_HEADING = rule(
    "titre-de-niveau-1",
    "Un titre « # » dans le corps",
    "Le titre de la page vient de l’en-tête : commencez le corps par « ## ».",
)
SKIPPED_LEVEL = rule(
    "titre-saute",
    "Un niveau de titre est sauté",
    "Descendez d’un niveau à la fois : « ## » puis « ### » (WCAG 1.3.1).",
)
UNKNOWN_BLOCK = rule(
    "bloc-inconnu",
    "Un bloc n’existe pas",
    "Corrigez son nom : un bloc mal nommé pourrait être montré aux participants.",
)
UNKNOWN_SECTION = rule(
    "section-inconnue",
    "Une section d’atelier n’existe pas",
    "Reprenez un des titres du modèle.",
)
MISSING_SECTION = rule(
    "section-manquante",
    "Il manque une section obligatoire",
    "Ajoutez-la : CONTRIBUTING.md donne le modèle.",
)
STEP_WITHOUT_MINUTES = rule(
    "etape-sans-minutes",
    "Une étape n’a pas de durée",
    "Terminez le titre par un tiret long et les minutes : « ### Accueil — 10 min ».",
)
WRONG_SUM = rule(
    "duree-somme",
    "Les étapes ne font pas la durée annoncée",
    "Corrigez les minutes d’une étape, ou la clé « duree ».",
)
MISSING_STEP = rule(
    "etape-manquante",
    "Il manque une étape indispensable",
    "Une séance a un accueil, une pause, une évaluation et une clôture : "
    "le titre de l’étape commence par ce mot.",
)
LATE_BREAK = rule(
    "pause-tardive",
    "Plus de 90 minutes sans pause",
    "Placez une étape « Pause » plus tôt : l’attention baisse après 30 à 45 minutes.",
)
GROUP_SIZE = rule(
    "effectif-inverse",
    "L’effectif minimum dépasse le maximum",
    "Échangez les deux nombres.",
)
DATES = rule(
    "dates-inversees",
    "La relecture précède la création",
    "Corrigez « relu_le » ou « cree_le ».",
)
NO_EXAMPLE = rule(
    "terme-sans-exemple",
    "Un terme n’a pas d’exemple",
    "Ajoutez une section « ## Un exemple » : une scène concrète, dans la journée d’un atelier.",
)

EXAMPLE: Final = "Un exemple"
LONGEST_STRETCH: Final = 90
REQUIRED_STEPS: Final = ("Accueil", "Évaluation", "Clôture")
# A short session needs no break.
BREAK_FROM: Final = 90
REQUIRED_SECTIONS: Final = (
    "En bref",
    "Déroulé",
    "Points de vigilance",
    "Évaluation",
    "Fiche participant",
    "Pour aller plus loin",
)
SECTIONS: Final = (
    *REQUIRED_SECTIONS,
    *sorted(PARTICIPANT_SECTIONS - set(REQUIRED_SECTIONS)),
    "Avant la séance",
    "Posture",
    "Adaptations",
)


def check(library: Library, _settings: Settings) -> Iterator[Diagnostic]:
    """Look at every resource."""
    for resource in library.resources:
        yield from _headings(resource)
        yield from _blocks(resource)
        if resource.relu_le < resource.cree_le:
            message = "La date de relecture est antérieure à la date de création."
            yield DATES.at(resource.source.place("relu_le"), message)
    for term in library.terms:
        yield from _example(term)
    for workshop in library.workshops:
        yield from _sections(workshop)
        yield from _steps(workshop)
        if workshop.effectif.min > workshop.effectif.max:
            message = (
                f"« min » ({workshop.effectif.min}) dépasse « max » ({workshop.effectif.max})."
            )
            yield GROUP_SIZE.at(workshop.source.place("effectif"), message)


def _headings(resource: Resource) -> Iterator[Diagnostic]:
    level = 1
    for heading in outline.headings(resource.body):
        place = resource.source.body_place(heading.line)
        if heading.level == 1:
            yield TOP_HEADING.at(place, f"« # {heading.title} » est un titre de niveau 1.")
        elif heading.level > level + 1:
            message = f"« {heading.title} » est de niveau {heading.level} après un niveau {level}."
            yield SKIPPED_LEVEL.at(place, message)
        level = heading.level


def _blocks(resource: Resource) -> Iterator[Diagnostic]:
    for number, line in lines_outside_code(resource.body):
        match = BLOCK.match(line)
        if match and match["kind"] not in BLOCKS:
            kind = match["kind"]
            near = difflib.get_close_matches(kind.lower(), BLOCKS, n=1)
            known = f"Vouliez-vous dire « {near[0]} » ? " if near else ""
            place = resource.source.body_place(number, len(match["indent"]) + 1)
            yield UNKNOWN_BLOCK.at(
                place, f"Le bloc « {kind} » n’existe pas.", f"{known}Blocs : {', '.join(BLOCKS)}."
            )


def _example(term: Term) -> Iterator[Diagnostic]:
    if not any(h.title == EXAMPLE for h in outline.headings(term.body)):
        message = f"« {term.titre} » n’a pas de section « {EXAMPLE} »."
        yield NO_EXAMPLE.at(term.source.body_place(0), message)


def _sections(workshop: Workshop) -> Iterator[Diagnostic]:
    present = []
    for section in outline.sections(workshop.body):
        title = section.heading.title
        present.append(title)
        if title not in SECTIONS:
            near = difflib.get_close_matches(title, SECTIONS, n=1)
            known = f"Vouliez-vous dire « {near[0]} » ? " if near else ""
            place = workshop.source.body_place(section.start, section.heading.column)
            hint = f"{known}Sections : {', '.join(SECTIONS)}."
            yield UNKNOWN_SECTION.at(place, f"La section « {title} » n’existe pas.", hint)
    for title in REQUIRED_SECTIONS:
        if title not in present:
            message = f"Il manque la section « ## {title} »."
            yield MISSING_SECTION.at(workshop.source.body_place(0), message)


def _steps(workshop: Workshop) -> Iterator[Diagnostic]:
    steps = workshop.steps
    if not steps:
        return
    for step in steps:
        if not step.minutes:
            place = workshop.source.body_place(step.heading.line, step.heading.column)
            yield STEP_WITHOUT_MINUTES.at(place, f"L’étape « {step.title} » n’a pas de minutes.")
    if all(step.minutes for step in steps) and steps[-1].end != workshop.duree:
        message = (
            f"Les étapes durent {duration(steps[-1].end)} en tout, "
            f"la fiche annonce {duration(workshop.duree)}."
        )
        yield WRONG_SUM.at(workshop.source.place("duree"), message)
    place = workshop.source.body_place(steps[0].heading.line)
    required = REQUIRED_STEPS + (("Pause",) if workshop.duree > BREAK_FROM else ())
    for word in required:
        if not any(step.is_a(word) for step in steps):
            yield MISSING_STEP.at(place, f"Aucune étape « {word} » dans le déroulé.")
    yield from _breaks(workshop)


def _breaks(workshop: Workshop) -> Iterator[Diagnostic]:
    since = 0
    for step in workshop.steps:
        if step.is_break:
            since = 0
            continue
        since += step.minutes or 0
        if since > LONGEST_STRETCH:
            place = workshop.source.body_place(step.heading.line, step.heading.column)
            message = f"À la fin de « {step.title} », {duration(since)} sans pause."
            yield LATE_BREAK.at(place, message)
            since = 0
