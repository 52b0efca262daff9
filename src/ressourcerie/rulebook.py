"""What is told of each rule: why it is there, what it refuses, what to write instead.

The words are in `data/regles/<family>.yml`. A page of the site and the answer of `ressourcerie
rule` are made of them; title, severity and hint are those the rule was declared with.
"""

from __future__ import annotations

import difflib
import re
import textwrap
from dataclasses import dataclass
from datetime import date
from typing import Final

from ressourcerie import data

# These rooms, and those they call, declare every rule there is.
from ressourcerie.checks import docs_links, suite  # noqa: F401
from ressourcerie.diagnostics import RULES, Family, Rule, Severity
from ressourcerie.external import rules as external_rules  # noqa: F401
from ressourcerie.model import Page
from ressourcerie.paper import render  # noqa: F401
from ressourcerie.policy import is_firm

FAMILIES: Final = {
    Family.LINKS: ("Les liens", "Où mènent les liens, les images et les clés qui nomment."),
    Family.STRUCTURE: ("La structure", "La forme d’une fiche : titres, blocs, étapes, images."),
    Family.GLOSSARY: ("Le glossaire", "Les mots, leurs définitions, et ceux qui manquent."),
    Family.LANGUAGE: ("La langue", "La typographie, les mots choisis, la longueur des phrases."),
    Family.READING: (
        "La lecture des fichiers",
        "Ce qui empêche de lire un fichier. Rien ne fait taire ces règles.",
    ),
}
SEVERITIES: Final = {
    Severity.ERROR: "Rien n’est publié tant qu’elle reste.",
    Severity.WARNING: "La page est publiée : relisez le passage.",
    Severity.INFO: "Un conseil, à suivre ou non.",
}
_KEYS: Final = re.compile(r"(?:---|[a-z_]+:(?:\s|$))")
WIDTH: Final = 88


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """What is told of a rule. `where` says where the extracts stand.

    It is a kind of resource, whose keys or text they are (« page », « atelier »…); the path of a
    file that they are the whole of; or « plusieurs-fichiers », when no file alone shows the fault.
    `mends` is whether `ressourcerie fix` knows what to do.
    """

    why: str
    wrong: str
    right: str
    where: str = Page.kind
    mends: bool = False


def rule_doc(code: str) -> RuleDoc | None:
    """What is told of a rule; nothing when nobody has written it."""
    found = data.rule_docs(RULES[code].family).get(code)
    if found is None:
        return None
    return RuleDoc(
        why=found["pourquoi"].strip(),
        wrong=found["mauvais"].rstrip(),
        right=found["bon"].rstrip(),
        where=found.get("ou", Page.kind),
        mends=bool(found.get("repare", False)),
    )


def by_family() -> dict[Family, list[Rule]]:
    """Every rule, family by family as authors meet them, then by code."""
    return {
        family: sorted((r for r in RULES.values() if r.family is family), key=lambda r: r.code)
        for family in FAMILIES
    }


def find(code: str) -> Rule | None:
    """The rule of that code, be it copied with its brackets or in capitals."""
    return RULES.get(code.strip(" []").lower())


def nearest(code: str) -> list[str]:
    """The codes one may have meant, nearest first."""
    return difflib.get_close_matches(code.lower(), RULES, n=3, cutoff=0.5)


# On a terminal.


def listing() -> str:
    """Every code with its title, family by family."""
    width = max(len(code) for code in RULES)
    parts = [
        "\n".join([FAMILIES[family][0], *(f"  {r.code:{width}}  {r.title}" for r in rules)])
        for family, rules in by_family().items()
        if rules
    ]
    return "\n\n".join(parts)


def sheet(rule: Rule) -> str:
    """All that is told of one rule."""
    doc = rule_doc(rule.code)
    mends = " · se répare avec « ressourcerie fix »" if doc and doc.mends else ""
    parts = [
        f"{rule.code}\n{rule.title}.",
        f"{FAMILIES[rule.family][0]} · {rule.severity.french}{mends}",
    ]
    if doc:
        parts += [
            _wrapped(doc.why),
            f"Mauvais\n{_shifted(doc.wrong)}",
            f"Bon\n{_shifted(doc.right)}",
        ]
    parts.append(_wrapped(f"Pour réparer : {rule.hint}"))
    if _is_firm(rule):
        parts.append("Cette règle ne se tait pas : ce qui est publié en dépend.")
    else:
        parts.append(f"Pour la taire sur une ligne :\n    <!-- taire {rule.code} : la raison -->")
    return "\n\n".join(parts)


def _is_firm(rule: Rule) -> bool:
    return is_firm(rule.code, {rule.code: rule.family})


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _shifted(text: str) -> str:
    return textwrap.indent(text, "    ")


# On the site.


def renewed(old: str, today: date) -> str:
    """The source of the page, whose dates change only when its words do."""
    dates = re.search(r"^cree_le: (\S+)\nrelu_le: (\S+)$", old, re.MULTILINE)
    if dates is None:
        return page(today, today)
    created, reviewed = map(date.fromisoformat, dates.groups())
    same = page(created, reviewed)
    return same if same == old else page(created, today)


def page(created: date, reviewed: date) -> str:
    """The source of the page « Règles »: its anchors are the codes."""
    sections = [_section(family, rules) for family, rules in by_family().items() if rules]
    return "\n".join([_head(created, reviewed), *sections])


def _head(created: date, reviewed: date) -> str:
    text = data.text("regles/debut.md")
    rows = [f"| {s.french.capitalize()} | {words} |" for s, words in SEVERITIES.items()]
    table = "\n".join(["| Gravité | Ce qu’elle change |", "|---|---|", *rows])
    return text.format(cree_le=created, relu_le=reviewed, gravites=table, nombre=len(RULES))


def _section(family: Family, rules: list[Rule]) -> str:
    title, about = FAMILIES[family]
    rows = [f"| [{r.code}](#{r.code}) | {r.title} |" for r in rules]
    table = "\n".join(["| Règle | Ce qu’elle dit |", "|---|---|", *rows])
    return "\n".join([f"## {title}\n\n{about}\n\n{table}\n", *map(_entry, rules)])


def _entry(rule: Rule) -> str:
    doc = rule_doc(rule.code)
    told = [f"**{rule.title}.**", f"{rule.severity.french.capitalize()}."]
    if doc and doc.mends:
        told.append("Se répare avec `ressourcerie fix`.")
    if _is_firm(rule) and rule.family is not Family.READING:
        told.append("Ne se tait pas.")
    parts = [f"### {rule.code}", " ".join(told)]
    if doc:
        parts += [doc.why, _extract("Mauvais", doc.wrong), _extract("Bon", doc.right)]
    return "\n\n".join(parts) + "\n"


def _extract(label: str, text: str) -> str:
    """A block of code under its label, in a fence longer than any it holds."""
    longest = max((len(run) for run in re.findall(r"^`{3,}", text, re.MULTILINE)), default=2)
    fence = "`" * max(3, longest + 1)
    language = "yaml" if _KEYS.match(text) else "markdown"
    return f"**{label}**\n\n{fence}{{ .{language} .{label.lower()} }}\n{text}\n{fence}"


def unwritten() -> list[str]:
    """The codes of the rules nothing is told of."""
    return sorted(code for code in RULES if rule_doc(code) is None)
