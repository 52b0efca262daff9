"""What those who do not see the page go by: the words of images and those of links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ressourcerie.checks.inline import Mark, marks, place_in, readable
from ressourcerie.diagnostics import Diagnostic, Family, Place, Severity, rule
from ressourcerie.french import fold
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.source import Source

FILE_NAME = rule(
    "image-texte-fichier",
    "Le texte d’une image est un nom de fichier",
    "Dites ce que l’image montre, comme au téléphone (WCAG 1.1.1).",
    Severity.WARNING,
    Family.STRUCTURE,
)
SAID_TWICE = rule(
    "image-texte-redondant",
    "Le texte d’une image dit que c’est une image",
    "Commencez par ce qu’elle montre : la lecture à voix haute annonce déjà une image.",
    Severity.INFO,
    Family.STRUCTURE,
)
LONG_WORDS = rule(
    "image-texte-long",
    "Le texte d’une image est très long",
    "Gardez l’essentiel, et décrivez le reste dans un paragraphe que tout le monde lit.",
    Severity.INFO,
    Family.STRUCTURE,
)
VAGUE_LINK = rule(
    "lien-sans-sens",
    "Les mots d’un lien ne disent pas où il mène",
    "Nommez ce que l’on y trouve : « [le guide de la routine](…) » (WCAG 2.4.4).",
    Severity.WARNING,
    Family.STRUCTURE,
)
BARE_ADDRESS = rule(
    "lien-adresse-nue",
    "Un lien montre son adresse au lieu d’un nom",
    "Nommez la page entre crochets : lue à voix haute, une adresse s’épelle signe par signe.",
    Severity.INFO,
    Family.STRUCTURE,
)
SAME_WORDS = rule(
    "lien-meme-texte",
    "Deux liens de mêmes mots mènent à deux endroits",
    "Précisez l’un des deux : hors de la phrase, rien ne les distingue (WCAG 2.4.4).",
    Severity.INFO,
    Family.STRUCTURE,
)

LONGEST_WORDS: Final = 250
_SUFFIX: Final = r"\.(?:png|jpe?g|svg|gif|webp|avif|bmp|tiff?|heic)"
# Names of files, names cameras give, and words that say nothing (WCAG, failure F30).
_FILE_NAME: Final = re.compile(
    rf"[\w.()%+-]+{_SUFFIX}"
    r"|(?:img|dscn?|dscf|pxl|mvimg|image|photo|screenshot|scan|capture)[_-]?\d[\d_-]*"
    r"|image|photo|illustration|visuel|figure|sans titre|untitled|picture",
    re.IGNORECASE,
)
_IMAGE_OF: Final = re.compile(
    r"(?:(?:une |l[’'])?image|(?:une |la )?photo(?:graphie)?|(?:une |l[’'])?illustration|visuel)"
    r"(?:\s*:|\s+(?:montrant|représentant|qui (?:montre|représente)|de|d[’']|du|des)"
    r"(?=\W|(?<=[’'])))"
    # These are things, and not ways of showing them.
    r"(?!\s*(?:identité|famille|groupe|classe|profil|mariage|vacances|marque|fond|synthèse"
    r"|couverture|presse)\b)",
    re.IGNORECASE,
)
_VAGUE: Final = frozenset(
    """
    ici|la|la bas|ici meme|par ici|juste ici|c est ici|cliquez|cliquer|cliquez ici|cliquer ici
    |clic|clic ici|cliquez la|cliquer la|cliquez sur ce lien|cliquez sur le lien|lien|le lien
    |ce lien|ce lien ci|un lien|lien ici|suivre ce lien|suivez ce lien|suivez le lien|voir le lien
    |lire|lire la suite|la suite|suite|lire plus|lire davantage|en lire plus|voir|voir ici|voir plus
    |voir la suite|en voir plus|voir la page|plus|en savoir plus|pour en savoir plus|savoir plus
    |en savoir davantage|plus d info|plus d infos|plus d information|plus d informations
    |infos|info|plus de details|details|ce site|le site|site|ce site web|cette page|la page|page
    |cette adresse|l adresse|adresse|acceder|y acceder|y aller|consulter|decouvrir|ouvrir
    |telecharger ici|click here|click|here|read more|more|link|this link
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
# The name of a site can be said; what follows it cannot.
_ADDRESS: Final = re.compile(r"<?(?:https?://|www\.)[^\s<>/]+/[^\s<>]+>?", re.IGNORECASE)
_AUTOLINK: Final = re.compile(r"<(https?://[^\s<>/]+/[^\s<>]+)>", re.IGNORECASE)
_EMPHASIS: Final = re.compile(r"[*_]+|!\[|\]\([^()]*\)|[\[\]]")


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the words of every image and link of a body."""
    text = readable(source.body)
    if "](" not in text and "][" not in text and "<http" not in text:
        return
    found = sorted(marks(text), key=lambda mark: mark.start)
    for mark in found:
        if mark.image:
            yield from _image(mark, place_in(source, mark.start))
    links = [(mark, place_in(source, mark.start)) for mark in found if not mark.image]
    for mark, where in links:
        yield from _link(mark, where)
    for match in _AUTOLINK.finditer(text):
        yield BARE_ADDRESS.at(place_in(source, match.start()), f"« {match[1]} » tient lieu de nom.")
    yield from _alike(links)


def _image(mark: Mark, place: Place) -> Iterator[Diagnostic]:
    words = " ".join(mark.text.split())
    if _FILE_NAME.fullmatch(words):
        yield FILE_NAME.at(place, f"« {words} » ne dit pas ce que l’on voit.")
    elif match := _IMAGE_OF.match(words):
        yield SAID_TWICE.at(place, f"« {match[0]} » est de trop.")
    if len(words) > LONGEST_WORDS:
        message = f"Le texte de cette image compte {len(words)} signes, plus de {LONGEST_WORDS}."
        yield LONG_WORDS.at(place, message)


def _link(mark: Mark, place: Place) -> Iterator[Diagnostic]:
    words = _spoken(mark.text)
    if mark.target == "":
        return  # it leads nowhere, which is worse
    if _ADDRESS.fullmatch(words):
        yield BARE_ADDRESS.at(place, f"« {words} » tient lieu de nom.")
    elif not words and mark.target:
        yield VAGUE_LINK.at(place, "Ce lien n’a pas de mots : rien ne le montre ni ne le dit.")
    elif (key := _key(words)) in _VAGUE and key != _key(_stem(mark.target or "")):
        yield VAGUE_LINK.at(place, f"« {words} » ne dit pas où mène le lien.")


def _stem(target: str) -> str:
    """The name of the file an address leads to: a page on the word « lien » may be named so."""
    return target.partition("#")[0].rpartition("/")[2].partition(".")[0]


def _spoken(text: str) -> str:
    """The words of a link as one hears them; those of an image inside it count."""
    return " ".join(_EMPHASIS.sub("", text).split())


def _key(words: str) -> str:
    """Words without accents, capitals or signs: « Plus d’infos… » → `plus d infos`."""
    return " ".join(re.findall(r"\w+", fold(words)))


def _alike(links: Sequence[tuple[Mark, Place]]) -> Iterator[Diagnostic]:
    first: dict[str, tuple[str, Place]] = {}
    for mark, place in links:
        key = _key(_spoken(mark.text))
        if mark.target is None or not key or key in _VAGUE or key.isdecimal():
            continue
        target, where = first.setdefault(key, (mark.target, place))
        if target != mark.target:
            message = (
                f"« {_spoken(mark.text)} » mène ailleurs que le lien de la ligne {where.line}."
            )
            yield SAME_WORDS.at(place, message)
