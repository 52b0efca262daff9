"""What to tell the printer: how many sheets, which sides, which edge. Pure functions of a PDF."""

from __future__ import annotations

from typing import Final

from ressourcerie import french
from ressourcerie.paper.pdf import Pdf

# Two pages side by side turn like those of a book: about the short edge of the sheet.
_SHORT_EDGE: Final = frozenset({"a-imprimer", "a3", "deux-par-feuille"})
_FOLDED: Final = frozenset({"a-imprimer", "a3"})
_STAPLED: Final = frozenset(
    {"animateur", "participant", "grands-caracteres", "econome", "corrige", "questionnaire"}
)
_ON_SCREEN: Final = {"diaporama": "À projeter en plein écran."}
_TO_FILL: Final = "À remplir à l’écran, puis à enregistrer ou à imprimer."
_FINISH: Final = {
    "livret": "Sur une imprimante A4, prenez plutôt l’édition à plier.",
    "deux-par-feuille": "À lire ainsi, ou à couper en deux.",
    "cartes": "Coupez le long des traits.",
    "affiche": "À accrocher à hauteur des yeux.",
    "programme": "À afficher sur la porte.",
}
SCALE: Final = "Échelle 100 %, sans « ajuster à la page »."


def is_for_screen(pdf: Pdf) -> bool:
    """Whether it is read, filled or shown on a screen, and kept out of printers."""
    return not pdf.printed or pdf.edition.endswith("a-remplir")


def sides(pdf: Pdf) -> str:
    """« recto verso », « recto seul », or nothing when there is only one side to print."""
    if pdf.pages == 1:
        return ""
    return "recto verso" if pdf.duplex else "recto seul"


def sheets(pdf: Pdf) -> str:
    """« 4 feuilles recto verso » for one copy; empty for what is not printed."""
    if is_for_screen(pdf):
        return ""
    return f"{french.plural(pdf.sheets, 'feuille')} {sides(pdf)}".rstrip()


def once(pdf: Pdf) -> int:
    """How many of its sheets are wanted once only, however many copies are printed.

    The first sheet of a booklet to fold says how to fold it.
    """
    return 1 if pdf.edition in _FOLDED else 0


def advice(pdf: Pdf) -> tuple[str, ...]:
    """What to set and to do, in order, each in a sentence."""
    if is_for_screen(pdf):
        return (_ON_SCREEN.get(pdf.edition, _TO_FILL),)
    lines = (_paper(pdf), SCALE, *_binding(pdf), _FINISH.get(pdf.edition, ""), _ink(pdf))
    return tuple(french.typeset(line) for line in lines if line)


def _paper(pdf: Pdf) -> str:
    if not sides(pdf):
        return f"Papier {pdf.paper}, une seule face."
    if not pdf.duplex:
        return f"Papier {pdf.paper}, recto seul."
    edge = "court" if pdf.edition in _SHORT_EDGE else "long"
    return f"Papier {pdf.paper}, recto verso, retourner sur le bord {edge}."


def _binding(pdf: Pdf) -> tuple[str, ...]:
    if pdf.edition in _FOLDED:
        return (
            "Pliez en deux, puis posez deux agrafes dans le pli.",
            "La première feuille est un mode d’emploi : pour les exemplaires suivants, imprimez "
            "à partir de la page 3.",
        )
    if pdf.edition in _STAPLED and pdf.sheets > 1:
        return ("Une agrafe en haut à gauche.",)
    return ()


def _ink(pdf: Pdf) -> str:
    said = "Choisissez « Noir et blanc »" if pdf.edition == "econome" else "Noir et blanc possible"
    if not pdf.ink:
        return f"{said}."
    return f"{said} : l’encre couvre {max(1, round(100 * pdf.ink))} % de la page."
