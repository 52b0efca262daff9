"""The shape of resources: headings, blocks, and the timed steps of workshops."""

from __future__ import annotations

import difflib
import re
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
SHIFTED_HEADING = rule(
    "titre-decale",
    "Un titre ne commence pas au début de la ligne",
    "Enlevez les espaces avant les « # » : sans cela ce n’est pas un titre, et sa section se perd.",
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
EMPTY_BLOCK = rule(
    "bloc-vide",
    "Un bloc n’a pas de contenu",
    "Décalez de quatre espaces tout ce qui est dans le bloc : sans cela, tout le monde le lit.",
)
BADLY_WRITTEN_BLOCK = rule(
    "bloc-mal-ecrit",
    "La première ligne d’un bloc est mal écrite",
    "Écrivez trois signes, un espace, le nom du bloc, puis le titre entre guillemets droits : "
    '!!! animateur "Posture".',
)
UNDERLINED_HEADING = rule(
    "titre-souligne",
    "Un titre est écrit en le soulignant",
    "Écrivez « ## Titre » ; pour un trait, laissez une ligne vide au-dessus de « --- ».",
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

_BLOCK_END: Final = re.compile(r"(?: +\"[^\"]*\")? *")
_SHIFTED: Final = re.compile(r" {1,3}#{1,6}[ \t]*[^\s#]")
_UNDERLINE: Final = re.compile(r"(?:=+|-+)[ ]*")
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
    for number, line in lines_outside_code(resource.body):
        if _SHIFTED.match(line):
            place = resource.source.body_place(number)
            yield SHIFTED_HEADING.at(place, f"« {line.strip()} » n’est pas lu comme un titre.")
        if number and _UNDERLINE.fullmatch(line) and _opens_paragraph(resource.body, number - 1):
            place = resource.source.body_place(number)
            yield UNDERLINED_HEADING.at(place, "Cette ligne transforme la précédente en titre.")


def _opens_paragraph(body: str, number: int) -> bool:
    """Whether a line has words and follows an empty one, as a title to be underlined does."""
    lines = body.split("\n")
    return bool(lines[number].strip()) and (number == 0 or not lines[number - 1].strip())


def _blocks(resource: Resource) -> Iterator[Diagnostic]:
    for number, line in lines_outside_code(resource.body):
        match = BLOCK.match(line)
        if match and not _has_content(resource.body, number, len(match["before"])):
            place = resource.source.body_place(number, len(match["before"]) + 1)
            yield EMPTY_BLOCK.at(place, f"Le bloc « {match['kind']} » est vide.")
        if match and match["kind"] in BLOCKS and not _BLOCK_END.fullmatch(line[match.end() :]):
            place = resource.source.body_place(number, match.end() + 1)
            message = f"La fin de la ligne ne se lit pas : « {line[match.end() :].strip()} »."
            yield BADLY_WRITTEN_BLOCK.at(place, message)
        if match and not match["before"].strip() and len(match["before"].expandtabs(4)) % 4:
            place = resource.source.body_place(number, len(match["before"]) + 1)
            message = "Un bloc est décalé d’un nombre d’espaces qui n’est pas multiple de quatre."
            yield BADLY_WRITTEN_BLOCK.at(place, message, "Décalez-le de 0, 4 ou 8 espaces.")
        if match and match["kind"] not in BLOCKS:
            kind = match["kind"]
            near = difflib.get_close_matches(kind.lower(), BLOCKS, n=1)
            known = f"Vouliez-vous dire « {near[0]} » ? " if near else ""
            place = resource.source.body_place(number, len(match["before"]) + 1)
            yield UNKNOWN_BLOCK.at(
                place, f"Le bloc « {kind} » n’existe pas.", f"{known}Blocs : {', '.join(BLOCKS)}."
            )


def _has_content(body: str, number: int, indent: int) -> bool:
    """Whether the first line with words under a block's mark is shifted, as its content must be."""
    for line in body.split("\n")[number + 1 :]:
        if line.strip():
            words = re.sub(r"^(?:[ \t]*>)+", lambda m: " " * len(m[0]), line).expandtabs(4)
            return len(words) - len(words.lstrip()) >= indent + 4
    return False


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
