"""What is not words in a piece of Markdown: code, tags, addresses, each blotted out.

A blot has the length of what it hides, so that an offset stays an offset of the file. What may be
code is hidden even when one reader of Markdown would show it as text: a rule that says nothing
there is a small loss, a rule that changes code is not.

Every pattern is linear: nothing an author types can make it run for long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ressourcerie import verbatim

# Stands for something that is not words (code, an address): words on each side do not touch.
OPAQUE: Final = "\0"

# Tags and addresses between < and >; the second form when a quotation mark is not closed.
_LINE_END: Final = r"\n(?![ \t]*\n)"
_TAG: Final = re.compile(
    rf"</?[a-zA-Z](?:[^<>\"'\n]|{_LINE_END}|\"(?:[^\"\n]|{_LINE_END})*+\""
    rf"|'(?:[^'\n]|{_LINE_END})*+')*+>|</?[a-zA-Z][^<>\n]*+>"
)
# Each pattern with a text without which it cannot match: most sources have few of them.
_HIDDEN: Final = tuple(
    (gate, re.compile(pattern, flags))
    for gate, pattern, flags in (
        # Attribute lists, variables of templates, places to fill in.
        ("{", r"\{\{[^{}\n]*+\}\}|\{[^{}\n]*+\}", 0),
        # Definitions of references, notes and abbreviations.
        (
            "]:",
            r"^[ ]{0,3}\[(?!\^)[^\[\]\n]++\]:[ \t]*+(?:\n[ \t]*+)?[^\n]++"
            r"(?:\n[ \t]*+[\"'(][^\n]*[\"')][ \t]*$)?|^\*\[[^\[\]\n]++\]:",
            re.MULTILINE,
        ),
        ("[^", r"\[\^[^\[\]\n]++\]:?", 0),
        # Destinations of links, with their title; one left open goes to the end of its line.
        (
            "](",
            r"(?<=\])\((?:[^()\n]|\n(?![ \t]*\n)|\((?:[^()\n]|\([^()\n]*+\))*+\))*+\)"
            r"|(?<=\])\([^\n]*",
            0,
        ),
        ("][", r"(?<=\])\[[^\[\]\n]*+\]", 0),
        ("[TOC]", r"\[TOC\]", 0),
        ("&", r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});", 0),
        # Keys (++ctrl+c++), inserted files, faces (:smile:), room to write and to draw.
        ("++", r"\+\+[^\s+]++(?:\+[^\s+]++)*+\+\+", 0),
        ("8<", r"^[ \t]*+;*+-+8<-+[^\n]*", re.MULTILINE),
        (":", r":(?<![\w:].)(?:[a-z][a-z0-9_+-]*+|[+-]1):(?![\w:])", 0),
        ("igne", r"^[ \t]*+[Ll]ignes?[ \t]*+:[ \t]*+\d[^\n]{0,8}$", re.MULTILINE),
        ("xemplaire", r"^[ \t]*+[Ee]xemplaires?[ \t]*+:[ \t]*+\w[^\n]{0,9}$", re.MULTILINE),
        ("adre", r"^[ \t]*+[Cc]adre[ \t]*+:[ \t]*+\d[^\n]{0,8}$", re.MULTILINE),
    )
)

# Signs without which there is no address in a word.
_SMELL: Final = re.compile(r"[@/]|\.(?=[a-z])|:(?=\S)")
_SPACES: Final = " \n\t\u00a0\u202f"
_SPACE: Final = re.compile(f"[{_SPACES}]")
_ADDRESS: Final = re.compile(
    r"(?:(?<![a-zA-Z])(?:[a-zA-Z][a-zA-Z0-9+.-]{1,20}://|(?:mailto|tel|sms|data|file):|www\.)"
    r"[^\s<>«»“”]*[^\s<>«»“”.,;:!?)\]*’'\"\0])"
    r"|(?:(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++)"
    r"|(?P<name>(?<![\w./~@-])[\w./~-]++(?:[?#][\w/=&%.~+-]*\w)?)"
)
# Endings of names of sites and of files. Those that are also French endings (« .es », « .ne »)
# are not here: « étudiant.es » is no address.
_ENDINGS: Final = frozenset(
    (  # noqa: SIM905
        "fr com org net eu be ch ca qc lu mc io info tv app dev coop asso gouv edu gov int museum "
        "nc pf gp mq gf yt pm wf bzh paris alsace uk de it pt nl us md markdown txt pdf odt ods "
        "odp odg doc docx xls xlsx ppt pptx csv json yml yaml toml xml html htm css js ts py sh "
        "bat exe apk zip tar gz rar png jpg jpeg gif svg webp ico mp3 mp4 ogg webm wav avi mov "
        "epub ics vcf ttf otf woff woff2 lock cfg ini conf log iso dmg deb rpm"
    ).split()
)


def opaque(body: str) -> str:
    """The body, as long, with its code, tags and addresses blotted out (ends of line stay)."""
    return opaque_inline(_without_blocks(body))


def without_code(text: str) -> str:
    """The same with its code and comments alone blotted out."""
    text = _without_blocks(text)
    text = _blot_all(text, verbatim.inline(text))
    return _blot_all(text, verbatim.comments(text)) if "<!--" in text else text


def _without_blocks(body: str) -> str:
    """The body without its code. Accents may pair across lines that look like a block of code."""
    text = _blot_all(body, verbatim.fenced(body))
    spans = [*verbatim.indented(text), *verbatim.inline(text)]
    return _blot_all(text, sorted(spans))


def opaque_inline(text: str) -> str:
    """The same for a text that has no block of code."""
    text = _blot_all(text, verbatim.inline(text))
    if "<!--" in text:
        text = _blot_all(text, verbatim.comments(text))
    if "<" in text:
        tags = [match.span() for match in _TAG.finditer(text)]
        text = _blot_all(text, sorted([*verbatim.elements(text), *tags]))
    for gate, pattern in _HIDDEN:
        if gate in text:
            text = pattern.sub(lambda match: blot(match[0]), text)
    return _without_addresses(text)


def blot(text: str, mask: str = OPAQUE) -> str:
    """As many masks as there are characters; ends of line stay."""
    return "\n".join(mask * len(line) for line in text.split("\n"))


def _blot_all(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with its spans blotted out. The indent of a line stays: it tells its list."""
    pieces, done = [], 0
    for start, end in spans:
        lines = text[max(start, done) : end].split("\n")
        pieces += [text[done:start], "\n".join(map(_blot_words, lines))]
        done = max(done, end)
    return "".join([*pieces, text[done:]]) if pieces else text


def _blot_words(line: str) -> str:
    words = line.lstrip(" \t")
    return line[: len(line) - len(words)] + OPAQUE * len(words)


def _without_addresses(text: str) -> str:
    """Blot out addresses, in the words that have one of their signs."""
    pieces, done = [], 0
    for smell in _SMELL.finditer(text):
        if smell.start() < done:
            continue
        start = max(text.rfind(char, done, smell.start()) for char in _SPACES) + 1
        start = max(start, done)
        space = _SPACE.search(text, smell.end())
        end = space.start() if space else len(text)
        pieces += [text[done:start], _ADDRESS.sub(_address, text[start:end])]
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def _address(match: re.Match[str]) -> str:
    name = match["name"]
    if name is None:
        return OPAQUE * len(match[0])
    kept = name.rstrip(".-") if name[-1] in ".-" else name
    return OPAQUE * len(kept) + name[len(kept) :] if _is_address(kept) else name


def _is_address(name: str) -> bool:
    """Whether a word names a site, a file or a folder: « exemple.fr », « ../a.md », « guide/ »."""
    path, *_ = re.split(r"[?#]", name, maxsplit=1)
    parts = path.split("/")
    if len(parts) == 1:
        return _is_dotted(path)
    if len(path) > 1 and parts[0] in {"", ".", "..", "~"}:
        return True
    if not parts[-1] or "_" in path:
        return len(path) > 1
    if len(parts) > 2:
        return not path.replace("/", "").isalpha()
    return _is_dotted(parts[0]) or _is_dotted(parts[-1])


def _is_dotted(name: str) -> bool:
    stem, _, ending = name.rpartition(".")
    # « J.M.de » is no site.
    long = len(ending) > 2 or any(len(label) > 1 for label in stem.split("."))
    return ending in _ENDINGS and long and stem != ""
