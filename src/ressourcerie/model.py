"""The resources: what a term, a workshop, a chapter… are made of.

Keys are French because authors write them. Everything is frozen: nothing downstream edits a
resource. Each field says, in French and once, what it is for; the messages, the contributor's
reference and the schema derive from it.
"""

from __future__ import annotations

import posixpath
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PrivateAttr

from ressourcerie import outline
from ressourcerie.fields import (
    Audience,
    Crcn,
    Day,
    Device,
    DigComp,
    Dimension,
    FormerAddress,
    Group,
    Internet,
    Level,
    Model,
    Names,
    Need,
    PageNames,
    Slug,
    Slugs,
    Summary,
    Text,
    Theme,
    Topic,
    WebAddress,
    Year,
    YesNo,
)
from ressourcerie.source import Source


class Reference(Model):
    """A work a resource rests on."""

    auteurs: Text = Field(description="Qui l’a écrit.")
    annee: Year = Field(description="Année, ou « s. d. » (sans date).")
    titre: Text = Field(description="Titre de l’ouvrage, de l’article ou de la page.")
    editeur: Text | None = Field(None, description="Maison d’édition, revue ou site.")
    precision: Text | None = Field(None, description="Ce que cette source établit.")
    adresse: WebAddress | None = Field(None, description="Adresse sur le web, si elle est sûre.")


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


class Resource(Model):
    """What every resource has in common. `slug` is its name in public addresses."""

    kind: ClassVar[str]
    section: ClassVar[str]
    _source: Source = PrivateAttr()
    _slug: str = PrivateAttr()

    titre: Annotated[Text, Field(max_length=80)] = Field(description="Titre, 80 signes au plus.")
    auteurs: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)] = Field(
        description="Qui a écrit la ressource."
    )
    cree_le: Day = Field(description="Date de création, année-mois-jour.")
    relu_le: Day = Field(description="Date de la dernière relecture, année-mois-jour.")
    licence: Literal["CC-BY-SA-4.0"] = Field("CC-BY-SA-4.0", description="Licence de la ressource.")
    illustration: Annotated[str, Field(pattern=r"^[\w.-]+\.(svg|png|jpg)$")] | None = Field(
        None, description="Image de `content/images/`."
    )
    taire: Annotated[tuple[Silence, ...], Field(strict=False)] = Field(
        (), description="Règles à taire dans ce fichier, chacune avec sa raison."
    )
    changements: Annotated[tuple[Change, ...], Field(strict=False)] = Field(
        (), description="Ce qui a changé depuis la création, pour la page « Nouveautés »."
    )
    anciennes_adresses: Annotated[tuple[FormerAddress, ...], Field(strict=False)] = Field(
        (), description="Adresses que la page a portées : elles mènent encore à elle."
    )

    def model_post_init(self, context: Any, /) -> None:
        """Remember the file the resource was read from."""
        self._source = context["source"]
        self._slug = context["slug"]

    # Kept once found: a private attribute is slow to look up, and these are asked all the time.
    @cached_property
    def source(self) -> Source:
        """The file it was read from."""
        return self._source

    @cached_property
    def slug(self) -> str:
        """Its name in addresses and in the keys that point to it."""
        return self._slug

    @property
    def body(self) -> str:
        """Its Markdown."""
        return self._source.body

    @property
    def url(self) -> str:
        """Its public address, relative to the root of the site."""
        return f"{self.section}/{self._slug}/"

    @property
    def summary(self) -> str:
        """One or two sentences that say what it is."""
        return str(getattr(self, "resume", ""))

    @property
    def updated(self) -> date:
        """The last day it was read again or changed."""
        return max(self.relu_le, *(change.le for change in self.changements), self.cree_le)


Sources = Annotated[tuple[Reference, ...], Field(strict=False)]


class Term(Resource):
    """A glossary entry."""

    kind = "terme"
    section = "glossaire"

    glose: Annotated[Text, Field(max_length=300)] = Field(
        description="Ce que le mot veut dire, en 300 signes, pour n’importe qui."
    )
    groupe: Group = Field(description="Rayon du glossaire.")
    variantes: Names = Field((), description="Autres graphies du mot.")
    synonymes: Names = Field((), description="Autres mots pour la même chose.")
    sauf: Names = Field((), description="Tournures où le mot veut dire autre chose.")
    anglais: Text | None = Field(None, description="Le mot anglais.")
    voir_aussi: Slugs = Field((), description="Termes voisins.")
    sources: Annotated[Sources, Field(min_length=1)] = Field(description="Ouvrages cités.")

    @property
    def summary(self) -> str:
        """The gloss."""
        return self.glose

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way the term is written in prose."""
        return (self.titre, *self.variantes, *self.synonymes)


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


class Workshop(Resource):
    """A workshop sheet: everything to run a session."""

    kind = "atelier"
    section = "ateliers"

    sous_titre: Text | None = Field(None, description="Précision sous le titre.")
    resume: Summary = Field(description="L’essentiel, 280 signes au plus.")
    version: Text = Field(description='Version de la fiche, entre guillemets : "1.0".')
    duree: Annotated[int, Field(ge=10, le=600)] = Field(
        description="Durée en minutes : 150 pour 2 h 30."
    )
    niveau: Level = Field(description="Niveau des personnes.")
    publics: Annotated[tuple[Audience, ...], Field(strict=False, min_length=1)] = Field(
        description="À qui s’adresse la séance."
    )
    besoins: Annotated[tuple[Need, ...], Field(strict=False)] = Field(
        (), description="Besoins particuliers pris en compte."
    )
    prerequis: Slugs = Field((), description="Ateliers à faire avant.")
    effectif: GroupSize = Field(description="Nombre de personnes, `min` et `max`.")
    encadrement: Text | None = Field(None, description="Qui encadre, et combien.")
    objectifs: Annotated[Names, Field(min_length=1, max_length=4)] = Field(
        description="Ce que la personne sait faire à la fin, 1 à 4."
    )
    competences: Competences = Field(description="Compétences travaillées.")
    thematiques: Annotated[tuple[Topic, ...], Field(strict=False, min_length=1)] = Field(
        description="Thématiques de suivi (Coop)."
    )
    dimensions: Annotated[tuple[Dimension, ...], Field(strict=False, min_length=1)] = Field(
        description="Dimensions de l’inclusion."
    )
    themes: Annotated[tuple[Theme, ...], Field(strict=False, min_length=1)] = Field(
        description="Thèmes CapitaineFibre."
    )
    materiel: Equipment = Field(description="Matériel et plan B.")
    a_imprimer: Annotated[tuple[Printout, ...], Field(strict=False, min_length=1)] = Field(
        description="Papiers à préparer."
    )
    glossaire: Annotated[Slugs, Field(min_length=1)] = Field(description="Termes utiles.")
    sources: Sources = Field((), description="Ouvrages cités.")
    adapte_de: Text | None = Field(None, description="D’où vient l’idée.")
    journal: Annotated[tuple[FieldNote, ...], Field(strict=False)] = Field(
        (), description="Journal de terrain."
    )

    @property
    def participant_url(self) -> str:
        """The address of its page for participants."""
        return f"{self.url}participant/"

    def beside(self, name: str) -> str:
        """The path of a file of its folder."""
        return posixpath.join(posixpath.dirname(self.source.path), name)

    @cached_property
    def steps(self) -> tuple[outline.Step, ...]:
        """The timed steps of the session."""
        return outline.steps(self.body)


class Chapter(Resource):
    """A part of the guide, or its appendix when it has no theme."""

    kind = "chapitre"
    section = "guide"

    resume: Summary = Field(description="L’essentiel, 280 signes au plus.")
    ordre: Annotated[int, Field(ge=1)] = Field(description="Rang dans le guide.")
    theme: Theme | None = Field(None, description="Thème CapitaineFibre.")
    sources: Sources = Field((), description="Ouvrages cités.")

    @property
    def label(self) -> str:
        """« Partie 2 », or « Annexe »."""
        return f"Partie {self.ordre}" if self.theme else "Annexe"


class Page(Resource):
    """A page of the site; `gabarit` asks for a page that lists resources under its text."""

    kind = "page"
    section = ""

    resume: Summary = Field(description="L’essentiel, 280 signes au plus.")
    gabarit: (
        Literal[
            "accueil",
            "glossaire",
            "carte",
            "ateliers",
            "criteres",
            "selection",
            "guide",
            "parcours",
            "imprimer",
            "telechargements",
            "recherche",
            "hors_connexion",
            "couverture",
            "grille",
            "lisibilite",
            "nouveautes",
            "positionnement",
            "questionnaire",
            "depouillement",
        ]
        | None
    ) = Field(None, description="Mise en page particulière.")
    questionnaire: Slug | None = Field(
        None, description="Le questionnaire que montre la page, par son nom de fichier."
    )
    grille: Slug | None = Field(
        None, description="La grille que montre la page, par son nom de fichier."
    )
    sources: Sources = Field((), description="Ouvrages cités.")

    @property
    def url(self) -> str:
        """`index.md` is the home page."""
        return "" if self.slug == "index" else f"{self.slug}/"


Content = Literal["glossaire", "definitions", "guide", "ateliers", "exercices", "carnet", "pages"]


class Booklet(Resource):
    """A recipe: which resources a booklet holds, and what of them."""

    kind = "livret"
    section = "livrets"

    sous_titre: Text | None = Field(None, description="Précision sous le titre.")
    resume: Summary = Field(description="L’essentiel, 280 signes au plus.")
    version: Text = Field(description='Version du livret, entre guillemets : "1.0".')
    contenu: Annotated[tuple[Content, ...], Field(strict=False, min_length=1)] = Field(
        description="Ce que le livret contient, dans l’ordre."
    )
    termes: Slugs = Field((), description="Du glossaire, ces termes seulement.")
    groupe: Annotated[tuple[Group, ...], Field(strict=False)] = Field(
        (), description="Du glossaire, ces rayons seulement."
    )
    chapitres: Slugs = Field((), description="Du guide, ces chapitres seulement.")
    ateliers: Slugs = Field((), description="Des ateliers, ceux-là seulement, dans cet ordre.")
    pages: PageNames = Field((), description="Les pages du site à relier, dans cet ordre.")
    parcours: Text | None = Field(None, description="Les ateliers de ce parcours seulement.")
    theme: Theme | None = Field(None, description="Les ateliers et chapitres de ce thème.")
    niveau: Level | None = Field(None, description="Les ateliers de ce niveau seulement.")
    vue: Literal["participant", "animateur"] = Field(
        "participant", description="Pour qui sont les ateliers du livret."
    )


class Path(Resource):
    """An ordered series of workshops."""

    kind = "parcours"
    section = "parcours"

    resume: Summary = Field(description="L’essentiel, 280 signes au plus.")
    ateliers: Annotated[Slugs, Field(min_length=1)] = Field(description="Ateliers, dans l’ordre.")
    ordre: Annotated[int, Field(ge=1)] | None = Field(
        None, description="Rang parmi les parcours ; sans lui, après ceux qui en ont un."
    )

    @property
    def rank(self) -> tuple[bool, int, str]:
        """Where it stands among paths."""
        return self.ordre is None, self.ordre or 0, self.slug


KINDS: tuple[type[Resource], ...] = (Term, Workshop, Chapter, Page, Booklet, Path)
