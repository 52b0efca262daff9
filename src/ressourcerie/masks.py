"""What is not words in a piece of Markdown: code, tags, addresses, each blotted out.

A blot has the length of what it hides, so that an offset stays an offset of the file. What may be
code is hidden even when one reader of Markdown would show it as text: a rule that says nothing
there is a small loss, a rule that changes code is not.

Every pattern is linear: nothing an author types can make it run for long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

# Stands for something that is not words (code, an address): words on each side do not touch.
OPAQUE: Final = "\0"

_FENCE: Final = re.compile(
    r"^(?:[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?)(?P<fence>`{3,}+|~{3,}+)(?P<info>[^\n]*)$",
    re.MULTILINE,
)
_LIST_ITEM: Final = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")
_BLOCK: Final = re.compile(r"!!!|\?\?\?|===[!+]? \"")
_TICKS: Final = re.compile(r"`+")
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
# Elements whose content is not prose.
_VERBATIM: Final = re.compile(
    r"<(code|pre|kbd|samp|tt|var|script|style|svg|math|textarea)\b", re.IGNORECASE
)

# Each pattern with a text without which it cannot match: most sources have few of them.
_HIDDEN: Final = tuple(
    (gate, re.compile(pattern, flags))
    for gate, pattern, flags in (
        # Tags and addresses between < and >; the second form when a quotation mark is not closed.
        (
            "<",
            r"</?[a-zA-Z](?:[^<>\"'\n]|\n(?![ \t]*\n)|\"[^\"<\n]*+\"|'[^'<\n]*+')*+>"
            r"|</?[a-zA-Z][^<>\n]*+>",
            0,
        ),
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
        # Destinations of links, with their title.
        (
            "](",
            r"(?<=\])\((?:[^()\n]|\n(?![ \t]*\n)|\((?:[^()\n]|\([^()\n]*+\))*+\))*+\)",
            0,
        ),
        ("][", r"(?<=\])\[[^\[\]\n]*+\]", 0),
        ("[TOC]", r"\[TOC\]", 0),
        ("&", r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});", 0),
        # Keys (++ctrl+c++), inserted files, faces (:smile:), ruled lines to write on.
        ("++", r"\+\+[^\s+]++(?:\+[^\s+]++)*+\+\+", 0),
        ("8<", r"^[ \t]*+;*+-+8<-+[^\n]*", re.MULTILINE),
        (":", r":(?<![\w:].)[a-z0-9_+-]++:(?![\w:])", 0),
        ("igne", r"^[ \t]*+[Ll]ignes?[ \t]*+:[ \t]*+\d{1,2}[ \t]*$", re.MULTILINE),
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
    return opaque_inline(_without_indented(_without_fences(body)))


def without_code(text: str) -> str:
    """The same with its code and comments alone blotted out."""
    text = _without_indented(_without_fences(text))
    if "`" in text:
        text = _blot_all(text, _inline_code(text))
    return _blot_all(text, _comments(text)) if "<!--" in text else text


def opaque_inline(text: str) -> str:
    """The same for a text that has no block of code."""
    if "`" in text:
        text = _blot_all(text, _inline_code(text))
    if "<!--" in text:
        text = _blot_all(text, _comments(text))
    if "</" in text:
        text = _blot_all(text, _verbatim(text))
    for gate, pattern in _HIDDEN:
        if gate in text:
            text = pattern.sub(lambda match: blot(match[0]), text)
    return _without_addresses(text)


def blot(text: str, mask: str = OPAQUE) -> str:
    """As many masks as there are characters; ends of line stay."""
    return "\n".join(mask * len(line) for line in text.split("\n"))


def _blot_all(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], blot(text[start:end])]
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def _without_fences(body: str) -> str:
    if "```" not in body and "~~~" not in body:
        return body
    return _blot_all(body, _fences(body))


def _fences(body: str) -> Iterator[tuple[int, int]]:
    opening: re.Match[str] | None = None
    for match in _FENCE.finditer(body):
        if opening is None:
            if match["fence"][0] == "~" or "`" not in match["info"]:
                opening = match
        elif match["fence"] == opening["fence"] and not match["info"].strip():
            yield opening.start(), match.end()
            opening = None
    if opening is not None:
        yield opening.start(), len(body)


def _without_indented(text: str) -> str:
    """Blot out the blocks that four spaces make code: they stand in no list and no block."""
    if "    " not in text and "\t" not in text:
        return text
    kept: list[str] = []
    contents: list[int] = []
    blank, in_list, code = True, False, False
    for line in text.split("\n"):
        words = line.lstrip(" \t")
        if not words.strip():
            kept.append(line)
            blank = True
            continue
        indent = len(line[: len(line) - len(words)].expandtabs(4))
        is_block = _BLOCK.match(words) is not None
        is_item = (blank or in_list) and _LIST_ITEM.match(words) is not None
        if blank or is_block or is_item:
            while contents and indent < contents[-1]:
                contents.pop()
        base = contents[-1] if contents else 0
        code = indent >= base + 4 and (blank or code)
        if blank:
            in_list = is_item
        if not code and (is_block or is_item):
            contents.append(base + 4)
        kept.append(OPAQUE * len(line) if code else line)
        blank = False
    return "\n".join(kept)


def _inline_code(text: str) -> Iterator[tuple[int, int]]:
    """Code between accents, within one paragraph; a run may open with fewer than all its accents.

    That is how Python-Markdown reads « ``` a ` »; CommonMark sees no code there.
    """
    breaks = [match.start() for match in _BLANK_LINE.finditer(text)]
    runs: dict[int, list[re.Match[str]]] = {}
    for match in _TICKS.finditer(text):
        runs.setdefault(bisect_left(breaks, match.start()), []).append(match)
    for paragraph in runs.values():
        yield from _paragraph_code(text, paragraph)


def _paragraph_code(text: str, runs: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    by_length: dict[int, list[int]] = {}
    for index, run in enumerate(runs):
        by_length.setdefault(len(run[0]), []).append(index)
    lengths = sorted(by_length, reverse=True)
    index = 0
    while index < len(runs):
        run = runs[index]
        before = run.start() - 1
        while before >= 0 and text[before] == "\\":
            before -= 1
        escaped = (run.start() - 1 - before) % 2
        closing = None
        for length in lengths:
            if length > len(run[0]) - escaped:
                continue
            later = by_length[length]
            position = bisect_left(later, index + 1)
            if position < len(later):
                closing = later[position]
                break
        if closing is None:
            index += 1
        else:
            yield run.start() + escaped, runs[closing].end()
            index = closing + 1


def _comments(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    while (start := text.find("<!--", end)) >= 0:
        closing = text.find("-->", start + 4)
        if closing < 0:
            return
        end = closing + 3
        yield start, end


def _verbatim(text: str) -> Iterator[tuple[int, int]]:
    low = text.lower()
    if len(low) != len(text):
        # A letter whose lower case is longer (İ): offsets would drift.
        low = text
    unclosed: set[str] = set()
    position = 0
    while opening := _VERBATIM.search(text, position):
        name = opening[1].lower()
        position = opening.end()
        if name in unclosed:
            continue
        closing = low.find(f"</{name}", position)
        if closing < 0:
            unclosed.add(name)
            continue
        position = closing + len(name) + 2
        yield opening.start(), position


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
