"""The shape of texts: their sections, their size, and what a model or another tool left in them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, Final

from ressourcerie import outline
from ressourcerie.checks.inline import blot_spans
from ressourcerie.data import TO_WRITE
from ressourcerie.diagnostics import Diagnostic, Family, rule
from ressourcerie.library import Library
from ressourcerie.load import WORKSHOPS
from ressourcerie.model import Resource, Term
from ressourcerie.paper import decks
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.views import PARTICIPANT_SECTIONS

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
TOO_DEEP = rule(
    "texte-trop-imbrique",
    "Un texte est trop imbriqué pour être mis en page",
    "Ramenez les listes et les citations à deux ou trois niveaux ; fermez les crochets.",
    family=Family.STRUCTURE,
)
LONG_LINE = rule(
    "ligne-demesuree",
    "Une ligne est trop longue pour être mise en page",
    "Coupez-la en paragraphes, ou enlevez ce qui a été collé par erreur.",
    family=Family.STRUCTURE,
)

_HTML: Final = re.compile(r"(?<!\()</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--")
EXAMPLE: Final = "Un exemple"
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
    decks.SECTION,
)


def check_text(
    source: Source, resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at one text."""
    yield from _size(source)
    yield from _leftovers(source)
    if source.path.startswith(f"{WORKSHOPS}/"):
        yield from _sections(source)
    if resource and resource.relu_le < resource.cree_le:
        message = "La date de relecture est antérieure à la date de création."
        yield DATES.at(source.place("relu_le"), message)
    for index, change in enumerate(resource.changements if resource else ()):
        if resource and change.le < resource.cree_le:
            message = "La date d’un changement est antérieure à la date de création."
            yield DATES.at(source.place("changements", index, "le"), message)
    if isinstance(resource, Term):
        yield from _example(resource)


def _size(source: Source) -> Iterator[Diagnostic]:
    """What a machine could not render in a reasonable time, nor a person read."""
    if (line := outline.too_deep(source.body)) is not None:
        message = (
            f"Ici, plus de {outline.DEEPEST} listes, citations ou blocs sont l’un dans l’autre, "
            f"ou plus de {outline.MOST_OPEN_BRACKETS} crochets « [ » attendent leur fin."
        )
        yield TOO_DEEP.at(source.body_place(line), message)
    if (line := outline.longest_line(source.body)) is not None:
        message = f"Cette ligne dépasse {outline.LONGEST_LINE // 1000} 000 signes."
        yield LONG_LINE.at(source.body_place(line), message)


def _leftovers(source: Source) -> Iterator[Diagnostic]:
    """HTML, which is not obeyed, and what the models of `data/modeles/` leave to write."""
    for number, line in outline.lines(source.body):
        if "<" not in line and "[" not in line:
            continue
        readable = blot_spans(line)
        if match := _HTML.search(readable):
            place = source.body_place(number, match.start() + 1)
            yield RAW_HTML.at(place, f"« {match[0]} » est du HTML.")
        for match in TO_WRITE.finditer(readable):
            place = source.body_place(number, match.start() + 1)
            yield LEFT_FROM_MODEL.at(place, f"« {match[0]} » vient du modèle.")
    yield from _unwritten(source)


def check(library: Library, _settings: Settings) -> Iterator[Diagnostic]:
    """Look at what has no text but its keys."""
    for resource in (*library.questionnaires, *library.assessments, *library.checklists):
        yield from _unwritten(resource.source)


def _unwritten(source: Source) -> Iterator[Diagnostic]:
    for path, value in _texts(source.front):
        if match := TO_WRITE.search(value):
            yield LEFT_FROM_MODEL.at(source.place(*path), f"« {match[0]} » vient du modèle.")


def _texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from _texts(inner, (*path, key))


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
