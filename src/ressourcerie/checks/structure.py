"""The shape of texts: headings, sections, and what a model or another tool left in them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, Final

from ressourcerie import outline
from ressourcerie.diagnostics import Diagnostic, Family, rule
from ressourcerie.load import WORKSHOPS
from ressourcerie.model import Resource, Term
from ressourcerie.settings import Settings
from ressourcerie.source import Source, lines_outside_code
from ressourcerie.views import PARTICIPANT_SECTIONS

TOP_HEADING = rule(
    "titre-de-niveau-1",
    "Un titre « # » dans le corps",
    "Le titre de la page vient de l’en-tête : commencez le corps par « ## ».",
    family=Family.STRUCTURE,
)
RAW_HTML = rule(
    "html-brut",
    "Du HTML est écrit dans le texte",
    "Enlevez les balises : le HTML n’est pas accepté. Pour du gras, **deux étoiles** ; "
    "pour montrer une balise, des accents graves : `<b>`.",
    family=Family.STRUCTURE,
)
LEFT_FROM_MODEL = rule(
    "modele-non-rempli",
    "Un texte du modèle est resté",
    "Remplacez-le par le vôtre, ou enlevez la ligne si la clé est facultative.",
    family=Family.STRUCTURE,
)
SHIFTED_HEADING = rule(
    "titre-decale",
    "Un titre ne commence pas au début de la ligne",
    "Enlevez les espaces avant les « # » : sans cela ce n’est pas un titre, et sa section se perd.",
    family=Family.STRUCTURE,
)
SKIPPED_LEVEL = rule(
    "titre-saute",
    "Un niveau de titre est sauté",
    "Descendez d’un niveau à la fois : « ## » puis « ### » (WCAG 1.3.1).",
    family=Family.STRUCTURE,
)
UNDERLINED_HEADING = rule(
    "titre-souligne",
    "Un titre est écrit en le soulignant",
    "Écrivez « ## Titre » ; pour un trait, laissez une ligne vide au-dessus de « --- ».",
    family=Family.STRUCTURE,
)
UNKNOWN_SECTION = rule(
    "section-inconnue",
    "Une section d’atelier n’existe pas",
    "Reprenez un des titres du modèle.",
    family=Family.STRUCTURE,
)
MISSING_SECTION = rule(
    "section-manquante",
    "Il manque une section obligatoire",
    "Ajoutez-la : CONTRIBUTING.md donne le modèle.",
    family=Family.STRUCTURE,
)
DATES = rule(
    "dates-inversees",
    "La relecture précède la création",
    "Corrigez « relu_le » ou « cree_le ».",
    family=Family.STRUCTURE,
)
NO_EXAMPLE = rule(
    "terme-sans-exemple",
    "Un terme n’a pas d’exemple",
    "Ajoutez une section « ## Un exemple » : une scène concrète, dans la journée d’un atelier.",
    family=Family.STRUCTURE,
)

_INLINE_CODE: Final = re.compile(r"(`+)(?:(?!\1).)+?\1")
_HTML: Final = re.compile(r"(?<!\()</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--")
_SHIFTED: Final = re.compile(r" {1,3}#{1,6}[ \t]*[^\s#]")
_UNDERLINE: Final = re.compile(r"(?:=+|-+)[ ]*")
EXAMPLE: Final = "Un exemple"
MODEL_WORDS: Final = frozenset(
    {
        "Le mot",
        "the word",
        "Prénom Nom",
        "Titre de l’ouvrage",
        "Titre du texte",
        "Nom de la maison d’édition",
        "Ce que cette source établit",
        "Verbe : ce que l’on fait ensemble",
        "Une précision en une ligne",
        "Le titre du chapitre",
        "Le nom du parcours",
        "Le nom du livret",
    }
)
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


def check_text(
    source: Source, resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at one text."""
    yield from _headings(source)
    yield from _leftovers(source)
    if source.path.startswith(f"{WORKSHOPS}/"):
        yield from _sections(source)
    if resource and resource.relu_le < resource.cree_le:
        message = "La date de relecture est antérieure à la date de création."
        yield DATES.at(source.place("relu_le"), message)
    if isinstance(resource, Term):
        yield from _example(resource)


def _headings(source: Source) -> Iterator[Diagnostic]:
    level = 1
    for heading in outline.headings(source.body):
        place = source.body_place(heading.line)
        if heading.level == 1:
            yield TOP_HEADING.at(place, f"« # {heading.title} » est un titre de niveau 1.")
        elif heading.level > level + 1:
            message = f"« {heading.title} » est de niveau {heading.level} après un niveau {level}."
            yield SKIPPED_LEVEL.at(place, message)
        level = heading.level
    for number, line in lines_outside_code(source.body):
        if _SHIFTED.match(line):
            place = source.body_place(number)
            yield SHIFTED_HEADING.at(place, f"« {line.strip()} » n’est pas lu comme un titre.")
        if number and _UNDERLINE.fullmatch(line) and _opens_paragraph(source.body, number - 1):
            place = source.body_place(number)
            yield UNDERLINED_HEADING.at(place, "Cette ligne transforme la précédente en titre.")


def _leftovers(source: Source) -> Iterator[Diagnostic]:
    """HTML, which is not obeyed, and the words of the models of CONTRIBUTING.md."""
    for number, line in lines_outside_code(source.body):
        readable = _INLINE_CODE.sub(lambda m: "\0" * len(m[0]), line)
        if match := _HTML.search(readable):
            place = source.body_place(number, match.start() + 1)
            yield RAW_HTML.at(place, f"« {match[0]} » est du HTML.")
    for path, value in _texts(source.front):
        if value in MODEL_WORDS:
            yield LEFT_FROM_MODEL.at(source.place(*path), f"« {value} » vient du modèle.")


def _texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from _texts(inner, (*path, key))


def _opens_paragraph(body: str, number: int) -> bool:
    """Whether a line has words and follows an empty one, as a title to be underlined does."""
    lines = body.split("\n")
    return bool(lines[number].strip()) and (number == 0 or not lines[number - 1].strip())


def _example(term: Term) -> Iterator[Diagnostic]:
    if not any(h.title == EXAMPLE for h in outline.headings(term.body)):
        message = f"« {term.titre} » n’a pas de section « {EXAMPLE} »."
        yield NO_EXAMPLE.at(term.source.body_place(0), message)


def _sections(source: Source) -> Iterator[Diagnostic]:
    present = []
    for section in outline.sections(source.body):
        title = section.heading.title
        present.append(title)
        if title not in SECTIONS:
            near = difflib.get_close_matches(title, SECTIONS, n=1)
            known = f"Vouliez-vous dire « {near[0]} » ? " if near else ""
            place = source.body_place(section.start, section.heading.column)
            hint = f"{known}Sections : {', '.join(SECTIONS)}."
            yield UNKNOWN_SECTION.at(place, f"La section « {title} » n’existe pas.", hint)
    for title in REQUIRED_SECTIONS:
        if title not in present:
            message = f"Il manque la section « ## {title} »."
            yield MISSING_SECTION.at(source.body_place(0), message)
