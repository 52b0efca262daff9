"""Bytes in, front matter, body and places out; whatever the bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import Project
from ressourcerie import source
from ressourcerie.diagnostics import RULES, Place


def read_codes(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [d.code for d in source.parse("a.md", data)[1]]


def parsed(text: str) -> source.Source:
    read, found = source.parse("a.md", text.encode())
    assert found == []
    assert read is not None
    return read


# Whatever an author, or a disk, can do to a file.

_YAML_LIKE = st.text(
    alphabet=st.sampled_from("ab:- \n\t\"'[]{},#&*!|>%@`?0159.~é\u00a0\u2028\ufeff\x00\x07")
)


@given(st.binary(max_size=300))
def test_parse_answers_any_bytes(data: bytes) -> None:
    read, found = source.parse("a.md", data)
    assert (read is not None) or found
    assert all(d.code in RULES for d in found)


@given(_YAML_LIKE, _YAML_LIKE)
def test_parse_answers_any_front_matter(front: str, body: str) -> None:
    data = f"---\n{front}\n---\n{body}".encode()
    read, found = source.parse("a.md", data)
    assert (read is not None) or found
    last = data.decode().replace("\r", "\n").count("\n") + 1
    for place in [d.place for d in found] + [*(read.places.values() if read else ())]:
        assert 1 <= place.line <= last
        assert place.column >= 1


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.integers(0, 10**6)))
def test_every_key_is_found_on_its_own_line(front: dict[str, int]) -> None:
    lines = [f"{key}: {value}" for key, value in front.items()]
    read, found = source.parse("a.md", "\n".join(["---", *lines, "---", ""]).encode())
    if not front:
        assert [d.code for d in found] == ["entete-absent"]
        return
    assert read is not None
    # « y », « on » and « null » are words of YAML, never keys of ours: they stay text.
    assert {key: str(value) for key, value in read.front.items()} == {
        key: str(value) for key, value in front.items()
    }
    for number, key in enumerate(front, start=2):
        assert read.place(key) == Place("a.md", number, 1)


@given(st.lists(st.text(alphabet="abc #-`", max_size=12), max_size=8))
def test_body_line_leads_back_to_the_file(lines: list[str]) -> None:
    text = "\n".join(["---", "a: 1", "b:", "  - c", "---", *lines])
    read = parsed(text)
    for number, line in enumerate(read.body.split("\n")):
        place = read.body_place(number)
        if line:
            assert text.split("\n")[place.line - 1] == line


# What authors type stays what they typed.


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-11-21", "2026-11-21"),
        ("1:30", "1:30"),
        ("1h30", "1h30"),
        ("90", 90),
        ("1.5", 1.5),
        ('"1.0"', "1.0"),
        ("oui", "oui"),
        ("true", True),
        ("~", None),
        ("[]", []),
        ("s. d.", "s. d."),
        ("Dire « oui » ; sourire", "Dire « oui » ; sourire"),
        ("|\n  deux\n  lignes", "deux\nlignes\n"),
    ],
)
def test_value_is_what_was_typed(typed: str, expected: object) -> None:
    assert parsed(f"---\ncle: {typed}\n---\n").front == {"cle": expected}


def test_places_reach_into_lists_and_mappings() -> None:
    read = parsed("---\nsources:\n  - auteurs: A\n    titre: B\n  - {auteurs: C}\n---\n")
    assert read.place("sources") == Place("a.md", 2, 1)
    assert read.place("sources", 0, "titre") == Place("a.md", 4, 5)
    assert read.place("sources", 1, "auteurs") == Place("a.md", 5, 6)


def test_place_of_a_missing_key_is_its_nearest_ancestor() -> None:
    read = parsed("---\nsources:\n  - auteurs: A\n---\n")
    assert read.place("sources", 0, "titre") == Place("a.md", 3, 5)
    assert read.place("glose") == Place("a.md")


def test_windows_line_ends_change_nothing() -> None:
    text = "---\ntitre: Été\nduree: 60\n---\n\nUn\n\nDeux\n"
    windows, found = source.parse("a.md", text.replace("\n", "\r\n").encode())
    assert found == []
    assert windows == parsed(text)
    assert windows is not None
    assert windows.place("duree") == Place("a.md", 3, 1)


def test_rule_of_the_body_is_not_taken_for_the_end_of_the_front_matter() -> None:
    assert parsed("---\na: 1\n---\nUn\n\n---\n\nDeux\n").body == "Un\n\n---\n\nDeux\n"


def test_dashes_inside_a_value_do_not_end_the_front_matter() -> None:
    assert parsed("---\na: un --- deux\nb: 1\n---\nCorps\n").front["b"] == 1


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
def test_invisible_line_separator_does_not_shift_places(mark: str) -> None:
    """YAML takes these for ends of line, editors do not. They come with pasted text."""
    read, found = source.parse("a.md", f'---\na: "un{mark}deux"\nb: 1\nb: 2\n---\n'.encode())
    places = [read.place("b")] if read else []
    assert all(place.line in {2, 4} for place in [*places, *(d.place for d in found)])


# Files that are no text, or no text of ours.


def test_latin_1_is_refused_at_the_first_bad_byte() -> None:
    read, found = source.parse("a.md", "---\ntitre: Été\n---\n".encode("latin-1"))
    assert read is None
    assert [(d.code, d.place) for d in found] == [("fichier-encodage", Place("a.md", 2, 8))]


def test_latin_1_column_counts_characters_as_editors_do() -> None:
    data = "---\ntitre: œuvre ".encode() + "é\n---\n".encode("latin-1")
    _, found = source.parse("a.md", data)
    assert [d.place for d in found] == [Place("a.md", 2, 14)]


def test_utf_16_is_refused() -> None:
    assert read_codes("---\ntitre: Été\n---\n".encode("utf-16")) == ["fichier-encodage"]


def test_byte_order_mark_is_reported_and_the_rest_is_still_read() -> None:
    read, found = source.parse("a.md", b"\xef\xbb\xbf---\ntitre: A\ntitre: B\n---\n")
    assert [(d.code, d.place.line) for d in found] == [("fichier-bom", 1), ("cle-en-double", 3)]
    assert read is not None


def test_link_out_of_the_project_is_not_followed(project: Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(project.read("content/utiliser.md"))
    project.path("content/lien.md").symlink_to(secret)
    read, found = source.read(project.root, "content/lien.md")
    assert read is None
    assert [(d.code, d.place) for d in found] == [("fichier-illisible", Place("content/lien.md"))]
    assert [d.code for d in project.check()] == ["fichier-illisible"]


def test_link_inside_the_project_is_followed(project: Project) -> None:
    project.path("content/lien.md").symlink_to(project.path("content/utiliser.md"))
    assert source.read(project.root, "content/lien.md")[1] == []


def test_link_to_itself_is_unreadable(project: Project) -> None:
    project.path("content/boucle.md").symlink_to(project.path("content/boucle.md"))
    assert [d.code for d in project.check()] == ["fichier-illisible"]


def test_link_to_nothing_is_unreadable(project: Project) -> None:
    project.path("content/mort.md").symlink_to("absent.md")
    assert [d.code for d in project.check()] == ["fichier-illisible"]


def test_file_too_big_is_not_read(project: Project) -> None:
    page = project.read("content/utiliser.md")
    project.write("content/juste.md", page + "x" * (1_000_000 - len(page.encode())))
    project.write("content/trop.md", page + "x" * (1_000_001 - len(page.encode())))
    assert [(d.place.path, d.code) for d in project.load()[1]] == [
        ("content/trop.md", "fichier-trop-gros")
    ]


def test_aliases_cannot_swell() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    read, found = source.parse("a.md", f"---\n{bomb}---\n".encode())
    assert read is None
    assert [d.code for d in found] == ["entete-illisible"]


def test_deep_nesting_is_refused_without_a_stack_overflow() -> None:
    assert read_codes(f"---\na: {'[' * 100_000}\n---\n") == ["entete-illisible"]


def test_mapping_used_as_a_key_is_refused_in_words_authors_know() -> None:
    """`{{ mot }}` is the mark of many template languages."""
    read, found = source.parse("a.md", b"---\ntitre: {{ mot }}\n---\n")
    assert [d.code for d in found] == ["entete-illisible"]
    assert "Node" not in str(read)


# Code blocks hold no headings, blocks or links.


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("a\n```\nb\n```\nc", [0, 4]),
        ("a\n~~~\n```\nb\n~~~\nc", [0, 5]),
        ("````\n```\nb\n````\nc", [4]),
        ("```py\nb\n```", []),
        ("`a`\n\n    b", [0, 1, 2]),
    ],
)
def test_lines_of_code_are_left_out(body: str, kept: list[int]) -> None:
    assert [number for number, _ in source.lines_outside_code(body)] == kept


def test_fence_that_is_never_closed_hides_nothing() -> None:
    """Markdown takes it for plain text: what follows is shown, so it must be checked."""
    body = "```\nun\n\n## Deux\n"
    assert (3, "## Deux") in list(source.lines_outside_code(body))
