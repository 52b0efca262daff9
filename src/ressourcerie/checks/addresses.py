"""What is said of a link that does not lead where it should, in any project."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, unquote

from ressourcerie.diagnostics import Diagnostic, Edit, Family, Place, Rule, Severity, rule
from ressourcerie.survey.text import Placed, Survey
from ressourcerie.terrain import Guesses, Reach, Verdict, nearest_word, relative

BROKEN_LINK = rule(
    "lien-introuvable",
    "Un lien ne mène nulle part",
    "Écrivez le chemin à partir de ce fichier-ci, par exemple « ../guide/routine.md ».",
    family=Family.LINKS,
)
BROKEN_IMAGE = rule(
    "image-introuvable",
    "Une image n’existe pas",
    "Placez le fichier à côté du texte, et vérifiez son nom, majuscules comprises.",
    family=Family.LINKS,
)
BROKEN_FILE = rule(
    "fichier-lie-introuvable",
    "Une page demande un fichier qui n’existe pas",
    "Ajoutez le fichier (style, police, son, vidéo…), ou corrigez son adresse.",
    family=Family.LINKS,
)
NO_ANCHOR = rule(
    "ancre-introuvable",
    "Un lien vise un endroit de la page qui n’existe pas",
    "Reprenez l’ancre du titre visé : en minuscules, avec des tirets.",
    family=Family.LINKS,
)
MALFORMED = rule(
    "adresse-mal-formee",
    "Une adresse ne peut pas être lue",
    "Recopiez l’adresse depuis la barre du navigateur : elle commence par https://.",
    family=Family.LINKS,
)
BAD_MAIL = rule(
    "adresse-courriel",
    "Une adresse de courriel est fautive",
    "Écrivez mailto: puis l’adresse : mailto:contact@exemple.fr.",
    family=Family.LINKS,
)
BAD_NUMBER = rule(
    "numero-telephone",
    "Un numéro de téléphone est fautif",
    "Écrivez tel: puis le numéro, sans lettre : tel:+33123456789.",
    family=Family.LINKS,
)
ACTIVE = rule(
    "lien-actif",
    "Un lien lance un programme au lieu de mener à une page",
    "Remplacez-le par un lien vers une page : rien de ce que lit le public ne lance de programme.",
    Severity.WARNING,
    Family.LINKS,
)
EMPTY = rule(
    "lien-vide",
    "Un lien n’a pas d’adresse",
    "Écrivez l’adresse entre les parenthèses, ou gardez les mots sans les crochets.",
    Severity.WARNING,
    Family.LINKS,
)
NO_SNIPPET = rule(
    "inclusion-introuvable",
    "Un texte à inclure n’existe pas",
    "Corrigez le chemin, écrit à partir du dossier des inclusions (« base_path »).",
    family=Family.LINKS,
)
NOT_RENDERED = rule(
    "texte-non-rendu",
    "Un texte ne peut pas être mis en page",
    "Simplifiez-le, ou coupez-le en plusieurs pages.",
)
# What would end a link before its time, or be taken for a code.
_UNSAFE: Final = re.compile(r"[\s%()<>\"'\\\[\]]")
_MISSING: Final = {"page": BROKEN_LINK, "image": BROKEN_IMAGE, "file": BROKEN_FILE}
_OTHERS: Final[dict[Reach, tuple[Rule, str]]] = {
    Reach.MALFORMED: (MALFORMED, "« {} » ne peut pas être lu comme une adresse."),
    Reach.BAD_MAIL: (BAD_MAIL, "« {} » n’est pas une adresse de courriel."),
    Reach.BAD_NUMBER: (BAD_NUMBER, "« {} » n’est pas un numéro de téléphone."),
    Reach.ACTIVE: (ACTIVE, "« {} » lance un programme."),
}


def report(
    placed: Placed, path: str, verdict: Verdict, hint: str = "", edit: Edit | None = None
) -> Diagnostic | None:
    """What is wrong with a link of the file `path`, given where it leads; None when all is well."""
    link = placed.link
    typed = link.typed
    match verdict.reach:
        case Reach.FOUND | Reach.EXTERNAL:
            return None
        case Reach.EMPTY:
            broken = EMPTY if link.kind == "page" else _MISSING[link.kind]
            message = {
                "page": "Un lien n’a pas d’adresse.",
                "image": "Une image n’a pas d’adresse.",
                "file": "Un fichier est demandé sans adresse.",
            }[link.kind]
        case Reach.MISSING:
            broken, message = _MISSING[link.kind], f"« {typed} » n’existe pas."
        case Reach.NO_IMAGE:
            broken, message = BROKEN_IMAGE, f"« {typed} » mène à une page, pas à une image."
        case Reach.NO_ANCHOR:
            broken = NO_ANCHOR
            message = f"La page visée n’a pas d’ancre « {verdict.anchor} »."
        case other:
            broken, words = _OTHERS[other]
            message = words.format(typed)
    if placed.snippet:
        message += f" Il est écrit dans « {placed.snippet} », inclus à cette ligne."
    place = Place(path, placed.line or 1, placed.column)
    return broken.at(place, message, hint, link=typed, edit=edit)


def failures(survey: Survey, path: str) -> Iterator[Diagnostic]:
    """What kept a text from being surveyed, and the files it includes that are not there."""
    if survey.failure:
        message = f"La mise en page s’arrête : {survey.failure}."
        yield NOT_RENDERED.at(Place(path, survey.failure_line), message)
    for placed in survey.missing:
        typed = placed.link.typed
        message = f"Le texte à inclure « {typed} » n’existe pas."
        yield NO_SNIPPET.at(Place(path, placed.line, placed.column), message, link=typed)


def anchor_hint(typed: str, anchor: str, known: Iterable[str]) -> str:
    """The link with the nearest anchor that exists."""
    near = nearest_word(anchor, known)
    near = _UNSAFE.sub(lambda sign: quote(sign[0]), near)
    return f"Vouliez-vous dire « {typed.partition('#')[0]}#{near} » ?" if near else ""


def path_hint(typed: str, origin: str, guesses: Guesses) -> str:
    """The nearest target that exists, written as the author would; or what the address lacks."""
    path, mark, fragment = typed.partition("#")
    if "@" in typed and "/" not in typed and "." in typed:
        return f"Pour une adresse de courriel, écrivez « mailto:{typed} »."
    if typed.startswith("www."):
        return f"Pour une adresse du web, écrivez « https://{typed} »."
    near = guesses.nearest(_joined(path, origin))
    return f"Vouliez-vous dire « {relative(near, origin)}{mark}{fragment} » ?" if near else ""


def same_path(typed: str, origin: str, guesses: Guesses) -> str:
    """The link to the one file whose name differs by its capitals or the coding of its accents."""
    path, mark, fragment = typed.partition("#")
    same = guesses.same(_joined(path, origin))
    return f"{relative(same, origin)}{mark}{fragment}" if same else ""


def _joined(path: str, origin: str) -> str:
    folder = posixpath.dirname(origin)
    return posixpath.normpath(posixpath.join(folder, unquote(path).lstrip("/")))
