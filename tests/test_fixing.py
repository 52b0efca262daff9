"""What `fix` changes, and above all what it never does."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import HEAD, again, look, mended, source
from ressourcerie.diagnostics import Diagnostic, Edit, Place, Severity
from ressourcerie.fixing import Change, ChangedSinceError, difference, fixes, mend, write
from ressourcerie.french import fold
from test_prose import PIECES, in_code


def asked(start: int, end: int, text: str, path: str = "a.md", code: str = "essai") -> Diagnostic:
    edit = Edit(start, end, text)
    return Diagnostic(Place(path), code, Severity.WARNING, "Un essai.", edit=edit)


@pytest.mark.parametrize(
    ("data", "edits", "right"),
    [
        (b"abcdef", [asked(1, 2, "X")], b"aXcdef"),
        (b"abcdef", [asked(4, 5, "Y"), asked(1, 2, "X")], b"aXcdYf"),
        (b"abcdef", [asked(1, 3, "X"), asked(2, 4, "Y")], b"aXdef"),
        (b"abcdef", [asked(1, 3, "X"), asked(3, 4, "Y")], b"aXdef"),
        (b"abcdef", [asked(3, 3, "X"), asked(3, 3, "X", code="autre")], b"abcXdef"),
        (b"abcdef", [asked(6, 6, "X")], b"abcdefX"),
        (b"abcdef", [asked(5, 9, "X")], b"abcdef"),
        (b"a\r\nb\r\nc", [asked(2, 3, "X"), asked(4, 5, "Y")], b"a\r\nX\r\nY"),
        (b"a\r\nb\nc\rd", [asked(2, 3, "X"), asked(6, 7, "Y")], b"a\r\nX\nc\rY"),
        (b"a\r\nb", [asked(1, 2, "")], b"ab"),
        (b"a\r\nb", [asked(0, 1, "x\ny")], b"x\r\ny\r\nb"),
        (b"\xef\xbb\xbfabc", [asked(0, 1, "X")], b"\xef\xbb\xbfXbc"),
        ("été".encode(), [asked(1, 2, "T")], "éTé".encode()),
        (b"abc", [], b"abc"),
    ],
)
def test_edits_are_applied_to_the_bytes(
    data: bytes, edits: Iterable[Diagnostic], right: bytes
) -> None:
    assert mend(data, edits) == right


def test_what_is_not_utf_8_is_not_mended() -> None:
    with pytest.raises(UnicodeDecodeError):
        mend(b"\xe9t\xe9", [asked(0, 1, "e")])


@pytest.mark.parametrize(
    ("head", "edit"),
    [
        ("titre: Un mot", (6, 7, ": a:")),
        ("titre: Un mot", (4, 9, "autre")),
        ('titre: "Un mot"', (11, 12, '"')),
        ("titre: Un mot", (14, 14, " # ")),
        ("titre: Un mot\nresume: Un autre", (17, 18, "")),
        # A list goes on with words, at its end, and loses none.
        ("mots: [un, deux]", (11, 11, "zero, ")),
        ("mots: [un, deux]", (17, 17, " et, trois")),
        ("mots: [un, deux]", (19, 19, ", {a: b}")),
        ("mots: [un, deux]", (15, 19, "quatre, cinq")),
        ("mots: [un, deux]", (20, 20, "\ncles: trois")),
    ],
)
def test_front_matter_keeps_its_shape(head: str, edit: tuple[int, int, str]) -> None:
    """Such an edit is left out, and it alone: the others are made."""
    data = f"---\n{head}\n---\nUn mot.\n".encode()
    body = data.decode().rindex("mot")
    right = data.decode()[:body] + "MOT.\n"
    assert mend(data, [asked(*edit), asked(body, body + 3, "MOT")]) == right.encode()


@pytest.mark.parametrize(
    ("head", "at", "text", "right"),
    [
        ("mots: [un, deux]", 19, ", trois", "mots: [un, deux, trois]"),
        ("mots: []", 11, "un, deux", "mots: [un, deux]"),
        ("mots:\n  - un\nfin: a", 16, "\n  - deux", "mots:\n  - un\n  - deux\nfin: a"),
    ],
)
def test_list_of_the_front_matter_may_go_on(head: str, at: int, text: str, right: str) -> None:
    data = f"---\n{head}\n---\nUn mot.\n".encode()
    assert mend(data, [asked(at, at, text)]) == f"---\n{right}\n---\nUn mot.\n".encode()


def test_list_goes_on_while_a_sentence_is_mended() -> None:
    data = b"---\ntitre: l'un\nmots: [un]\n---\nUn mot.\n"
    found = [asked(12, 13, "\u2019"), asked(25, 25, ", deux")]
    right = "---\ntitre: l\u2019un\nmots: [un, deux]\n---\nUn mot.\n"
    assert mend(data, found) == right.encode()


# Files.


def test_fixes_are_changes_of_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"l'un\n")
    (tmp_path / "a.md").write_bytes(b"l'un et l'autre\n")
    found = [asked(1, 2, "’", "b.md"), asked(1, 2, "’", "a.md"), asked(9, 10, "’", "a.md")]
    changes = fixes(found, tmp_path)
    assert [(c.path, c.before, c.after, c.codes) for c in changes] == [
        ("a.md", b"l'un et l'autre\n", "l’un et l’autre\n".encode(), ("essai", "essai")),
        ("b.md", b"l'un\n", "l’un\n".encode(), ("essai",)),
    ]
    assert changes[0].diff == (
        "--- avant/a.md\n+++ après/a.md\n@@ -1 +1 @@\n-l'un et l'autre\n+l’un et l’autre\n"
    )
    assert (tmp_path / "a.md").read_bytes() == b"l'un et l'autre\n", "nothing is written yet"


def test_mending_goes_on_until_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f'{HEAD}Il dit "l\'un? 5Go...".\n', "utf-8")
    data = (tmp_path / "a.md").read_bytes()
    (change,) = fixes(_here(again("", data)), tmp_path, lambda _, data: _here(again("", data)))
    assert change.after.decode() == f"{HEAD}Il dit « l’un ? 5 Go… ».\n"
    assert list(again("", change.after)) == []


def _here(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [Diagnostic(Place("a.md"), d.code, d.severity, d.message, edit=d.edit) for d in found]


def test_edits_that_undo_each_other_come_to_an_end(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a")

    def swap(_path: str, data: bytes) -> list[Diagnostic]:
        return [asked(0, 1, "b" if data == b"a" else "a")]

    assert len(fixes(swap("", b"a"), tmp_path, swap)) <= 1


@pytest.mark.parametrize("path", ["absent.md", "../dehors.md", "lien.md", "dossier", "latin.md"])
def test_file_out_of_reach_is_left_as_it_is(tmp_path: Path, path: str) -> None:
    root = tmp_path / "projet"
    (root / "dossier").mkdir(parents=True)
    (tmp_path / "dehors.md").write_bytes(b"l'un")
    (root / "lien.md").symlink_to(tmp_path / "dehors.md")
    (root / "latin.md").write_bytes(b"\xe9t\xe9")
    assert fixes([asked(1, 2, "’", path)], root) == []


def change(root: Path, before: bytes, after: bytes, path: str = "a.md") -> Change:
    return Change(path, before, after, "", ("essai",), root)


def test_change_is_written_whole_and_keeps_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"avant")
    file.chmod(0o640)
    write(change(tmp_path, b"avant", b"apres"))
    assert file.read_bytes() == b"apres"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [f.name for f in tmp_path.iterdir()] == ["a.md"]


def test_file_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"autre")
    with pytest.raises(ChangedSinceError):
        write(change(tmp_path, b"avant", b"apres"))
    assert (tmp_path / "a.md").read_bytes() == b"autre"


def test_a_failed_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_bytes(b"avant")

    def fail(*_args: object) -> None:
        raise OSError(28, "disque plein")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disque plein"):
        write(change(tmp_path, b"avant", b"apres"))
    assert (tmp_path / "a.md").read_bytes() == b"avant"
    assert [f.name for f in tmp_path.iterdir()] == ["a.md"]


def test_link_inside_the_project_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"avant")
    (tmp_path / "b.md").symlink_to("a.md")
    write(change(tmp_path, b"avant", b"apres", "b.md"))
    assert (tmp_path / "b.md").is_symlink()
    assert (tmp_path / "a.md").read_bytes() == b"apres"


def test_difference_shows_a_few_lines_around_and_counts_them() -> None:
    before = "".join(f"{i}\n" for i in range(1, 31)).encode()
    after = before.replace(b"\n20\n", b"\nvingt\n")
    assert difference("a.md", before, after).split("\n")[2:-1] == [
        *["@@ -17,7 +17,7 @@", " 17", " 18", " 19", "-20", "+vingt", " 21", " 22", " 23"]
    ]


def test_difference_of_a_long_text_is_quick() -> None:
    before = "".join(f"l'outil {i % 7}\n" for i in range(40_000)).encode()
    assert difference("a.md", before, before.replace(b"'", "’".encode())).count("\n") > 80_000


# What fixing never does, whatever the text.

FAULTS = st.sampled_from(
    [
        *[
            "l'outil",
            "Ça va? ",
            "Durée: ",
            "5Go ",
            "2ème ",
            "coeur ",
            "etc... ",
            '"mot" ',
            "«mot» ",
        ],
        *["  ", " , ", "mot,mot ", "2h30 ", "A bientôt ", "Etat ", "e\u0301 ", "le le ", "a t-il "],
        *["n°4 ", "la C.N.I.L. ", "10% ", "le Lundi ", "... ", "“mot” ", "<< mot >> ", "Mr Petit "],
        *["entre 5 à 10 ", "1.000.000 ", "3.5 Go ", "à 12:30 ", "( mot )", "mot", " ", ". ", "\n"],
    ]
)
TEXTS = st.lists(st.one_of(PIECES, FAULTS, FAULTS), max_size=25).map("".join)
# Rules that may change letters or digits, and not the signs between them alone.
OF_WORDS = {"abreviation", "heure", "intervalle", "mot-repete", "nombre", "ordinal", "unite"}
OF_WORDS |= {"sigle-a-points", "trait-d-union-t"}


@given(TEXTS)
def test_fix_is_idempotent(body: str) -> None:
    once = mended(body)
    assert mended(once) == once
    assert [d.code for d in look(once) if d.edit] == []


@given(TEXTS)
def test_fix_never_touches_code_nor_addresses(body: str) -> None:
    """Python-Markdown is the judge: it writes the same code and the same addresses after."""
    assert in_code(mended(body)) == in_code(body)


@given(TEXTS)
def test_fix_changes_no_word_but_those_a_rule_names(body: str) -> None:
    """Spaces, signs and accents apart, the text says what it said."""
    read = source(body)
    found = [d for d in look(read) if d.code not in OF_WORDS]
    after = mend(read.text.encode(), found).decode()
    assert _letters(after) == _letters(read.text)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_any_text_is_checked_and_mended(body: str) -> None:
    data = (HEAD + body).encode()
    assert mend(data, again("", data)).decode().startswith(HEAD)


@given(st.sampled_from(["\n", "\r\n", "\r"]), TEXTS)
def test_ends_of_line_and_mark_of_the_file_stay(end: str, body: str) -> None:
    data = b"\xef\xbb\xbf" + (HEAD + body).replace("\n", end).encode()
    after = mend(data, again("", data))
    assert after.startswith(b"\xef\xbb\xbf---")
    assert after.count(end.encode()) == data.count(end.encode())
