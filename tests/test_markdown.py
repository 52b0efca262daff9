"""From French Markdown to safe HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import REPOSITORY, term
from ressourcerie import links
from ressourcerie.french import NBSP, NNBSP
from ressourcerie.library import Library
from ressourcerie.markdown import Destination, MarkdownSettings, Rendered, render
from ressourcerie.settings import read_settings
from ressourcerie.terms import TermFinder

ORIGIN = "content/index.md"
TAGS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "a",
        "img",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "hr",
        "br",
        "div",
        "span",
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
ATTRIBUTES = frozenset(
    [
        "alt",
        "class",
        "colspan",
        "height",
        "href",
        "id",
        "lang",
        "loading",
        "rowspan",
        "scope",
        "src",
        "start",
        "title",
        "width",
    ]
)


def _address(href: str) -> str | None:
    target = links.resolve(href, ORIGIN, Library())
    return target.full if target else None


FINDER = TermFinder([term("lieu", "Tiers-lieu"), term("web", "Navigateur")])
SITE = Destination(
    link=_address, image=_address, term=lambda slug: f"/glossaire/{slug}/", finder=FINDER
)


def settings() -> MarkdownSettings:
    found, _ = read_settings(REPOSITORY / "mkdocs.yml")
    assert found is not None
    return found.markdown


SETTINGS = settings()


class Reader(HTMLParser):
    """What a browser would make of a page: its elements, and its text by element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def every(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def rendered(text: str, **more: Any) -> Rendered:
    values = {name: getattr(SITE, name) for name in SITE.__slots__}
    return render(text, Destination(**{**values, **more}), SETTINGS)


def page(text: str, **more: Any) -> Reader:
    return Reader(rendered(text, **more).html)


# Contributions come from strangers.


def harmless(html: str) -> None:
    for tag, attributes in Reader(html).elements:
        assert tag in TAGS, html
        for name, value in attributes.items():
            assert name in ATTRIBUTES, html
            if name in {"href", "src"}:
                scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", str(value), re.IGNORECASE)
                assert scheme is None or scheme[1].lower() in links.SAFE_SCHEMES, html
                assert not str(value).startswith("//"), html


_ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[a](javascript:alert(1))",
    "![a](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[a](<javascript:alert(1)>)",
    "[a]: javascript:alert(1)\n\n[a]",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html,x)",
    "[a](//example.org)",
    "[a](https://example.org){: onclick=alert(1) }",
    "# a {: style=x onmouseover=y }",
    '[a](https://example.org "x\\" onclick=y")',
    '[a](https://e.org/"onclick=y)',
    "![a](https://e.org/a.png){: srcset=x onerror=y }",
    "<!-- a --><b>c</b>",
    "<?php x ?>",
    "&lt;script&gt;",
    "<a href='javascript:x'>a</a>",
    "<details open ontoggle=x>",
    "!!! animateur <script>\n    a",
    '!!! animateur "<img src=x onerror=y>"\n    a',
    '??? corrige "<script>x</script>"\n    a',
    "```<script>\na\n```",
    "`<script>`",
    "```{.x onclick=y}\na\n```",
    "```{.x style=y #z}\na\n```",
    "~~~ { .x onmouseover='y' }\na\n~~~",
    "!!! animateur\n    ```{.x onclick=y}\n    a\n    ```",
    "| <b>a</b> |\n|:-:|\n| <i>b</i> |",
    "<style>a</style>",
    "<https://example.org/<script>>",
    "* [ ] <b>a</b>",
    "lignes: 99",
    "\x02wzxhzdk:0\x03",
    "\x02amp\x03",
    "<iframe src=x></iframe>",
    "<base href=x>",
    "<a@b.fr>",
]


@pytest.mark.parametrize("attack", _ATTACKS)
def test_attack_is_harmless(attack: str) -> None:
    for paper in (False, True):
        harmless(rendered(attack, paper=paper).html)


@given(st.lists(st.one_of(st.sampled_from(_ATTACKS), st.text(max_size=8)), max_size=4).map("".join))
def test_any_mixture_of_attacks_is_harmless(text: str) -> None:
    harmless(rendered(text).html)


@given(
    st.text(alphabet="<>[](){}:!?#`*_~|&\"'= \t\n-+.javscriptonx/1\u00a0«»\x02\x03", max_size=80)
)
def test_any_text_is_harmless(text: str) -> None:
    harmless(rendered(text).html)


@pytest.mark.parametrize("html", ["<b>gras</b>", "<script>alert(1)</script>", "a <br> b"])
def test_raw_html_is_shown_as_it_was_typed(html: str) -> None:
    assert html in page(html).text.replace(NBSP, " ")


def test_link_that_leads_nowhere_keeps_its_words() -> None:
    shown = page("Voir [ici](absent.md).")
    assert shown.text.strip() == "Voir ici."
    assert shown.every("a") == [{}]


def test_link_that_leads_nowhere_is_no_link_on_paper() -> None:
    shown = page("Voir [**ici** même](absent.md).", paper=True)
    assert shown.text.strip() == "Voir ici même."
    assert shown.every("a") == []


# French.


def test_typography_reaches_text_but_not_code_or_addresses() -> None:
    html = rendered('Quoi ? `a ? b` [x](https://e.org/a?b=c "n")\n\n    d ? e').html
    assert f"Quoi{NNBSP}?" in html
    assert "a ? b" in html
    assert "d ? e" in html
    assert "https://e.org/a?b=c" in html


def test_ids_of_headings_come_from_the_words_typed() -> None:
    shown = rendered("## Ça sert à quoi ?\n\n## Ça sert à quoi ?")
    ids = [a["id"] for a in Reader(shown.html).every("h2")]
    assert ids[0] == "ca-sert-a-quoi"
    assert len(set(ids)) == 2
    assert [t["id"] for t in shown.toc] == ids


def test_bodies_that_share_a_page_share_no_id_and_keep_their_rank() -> None:
    one, other = (page("## Un exemple", prefix=p, level=2) for p in ("a-", "b-"))
    assert one.every("h3") == [{"id": "a-un-exemple"}]
    assert other.every("h3") == [{"id": "b-un-exemple"}]


# Terms.


def term_links(text: str, **more: Any) -> list[str | None]:
    return [a["href"] for a in page(text, **more).every("a") if a.get("class") == "term"]


def test_only_the_first_time_a_term_is_met_is_linked() -> None:
    shown = rendered("Un tiers-lieu, puis un tiers-lieu.\n\nDes tiers-lieux.")
    assert shown.html.count('class="term"') == 1
    assert shown.terms == ("lieu",)


def test_terms_are_told_in_the_order_of_the_text() -> None:
    assert rendered("Un navigateur dans un tiers-lieu.").terms == ("web", "lieu")
    assert rendered("Un *tiers-lieu* et un navigateur.").terms == ("lieu", "web")


@pytest.mark.parametrize(
    "text",
    [
        "## Le tiers-lieu",
        "`tiers-lieu`",
        "    tiers-lieu",
        "```\ntiers-lieu\n```",
        "[le tiers-lieu](https://example.org/)",
        "> Un tiers-lieu.",
        "Elle dit « un tiers-lieu ouvert ».",
        "Elle dit « un *tiers-lieu* ouvert ».",
        "| tiers-lieu |\n|---|\n| a |",
        '!!! animateur "Le tiers-lieu"\n    Rien.',
        '??? corrige "Le tiers-lieu"\n    Rien.',
        "![Un tiers-lieu](https://example.org/a.png)",
    ],
)
def test_term_is_not_linked_where_it_would_disturb(text: str) -> None:
    assert term_links(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Elle dit « oui » au tiers-lieu.",
        "- Un tiers-lieu",
        "| a |\n|---|\n| tiers-lieu |",
        "!!! retenir\n    Un tiers-lieu.",
        "Un *tiers-lieu*.",
        "Elle dit « sans fin.\n\nUn tiers-lieu.",
    ],
)
def test_term_is_linked_in_prose(text: str) -> None:
    assert term_links(text) == ["/glossaire/lieu/"]


def test_entry_does_not_link_to_itself() -> None:
    assert term_links("Un tiers-lieu.", skip=frozenset({"lieu"})) == []


_PROSE = st.lists(
    st.sampled_from(["tiers-lieu", "navigateur", "mot", "«", "»", "*em*", "`c`", ".", "\n\n"])
).map(" ".join)


@given(_PROSE)
def test_linking_terms_changes_no_word(text: str) -> None:
    assert page(text).text == page(text, finder=None).text


# Our own blocks.


def test_blocks_say_to_whom_they_speak() -> None:
    shown = page(
        '!!! animateur "Posture"\n    a\n\n!!! participant\n    b\n\n!!! retenir "Trois"\n    c'
    )
    assert " ".join(shown.text.split()) == "Animation Posture a Pour les participants b Trois c"


def test_answers_fold_on_the_web_and_not_on_paper() -> None:
    text = '??? corrige "Réponses"\n    Il pleut.'
    web, paper = page(text), page(text, paper=True)
    assert web.every("details") == [{"class": "admonition corrige"}]
    assert "summary" not in [tag for tag, _ in paper.elements]
    assert {"class": "admonition corrige"} in paper.every("div")
    assert web.text.split() == paper.text.split()


@pytest.mark.parametrize(("typed", "lines"), [("3", 3), ("1", 1), ("99", 30)])
def test_lines_to_write_on(typed: str, lines: int) -> None:
    shown = page(f"lignes: {typed}")
    assert sum(a.get("class") == "write-line" for a in shown.every("div")) == lines
    assert shown.text.strip() == ""


def test_lines_written_in_a_sentence_stay_words() -> None:
    assert page("Écrire lignes: 3 ici").every("div") == []


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (["Mot", "Sens"], "table"),
        (["une phrase longue, de mots courts, que l’on peut replier"] * 3, "table"),
        (["Colonne"] * 6, "table wide"),
        (["Colonne"] * 12, "table wide very-wide"),
        (["x" * 80, "b"], "table wide very-wide"),
    ],
)
def test_table_says_how_wide_it_is(cells: list[str], named: str) -> None:
    row = f"| {' | '.join(cells)} |\n"
    table = f"{row}|{'---|' * len(cells)}\n{row}"
    assert page(table, paper=True).every("div") == [{"class": named}]


def test_boxes_to_tick() -> None:
    shown = page("- [ ] Un\n- [x] Deux\n- Trois")
    assert shown.every("ul") == [{"class": "tasks"}]
    assert [a.get("class") for a in shown.every("li")] == ["task", "task", None]
    assert shown.text.split() == ["Un", "Deux", "Trois"]


def test_boxes_to_tick_may_be_spaced_out() -> None:
    assert page("- [ ] Un\n\n- [ ] Deux").text.split() == ["Un", "Deux"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("exemplaires: 2", "À imprimer en 2 exemplaires."), ("Exemplaire : 1", "1 exemplaire.")],
)
def test_copies_of_a_deck_are_said_in_a_sentence(typed: str, shown: str) -> None:
    assert page(typed).text.split()[-len(shown.split()) :] == shown.split()
    assert "À imprimer" not in page(f"Faites {typed} pour voir").text


def test_many_words_are_set_in_columns() -> None:
    assert page("- mot\n" * 20).every("ul") == [{"class": "many-words"}]
    assert page("- mot\n" * 5).every("ul") == [{}]
    assert page("- mot\n" * 20 + "- une phrase bien plus longue\n").every("ul") == [{}]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_facts_of_a_step_are_set_apart(between: str) -> None:
    shown = page(between.join(["- Objectif : nommer", "- Modalité : binômes", "- Support : aucun"]))
    assert shown.every("ul") == [{"class": "step-facts"}]
    assert f"Objectif{NBSP}: nommer" in shown.text


def test_list_with_one_fact_is_an_ordinary_list() -> None:
    assert page("- Objectif : nommer\n- Autre chose").every("ul") == [{}]


def test_minutes_of_a_step_stand_apart_from_its_title() -> None:
    shown = page("### Accueil — 75 min")
    assert shown.every("span") == [{"class": "step-minutes"}]
    assert shown.text.strip() == f"Accueil 1{NBSP}h{NBSP}15"


def test_tables_name_their_columns_and_can_scroll() -> None:
    shown = page("| a | b |\n|---|---|\n| c | d |")
    assert {"class": "table"} in shown.every("div")
    assert [a["scope"] for a in shown.every("th")] == ["col", "col"]


def test_first_column_without_a_title_names_the_rows() -> None:
    """WCAG 1.3.1: a screen reader says « Prix, La livraison », and no header is empty."""
    html = rendered("| | Prix |\n| --- | --- |\n| La livraison | |\n").html
    assert '<td></td>\n<th scope="col">Prix</th>' in html
    assert '<th scope="row">La livraison</th>\n<td></td>' in html


def test_text_after_a_table_is_not_lost() -> None:
    assert page("| a |\n|---|\n| b |\n\nAprès.").text.split() == ["a", "b", "Après."]


def test_images_keep_their_words() -> None:
    (image,) = page("![Un rond noir](https://example.org/a.png)").every("img")
    assert image["alt"] == "Un rond noir"
    assert image["loading"] == "lazy"
    (printed,) = page("![Un rond](https://example.org/a.png)", paper=True).every("img")
    assert "loading" not in printed


def test_rendering_twice_gives_the_same() -> None:
    text = "## Un\n\nUn tiers-lieu.\n\n!!! essayer\n    - [ ] a\n"
    assert rendered(text) == rendered(text)
