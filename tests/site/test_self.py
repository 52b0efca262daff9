"""« Où en suis-je ? », the questionnaire on screen and its counting: nothing leaves the device."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from browsing import NARROW, PAGES, WIDE
from playwright.sync_api import Page, expect

from ressourcerie.library import Library

ASK, ANSWER, COUNT = PAGES["self-assessment"], PAGES["questionnaire"], PAGES["counting"]
HEAD = (
    "fiche_questionnaire;fiche_numero;fiche_jour;fiche_seance;humeur;accueil;explications;rythme;"
    "aides;aides_autre;genes;genes_autre;usage;souvenir;changement;suite"
)


def row(number: str, session: str = "", /, **said: str) -> str:
    """A line of a file, as a spreadsheet writes it."""
    fixed = {
        "fiche_questionnaire": "satisfaction",
        "fiche_numero": number,
        "fiche_jour": "2026-03-01",
        "fiche_seance": session,
    }
    cells = ((fixed | said).get(column, "") for column in HEAD.split(";"))
    return ";".join(f'"{cell}"' if '"' in cell or ";" in cell else cell for cell in cells)


def file(name: str, *lines: str, encoding: str = "utf-8") -> dict[str, Any]:
    content = "\r\n".join(lines).encode(encoding)
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def tick(page: Page, answers: Mapping[str, str]) -> None:
    """Answer these questions, on the page that shows them all."""
    page.get_by_role("button", name="Toutes les questions sur une page").click()
    for question, answer in answers.items():
        page.locator(f'[name="{question}"][value="{answer}"]').check()


def advised(page: Page) -> list[str]:
    titles = page.locator(".advised__title a").all_inner_texts()
    return [title.split()[0] for title in titles]


def numbers(page: Page, question: str) -> dict[str, str]:
    block = page.locator(".tallied__question", has=page.get_by_role("heading", name=question))
    return {
        line.locator("th").inner_text(): line.locator(".tallied__number").inner_text()
        for line in block.locator("tbody tr").all()
    }


# « Où en suis-je ? »


def test_questions_are_answered_with_the_keyboard_alone(address: str, visit: Any) -> None:
    page = visit(NARROW).go(address + ASK)
    expect(page.locator(".ask:visible")).to_have_count(1)
    page.locator(".ask:visible input").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".ask:visible input").nth(1)).to_be_checked()
    # Moving among the answers must not move on by itself.
    expect(page.locator(".ask:visible legend")).to_contain_text("Question 1 sur 30")
    page.keyboard.press("Enter")
    expect(page.locator(".ask:visible legend")).to_contain_text("Question 2 sur 30")
    expect(page.locator("#question-2")).to_be_focused()
    page.get_by_role("button", name="Précédente").press("Enter")
    expect(page.locator("#question-1")).to_be_focused()
    page.get_by_role("button", name="Voir mes conseils maintenant").press("Enter")
    expect(page.locator("#mes-conseils")).to_be_focused()
    assert advised(page) == ["Embarquer", "Prendre"]


def test_answers_wait_for_the_reader_and_go_when_told(address: str, visit: Any) -> None:
    page = visit(NARROW).go(address + ASK)
    for answer in ("sais", "pas-encore"):
        page.locator(f'.ask:visible [value="{answer}"]').check()
        page.get_by_role("button", name="Suivante").click()
    page.reload()
    expect(page.locator(".ask:visible legend")).to_contain_text("Question 3 sur 30")
    expect(page.get_by_text("vos réponses sont là")).to_be_visible()
    assert page.locator('[value="pas-encore"]:checked').count() == 1
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Tout effacer").click()
    expect(page.locator("#question-1")).to_be_focused()
    assert page.locator(".ask input:checked").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('position'))") == []


def test_erasing_can_be_refused(address: str, visit: Any) -> None:
    page = visit(NARROW).go(address + ASK)
    page.locator('.ask:visible [value="aide"]').check()
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Tout effacer").click()
    assert page.locator(".ask input:checked").count() == 1


def test_advice_answers_what_was_said(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address + ASK)
    tick(
        page,
        {
            "agrandir": "sais",
            "piege": "pas-encore",
            "refuser": "aide",
            "copie": "inconnu",
            "entraide": "inconnu",
            "image": "pas-encore",
            "avis": "sans-reponse",
        },
    )
    page.get_by_role("button", name="Voir mes conseils", exact=True).click()
    assert advised(page) == ["Se", "Créer", "Déjouer"]
    first, second, _ = page.locator(".advised__workshops li").all()
    expect(first).to_contain_text("Pour commencer")
    expect(first).to_contain_text("repérer un message piège, dire non à un site")
    expect(second).to_contain_text("Il vient d’habitude après : Se relier")
    # Three with their reasons; the others are only named.
    then = page.locator(".advised__then a").all_inner_texts()
    assert then == ["Trier ses photos et en garder une copie", "Vie privée"]
    body = page.locator(".advised__body")
    expect(body).to_contain_text("Le voyage de CapitaineFibre")
    expect(body).to_contain_text("Trouver de l’aide près de chez moi : Comment demander de l’aide")
    expect(body).to_contain_text("Témoin de connexion")
    expect(body).to_contain_text("Régler mon appareil à mes yeux et à ma main.")
    # What was not answered is no need, and nothing is a mark.
    expect(body).not_to_contain_text("donner mon avis")
    assert not any(sign in body.inner_text() for sign in ("%", "/20", "score", "niveau"))
    # Reopened later, the advice is still there.
    page.reload()
    assert advised(page) == ["Se", "Créer", "Déjouer"]


def test_links_of_the_advice_lead_to_the_very_passage(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address + ASK)
    links = page.locator(".advice-table a").evaluate_all(
        "all => [...new Set(all.map(a => a.href))]"
    )
    broken = page.evaluate(
        """async links => {
            const wrong = [];
            for (const link of links) {
                const [url, anchor] = link.split('#');
                const answer = await fetch(url);
                const text = await answer.text();
                if (!answer.ok || (anchor && !text.includes(`id="${anchor}"`))) wrong.push(link);
            }
            return wrong;
        }""",
        links,
    )
    assert broken == []
    assert sum("#" in link for link in links) >= 15


def test_nothing_ticked_and_all_known_have_their_words(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address + ASK)
    page.get_by_role("button", name="Voir mes conseils maintenant").click()
    expect(page.locator(".advised__body")).to_contain_text(
        "Vous n’avez rien choisi, et c’est permis"
    )
    page.get_by_role("button", name="Revoir mes réponses").click()
    expect(page.locator("#question-1")).to_be_focused()
    page.locator('.ask:visible [value="sais"]').check()
    page.get_by_role("button", name="Voir mes conseils maintenant").click()
    expect(page.locator(".advised__body")).to_contain_text("Vous savez faire tout ce que")
    assert advised(page) == []


def test_summary_is_one_printed_page_even_at_its_longest(
    address: str, visit: Any, real_library: Library
) -> None:
    page = visit(NARROW).go(address + ASK)
    (asked,) = real_library.assessments
    tick(page, {question.id: "inconnu" for question in asked.questions})
    page.get_by_role("button", name="Voir mes conseils", exact=True).click()
    assert advised(page) == ["Embarquer", "Se", "Se"]
    with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as pdf:
        assert len(pdf.pages) == 1
    page.emulate_media(media="print")
    expect(page.locator(".advised__body")).to_be_visible()
    expect(page.get_by_text("Prénom, si vous voulez")).to_be_visible()
    expect(page.locator("#questions, .by-hand, h1").first).to_be_hidden()


def test_pages_are_sheets_to_fill_in_without_javascript(
    address: str, visit: Any, real_library: Library
) -> None:
    page = visit(NARROW, script=False).go(address + ASK)
    (asked,) = real_library.assessments
    for question in asked.questions:
        expect(page.locator(f'.ask[data-question="{question.id}"] legend')).to_be_visible()
        expect(page.locator(f'tr[data-question="{question.id}"]')).to_be_visible()
    expect(page.get_by_text("Pas encore d’atelier chez nous").first).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator(".ask legend").last).to_be_visible()
    expect(page.locator(".choice--none").first).to_be_hidden()
    page.emulate_media(media="screen")
    (survey,) = real_library.questionnaires
    page.goto(address + ANSWER)
    expect(page.locator(".ask:visible")).to_have_count(len(survey.questions))
    expect(page.locator("button:visible")).to_have_count(0)
    page.goto(address + COUNT)
    expect(page.locator(".tally__question:visible")).to_have_count(len(survey.questions))
    expect(page.locator("button:visible, input:visible")).to_have_count(0)


# The questionnaire, from hand to hand.


def fill(page: Page, **said: str) -> None:
    for name, value in said.items():
        fields = page.locator(f'[name="{name}"]')
        if fields.first.get_attribute("type") in {"radio", "checkbox"}:
            page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            fields.fill(value)
    page.get_by_role("button", name="J’ai fini").click()


def exported(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Enregistrer les réponses").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_sheets_are_kept_without_a_trace_of_one_for_the_next(address: str, visit: Any) -> None:
    opened = visit(NARROW)
    page = opened.go(address + ANSWER)
    loaded = len(opened.requests)
    page.locator('[name="aides"][value="Autre chose"]').check()
    page.locator('[name="aides_autre"]').fill("le café")
    fill(
        page, humeur="Très bien", souvenir='=HYPERLINK("http://exemple.test";"a")\nune ligne ; "là"'
    )
    expect(page.locator("#merci")).to_be_focused()
    expect(page.locator(".asked")).to_be_hidden()
    page.get_by_role("button", name="Personne suivante").press("Enter")
    expect(page.locator("#titre-questionnaire")).to_be_focused()
    assert page.evaluate("[...document.forms.questionnaire.elements].some(e => e.checked)") is False
    expect(page.locator('[name="souvenir"]')).to_have_value("")
    # A blank sheet is a right, and no row.
    page.get_by_role("button", name="J’ai fini").click()
    expect(page.get_by_text("Vous n’avez rien écrit")).to_be_visible()
    page.get_by_role("button", name="Personne suivante").click()
    fill(page, humeur="Bien", changement="- moins vite")
    page.locator(".keeper summary").click()
    expect(page.get_by_text("2 fiches gardées sur cet appareil.")).to_be_visible()
    page.get_by_label("Nom de la séance").fill("Créer, mars")

    name, content = exported(page)
    assert name.startswith("satisfaction-")
    assert name.endswith(".csv")
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    lines = text.split("\r\n")
    assert lines[0] == ";".join(f'"{column}"' for column in HEAD.split(";"))
    assert len(lines) == 4
    assert lines[-1] == ""
    assert '"\'=HYPERLINK(""http://exemple.test"";""a"")\nune ligne ; ""là"""' in lines[1]
    assert '"Autre chose";"le café"' in lines[1]
    assert '"\'- moins vite"' in lines[2]
    assert all('"Créer, mars"' in line for line in lines[1:3])

    # Read back where it is counted, on the same device: from the file, then from what is kept.
    page.goto(address + COUNT)
    page.set_input_files("#fichiers", files=[{"name": name, "mimeType": "", "buffer": content}])
    expect(page.locator(".tallied__who")).to_contain_text("2 fiches. Séance : Créer, mars (2).")
    assert numbers(page, "Comment vous sentez-vous") == {
        "Pas bien": "0 sur 2",
        "Moyen": "0 sur 2",
        "Bien": "1 sur 2",
        "Très bien": "1 sur 2",
    }
    words = page.locator(".tallied__words").all_inner_texts()
    assert words == [
        "le café",
        '=HYPERLINK("http://exemple.test";"a")\nune ligne ; "là"',
        "- moins vite",
    ]
    page.get_by_role("button", name="Ajouter 2 fiches gardées").click()
    expect(page.locator(".gather__said")).to_contain_text("2 fiches étaient en double")
    expect(page.locator(".tallied__who")).to_contain_text("2 fiches.")

    sent = [u for u in opened.requests[loaded:] if not u.startswith((address, "blob:"))]
    assert sent == []
    assert opened.refused() == []
    assert opened.complaints == []


def test_only_the_page_itself_is_ever_asked_for(address: str, visit: Any) -> None:
    opened = visit(WIDE)
    page = opened.go(address + ANSWER)
    page.wait_for_load_state("networkidle")
    opened.requests.clear()
    fill(page, humeur="Bien")
    page.locator(".keeper summary").click()
    exported(page)
    assert [u for u in opened.requests if not u.startswith("blob:")] == []


def test_begun_sheet_comes_back_and_all_can_be_erased(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address + ANSWER)
    page.locator('[name="suite"]').fill("les photos")
    page.reload()
    expect(page.locator('[name="suite"]')).to_have_value("les photos")
    expect(page.get_by_text("Une feuille était commencée")).to_be_visible()
    page.get_by_role("button", name="Effacer ma feuille").click()
    expect(page.locator('[name="suite"]')).to_have_value("")
    fill(page, humeur="Moyen")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".keeper summary").click()
    page.get_by_role("button", name="Effacer toutes les réponses").click()
    expect(page.get_by_text("Tout est effacé.")).to_be_visible()
    expect(page.get_by_role("button", name="Enregistrer les réponses")).to_be_disabled()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('questionn'))") == []


def test_device_that_keeps_nothing_says_so_and_loses_nothing(address: str, visit: Any) -> None:
    opened = visit(WIDE)
    opened.context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full'); }"
    )
    page = opened.go(address + ANSWER)
    fill(page, humeur="Bien")
    expect(page.get_by_text("Cet appareil ne veut rien garder")).to_be_visible()
    page.locator(".keeper summary").click()
    _, content = exported(page)
    assert b'"Bien"' in content
    page.goto(address + ASK)
    page.locator('.ask:visible [value="aide"]').check()
    expect(page.get_by_text("Cet appareil ne garde pas les réponses")).to_be_visible()


# Counting.


def test_files_are_put_together_and_nobody_counts_twice(address: str, visit: Any) -> None:
    page = visit(WIDE).go(address + COUNT)
    one = file(
        "un.csv",
        HEAD,
        row(
            "a1",
            "Mars",
            humeur="Bien",
            aides="Essayer moi-même | Autre chose",
            aides_autre="le thé",
        ),
        row("a2", "Mars", humeur="Moyen"),
    )
    # Another tablet; and a spreadsheet that wrote commas, Latin letters, and moved columns.
    two = file(
        "deux.csv", HEAD, row("a2", "Mars", humeur="Moyen"), row("b1", "Avril", humeur="Bien")
    )
    late = file(
        "trois.csv",
        "humeur,fiche_questionnaire,fiche_numero,souvenir",
        'Très bien,satisfaction,c1,"à l’été, ""oui"""'.replace("’", "'"),
        ",satisfaction,,rien",
        "Ravi,satisfaction,c2,",
        encoding="latin-1",
    )
    page.set_input_files("#fichiers", files=[one, two, late])
    expect(page.locator(".gather__said")).to_have_text(
        "3 fichiers lus, 6 fiches. 1 fiche était en double : chacune n’est comptée qu’une fois."
    )
    expect(page.locator(".gather__faults")).to_contain_text("« trois.csv » : colonnes absentes")
    who = page.locator(".tallied__who")
    expect(who).to_contain_text("6 fiches. Séances : Mars (2), Avril (1), sans nom (3).")
    assert numbers(page, "Comment vous sentez-vous") == {
        "Pas bien": "0 sur 5",
        "Moyen": "1 sur 5",
        "Bien": "2 sur 5",
        "Très bien": "1 sur 5",
        "Ravi (hors liste)": "1 sur 5",
    }
    assert numbers(page, "Qu’est-ce qui a été utile")["Essayer moi-même"] == "1 sur 1"
    expect(page.get_by_text("5 personnes ont répondu sur 6.")).to_be_visible()
    expect(page.locator(".tallied")).to_contain_text('à l\'été, "oui"')
    expect(page.get_by_text("Peu de fiches")).to_be_visible()
    widths = page.locator(".bar__part").evaluate_all(
        "all => all.slice(0, 5).map(r => +r.getAttribute('width'))"
    )
    assert widths == [0, 20, 40, 20, 20]

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Enregistrer ces réponses réunies").click()
    together = Path(waiting.value.path()).read_bytes()
    assert together.decode("utf-8-sig").count("\r\n") == 7
    page.get_by_role("button", name="Tout retirer").click()
    expect(page.locator(".tallied")).to_be_hidden()
    page.set_input_files("#fichiers", files=[{"name": "x.csv", "mimeType": "", "buffer": together}])
    expect(who).to_contain_text("6 fiches.")
    page.set_input_files("#fichiers", files=[{"name": "y.csv", "mimeType": "", "buffer": together}])
    expect(page.locator(".gather__faults")).to_contain_text("« y.csv » : ce fichier est déjà là")
    page.get_by_role("button", name="Retirer x.csv").click()
    expect(page.locator(".tallied")).to_be_hidden()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"nom;age\nAda;36\n", "« faux.csv », ligne 1 : ce fichier ne vient pas du questionnaire"),
        (b"", "« faux.csv » : ce fichier est vide."),
        (b"PK\x03\x04\x00classeur", "c’est un classeur. Ouvrez-le dans le tableur"),
        (b"\x00\x01\x02", "ce n’est pas un fichier de texte."),
        (HEAD.encode(), "il n’y a aucune fiche dans ce fichier."),
        (f"{HEAD}\n\n{row('a')}\nsatisfaction;b".encode(), "ligne 4 : 2 cases au lieu de 16."),
        (f"{HEAD}\n{row('a')};en trop".encode(), "ligne 2 : 17 cases au lieu de 16."),
        (f'{HEAD}\n{row("a")}\n"ouvert;'.encode(), "ligne 3 : un guillemet s’ouvre et ne se ferme"),
        (f'{HEAD}\n"a"b{row("a")}'.encode(), "ligne 2 : un guillemet se ferme au milieu"),
        (
            f"{HEAD};rythme\n{row('a')};".encode(),
            "ligne 1 : la colonne « rythme » est là deux fois.",
        ),
        (
            f"{HEAD}\n{row('a')}\n{row('b').replace('satisfaction', 'autre')}".encode(),
            "ligne 3 : ce site n’a pas de questionnaire « autre ».",
        ),
    ],
)
def test_wrong_file_is_refused_by_name_and_line(
    address: str, counting: Page, content: bytes, words: str
) -> None:
    wrong = {"name": "faux.csv", "mimeType": "text/csv", "buffer": content}
    counting.set_input_files("#fichiers", files=[wrong, file("bon.csv", HEAD, row("a"))])
    expect(counting.locator(".gather__fault")).to_have_count(1)
    expect(counting.locator(".gather__fault")).to_contain_text(words)
    # The others are read all the same, and nothing of the wrong one is counted.
    expect(counting.locator(".tallied__who")).to_contain_text("1 fiche.")
    counting.get_by_role("button", name="Tout retirer").click()


@pytest.fixture(scope="module")
def counting(address: str, browser: Any) -> Any:
    context = browser.new_context(viewport={"width": NARROW, "height": 800}, locale="fr-FR")
    page = context.new_page()
    page.goto(address + COUNT)
    yield page
    context.close()


def test_files_can_be_dropped(address: str, counting: Page) -> None:
    text = "\n".join([HEAD, row("z1", humeur="Bien")])
    counting.evaluate(
        """text => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], 'glisse.csv'));
            const drop = new DragEvent('drop', {dataTransfer: carried, bubbles: true});
            document.querySelector('.gather').dispatchEvent(drop);
        }""",
        text,
    )
    expect(counting.locator(".gather__files")).to_contain_text("glisse.csv : 1 fiche")
    counting.get_by_role("button", name="Tout retirer").click()


AWKWARD = [
    ["simple", "avec ; point-virgule", 'avec "guillemets"'],
    ["=1+1", "+33", "-5", "@nom", "\t=1", "＝1"],
    ["'=déjà", "'simple", "l’été", "'"],
    ["deux\nlignes", "trois\r\nlignes", "", " espaces "],
    ["a,b\tc", '""', '";"', "é€😀"],
]


def test_what_is_written_is_what_is_read(counting: Page) -> None:
    """Whatever people type: the same cells come back, and none is a formula."""
    written = counting.evaluate("rows => ressourcerie.csv.write(rows)", AWKWARD)
    read = counting.evaluate("text => ressourcerie.csv.parse(text)", written)
    assert read["fault"] is None
    for cells in read["rows"]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "＝")) for cell in cells["cells"])
    back = counting.evaluate(
        "text => ressourcerie.csv.parse(text).rows.map(r => r.cells.map(ressourcerie.csv.plain))",
        written,
    )
    assert back == AWKWARD


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;b\nc;d", [[1, "a", "b"], [2, "c", "d"]]),
        ("a,b\r\nc,d\r\n", [[1, "a", "b"], [2, "c", "d"]]),
        ("a\tb\rc\td", [[1, "a", "b"], [2, "c", "d"]]),
        ("\ufeffa;b\n\n \n;\n", [[1, "a", "b"], [4, "", ""]]),
        ("sep=,\na,b\nc,d", [[2, "a", "b"], [3, "c", "d"]]),
        ('"a;1";b\n"x\ny";z\nw;', [[1, "a;1", "b"], [2, "x\ny", "z"], [4, "w", ""]]),
        ('a;""\n"";"b"""', [[1, "a", ""], [2, "", 'b"']]),
        ('a;b "c" d\n', [[1, "a", 'b "c" d']]),
        ("", []),
    ],
)
def test_csv_of_any_spreadsheet_is_read(counting: Page, text: str, rows: list[Any]) -> None:
    read = counting.evaluate("text => ressourcerie.csv.parse(text)", text)
    assert read["fault"] is None
    assert [[r["line"], *r["cells"]] for r in read["rows"]] == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_survive_their_coding(counting: Page, encoding: str) -> None:
    content = list("l’été à Nîmes, 3 €".encode(encoding))
    decoded = counting.evaluate(
        "bytes => ressourcerie.csv.decode(new Uint8Array(bytes).buffer)", content
    )
    assert decoded.lstrip("\ufeff") == "l’été à Nîmes, 3 €"


def test_report_prints_alone_and_readable_in_black_and_white(address: str, visit: Any) -> None:
    page = visit(NARROW).go(address + COUNT)
    lines = [row(f"n{index}", humeur="Bien", souvenir="un mot") for index in range(12)]
    page.set_input_files("#fichiers", files=[file("un.csv", HEAD, *lines)])
    expect(page.locator(".tallied__who")).to_contain_text("12 fiches")
    expect(page.get_by_text("Peu de fiches")).to_have_count(0)
    with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as pdf:
        assert len(pdf.pages) <= 3
    page.emulate_media(media="print")
    expect(page.locator(".tallied__table").first).to_be_visible()
    expect(page.locator(".gather, .by-hand, .site-header").first).to_be_hidden()
    assert (
        page.locator(".bar__part").first.evaluate("e => getComputedStyle(e).fill")
        == "rgb(85, 85, 85)"
    )


# From a USB stick.


def test_all_three_work_from_a_disk(real_site: Path, visit: Any) -> None:
    opened = visit(NARROW)

    def on_disk(page: str) -> str:
        return (real_site / page / "index.html").as_uri()

    page = opened.go(on_disk(ASK))
    page.locator('.ask:visible [value="aide"]').check()
    page.reload()
    assert page.locator('[value="aide"]:checked').count() == 1
    page.get_by_role("button", name="Voir mes conseils maintenant").click()
    assert advised(page) == ["Embarquer", "Prendre"]
    page.goto(on_disk(ANSWER))
    fill(page, humeur="Bien")
    page.locator(".keeper summary").click()
    name, content = exported(page)
    page.goto(on_disk(COUNT))
    page.set_input_files("#fichiers", files=[{"name": name, "mimeType": "", "buffer": content}])
    expect(page.locator(".tallied__who")).to_contain_text("1 fiche.")
    assert [u for u in opened.requests if not u.startswith(("file:", "blob:", "data:"))] == []
    # Some browsers give a page on a disk none of the fonts beside it: it has others.
    assert [c for c in opened.complaints if "/fonts/" not in c] == []
