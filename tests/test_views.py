"""What a participant may read; what must never be in the bytes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import REPOSITORY
from ressourcerie.checks.structure import SECTIONS
from ressourcerie.markdown import Destination, render
from ressourcerie.settings import read_settings
from ressourcerie.views import PARTICIPANT_SECTIONS, View

BODY = """
Avant tout titre.

## En bref

Pour tous.

!!! animateur "Posture"
    Un secret.

    Encore un secret.

Toujours pour tous.

## Déroulé

### Accueil — 10 min

Le déroulement.

### Chercher — 20 min

- Objectif : chercher

!!! participant "Ce que vous faites"
    Cherchez la météo.

    ??? corrige "Réponses"
        Il pleut.

    Puis notez.

Le déroulement, encore.

## Posture

Une posture.

## Fiche participant

- [ ] Je sais chercher.
"""

CANARY = "canari"


def shown(body: str, view: View = View.PARTICIPANT) -> str:
    """The HTML of a body, as a view may read it."""
    settings = read_settings(REPOSITORY / "mkdocs.yml")[0]
    assert settings is not None
    destination = Destination(link=str, image=str, view=view)
    return render(body, destination, settings.markdown).html


def words(html: str) -> list[str]:
    return [line for line in re.sub(r"<[^>]+>", "", html).split("\n") if line.strip()]


def test_facilitator_reads_everything() -> None:
    read = shown(BODY, View.FACILITATOR)
    for said in ("Avant tout titre.", "Un secret.", "Il pleut.", "Une posture.", "Je sais"):
        assert said in read


def test_participant_reads_what_is_meant_for_participants() -> None:
    assert words(shown(BODY)) == [
        "En bref",
        "Pour tous.",
        "Toujours pour tous.",
        "Déroulé",
        "Chercher 20&nbsp;min",
        "Cherchez la météo.",
        "Puis notez.",
        "Fiche participant",
        "Je sais chercher.",
    ]


def test_contents_announce_only_what_is_shown() -> None:
    settings = read_settings(REPOSITORY / "mkdocs.yml")[0]
    assert settings is not None
    destination = Destination(link=str, image=str, view=View.PARTICIPANT)
    toc = render(BODY, destination, settings.markdown).toc
    assert [t["name"] for t in toc] == ["En bref", "Déroulé", "Fiche participant"]


def test_schedule_that_says_nothing_to_participants_is_not_shown() -> None:
    body = "## Déroulé\n\n### Accueil — 10 min\n\nPour l’animation.\n\n## En bref\n\nOui.\n"
    assert words(shown(body)) == ["En bref", "Oui."]


def test_lists_inside_a_participant_block_stay_lists() -> None:
    body = "## Déroulé\n\n### Un — 5 min\n\n!!! participant\n    - a\n        - b\n"
    assert re.search(r"<li>a\s*<ul>\s*<li>b</li>", shown(body))


@pytest.mark.parametrize("title", sorted(set(SECTIONS) - PARTICIPANT_SECTIONS - {"Déroulé"}))
def test_facilitator_section_is_hidden(title: str) -> None:
    body = f"## En bref\n\nOui.\n\n## {title}\n\n{CANARY}\n\n### Sous-titre\n\n{CANARY}\n"
    assert CANARY not in shown(body)


@pytest.mark.parametrize("title", ["Notes", "fiche participant", "Fiche participant : suite", ""])
def test_section_nobody_thought_of_is_hidden(title: str) -> None:
    assert CANARY not in shown(f"## {title}\n\n{CANARY}\n")


# Hidden blocks wherever Markdown makes a block of them.


@pytest.mark.parametrize("section", ["En bref", "Fiche participant"])
@pytest.mark.parametrize(
    "hidden",
    [
        "!!! animateur\n    {}",
        "!!!animateur\n    {}",
        '!!! animateur "Posture"\n\n    {}\n\n    {}',
        "!!! Animateur\n    {}",
        "!!! animateur inline\n    {}",
        "??? corrige\n    {}",
        '???+ corrige "Réponses"\n    {}',
        "Une ligne.\n!!! animateur\n    {}",
        "!!! essayer\n    Oui.\n\n    ??? corrige\n        {}",
        "!!! participant\n    Oui.\n\n    ??? corrige\n        {}",
        "!!! animateur\n    !!! participant\n        {}\n\n    {}",
        "- Un\n\n    !!! animateur\n        {}",
        "!!! animateur\n\t{}",
        "!!! animateur\n    ```\n    {}\n    ```",
    ],
)
def test_hidden_block_is_hidden(section: str, hidden: str) -> None:
    body = f"## {section}\n\n{hidden.replace('{}', CANARY)}\n\nVisible.\n"
    read = shown(body)
    assert CANARY not in read
    assert "Visible." in read


@pytest.mark.parametrize(
    "hidden",
    [
        '- !!! animateur "Posture"\n\n        {}',
        "- !!! animateur\n        {}",
        "1. ??? corrige\n        {}",
        "> !!! animateur\n>     {}",
        "> - un\n>\n> ??? corrige\n>     {}",
    ],
)
def test_hidden_block_that_opens_a_list_item_or_a_quote_is_hidden(hidden: str) -> None:
    """Markdown makes blocks of these; unseen by the checks too, they would be printed."""
    body = f"## Fiche participant\n\n{hidden.replace('{}', CANARY)}\n"
    assert CANARY not in shown(body)


@pytest.mark.parametrize("heading", ["##Posture", "Posture\n-------", "##Posture##"])
def test_facilitator_section_is_hidden_however_its_heading_is_written(heading: str) -> None:
    """Python-Markdown makes an `h2` of each."""
    body = f"## Fiche participant\n\nOui.\n\n{heading}\n\n{CANARY}\n"
    assert CANARY not in shown(body)


@pytest.mark.parametrize("fence", ["```", "~~~", "  ```", "```py"])
def test_code_block_never_closed_does_not_open_what_follows(fence: str) -> None:
    """For Markdown it is no code block: « Posture » is a section like any other."""
    body = f"## Fiche participant\n\n{fence}\nOui.\n\n## Posture\n\n{CANARY}\n"
    assert CANARY not in shown(body)


# Any nesting.


def _indented(lines: list[str], by: str) -> list[str]:
    return [by + line if line else "" for line in lines]


@st.composite
def _blocks(draw: st.DrawFn, hidden: bool, depth: int = 0) -> list[str]:
    word = CANARY if hidden else "visible"
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        kinds = ["text", "text", "fence", "heading"]
        if depth < 3:
            kinds += ["list", "hidden", "hidden", "open"]
        kind = draw(st.sampled_from(kinds))
        mark = draw(st.sampled_from(["!!!", "???", "???+"]))
        title = draw(st.sampled_from(["", ' "Titre"', ' "Avec un mot"']))
        indent = draw(st.sampled_from(["    ", "    ", "\t", "     "]))
        match kind:
            case "text":
                lines += [word, draw(st.sampled_from(["", word]))]
            case "heading":
                lines += [f"#### {word}", ""]
            case "fence":
                fence = draw(st.sampled_from(["```", "~~~", "````"]))
                code = draw(st.sampled_from(["", "## Fiche participant", "!!! participant"]))
                lines += ["", fence, code, word, fence, ""]
            case "list":
                inner = draw(_blocks(hidden, depth + 1))
                lines += ["", f"- {word}", "", *_indented(inner, indent), ""]
            case "hidden":
                name = draw(st.sampled_from(["animateur", "corrige", "Animateur"]))
                inner = draw(_blocks(True, depth + 1))
                lines += ["", f"{mark} {name}{title}", *_indented(inner, indent), ""]
            case "open":
                name = draw(st.sampled_from(["participant", "essayer", "retenir"]))
                inner = draw(_blocks(hidden, depth + 1))
                lines += ["", f"{mark} {name}{title}", *_indented(inner, indent), ""]
    return lines


@st.composite
def _bodies(draw: st.DrawFn) -> str:
    lines: list[str] = draw(st.sampled_from([[], ["", CANARY, ""]]))
    titles = [*SECTIONS, "Inconnue", "Fiche participant bis"]
    for title in draw(st.lists(st.sampled_from(titles), max_size=5)):
        lines = [*lines, f"## {title}", ""]
        if title == "Déroulé":
            for _ in range(draw(st.integers(0, 3))):
                speaks = draw(st.booleans())
                lines += ["### Étape — 10 min", "", CANARY, ""]
                if speaks:
                    said = _indented(draw(_blocks(False, 1)), "    ")
                    lines += ["!!! participant", *said, ""]
                lines += [CANARY, "", "??? corrige", f"    {CANARY}", ""]
        else:
            lines += draw(_blocks(title not in PARTICIPANT_SECTIONS))
        lines.append("")
    return "\n".join(lines)


@given(_bodies())
def test_no_canary_ever_gets_out(body: str) -> None:
    assert CANARY not in shown(body)


@given(st.text(alphabet="#!?` \tab\n-animateur"))
def test_any_text_can_be_read(body: str) -> None:
    """And a participant reads nothing that a facilitator does not."""
    everything = shown(body, View.FACILITATOR)
    assert all(line in everything for line in words(shown(body)))
