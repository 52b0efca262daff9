"""Questionnaires on paper, and as forms to fill in on a screen."""

from __future__ import annotations

from collections.abc import Iterator

from ressourcerie.paper.document import A4, Document
from ressourcerie.paper.press import Press, data_uri
from ressourcerie.questionnaire import Questionnaire, asks_more

_STYLES = ("base.css", "a4.css", "feuille.css", "questionnaire.css")


def surveys(press: Press) -> Iterator[Document]:
    """Every questionnaire, to fill in by hand and on a screen."""
    for questionnaire in press.library.questionnaires:
        yield _survey(
            press,
            questionnaire,
            "questionnaire",
            "Questionnaire",
            "À remplir à la main, sans écrire son nom. Une feuille recto verso.",
        )
        yield _survey(
            press,
            questionnaire,
            "questionnaire-a-remplir",
            "Questionnaire à remplir à l’écran",
            "Le même, avec des cases à cocher et des champs.",
            fillable=True,
        )


def _survey(
    press: Press,
    questionnaire: Questionnaire,
    edition: str,
    label: str,
    purpose: str,
    *,
    fillable: bool = False,
) -> Document:
    return press.document(
        name=f"{questionnaire.slug}-{edition}.pdf",
        label=label,
        purpose=purpose,
        paper=A4,
        owner=questionnaire.source.path,
        edition=edition,
        made_of=(questionnaire.source.text,),
        stylesheets=(*_STYLES, "champs.css") if fillable else _STYLES,
        fillable=fillable,
        compose=lambda: press.fill(
            "questionnaire.html",
            resource=questionnaire,
            label=label,
            fillable=fillable,
            face=lambda rank, count: data_uri(face(rank, count)),
            asks_more=asks_more,
        ),
    )


def face(rank: int, count: int) -> str:
    """A face as SVG, from the saddest (`rank` 0) to the happiest (`count` - 1); at least two.

    Lines only: it says nothing that the word beside it does not, and costs no ink.
    """
    mood = 2 * rank / (count - 1) - 1
    end, dip = 31 - 4 * mood, 31 + 8 * mood
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" '
        'stroke="#14213d" stroke-width="2.2" stroke-linecap="round">'
        '<circle cx="24" cy="24" r="21"/>'
        '<path d="M17 18v2M31 18v2" stroke-width="4"/>'
        f'<path d="M14.5 {end:.1f}Q24 {dip:.1f} 33.5 {end:.1f}"/>'
        "</svg>"
    )
