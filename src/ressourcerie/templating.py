"""The words of French that every template may use, those of the site and those of paper."""

from __future__ import annotations

from typing import Final

from jinja2 import Environment

from ressourcerie import data, french

# « Anticonstitutionnellement » is not cut.
_LONGEST_WORD: Final = 25


def speak_french(env: Environment) -> None:
    """Add our filters (`typo`, `duree`, `libelle`…) and functions (`plural`…) to `env`."""
    env.filters |= {
        "typo": french.typeset,
        "duree": french.duration,
        "horloge": french.clock,
        "jour": french.day,
        "poids": french.weight,
        "libelle": lambda slug, name: data.vocabulary(name).get(slug, slug),
        "papier": paper,
    }
    env.tests |= {"demesure": lambda text: any(len(w) > _LONGEST_WORD for w in text.split())}
    env.globals |= {
        "plural": french.plural,
        "competences": data.competences,
        "licences": data.LICENCES,
    }


def paper(document: str) -> str:
    """What a document of « a_imprimer » is called: one of our papers, or a picture."""
    return data.vocabulary("papiers").get(document) or f"Image {document}"
