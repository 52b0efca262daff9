"""What a body of texts must not forget: points to answer, and where each is answered.

A point is not answered because somebody says so: it names the texts that do, and words that must be
read there. What is left out is said too, with its reason.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ressourcerie.fields import Model, Names, Slug, Slugs, Text
from ressourcerie.model import Resource
from ressourcerie.parts import Reference


class Cited(Reference):
    """A document whose points are listed."""

    id: Slug = Field(description="Nom court, par lequel les points le nomment.")


class Point(Model):
    """One thing to answer."""

    point: Annotated[Text, Field(max_length=240)] = Field(
        description="Ce dont il faut parler, avec vos mots ; 240 signes au plus."
    )
    sources: Annotated[Slugs, Field(min_length=1)] = Field(
        description="Les documents qui en parlent, par leur `id`."
    )
    dans: Names = Field((), description="Les fichiers qui y répondent : `glossary/pix.md`.")
    mots: Names = Field((), description="Ce qu’on doit lire dans l’un de ces fichiers au moins.")
    laisse: Text | None = Field(None, description="Ou pourquoi ce point est laissé de côté.")


class Heading(Model):
    """Points that go together."""

    titre: Text = Field(description="Ce que ces points ont en commun.")
    points: Annotated[tuple[Point, ...], Field(strict=False, min_length=1)] = Field(
        description="Un point par tiret."
    )


class Checklist(Resource):
    """All the points of some documents."""

    kind = "grille"
    section = "grilles"

    resume: Annotated[Text, Field(max_length=280)] = Field(
        description="À quoi elle sert, 280 signes au plus."
    )
    documents: Annotated[tuple[Cited, ...], Field(strict=False, min_length=1)] = Field(
        description="Les documents d’où viennent les points."
    )
    rubriques: Annotated[tuple[Heading, ...], Field(strict=False, min_length=1)] = Field(
        description="Les points, réunis par sujet."
    )
