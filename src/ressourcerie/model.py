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
    Content,
    Day,
    Dimension,
    FormerAddress,
    Group,
    Layout,
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
)
from ressourcerie.parts import (
    Change,
    Competences,
    Equipment,
    FieldNote,
    GroupSize,
    Printout,
    Silence,
    Sources,
)
from ressourcerie.source import Source


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
    gabarit: Layout | None = Field(None, description="Mise en page particulière.")
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
