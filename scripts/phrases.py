# ruff: noqa: SIM905 - lists of words read better on their lines
"""French sentences about a day of digital mediation, drawn by lot: right, plain, and never long."""

from __future__ import annotations

import random
import unicodedata

MASCULINE = (
    "appareil appel atelier bouton brouillon cahier calendrier carnet chargeur clavier compte "
    "contrat curseur dessin document dossier écran enregistrement exercice fichier formulaire "
    "classeur geste guide logiciel lien livret menu message panneau plan rappel réglage signal "
    "site souvenir support tableau tiroir titre"
).split()
FEMININE = (
    "adresse affiche alarme annonce application carte case clé commande consigne copie couleur "
    "date démarche échelle enveloppe étiquette facture feuille fiche icône image imprimante ligne "
    "liste mémoire montre note page photo pile question recette recherche réponse séance signature "
    "souris tablette"
).split()
# Masculine, feminine.
ADJECTIVES = tuple(
    pair.split("/")
    for pair in (
        "ancien/ancienne bleu/bleue bref/brève clair/claire commun/commune court/courte "
        "double/double épais/épaisse exact/exacte imprimé/imprimée joyeux/joyeuse léger/légère "
        "lisible/lisible manquant/manquante neuf/neuve ouvert/ouverte partagé/partagée "
        "personnel/personnelle plié/pliée précis/précise protégé/protégée rangé/rangée "
        "simple/simple solide/solide vert/verte visible/visible"
    ).split()
)
PEOPLE = (
    "le groupe",
    "une personne",
    "chaque binôme",
    "votre voisine",
    "l’équipe",
    "la personne qui anime",
    "tout le monde",
    "la bibliothécaire",
)
VERBS = (
    "agrandir/agrandit chercher/cherche choisir/choisit classer/classe colorier/colorie "
    "comparer/compare copier/copie décrire/décrit dessiner/dessine effacer/efface "
    "enregistrer/enregistre entourer/entoure envoyer/envoie fermer/ferme imprimer/imprime "
    "lire/lit montrer/montre nommer/nomme ouvrir/ouvre plier/plie poser/pose préparer/prépare "
    "ranger/range recopier/recopie relire/relit remplir/remplit renommer/renomme trier/trie "
    "trouver/trouve vérifier/vérifie"
).split()
INFINITIVES = tuple(verb.split("/")[0] for verb in VERBS)
PRESENTS = tuple(verb.split("/")[1] for verb in VERBS)
MANNERS = (
    "sans se presser",
    "à voix haute",
    "en quelques gestes",
    "avec ses propres mots",
    "autant de fois qu’il le faut",
    "pendant 5 minutes",
    "devant les autres",
    "à son rythme",
)
OPENINGS = (
    "Ensuite",
    "Pour commencer",
    "Au bout d’un moment",
    "Le plus souvent",
    "Ce jour-là",
    "Au deuxième essai",
    "De retour à la maison",
)
NUMBERS = "deux trois quatre cinq six".split()


class Phrases:
    """Draws words from `rng`: the same draws give the same words."""

    def __init__(self, rng: random.Random) -> None:
        self.pick = rng.choice
        self.chance = rng.random

    def noun(self) -> tuple[str, bool]:
        """A noun, sometimes with its adjective, and whether it is feminine."""
        feminine = self.chance() < 0.5
        word = self.pick(FEMININE if feminine else MASCULINE)
        if self.chance() < 0.35:
            word += f" {self.pick(ADJECTIVES)[feminine]}"
        return word, feminine

    def thing(self) -> str:
        """« cette page claire », « un écran »."""
        word, feminine = self.noun()
        return f"{self.pick(determiners(word, feminine))}{word}"

    def infinitive(self) -> str:
        """« ranger »."""
        return self.pick(INFINITIVES)

    def act(self) -> str:
        """« ranger cette photo »."""
        return f"{self.infinitive()} {self.thing()}"

    def does(self) -> str:
        """« le groupe range cette photo »."""
        return f"{self.pick(PEOPLE)} {self.pick(PRESENTS)} {self.thing()}"

    def sentence(self) -> str:
        """A whole sentence, of 25 words at most."""
        drawn = self.chance()
        if drawn < 0.2:
            text = f"{self.does()} {self.pick(MANNERS)}."
        elif drawn < 0.35:
            text = (
                f"{self.pick(OPENINGS)}, {self.does()}, puis {self.pick(PRESENTS)} {self.thing()}."
            )
        elif drawn < 0.5:
            text = f"pour {self.act()}, on peut d’abord {self.act()}."
        elif drawn < 0.6:
            text = f"« {capital(self.does())}, et après ? » Voilà une bonne question."
        elif drawn < 0.7:
            text = f"si {self.does()}, le reste vient plus vite ; rien ne presse."
        elif drawn < 0.8:
            text = f"il faut {self.pick(NUMBERS)} essais pour {self.act()} {self.pick(MANNERS)}."
        elif drawn < 0.9:
            text = f"voici deux façons de faire : {self.act()}, ou bien {self.act()}."
        else:
            text = f"et si {self.does()} sans {self.act()} ?"
        return capital(text)

    def paragraph(self, sentences: int) -> str:
        """Sentences one after the other, a few words of them in bold."""
        found = [self.sentence() for _ in range(sentences)]
        if self.chance() < 0.3:
            found.append(f"**Rien ne presse** : {self.does()}.")
        return " ".join(found)

    def items(self, count: int) -> str:
        """A list."""
        return "\n".join(f"- {capital(self.act())}" for _ in range(count))

    def steps(self, count: int) -> str:
        """A numbered list."""
        return "\n".join(f"{n}. {capital(self.act())}." for n in range(1, count + 1))


def determiners(word: str, feminine: bool) -> tuple[str, ...]:
    """What may stand before a noun, its space included."""
    vowel = unicodedata.normalize("NFD", word)[0] in "aeio"
    if feminine:
        return ("l’" if vowel else "la ", "une ", "cette ", "votre ", "chaque ")
    return ("l’" if vowel else "le ", "un ", "cet " if vowel else "ce ", "votre ", "chaque ")


def capital(text: str) -> str:
    """The same text, its first letter as a capital."""
    return text[0].upper() + text[1:]
