"""The cards of a workshop: read as their author wrote them, printed so that scissors can do."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import page as page_validation
import pytest
from reading import Sheets, squeezed
from test_handouts import composed, lay_out, middles

from projects import REPOSITORY, Project
from ressourcerie.load import load
from ressourcerie.paper import decks
from ressourcerie.paper.cards import SIZES, cards, fitting
from ressourcerie.paper.decks import Card, Deck, Trouble
from ressourcerie.paper.document import Document
from ressourcerie.paper.press import Press
from ressourcerie.paper.sheets import sheets
from ressourcerie.settings import Settings, read_settings

SHEET = "ateliers/essai/index.md"
NAME = "essai-cartes.pdf"
ONE_FACE = """\
### Mots

exemplaires: 2

À lire à voix haute.

1. lien
2. mot de passe
3. un texte
   sur deux lignes

Et une carte blanche :

- …
"""
TWO_FACES = "### Paires\n\n| Mot | Sens |\n|---|---|\n" + "".join(
    f"| Mot{n} | Sens{n}. |\n" for n in range(11)
)
# Full of wide letters: the worst of what the checks let through.
LONGEST = ("Madame, un moment : demain, mon homme commence. " * 6)[: decks.MOST_SIGNS]


def body(*written: str) -> str:
    return "## En bref\n\nOui.\n\n## Cartes à découper\n\n" + "\n".join(written)


def ask_for(project: Project, *written: str) -> Project:
    """The tiny project, its workshop with these decks."""
    after = "## Pour aller plus loin\n"
    asked = "## Cartes à découper\n\n" + "\n".join(written)
    project.edit(SHEET, after, f"{asked}\n{after}")
    return project


def printed(project: Project) -> Sheets:
    file = project.root / NAME
    file.write_bytes(lay_out(composed(project)[NAME], project.settings))
    return Sheets(file)


# ---------------------------------------------------------------------------------------------
# What an author writes
# ---------------------------------------------------------------------------------------------


def test_list_is_read_as_cards_of_one_face() -> None:
    read = decks.read(body(ONE_FACE))
    assert read.faults == ()
    (deck,) = read.decks
    assert (deck.name, deck.copies, deck.has_backs) == ("Mots", 2, False)
    assert [(card.faces, card.number) for card in deck.cards] == [
        (("lien",), 1),
        (("mot de passe",), 2),
        (("un texte sur deux lignes",), 3),
        (("",), None),
    ]


def test_table_is_read_as_cards_of_two_faces() -> None:
    table = "### Paires\n\n| Mot | Sens |\n|---|---|\n| a \\| b | … |\n| c | *d* |\n"
    (deck,) = decks.read(body(table)).decks
    assert deck == Deck("Paires", (Card(("a | b", ""), 10), Card(("c", "*d*"), 11)))
    assert deck.has_backs


def test_what_stands_elsewhere_is_no_card() -> None:
    text = (
        "## Déroulé\n\n### Accueil — 5 min\n\n- un\n\n## Cartes à découper\n\n### Mots\n\n- deux\n"
    )
    text += "\n```\n- trois\n```\n\n## Posture\n\n### Quatre\n\n- quatre\n"
    (deck,) = decks.read(text).decks
    assert [card.faces for card in deck.cards] == [("deux",)]
    assert decks.read("## En bref\n\n- un\n") == decks.Decks()


@pytest.mark.parametrize(
    ("written", "trouble", "line"),
    [
        ("- un\n", Trouble.NAMELESS, 6),
        ("Rien.\n", Trouble.NO_DECK, 4),
        ("### Mots\n\nRien.\n", Trouble.NO_CARD, 6),
        ("### Mots\n\n- un\n\n### Mots\n\n- deux\n", Trouble.TWIN, 10),
        ("### Mots\n\n- un\n\n| a | b |\n|---|---|\n| c | d |\n", Trouble.MIXED, 12),
        ("### Mots\n\n| a | b | c |\n|---|---|---|\n| d | e | f |\n", Trouble.COLUMNS, 8),
        ("### Mots\n\n- un\n    - deux\n", Trouble.NESTED, 9),
        ("### Mots\n\n- un\n- ![Un dessin](a.svg)\n", Trouble.IMAGE, 9),
        (f"### Mots\n\n- {'a' * 250}\n- {'a' * 251}\n", Trouble.LONG, 9),
        ("### Mots\n\nexemplaires: deux\n\n- un\n", Trouble.COPIES, 8),
        ("### Mots\n\nexemplaire : 0\n\n- un\n", Trouble.COPIES, 8),
    ],
)
def test_deck_badly_written_is_said_at_its_line(written: str, trouble: Trouble, line: int) -> None:
    assert [(f.trouble, f.line) for f in decks.read(body(written)).faults] == [(trouble, line)]


def test_marks_of_markdown_do_not_make_a_card_longer() -> None:
    bold = f"- **{'a' * 248}** [b](https://exemple.fr/une/adresse)\n"
    assert decks.read(body(f"### Mots\n\n{bold}")).faults == ()


# ---------------------------------------------------------------------------------------------
# What is printed
# ---------------------------------------------------------------------------------------------


def test_workshop_without_a_deck_has_no_cards(project: Project) -> None:
    assert NAME not in composed(project)


def test_decks_of_one_face_are_printed_on_one_side(project: Project) -> None:
    document = composed(ask_for(project, ONE_FACE))[NAME]
    assert (document.owner, document.edition, document.duplex) == (SHEET, "cartes", False)
    assert project.check() == []
    opened = printed(project)
    assert len(opened) == 1
    assert "d’unseulcôté" in opened.whole
    assert opened.whole.count("motdepasse") == 2
    for label in ("Mots1,jeu1", "Mots2,jeu1", "Mots1,jeu2", "Mots3,jeu2", "Mots,jeu2"):
        assert label in opened.whole
    # Neither the sentence for who prepares, nor the copies, nor the dots of a blank card.
    for words in ("voixhaute", "exemplaires", "Etunecarte", "…"):
        assert words not in opened.whole
    opened.close()


def test_each_back_stands_behind_its_front_and_decks_share_no_leaf(project: Project) -> None:
    document = composed(ask_for(project, ONE_FACE, TWO_FACES))[NAME]
    assert document.duplex
    opened = printed(project)
    assert len(opened) == 4 + 1, "11 cards of two faces, then 8 of one: three leaves"
    assert "bordlong" in opened.whole
    for front, back in ((1, 2), (3, 4)):
        before = middles(opened, front, {f"Mot{n}": str(n) for n in range(11)})
        behind = middles(opened, back, {f"Sens{n}.": str(n) for n in range(11)})
        assert before
        assert behind == {key: (1 - column, row) for key, (column, row) in before.items()}
    assert opened.headings == [1, 2, 2]
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf(opened.path, profile=profile)
    assert report.is_compliant, [str(f) for f in report.failures]
    opened.close()


def test_cards_of_one_face_come_last_and_have_a_blank_back(project: Project) -> None:
    """Printed on both sides with the others, no leaf mixes two sheets, and no ink is lost."""
    ask_for(project, ONE_FACE, "### Autres\n\n- seul\n", TWO_FACES)
    document = composed(project)[NAME]
    assert "au verso blanc" in document.purpose
    opened = printed(project)
    assert len(opened) == 4 + 2 + 1
    assert "unefaceàlafin" in opened.whole
    assert opened.body(6) == ""
    assert "Mots" in opened.body(5)
    assert "seul" in opened.body(7)
    opened.close()


ADDRESS = "suivi-colis.example.net"
LONG_ADDRESS = "mon-espace-personnel.service-des-colis.example.net/suivi"


def test_address_is_kept_whole(project: Project) -> None:
    """Cut anywhere, it would be another address: its letters are smaller instead."""
    written = f"Payez sur {ADDRESS}"
    assert 16 <= fitting(written) < fitting("Payez sur suivi colis exemple net")
    opened = printed(ask_for(project, f"### Liens\n\n- Payez sur « {ADDRESS} » !\n"))
    assert any(ADDRESS in squeezed(t.letters) for t in opened.texts[0])
    assert inside_their_cards(opened) > 1
    opened.close()


def test_address_too_long_for_a_line_is_cut_at_its_joints(project: Project) -> None:
    opened = printed(ask_for(project, f"### Liens\n\n- Tapez {LONG_ADDRESS}.\n"))
    assert inside_their_cards(opened) > 2
    pieces = [squeezed(t.letters) for t in opened.texts[0] if squeezed(t.letters) in LONG_ADDRESS]
    ends = [piece[-1] for piece in pieces if piece]
    assert len(ends) >= 2
    assert set(ends[:-1]) <= set("-./")
    opened.close()


def inside_their_cards(opened: Sheets) -> int:
    """How many runs of words stand whole in a card and above its label; fails at the first not."""
    found = 0
    for texts in opened.texts:
        words = [t for t in texts if t.letters.strip() and not t.artifact and t.top < 790]
        for text in words:
            left, row = (
                42.52 + 255.12 * (text.left > 297),
                int((841.89 - text.top - 46.77) / 187.09),
            )
            assert left + 5 < text.left, text
            assert text.right < left + 255.12 - 5, text
            floor = 841.89 - 46.77 - 187.09 * (row + 1)
            assert text.bottom > floor + 6, text
            found += 1
    return found


@pytest.mark.parametrize("mark", ["", "**"])
def test_longest_card_fits(project: Project, mark: str) -> None:
    opened = printed(ask_for(project, f"### Longues\n\n- {mark}{LONGEST}{mark}\n- lien\n"))
    assert len(opened) == 1
    assert squeezed(LONGEST) in opened.whole
    assert inside_their_cards(opened) > 8
    (label, *_) = (t for t in opened.texts[0] if t.letters.strip() == "Longues" and t.top < 700)
    body = [t for t in opened.texts[0] if t.letters.strip() and 615 < t.top < 790 and t.left < 297]
    for text in body:
        beside = text.right < label.left or text.left > label.right
        assert text is label or beside or text.bottom >= label.top - 1, text
    opened.close()


def test_letters_are_as_large_as_words_allow() -> None:
    assert fitting("lien") == SIZES[0]
    # 1 cm high: two thirds of a letter of 44 points.
    assert SIZES[0] * 0.668 * 25.4 / 72 >= 10
    assert SIZES[-1] >= 14
    assert fitting(LONGEST) == SIZES[-1]
    sizes = [fitting("le " * count) for count in range(1, 90)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(SIZES)
    style = (REPOSITORY / "theme/print/cartes-atelier.css").read_text("utf-8")
    assert set(SIZES) == {int(a) for a, b in re.findall(r"size-(\d+) { font-size: (\d+)pt", style)}


def test_short_compound_word_is_not_broken(project: Project) -> None:
    html = composed(ask_for(project, "### Mots\n\n- Une photo CC BY-SA\n- De quand date-t-il ?\n"))
    assert "BY\u2011SA" in html[NAME].html
    assert "date\u2011t\u2011il" in html[NAME].html


# ---------------------------------------------------------------------------------------------
# Who sees them
# ---------------------------------------------------------------------------------------------


def test_participants_never_see_them(project: Project) -> None:
    ask_for(project, "### Jeusecret\n\nexemplaires: 3\n\n- Cartesecrete\n")
    library, found = project.load()
    assert found == []
    (workshop,) = library.workshops
    shown = {
        d.edition: unescape(d.html) for d in sheets(Press(library, project.settings), workshop)
    }
    for edition, html in shown.items():
        told = edition == "animateur"
        assert ("Cartesecrete" in html) is told, edition
        assert ("Jeusecret" in html) is told, edition
        assert ("3\u00a0exemplaires" in html) is told, edition
    assert len(shown) > 5


# ---------------------------------------------------------------------------------------------
# Ours
# ---------------------------------------------------------------------------------------------


def ours() -> tuple[dict[str, Document], Settings]:
    library, _ = load(REPOSITORY)
    settings, _ = read_settings(REPOSITORY / "mkdocs.yml")
    assert settings is not None
    press = Press(library, settings)
    return {d.name: d for w in library.workshops for d in cards(press, w)}, settings


def test_our_workshops_have_the_cards_they_speak_of(tmp_path: Path) -> None:
    made, settings = ours()
    library, _ = load(REPOSITORY)
    for workshop in library.workshops:
        asked = "cartes" in [paper.document for paper in workshop.a_imprimer]
        found = decks.read(workshop.body)
        assert found.faults == ()
        assert bool(found.decks) is asked is (f"{workshop.slug}-cartes.pdf" in made), workshop.slug
    for name in ("embarquer-cartes.pdf", "se-proteger-cartes.pdf", "creer-cartes.pdf"):
        file = tmp_path / name
        file.write_bytes(lay_out(made[name], settings))
        opened = Sheets(file)
        assert inside_their_cards(opened) > 10
        opened.close()
