"""A large corpus for `scripts/bench`: the same words as resources of ours and as plain pages.

Sheets of some 750 words, half as many terms of some 250, a guide of ten chapters, images; links
between them all, with anchors. The same seed gives the same files, but for the day they bear.
"""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from phrases import ADJECTIVES, FEMININE, MASCULINE, Phrases, capital
from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent.parent
CHAPTERS = 10
SERIES = 5
TERM_ANCHORS = ("un-exemple", "dou-vient-ce-mot", "ce-qui-se-discute")
SHEET_ANCHORS = ("deroule", "points-de-vigilance", "pour-aller-plus-loin")
GROUPS = ("inclusion", "metier-et-lieux", "competences", "participation", "donnees", "securite")
THEMES = ("decouverte", "securite", "appartenance", "estime", "realisation")
DIMENSIONS = ("faciliter", "encapaciter", "motiver", "rassurer")
# The pages that list resources, and those that the theme leads to.
PAGES = {
    "index": ("Banc d’essai", "accueil"),
    "ateliers": ("Ateliers", "ateliers"),
    "glossaire": ("Glossaire", "glossaire"),
    "guide": ("Guide", "guide"),
    "parcours": ("Parcours", "parcours"),
    "imprimer": ("Imprimer", "imprimer"),
    "telechargements": ("Téléchargements", "telechargements"),
    "recherche": ("Recherche", "recherche"),
    "glossaire-carte": ("Carte des mots", "carte"),
    "ateliers/par-critere": ("Ateliers par critère", "criteres"),
    "ma-selection": ("Ma sélection", "selection"),
    "couverture": ("Couverture", "couverture"),
    "nouveautes": ("Nouveautés", "nouveautes"),
    "hors-connexion": ("Hors connexion", "hors_connexion"),
    "metier": ("Le métier", ""),
    "utiliser": ("Mode d’emploi", ""),
    "accessibilite": ("Accessibilité", ""),
    "contribuer": ("Contribuer", ""),
}
PLAIN = """\
site_name: Banc d’essai
theme:
  name: material
  language: fr
  font: false
  # The quickest way that stock Material knows to draw the navigation of a large site.
  features: [navigation.prune]
plugins:
  - search:
      lang: fr
markdown_extensions:
  [admonition, attr_list, fenced_code, pymdownx.details, sane_lists, tables, toc]
"""


@dataclass(frozen=True)
class Text:
    """One text: its path in both projects, its title, our keys, and its Markdown."""

    path: str
    title: str
    keys: str
    body: str


def sheets_for(count: int) -> int:
    """How many sheets make a corpus of about that many texts."""
    sheets = 1
    while sheets + max(6, sheets // 2) + -(-sheets // SERIES) + CHAPTERS + len(PAGES) < count:
        sheets += 1
    return sheets


def write_resources(root: Path, sheets: int, seed: int = 1, terms: int | None = None) -> None:
    """A project of ours; `terms` to have another number of them."""
    shutil.copy(HERE / "mkdocs.yml", root)
    for folder in ("theme", "content/images"):
        shutil.copytree(HERE / folder, root / folder)
    for text in texts(sheets, seed, terms):
        write(root / text.path, f"---\ntitre: {text.title}\n{text.keys}---\n\n{text.body}")
    images(root / "content" / "images", sheets, seed)


def write_plain(root: Path, sheets: int, seed: int = 1) -> None:
    """The same words as a stock MkDocs project."""
    (root / "mkdocs.yml").write_text(PLAIN, "utf-8")
    for text in texts(sheets, seed):
        body = f"---\ntitle: {text.title}\n---\n\n# {text.title}\n\n{text.body}"
        write(root / "docs" / text.path, body)
    write(root / "docs" / "index.md", "# Banc d’essai\n\n[Les pages](content/index.md)\n")
    images(root / "docs" / "content" / "images", sheets, seed)


def write_booklet(root: Path) -> None:
    """The recipe of a booklet of the whole glossary."""
    keys = f'resume: Tous les mots.\ncontenu: [glossaire]\nversion: "1.0"\n{_bearings()}'
    body = "Tous les mots du banc d’essai, dans l’ordre de l’alphabet.\n"
    text = f"---\ntitre: Glossaire du banc d’essai\n{keys}---\n\n{body}"
    write(root / "content/livrets/glossaire.md", text)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def texts(sheets: int, seed: int, terms: int | None = None) -> Iterator[Text]:
    """Every text of the corpus."""
    maker = Maker(sheets, seed, terms)
    yield from (maker.page(name) for name in PAGES)
    yield from map(maker.term, range(len(maker.terms)))
    yield from map(maker.sheet, range(sheets))
    yield from map(maker.chapter, range(CHAPTERS))
    yield from map(maker.path, range(0, sheets, SERIES))


class Maker:
    """Makes the texts one by one; their names come first, so that every link leads somewhere."""

    def __init__(self, sheets: int, seed: int, terms: int | None = None) -> None:
        self.seed = seed
        self.pictures = picture_names(sheets)
        rng = random.Random(seed)  # noqa: S311 - words, not secrets
        said = [
            f"{noun} {adjective[feminine]}"
            for feminine, nouns in enumerate((MASCULINE, FEMININE))
            for noun, adjective in itertools.product(nouns, ADJECTIVES)
        ]
        self.terms = [capital(term) for term in rng.sample(said, terms or max(6, sheets // 2))]
        phrases = Phrases(rng)
        self.sheets = [f"{capital(phrases.act())}, séance {n + 1}" for n in range(sheets)]
        self.dates = _bearings()

    def draw(self, name: str) -> tuple[random.Random, Phrases]:
        rng = random.Random(f"{self.seed} {name}")  # noqa: S311 - words, not secrets
        return rng, Phrases(rng)

    def term_links(self, rng: random.Random, up: str, count: int) -> list[str]:
        return [
            f"[{self.terms[n]}]({up}glossary/notion-{n}.md{anchor(rng, TERM_ANCHORS)})"
            for n in rng.sample(range(len(self.terms)), count)
        ]

    def sheet_links(self, rng: random.Random, up: str, count: int) -> list[str]:
        return [
            f"[{self.sheets[n]}]({up}ateliers/seance-{n}/index.md{anchor(rng, SHEET_ANCHORS)})"
            for n in rng.sample(range(len(self.sheets)), min(count, len(self.sheets)))
        ]

    def page(self, name: str) -> Text:
        title, layout = PAGES[name]
        _, say = self.draw(f"page {name}")
        keys = f"resume: {capital(say.act())}.\n" + (f"gabarit: {layout}\n" if layout else "")
        return Text(f"content/{name}.md", title, keys + self.dates, say.paragraph(3) + "\n")

    def term(self, n: int) -> Text:
        rng, say = self.draw(f"term {n}")
        keys = f"glose: Ce que l’on regarde pour {say.act()}.\ngroupe: {rng.choice(GROUPS)}\n"
        # Two by two, each sends to the other.
        keys += f"voir_aussi: [notion-{n ^ 1}]\n" if n ^ 1 < len(self.terms) else ""
        keys += "sources:\n  - {auteurs: Banc d’essai, annee: 2026, titre: Carnet de mesure}\n"
        links = (*self.term_links(rng, "../", 3), *self.sheet_links(rng, "../", 2))
        body = f"""\
{linked(say, rng, 4, links[:1])}

## D’où vient ce mot

{linked(say, rng, 5, links[1:2])}

## Ce qui se discute

{say.paragraph(2)}

{say.items(3)}

## Un exemple

{linked(say, rng, 4, links[2:])}
"""
        return Text(f"glossary/notion-{n}.md", self.terms[n], keys + self.dates, body)

    def chapter(self, n: int) -> Text:
        rng, say = self.draw(f"chapter {n}")
        keys = f"resume: {capital(say.act())}.\nordre: {n + 1}\ntheme: {THEMES[n % 5]}\n"
        terms, others = self.term_links(rng, "../../", 6), self.sheet_links(rng, "../../", 5)
        parts = []
        for part in range(5):
            links = (*terms[part : part + 1], *others[part : part + 1])
            rows = "\n".join(f"| {say.thing()} | {say.act()} |" for _ in range(4))
            parts.append(f"""\
## {part + 1}. {capital(say.act())}

{linked(say, rng, 8, links)}

### {capital(say.act())}

{say.paragraph(7)}

{say.items(4)}

| Devant vous | Ce que vous faites |
| --- | --- |
{rows}

### {capital(say.act())}

![Une personne va {say.act()}](../images/{rng.choice(self.pictures)})

{say.paragraph(7)}

!!! essayer "À vous"
    {say.sentence()}
""")
        title = f"Partie {n + 1} : {say.act()}"
        body = "\n".join(parts)
        return Text(f"content/guide/partie-{n + 1}.md", f'"{title}"', keys + self.dates, body)

    def path(self, first: int) -> Text:
        numbers = range(first, min(first + SERIES, len(self.sheets)))
        slugs = ", ".join(f"seance-{n}" for n in numbers)
        keys = f"resume: Des séances qui se suivent.\nateliers: [{slugs}]\n{self.dates}"
        _, say = self.draw(f"path {first}")
        number = first // SERIES + 1
        title = f"Parcours {number}"
        return Text(f"content/parcours/parcours-{number}.md", title, keys, say.paragraph(3) + "\n")

    def sheet(self, n: int) -> Text:
        rng, say = self.draw(f"sheet {n}")
        links = self.term_links(rng, "../../", 6)
        named = {n % len(self.terms), *rng.sample(range(len(self.terms)), 2)}
        minutes = [rng.choice((15, 20, 25, 30)) for _ in range(3)]
        keys = f"""\
resume: {capital(say.act())}, puis {say.act()}.
version: "1.0"
duree: {sum(minutes) + 45}
niveau: {rng.choice(("debutant", "intermediaire", "avance"))}
publics: [{rng.choice(("adultes", "tous_publics", "seniors_personnes_agees"))}]
prerequis: [{f"seance-{n - 1}" if n % SERIES else ""}]
effectif: {{min: 4, max: {rng.choice((8, 10, 12))}}}
encadrement: Une personne anime, une autre aide.
objectifs:
  - {capital(say.act())}
  - {capital(say.act())} {rng.choice(("sans aide", "avec une liste", "à deux"))}
competences: {{digcomp: ["1.1", "2.{rng.randint(1, 4)}"], crcn: ["2.1"]}}
thematiques: [culture_numerique]
dimensions: [{", ".join(DIMENSIONS)}]
themes: [{THEMES[n % 5]}]
materiel:
  par_personne: [{rng.choice(("telephone", "ordinateur", "tablette"))}]
  salle: [Des tables, Un tableau et des feutres]
  plan_b: Une version imprimée de chaque exercice, et un tableau.
a_imprimer:
  - {{document: participant, exemplaires: 1 par personne}}
glossaire: [{", ".join(f"notion-{term}" for term in sorted(named))}]
{self.dates}"""
        steps = "\n".join(
            step(say, rng, number, minutes[number - 1], links[number - 1 : number])
            for number in (1, 2)
        )
        last = step(say, rng, 3, minutes[2], links[2:3])
        picture = f"../../content/images/{rng.choice(self.pictures)}"
        rows = "\n".join(f"| {capital(say.act())} | oui | pas encore |" for _ in range(3))
        more = "\n".join(f"- {link}" for link in (*self.sheet_links(rng, "../../", 3), *links[4:]))
        body = f"""\
## En bref

{linked(say, rng, 3, links[3:4])}

## Avant la séance

- [ ] {capital(say.act())}.
- [ ] {capital(say.act())}.

## Déroulé

### Accueil : chaque personne trouve sa place — 10 min

- Objectif : se présenter en une phrase
- Modalité : grand groupe
- Support : aucun

{say.paragraph(2)}

{steps}
### Pause : souffler un peu — 10 min

- Objectif : se reposer
- Modalité : grand groupe
- Support : aucun

{say.paragraph(1)}

{last}
### Évaluation : ce que je sais faire — 15 min

- Objectif : montrer un geste
- Modalité : individuel
- Support : fiche participant

{say.paragraph(1)}

### Clôture : la suite — 10 min

- Objectif : choisir un geste à refaire
- Modalité : grand groupe
- Support : fiche participant

{say.paragraph(1)}

## Points de vigilance

{say.paragraph(3)}

## Évaluation

| Geste | Avec aide | Sans aide |
| --- | --- | --- |
{rows}

## Fiche participant

![Une personne va {say.act()}]({picture})

{say.steps(4)}

- [ ] Je sais {say.act()}.

lignes: 3

## Pour aller plus loin

{more}
"""
        return Text(f"ateliers/seance-{n}/index.md", self.sheets[n], keys, body)


def _bearings() -> str:
    """Who wrote a text, and when it was read again."""
    today = date.today()
    return f"auteurs: [Banc d’essai]\ncree_le: {today}\nrelu_le: {today}\n"


def step(say: Phrases, rng: random.Random, n: int, minutes: int, links: Sequence[str]) -> str:
    """One activity of a sheet."""
    return f"""\
### {n}. {capital(say.act())} — {minutes} min

- Objectif : {say.act()}
- Modalité : binômes
- Support : fiche participant

{linked(say, rng, 2, links)}

!!! animateur "Ce que vous faites"
    1. {say.sentence()}
    2. {say.sentence()}

!!! participant "Ce que vous faites"
    {say.sentence()}

??? corrige "Une réponse possible"
    {say.sentence()}
"""


def linked(say: Phrases, rng: random.Random, sentences: int, links: Sequence[str]) -> str:
    """A paragraph, each link in a sentence of its own."""
    found = [say.sentence() for _ in range(sentences)]
    for link in links:
        found.insert(rng.randrange(len(found)), f"La page {link} en dit plus.")
    return " ".join(found)


def anchor(rng: random.Random, anchors: Sequence[str]) -> str:
    return f"#{rng.choice(anchors)}" if rng.random() < 0.5 else ""


def picture_names(sheets: int) -> list[str]:
    drawn = [f"dessin-{n}.svg" for n in range(max(4, sheets // 4))]
    return [*drawn, *(f"photo-{n}.png" for n in range(max(4, sheets // 10)))]


def images(folder: Path, sheets: int, seed: int) -> None:
    """A drawing or a picture for each name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in picture_names(sheets):
        rng = random.Random(f"{seed} {name}")  # noqa: S311 - shapes, not secrets
        boxes = [(rng.randrange(270), rng.randrange(120), rng.randrange(360)) for _ in range(12)]
        if name.endswith(".svg"):
            shapes = "\n".join(
                f'<rect x="{x}" y="{y}" width="44" height="26" rx="4" fill="hsl({hue} 60% 50%)"/>'
                for x, y, hue in boxes
            )
            opening = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 160">'
            write(folder / name, f"{opening}\n{shapes}\n</svg>\n")
            continue
        picture = Image.linear_gradient("L").resize((320, 200)).convert("RGB")
        draw = ImageDraw.Draw(picture)
        for x, y, hue in boxes:
            draw.rectangle((x, y, x + 44, y + 26), fill=f"hsl({hue}, 60%, 50%)")
        picture.save(folder / name)
