"""The places of a page, read as a browser reads them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from ressourcerie.external.page import MAX_PAGE, has_anchor, may_be_checked, read_page

HTML = "text/html; charset=utf-8"


def anchors(text: str) -> frozenset[str]:
    return read_page(text.encode("utf-8", "surrogatepass"), HTML, True).anchors


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p id=a>", {"a"}),
        ("<P ID='a b'>", {"a b"}),
        ('<p class="x>y" id="&eacute;&#x2764;">', {"é❤"}),
        ('<p title=\'id="non"\' id = "oui" id="trop tard">', {"oui"}),
        ("<p data-id=non x=y/id=oui>", set()),
        ("<br/id=oui>", {"oui"}),
        ("<p id>", set()),
        ("<p id=>", set()),
        ('<p id="">', set()),
        ("<a name=oui></a><p name=non>", {"oui"}),
        ("<!-- <p id=non> --><p id=oui>", {"oui"}),
        ("<!--> <p id=oui>", {"oui"}),
        ("<!-- <p id=non>", set()),
        ("<!doctype html><?xml <p id=non> ?>", set()),
        ("</p id=non>", set()),
        ("<script>'<p id=non>'</script ><p id=oui>", {"oui"}),
        ("<title><p id=non></title><textarea><p id=non></textarea>", set()),
        ("<style id=oui><p id=non></style>", {"oui"}),
        (
            "<template id=oui><p id=non><template></template><p id=non></template><p id=b>",
            {"oui", "b"},
        ),
        ("<svg><g id=oui /></svg>", {"oui"}),
        ("a < b <p id=oui>", {"oui"}),
        ("< p id=non>", set()),
        ("<é id=non><é-b id=non>", set()),
        ("<x-y id=oui>", {"oui"}),
    ],
)
def test_names_of_places(text: str, found: set[str]) -> None:
    assert anchors(text) == found


_PIECES = st.sampled_from(
    [
        *(
            "<p id=a>",
            "</p>",
            '<div id="b c">',
            "</div>",
            "<a name=d>",
            "</a>",
            "<i class='>' id=e>",
        ),
        *("<!-- ", " -->", "<script>", "</script>", "<title>", "</title>", "<h2 id=é>", "</h2>"),
        *("<textarea id=g>", "</textarea>", "<br id=f/>", " texte ", "<", ">", "&amp;", "</i>"),
        *(
            "<!doctype html>",
            "<span  id = 'h' >",
            "</span>",
            '<p title="x\'y" id=i>',
            "<b\tid=j\n>",
        ),
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_same_places_as_a_whole_parser(text: str) -> None:
    tree = LexborHTMLParser(f"<body>{text}</body>")
    expected = {node.attributes.get("id") for node in tree.css("[id]")}
    expected |= {node.attributes.get("name") for node in tree.css("a[name]")}
    assert anchors(f"<body>{text}</body>") == expected - {None, ""}


@given(st.text(st.sampled_from("<>/!-='\" aidscriptempl&;\n?\x00é"), max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    page = read_page(text.encode(), HTML, True)
    for fragment in (text, "a"):
        assert has_anchor(page, fragment) in {True, False, None}
        assert may_be_checked(fragment) in {True, False}


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<p ", "<p x='", '<p id="', "<", "<!--", "<a b=", "<script>", "</script", "&"],
)
def test_time_grows_with_length_only(piece: str) -> None:
    hostile = (piece * (MAX_PAGE // 8 // len(piece))).encode()
    start = time.monotonic()
    read_page(hostile, HTML, True)
    assert time.monotonic() - start < 3
