"""What is prose and what is not: code, addresses and marks are hidden, whatever surrounds them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import source
from ressourcerie.markdown import MarkdownSettings
from ressourcerie.prose import (
    CELL,
    HEADING,
    MARK,
    OPAQUE,
    body_prose,
    own_prose,
    own_words,
    prose,
    sentences,
)
from ressourcerie.source import parse, places

MASKS = {OPAQUE, MARK, CELL, HEADING}
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
# Pieces of Markdown, which combine into all that is hard to read.
PIECES = st.sampled_from(
    [
        *[
            "`",
            "``",
            "```",
            "~~~",
            "\n",
            "\n\n",
            "    ",
            "\t",
            "- ",
            "1. ",
            "> ",
            "!!! animateur\n",
        ],
        *['!!! animateur "', '"\n', "[", "](", ")", "][", "]", "]: ", '<a href="', '">', "</a>"],
        *["<", ">", "<!--", "-->", "<pre>", "</pre>", "<code>", "</code>", "\\", "*", "**", "_"],
        *[
            "|",
            "# ",
            "{",
            "}",
            "{: .x }",
            " ",
            ". ",
            "https://a.fr/",
            "&amp;",
            "=== ",
            "'",
            "«",
            "»",
        ],
        *["```\n", "\n```\n", "\n~~~\n", "\n    ", "\n- ", "\n> ", "\n\n    ", "\n\n        "],
    ]
)


@st.composite
def markdown_texts(draw: st.DrawFn) -> str:
    """A text of such pieces, whose every word is there once: « mot0 », « mot1 »…"""
    pieces = draw(st.lists(st.one_of(PIECES, st.just("mot")), max_size=30))
    return "".join(f"mot{i}x" if piece == "mot" else piece for i, piece in enumerate(pieces))


def shown(text: str) -> str:
    """A prose as one reads it, masks left out."""
    return " ".join(re.sub(r"[\0-\x03]+", " ", text).split())


@given(ANY_TEXT)
def test_masks_keep_every_offset(body: str) -> None:
    text = body_prose(body)
    assert len(text) == len(body)
    assert all(a == b or (a in MASKS and b != "\n") for a, b in zip(text, body, strict=True))


@given(ANY_TEXT)
def test_every_view_of_a_source_has_its_length(body: str) -> None:
    read, _ = parse("a.md", f"---\ntitre: Un mot\n---\n{body}".encode())
    if read is None:
        return
    for view in (prose, own_prose, own_words):
        assert len(view(read)) == len(read.text)


@given(ANY_TEXT)
def test_sentences_are_in_order_and_apart(text: str) -> None:
    end = 0
    for sentence in sentences(text):
        assert end <= sentence.start < sentence.end <= len(text)
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.words
        end = sentence.end


@given(ANY_TEXT)
def test_places_are_those_of_the_source(body: str) -> None:
    read = source(body.replace("\r", ""))
    place = places(read)
    for offset in range(0, len(read.text) + 1, 3):
        assert place(offset) == read.place_at(offset)


class _Code(HTMLParser):
    """What a page has in its code and in its addresses, piece after piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._depth += tag in {"code", "pre"}
        self.pieces += [value or "" for name, value in attributes if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag in {"code", "pre"}

    def handle_data(self, data: str) -> None:
        if self._depth > 0:
            self.pieces.append(data)


def in_code(body: str, raw_html: bool = False) -> list[str]:
    """The code and the addresses of a text, as Python-Markdown writes them."""
    settings = MarkdownSettings()
    converter = markdown.Markdown(extensions=[*settings.extensions, "fenced_code", "attr_list"])
    if not raw_html:
        converter.preprocessors.deregister("html_block")
        converter.inlinePatterns.deregister("html")
    parser = _Code()
    parser.feed(converter.convert(body))
    return parser.pieces


def _words(pieces: list[str]) -> set[str]:
    return {word for piece in pieces for word in re.findall(r"mot\d+x", piece)}


@given(markdown_texts())
def test_what_is_rendered_as_code_or_address_is_hidden(body: str) -> None:
    """Python-Markdown is the judge, with raw HTML and without.

    An element left open in what may be code is not looked for.
    """
    visible = set(re.findall(r"mot\d+x", body_prose(body)))
    assert visible & _words(in_code(body)) == set()
    if not re.search("`|    |\t", body):
        assert visible & _words(in_code(body, raw_html=True)) == set()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Un `code` ici.", "Un ici."),
        ("Un ``code ` là`` ici.", "Un ici."),
        ("Un \\`mot\\` ici.", "Un `mot ` ici."),
        ("Un ` seul.", "Un ` seul."),
        ("Avant\n\n```\ncode\n```\n\naprès", "Avant après"),
        ("Avant\n\n~~~ python\ncode\n~~~\n\naprès", "Avant après"),
        ("Avant\n\n```\ncode\n~~~\nencore\n```\naprès", "Avant après"),
        ("- un\n\n    ```\n    code\n    ```\n\n    suite", "un suite"),
        ("Avant\n\n```\nsans fin", "Avant"),
        ("Avant\n\n    code\n\naprès", "Avant après"),
        ("- un\n\n    suite\n\nfin", "un suite fin"),
        ("- un\n\n        code\n\nfin", "un fin"),
        ("1. un\n    - deux\n\n        suite", "un deux suite"),
        ('!!! animateur "Titre"\n    Texte.\n\n    Suite.', "Titre Texte. Suite."),
        ("Un <!-- mot\nmot --> ici.", "Un ici."),
        ("Un <b title='x > y'>mot</b>.", "Un mot ."),
        ("Un <kbd>Ctrl</kbd> ici.", "Un ici."),
        ("[mot](a.md) et ![image](b.png)", "mot et image"),
        ("[mot][id]\n\n[id]: a.md", "mot"),
        ("[mot](a_(b).md \"Titre\") ici", "mot ici"),
        ("Note[^1].\n\n[^1]: Le texte.", "Note . Le texte."),
        ("Voir https://a.fr/b?c=d. Puis www.a.fr, et a@b.fr.", "Voir . Puis , et ."),
        ("Le site exemple.fr, le dossier guide/.", "Le site , le dossier ."),
        ("Le fichier ../a/b.md est là.", "Le fichier est là."),
        ("Et/ou, 24 h/24, km/h, médiateur/trice.", "Et/ou, 24 h/24, km/h, médiateur/trice."),
        ("médiateur.trice, citoyen.ne.s", "médiateur.trice, citoyen.ne.s"),
        ("étudiant.es, inscrit/e/s", "étudiant.es, inscrit/e/s"),
        ("# Titre {#id}", "Titre"),
        ("- [ ] à faire\n- [x] fait", "à faire fait"),
        ("> - ## Un *mot* _ici_ **là**", "Un mot ici là"),
        ("a_b_c et __d__", "a_b_c et d"),
        ("| a | b |\n|---|:-:|\n| c | d |", "a b c d"),
        ("Un `|` \\* étoile", "Un étoile"),
        ("&nbsp;: &#233;té", ": té"),
        ("lignes: 3\n\nLignes : 4", ""),
        ("{{ page.titre }} et {x}", "et"),
        ("Titre\n=====\n\nTexte\n---", "Titre Texte"),
        ("++ctrl+c++ et :smile: ici", "et ici"),
    ],
)  # fmt: skip
def test_prose_is_the_words(body: str, words: str) -> None:
    assert shown(body_prose(body)) == words


def test_values_of_the_front_matter_are_prose_but_for_those_of_others() -> None:
    head = (
        '---\ntitre: Un titre\nresume: "Un \\"mot\\" ici"\nduree: 60\n'
        "objectifs: [Lire, 'L''été']\nmateriel:\n  plan_b: |\n    Du\n    papier\n"
        "sources:\n  - titre: Autre\nanglais: word\nslug: mon-titre\n---\n"
    )
    assert shown(prose(source("Le corps.", head))) == (
        "Un titre Un mot ici Lire L''été Du papier Le corps."
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Il dit « un mot » ici.", "Il dit ici."),
        ("Il dit « un « mot » là » ici.", "Il dit ici."),
        ("Il dit « un mot.\n\nAprès.", "Il dit Après."),
        ("Il dit “un mot” ici.", "Il dit ici."),
        ("Il dit \"un mot\" ici.", "Il dit ici."),
        ("Le mot *word* et le **gras**.", "Le mot et le gras ."),
        ("Le mot _word_ ici.", "Le mot ici."),
        ("> Une citation\n\nAprès.", "Après."),
        ("Un » seul.", "Un » seul."),
        ("2 * 3 * 4", "2 3 4"),
    ],
)  # fmt: skip
def test_own_words_are_neither_quoted_nor_named(body: str, words: str) -> None:
    assert (
        shown(own_words(source(body, "---\ntitre: x\n---\n"))[len("---\ntitre: x\n---\n") :])
        == words
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Un. Deux ! Trois ? Quatre…", ["Un.", "Deux !", "Trois ?", "Quatre…"]),
        ("« Un. » Deux.", ["« Un. »", "Deux."]),
        ("« Un ? » dit-il.", ["« Un ? »", "dit-il."]),
        ("M. Petit lit p. 12. Fin.", ["M. Petit lit p. 12.", "Fin."]),
        ("L’article L. 121-1. Plan E. Fin.", ["L’article L. 121-1.", "Plan E.", "Fin."]),
        ("# Un\nDeux.", ["Un", "Deux."]),
        ("- Un\n- Deux", ["Un", "Deux"]),
        ("Un\nsuit\n\nDeux", ["Un\nsuit", "Deux"]),
        ("| Un | Deux |\n|--|--|\n| Trois | Quatre |", ["Un |", "Deux |", "Trois |", "Quatre |"]),
        ("3,5 Go. Version 1.2 ici.", ["3,5 Go.", "Version 1.2 ici."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_stops(text: str, found: list[str]) -> None:
    said = [
        s.text.replace(CELL, "|").strip(f"\n {MARK}{HEADING}") for s in sentences(body_prose(text))
    ]
    assert said == found
