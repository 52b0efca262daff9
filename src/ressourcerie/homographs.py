"""What stands beside a word, when it shows that the word is not the one of the glossary.

« Elle copie », « en aidant », « il a marché » are verbs; « chauve-souris » and « main-d’œuvre » are
longer words; « navigateur.fr » is an address. Only what is certain is said here: when the sense
decides (a mouse, a cloud), the author says it, with the key `sauf` of the term.

Texts are read in lower case and composed (NFC). Pure functions.
"""

from __future__ import annotations

import re
from typing import Final

from ressourcerie.inflection import governs, is_also_a_verb

# Longer than any of the words that are looked for before another one.
_REACH: Final = 40
_S: Final = "[ \u00a0\u202f\n]"
_H: Final = "[-\u2010\u2011]"

_JOINED_BEFORE: Final = re.compile(rf"\w(?:{_H}|{_H}\w{{1,3}}['’]|\.|@)$")
_JOINED_AFTER: Final = re.compile(rf"(?!{_H}(?:là|ci)\b)(?:{_H}|['’.@])\w")
_ADDRESS: Final = re.compile(r"://|@|\\|^\.*/|\bwww\.|\w\.[a-z]{2,5}(?:/|$)")
_CHUNK_BEFORE: Final = re.compile(r"[^\s«»()]*$")
_CHUNK: Final = re.compile(r"[^\s«»()]*")

_DETERMINERS: Final = (
    "les?|la|une?|cet?|ces|cette|mon|ma|mes|ton|ta|tes|son|sa|ses|notre|nos|votre|vos|leurs?"
)
_DETERMINER_AFTER: Final = re.compile(rf"{_S}(?:(?:{_DETERMINERS})\b|l['’])")
_COMPLEMENT_AFTER: Final = re.compile(rf"{_S}(?:(?:{_DETERMINERS}|à|aux?|des?|du)\b|[dl]['’])")
# What a noun can follow at once: a determiner, a preposition, an adjective that comes first.
_NOUN_AFTER: Final = re.compile(
    rf"\b(?:{_DETERMINERS}|d|l|des?|du|aux?|à|par|pour|avec|sans|sur|sous|en|dans|comme|ni|entre|chaque|"
    r"toute?|quelques?|plusieurs|aucune?|quel|quelle|deux|trois|\d\d?|\w+ième|première?|dernière?|"
    r"seconde?|prochaine?|autres?|mêmes?|nouveau|nouvelle|ancien|ancienne|bonne?|grande?|petite?|belle|"
    rf"longue|mauvaise?|vraie?|fausse|faux|double|simple|seule|jeune|brève|précieuse)(?:{_S}|['’])$"
)
# « le bouton Partage », « le mode veille », « capture ou copie »: a noun, unless an object follows.
_NOUN_PERHAPS: Final = re.compile(
    rf"(?:^|[^\w\s]{_S}*|\n\s*|\b(?:et|ou|puis|bouton|menu|onglet|option|fonction|mode|rubrique|"
    rf"touche|icône|page|zone|bloc|case|champ|fiche|mot|outil|espace|service){_S})$"
)
# A subject or a negation, perhaps with the object: « je », « ne », « on le », « il s’ ».
_SUBJECT: Final = re.compile(
    rf"(?<![\w\u2010\u2011-])(?:(?:je|tu|ils?|elles?|on|ça|cela|ne|me|te|se|y|qui){_S}|[jnmts]['’])"
    rf"(?:(?:les?|la|lui|leur|nous|vous|en|y){_S}|l['’])?$"
)
_NOUS: Final = re.compile(rf"\bnous{_S}(?:(?:ne|les?|la|vous|lui|leur|en|y){_S}|[ln]['’]){{0,2}}$")
_AVOIR: Final = re.compile(
    r"\b(?:ai|as|a|avons|avez|ont|avais|avait|avions|aviez|avaient|aurai|auras|aura|aurons|aurez|"
    rf"auront|aurait|auraient|ayant|avoir){_S}(?:(?:aussi|beaucoup|bien|déjà|encore|enfin|ensuite|"
    r"jamais|longtemps|mal|mieux|parfois|pas|peu|plus|souvent|toujours|tou[st]|toutes|trop|vite|"
    rf"vraiment){_S}){{0,2}}$"
)
_PARTICIPLE: Final = re.compile(r"(?:[éiu]|ert|[^o]it|[^o]is)e?s?$")
_ETRE: Final = re.compile(
    r"\b(?:est|sont|était|étaient|sera|seront|serait|être|été|soit|semble|semblent|paraît|reste|"
    rf"devient|si|très|aussi|assez|plutôt){_S}$"
)
_ADVERB: Final = re.compile(r"(?:bien|fort|mal)\b")
# A plural, but for the verbs and adverbs that end so: « vous êtes débutant », « plus patient ».
_PLURAL: Final = re.compile(
    r"\b(?!(?:es|êtes|étais|étiez|serais|suis|sois|fus|deviens|restes|parais|jamais|mais|moins|pas|"
    rf"plus|puis|toujours|très|tous|vous|nous)\b)\w+[sx]{_S}$"
)
_CIVILITY: Final = re.compile(rf"\b(?:M\.|Mme|Mlle|Dr|Me|Monsieur|Madame){_S}$")
_GERUND: Final = re.compile(rf"\ben{_S}$")


def is_joined(text: str, start: int, end: int) -> bool:
    """Whether what lies between two offsets is part of a longer word, of an address or a file.

    « chauve-souris », « main-d’œuvre », « pix.fr », « a@pix.fr »; « cette souris-là » is not.
    """
    before = text[max(0, start - _REACH) : start]
    if _JOINED_BEFORE.search(before) or _JOINED_AFTER.match(text, end):
        return True
    if before.endswith(("/", "\\")) or text.startswith(("/", "\\"), end):
        chunk = _CHUNK_BEFORE.search(before)
        rest = _CHUNK.match(text, end, end + _REACH)
        return bool(chunk and rest and _ADDRESS.search(chunk[0] + text[start:end] + rest[0]))
    return False


def is_name(text: str, start: int) -> bool:
    """Whether the word at an offset of a text, as it was typed, is somebody’s: « M. Page »."""
    return text[start].isupper() and bool(_CIVILITY.search(text, max(0, start - _REACH), start))


def is_adverb(text: str, start: int) -> bool:
    """Whether the first of several words is an adverb: « c’est bien commun »."""
    return bool(_ADVERB.match(text, start) and _ETRE.search(text, max(0, start - _REACH), start))


def is_verb(text: str, start: int, end: int) -> bool:
    """Whether the word between two offsets of a text in lower case is surely a verb.

    « Elle copie », « nous éditions », « nous avons marché », « en aidant », « copie ce texte »,
    « les membres participant à la séance », « son téléphone copie ».
    """
    before = text[max(0, start - _REACH) : start]
    word = text[start:end]
    if _SUBJECT.search(before) or (_PARTICIPLE.search(word) and _AVOIR.search(before)):
        return True
    if word.endswith("ons") and _NOUS.search(before):
        return True
    if word.endswith("ant") and _GERUND.search(before):
        return True
    if _NOUN_AFTER.search(before):
        return False
    governing = word.endswith("ant") or governs(word) or is_also_a_verb(word)
    if governing and _DETERMINER_AFTER.match(text, end):
        return True
    if word.endswith(("ant", "ent")):
        return bool(_COMPLEMENT_AFTER.match(text, end) and _PLURAL.search(before))
    return is_also_a_verb(word) and not _NOUN_PERHAPS.search(before)
