"""Cards to cut out: a deck that would be printed without a card, or with one that is cut short."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ressourcerie.diagnostics import Diagnostic, Family, rule
from ressourcerie.load import WORKSHOPS
from ressourcerie.model import Resource
from ressourcerie.paper import decks
from ressourcerie.paper.decks import MOST_COPIES, MOST_SIGNS, Trouble
from ressourcerie.settings import Settings
from ressourcerie.source import Source

BAD_DECK = rule(
    "jeu-de-cartes",
    "Un jeu de cartes à découper est mal écrit",
    "Sous « ### Nom du jeu », écrivez une liste, une carte par tiret, ou un tableau de 2 colonnes, "
    "recto et verso.",
    family=Family.STRUCTURE,
)
LONG_CARD = rule(
    "carte-trop-longue",
    "Une carte à découper est trop longue",
    f"Raccourcissez-la, ou faites-en deux : une carte tient {MOST_SIGNS} signes en lettres de "
    "14 points.",
    family=Family.STRUCTURE,
)

# What is said of each trouble (`{}` is what the deck shows), and a hint if the usual one is vague.
_TOLD: Final = {
    Trouble.NAMELESS: (
        "Ces cartes n’ont pas de nom de jeu.",
        "Écrivez au-dessus « ### Nom du jeu » : ce nom s’imprime sur chaque carte.",
    ),
    Trouble.NO_DECK: (f"La section « {decks.SECTION} » n’a pas de jeu.", ""),
    Trouble.NO_CARD: ("Le jeu « {} » n’a pas de carte.", ""),
    Trouble.TWIN: (
        "Deux jeux s’appellent « {} ».",
        "Donnez à chacun son nom : il sert à trier les cartes une fois coupées.",
    ),
    Trouble.MIXED: (
        "Ce jeu mélange une liste et un tableau.",
        "Faites-en deux jeux : une liste a des cartes d’une face, un tableau des cartes de deux.",
    ),
    Trouble.COLUMNS: (
        "Un tableau de cartes a 2 colonnes, celui-ci {}.",
        "La première colonne est le recto, la seconde le verso.",
    ),
    Trouble.NESTED: (
        "« {} » est dans une autre carte.",
        "Ramenez le tiret au début de la ligne : une liste de cartes n’a qu’un niveau.",
    ),
    Trouble.EMPTY: ("Cette carte est vide.", "Pour une carte blanche, écrivez « - … »."),
    Trouble.IMAGE: ("Une carte ne porte pas d’image.", "Remplacez l’image par des mots."),
    Trouble.COPIES: (
        "« {} » ne dit pas combien de jeux imprimer.",
        f"Écrivez « exemplaires: 2 », de 1 à {MOST_COPIES}, seul sur sa ligne.",
    ),
}


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the decks of a workshop."""
    if not source.path.startswith(f"{WORKSHOPS}/"):
        return
    for fault in decks.read(source.body).faults:
        place = source.body_place(fault.line)
        if fault.trouble is Trouble.LONG:
            message = f"Cette carte a {fault.shown} signes, pour {MOST_SIGNS} au plus."
            yield LONG_CARD.at(place, message)
        else:
            message, hint = _TOLD[fault.trouble]
            yield BAD_DECK.at(place, message.format(fault.shown), hint)
