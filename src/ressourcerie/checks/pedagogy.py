"""What a workshop promises and how its steps keep it: objectives, material, groups."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ressourcerie import outline
from ressourcerie.data import TO_WRITE, verbs
from ressourcerie.diagnostics import Diagnostic, Family, Severity, rule
from ressourcerie.french import fold
from ressourcerie.model import Resource, Workshop
from ressourcerie.outline import Step
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.views import BLOCK

UNSEEN_OBJECTIVE = rule(
    "objectif-non-observable",
    "Un objectif ne se voit pas",
    "Dites ce que la personne fera devant vous à la fin : nommer, montrer, trier, choisir.",
    Severity.WARNING,
    Family.STRUCTURE,
)
NO_VERB = rule(
    "objectif-sans-verbe",
    "Un objectif ne commence pas par un verbe à l’infinitif",
    "Complétez « À la fin, la personne sait… » : nommer, montrer, trier, envoyer, choisir.",
    Severity.WARNING,
    Family.STRUCTURE,
)
NO_PLAN_B = rule(
    "plan-b-vide",
    "Le plan B ne dit rien",
    "Dites ce que l’on fait sans connexion ou sans courant : des pages imprimées, un tableau.",
    Severity.WARNING,
    Family.STRUCTURE,
)
NO_SECOND = rule(
    "groupe-sans-renfort",
    "Un grand groupe n’a qu’une personne pour l’encadrer",
    "Prévoyez une deuxième personne dans « encadrement », ou un groupe plus petit.",
    Severity.INFO,
    Family.STRUCTURE,
)
UNKNOWN_GROUPING = rule(
    "modalite-inconnue",
    "La modalité d’une étape n’est pas connue",
    "Choisissez : individuel, binômes, petits groupes ou grand groupe.",
    Severity.WARNING,
    Family.STRUCTURE,
)
UNTOLD_STEP = rule(
    "etape-incomplete",
    "Une étape n’a pas ses trois lignes",
    "Juste sous son titre : « - Objectif : … », « - Modalité : … », « - Support : … ».",
    Severity.WARNING,
    Family.STRUCTURE,
)
STEP_WITHOUT_ROLES = rule(
    "etape-sans-consigne",
    "Une activité ne dit pas qui fait quoi",
    'Ajoutez un bloc !!! animateur et un bloc !!! participant : "Ce que vous faites".',
    Severity.INFO,
    Family.STRUCTURE,
)

LARGE_GROUP: Final = 12
_FACTS: Final = ("Objectif", "Modalité", "Support")
GROUPINGS: Final = ("individuel", "binômes", "petits groupes", "grand groupe")
# The same as people say them: « à deux », « en plénière », « tout le monde ensemble ».
_GROUPING: Final = re.compile(
    r"\b(?:individuel|seul|chacun|chaque personne|binome|duo|a deux|trio|a trois|groupe|demi-groupe"
    r"|sous-groupe|equipe|plenier|classe|collecti|tous|toutes|tout le monde|ensemble)"
)
# Whatever speaks of another person, or of so many people for each.
_SECOND: Final = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|[2-9]\b|second|2e|plusieurs|binome|duo|trio|co-?anim|equipe"
    r"|renfort|appui|benevole|aid|autre|chaque|par (?:petit )?groupe)"
)
# The whole of a plan B that plans nothing.
_NOTHING: Final = re.compile(
    r"(?:(?:pas de|sans|aucun) plan b|aucune?|neant|rien|idem|non|sans objet|s ?o|n ?a|x+|todo"
    r"|a (?:venir|prevoir|completer|definir|voir|faire|remplir)|la meme chose|pareil|inutile"
    r"|pas necessaire|(?:(?:voir|cf) )?(?:ci )?(?:dessus|supra)|voir plus (?:haut|bas)"
    r"|voir ci dessous)?"
)
_FIRST_WORD: Final = re.compile(
    r"(?:ne (?:pas|plus|jamais) |bien |mieux |toujours )?(?:se |s'|y |en )?"
    r"([^\W\d_]+(?:-[^\W\d_]+)*)"
)


def check_text(
    source: Source, resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at a whole workshop; other texts promise nothing."""
    if not isinstance(resource, Workshop):
        return
    for index, objective in enumerate(resource.objectifs):
        if not TO_WRITE.search(objective):
            yield from _objective(source, index, objective)
    if _NOTHING.fullmatch(re.sub(r"\W+", " ", fold(resource.materiel.plan_b)).strip()):
        message = f"« {resource.materiel.plan_b.strip()} » n’aide personne le jour de la panne."
        yield NO_PLAN_B.at(source.place("materiel", "plan_b"), message)
    people, helpers = resource.effectif.max, fold(resource.encadrement or "")
    if people > LARGE_GROUP and not _SECOND.search(helpers):
        message = f"Le groupe compte jusqu’à {people} personnes."
        yield NO_SECOND.at(source.place("effectif"), message)
    yield from _steps(source, resource)


def _objective(source: Source, index: int, objective: str) -> Iterator[Diagnostic]:
    place = source.place("objectifs", index)
    words = _plain(objective)
    if start := _start(words, "invisibles"):
        message = f"« {start.capitalize()} » ne se voit pas : comment saurez-vous que c’est fait ?"
        yield UNSEEN_OBJECTIVE.at(place, message, _ideas("invisibles", start))
    elif start := _start(words, "de_l_animation"):
        message = (
            f"« {start.capitalize()} » est ce que vous faites, non ce que la personne sait faire."
        )
        yield UNSEEN_OBJECTIVE.at(place, message, _ideas("de_l_animation", start))
    elif start := _start(words, "en_trop"):
        rest = objective.strip()[len(start) :].strip()
        better = f"Commencez par ce qui suit : « {rest[:1].upper()}{rest[1:]} »."
        message = f"« {start.capitalize()} » cache le geste, qui seul se voit."
        yield UNSEEN_OBJECTIVE.at(place, message, better if _is_verb(rest) else "")
    elif not _is_verb(objective):
        yield NO_VERB.at(place, f"« {objective.strip()} » ne commence pas par un infinitif.")


def _ideas(kind: str, start: str) -> str:
    return f"Essayez plutôt : {', '.join(verbs(kind)[start])}."


def _plain(text: str) -> str:
    """Words ready to be compared: folded, straight apostrophes."""
    return fold(text).replace("’", "'").strip(' -*_«»("')


@cache
def _starts(kind: str) -> dict[str, str]:
    """The beginnings in a list of `verbes.yml`, longest first: as compared → as written."""
    return {_plain(s): s for s in sorted(verbs(kind), key=len, reverse=True)}


def _start(words: str, kind: str) -> str:
    for start, written in _starts(kind).items():
        if words.startswith(start) and (
            len(words) == len(start) or start.endswith("'") or not words[len(start)].isalnum()
        ):
            return written
    return ""


def _is_verb(objective: str) -> bool:
    """Whether a sentence begins with an infinitive, as far as its ending tells."""
    match = _FIRST_WORD.match(_plain(objective))
    if match is None or match[1] in _starts("pas_des_verbes"):
        return False
    return any(part.endswith(("er", "ir", "re")) for part in match[1].split("-"))


def _steps(source: Source, workshop: Workshop) -> Iterator[Diagnostic]:
    lines = source.body.split("\n")
    parts = {part.start: part.end for part in outline.sections(source.body, level=3)}
    for step in workshop.steps:
        start = step.heading.line
        yield from _facts(source, step, lines)
        if not step.moment:
            yield from _roles(source, step, lines[start + 1 : parts[start]])


def _facts(source: Source, step: Step, lines: list[str]) -> Iterator[Diagnostic]:
    """The three lines under a heading; a break speaks for itself."""
    values = (step.objective, step.grouping, step.support)
    missing = [name for name, value in zip(_FACTS, values, strict=True) if not value]
    if missing and not step.is_break:
        place = source.body_place(step.heading.line, step.heading.column)
        message = f"« {step.title} » ne dit pas : {', '.join(missing).lower()}."
        yield UNTOLD_STEP.at(place, message)
    is_known = _GROUPING.search(fold(step.grouping)) or TO_WRITE.search(step.grouping)
    if step.grouping and not is_known:
        first = step.heading.line
        after = range(first + 1, len(lines))
        number = next((n for n in after if step.grouping in lines[n]), first)
        near = difflib.get_close_matches(step.grouping.lower(), GROUPINGS, n=1, cutoff=0.5)
        known = f"Vouliez-vous dire « {near[0]} » ? " if near else ""
        place = source.body_place(number, max(1, lines[number].find(step.grouping) + 1))
        message = f"« {step.grouping} » n’est pas une modalité connue."
        yield UNKNOWN_GROUPING.at(place, message, f"{known}{UNKNOWN_GROUPING.hint}")


def _roles(source: Source, step: Step, lines: list[str]) -> Iterator[Diagnostic]:
    """What each does in an activity: the facilitator reads all, participants their blocks."""
    kinds = {match["kind"] for line in lines if (match := BLOCK.match(line))}
    told = (line for line in lines if line[:1].strip() and not BLOCK.match(line))
    missing = []
    if "animateur" not in kinds and all(outline.fact(line) for line in told):
        missing.append("ce que fait la personne qui anime")
    if "participant" not in kinds:
        missing.append("ce que font les participants")
    if missing:
        place = source.body_place(step.heading.line, step.heading.column)
        message = f"« {step.title} » ne dit pas {', ni '.join(missing)}."
        yield STEP_WITHOUT_ROLES.at(place, message)
