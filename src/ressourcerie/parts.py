"""What the resources are made of that is no resource: a work cited, a list of papers, a change.

Written under a key of the front matter, each has keys of its own.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ressourcerie.fields import (
    Crcn,
    Day,
    Device,
    DigComp,
    Internet,
    Model,
    Names,
    Text,
    WebAddress,
    Year,
    YesNo,
)


class Reference(Model):
    """A work a resource rests on."""

    auteurs: Text = Field(description="Qui l’a écrit.")
    annee: Year = Field(description="Année, ou « s. d. » (sans date).")
    titre: Text = Field(description="Titre de l’ouvrage, de l’article ou de la page.")
    editeur: Text | None = Field(None, description="Maison d’édition, revue ou site.")
    precision: Text | None = Field(None, description="Ce que cette source établit.")
    adresse: WebAddress | None = Field(None, description="Adresse sur le web, si elle est sûre.")


Sources = Annotated[tuple[Reference, ...], Field(strict=False)]


class Silence(Model):
    """A rule that has nothing to say in the whole file."""

    regle: Text = Field(description="Le nom de la règle, entre crochets dans le message.")
    # Asked for by a rule of its own, as for a silence on a line.
    raison: str = Field("", description="Pourquoi la règle se tait dans ce fichier.")


class Change(Model):
    """What has changed in a resource, in a sentence readers understand."""

    le: Day = Field(description="Date du changement, année-mois-jour.")
    quoi: Annotated[Text, Field(max_length=200)] = Field(
        description="Ce qui a changé, en une phrase, 200 signes au plus."
    )


class GroupSize(Model):
    """How many people a session is for."""

    min: Annotated[int, Field(ge=1)] = Field(description="Le moins.")
    max: Annotated[int, Field(ge=1)] = Field(description="Le plus.")


class Competences(Model):
    """The competences a workshop works on, by framework."""

    digcomp: Annotated[tuple[DigComp, ...], Field(strict=False, min_length=1)] = Field(
        description="Compétences DigComp 3.0."
    )
    crcn: Annotated[tuple[Crcn, ...], Field(strict=False)] = Field(
        (), description="Compétences du CRCN (Pix)."
    )


class Equipment(Model):
    """What the room and each person need."""

    par_personne: Annotated[
        tuple[Device, ...],
        Field(strict=False, min_length=1),
    ] = Field(description="Appareil de chaque personne, ou « aucun ».")
    internet: Internet | None = Field(
        None,
        description="Internet pendant la séance : `inutile`, `utile` (le plan B s’en passe) ou "
        "`requis`. Sans réponse, l’atelier n’est pas classé « sans Internet ».",
    )
    salle: Names = Field((), description="Ce que la salle doit avoir.")
    plan_b: Text = Field(description="Que faire sans connexion ou sans courant.")


class Printout(Model):
    """A paper to have ready."""

    document: Text = Field(
        description="Un papier de l’atelier (`participant`, `corrige`…), ou un de ses fichiers."
    )
    exemplaires: Text = Field(description="Combien, par exemple « 1 par personne ».")
    noir_et_blanc: YesNo = Field(True, description="Se lit-il en noir et blanc ?")

    @property
    def is_for_screen(self) -> bool:
        """Whether it is filled in or shown on a screen, and needs no paper."""
        return self.document == "diaporama" or self.document.endswith("a-remplir")


class FieldNote(Model):
    """What a session already held has taught."""

    le: Day = Field(description="Date de la séance, année-mois-jour.")
    avec: Text = Field(description="Où et pour qui, sans nommer personne.")
    note: Text = Field(description="Ce qui a marché, ce qui a changé.")
