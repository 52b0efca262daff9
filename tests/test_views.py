"""What a participant may read; what must never be in the bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressourcerie.checks.structure import SECTIONS
from ressourcerie.views import PARTICIPANT_SECTIONS, View, select

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


def test_facilitator_reads_everything() -> None:
    assert select(BODY, View.FACILITATOR) == BODY


def test_participant_reads_what_is_meant_for_participants() -> None:
    assert [line for line in select(BODY, View.PARTICIPANT).split("\n") if line] == [
        "## En bref",
        "Pour tous.",
        "Toujours pour tous.",
        "## Déroulé",
        "### Chercher — 20 min",
        "Cherchez la météo.",
        "Puis notez.",
        "## Fiche participant",
        "- [ ] Je sais chercher.",
    ]


def test_schedule_that_says_nothing_to_participants_is_not_shown() -> None:
    body = "## Déroulé\n\n### Accueil — 10 min\n\nPour l’animation.\n\n## En bref\n\nOui.\n"
    assert select(body, View.PARTICIPANT) == "## En bref\n\nOui.\n"


def test_indentation_inside_a_participant_block_survives() -> None:
    body = (
        "## Déroulé\n### Un — 5 min\n!!! participant\n"
        "    - a\n        - b\n\n    ```\n      code\n    ```\n"
    )
    assert select(body, View.PARTICIPANT).endswith("- a\n    - b\n\n```\n  code\n```\n")


@pytest.mark.parametrize("title", sorted(set(SECTIONS) - PARTICIPANT_SECTIONS - {"Déroulé"}))
def test_facilitator_section_is_hidden(title: str) -> None:
    body = f"## En bref\n\nOui.\n\n## {title}\n\n{CANARY}\n\n### Sous-titre\n\n{CANARY}\n"
    assert CANARY not in select(body, View.PARTICIPANT)


@pytest.mark.parametrize("title", ["Notes", "fiche participant", "Fiche participant : suite", ""])
def test_section_nobody_thought_of_is_hidden(title: str) -> None:
    assert CANARY not in select(f"## {title}\n\n{CANARY}\n", View.PARTICIPANT)


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
    shown = select(body, View.PARTICIPANT)
    assert CANARY not in shown
    assert "Visible." in shown


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
    assert CANARY not in select(body, View.PARTICIPANT)


@pytest.mark.parametrize("heading", ["##Posture", "Posture\n-------", "##Posture##"])
def test_facilitator_section_is_hidden_however_its_heading_is_written(heading: str) -> None:
    """Python-Markdown makes an `h2` of each."""
    body = f"## Fiche participant\n\nOui.\n\n{heading}\n\n{CANARY}\n"
    assert CANARY not in select(body, View.PARTICIPANT)


@pytest.mark.parametrize("fence", ["```", "~~~", "  ```", "```py"])
def test_code_block_never_closed_does_not_open_what_follows(fence: str) -> None:
    """For Markdown it is no code block: « Posture » is a section like any other."""
    body = f"## Fiche participant\n\n{fence}\nOui.\n\n## Posture\n\n{CANARY}\n"
    assert CANARY not in select(body, View.PARTICIPANT)


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
    assert CANARY not in select(body, View.PARTICIPANT)


@given(_bodies())
def test_selecting_twice_changes_nothing_outside_the_schedule(body: str) -> None:
    """What a participant may read needs no second sieve."""
    body = body.replace("## Déroulé", "## Posture")
    once = select(body, View.PARTICIPANT)
    assert select(once, View.PARTICIPANT).strip() == once.strip()


@given(st.text(alphabet="#!?` \tab\n-animateur"))
def test_select_answers_any_text(body: str) -> None:
    assert select(body, View.FACILITATOR) == body
    shown = select(body, View.PARTICIPANT)
    assert {line.strip() for line in shown.split("\n")} <= {
        line.strip() for line in body.split("\n")
    } | {""}
