"""Words that hurt, English words, long sentences, acronyms, and one way of writing for all."""

from __future__ import annotations

import pytest

from language import codes, look, mended, policy, source
from projects import Project, term
from ressourcerie import data
from ressourcerie.checks import acronyms
from ressourcerie.model import Term
from ressourcerie.source import parse


def hints(body: str) -> list[str]:
    return [d.hint for d in look(body)]


@pytest.mark.parametrize(
    ("body", "code", "instead"),
    [
        ("Les exclus du numérique.", "mot-blessant", "les personnes éloignées du numérique"),
        ("Une exclue du numérique.", "mot-blessant", "les personnes éloignées du numérique"),
        ("Les illettrés du numérique.", "mot-blessant", "peu à l’aise"),
        ("Un analphabète.", "mot-blessant", "gênées par la lecture"),
        ("Aux handicapés.", "mot-blessant", "les personnes handicapées"),
        ("Les vieux ne savent pas.", "mot-blessant", "les personnes âgées"),
        ("Les assistés.", "mot-blessant", "les personnes accompagnées"),
        ("Un cas social.", "mot-blessant", "en difficulté"),
        ("Les nuls en informatique.", "mot-blessant", "débutent"),
        ("Envoyer un mail.", "anglicisme", "courriel"),
        ("Mail : adresse du lieu.", "anglicisme", "courriel"),
        ("Des e-mails.", "anglicisme", "courriel"),
        ("Gare au phishing.", "anglicisme", "hameçonnage"),
        ("Une fake news.", "anglicisme", "infox"),
        ("Une fake-news.", "anglicisme", "infox"),
        ("Dans le cloud.", "anglicisme", "nuage"),
        ("Un hashtag.", "anglicisme", "mot-dièse"),
        ("Une check-list.", "anglicisme", "liste de contrôle"),
        ("Le digital fait peur.", "anglicisme", "numérique"),
        ("L’open\ndata.", "anglicisme", "données ouvertes"),
    ],
)
def test_word_is_reported_with_what_to_say_instead(body: str, code: str, instead: str) -> None:
    (found,) = look(body)
    assert found.code == code
    assert instead in found.hint
    assert found.edit is None, "the rest of the sentence may have to change too"


@pytest.mark.parametrize("word", ["mail", "phishing"])
@pytest.mark.parametrize(
    "mention",
    [
        "Le mot *{}* est anglais.",
        "On lit « {} » partout.",
        "Le mot anglais est {}.",
        "On dit aussi {}.",
        "Le courriel et l’hameçonnage ({}).",
        "> Ouvrez ce {}.",
        "Tapez `{}`.",
    ],
)
def test_word_that_is_only_named_is_left_in_peace(word: str, mention: str) -> None:
    assert codes(mention.format(word)) == []


def test_word_quoted_in_another_sentence_is_no_excuse() -> None:
    assert codes("« Mail » se dit courriel. Ouvrez vos mails.") == ["anglicisme"]


def _entry(title: str, *others: str, english: str = "") -> Term:
    front = term("essai", title, *others).model_dump(mode="json", exclude_none=True)
    read = source("Le phishing imite une banque, par mail.\n")
    return Term.model_validate(
        front | {"anglais": english or None}, context={"source": read, "slug": "essai"}
    )


@pytest.mark.parametrize(
    "entry",
    [_entry("Phishing"), _entry("Leurre", "phishing"), _entry("Leurre", english="phishing")],
)
def test_entry_of_the_glossary_may_write_the_word_it_defines(entry: Term) -> None:
    assert [d.message for d in look(entry.source, entry)] == ["« mail » a un équivalent français."]


def test_lists_of_words_are_well_written() -> None:
    for kind in ("blessants", "anglicismes"):
        for item in data.words()[kind]:
            assert item["dire"]
            assert all("'" not in word for word in (*item["mots"], item["dire"]))
            assert set(item) <= {"mots", "dire", "suivi_de", "sauf_avec"}


@pytest.mark.parametrize("item", data.words()["anglicismes"], ids=lambda item: item["dire"])
def test_what_to_say_instead_is_never_reported(item: dict[str, str]) -> None:
    assert codes(f"On dit : {item['dire']}.") == []


# Long sentences.


def words(count: int) -> str:
    return " ".join(["mot"] * count)


def test_sentence_is_long_by_its_words() -> None:
    assert codes(f"{words(35)}.") == []
    assert codes(f"{words(36)}.") == ["phrase-longue"]
    assert codes(f"{words(20)}. {words(20)}.") == []
    assert codes(f"{words(20)}\n{words(20)}.") == ["phrase-longue"]
    assert codes(f"{words(20)}\n\n{words(20)}.") == []
    assert codes(f"## {words(20)}\n{words(20)}.") == []
    assert codes(f"- {words(20)}\n- {words(20)}") == []
    assert codes(f"| {words(20)} | {words(20)} |") == []
    assert codes(f'!!! animateur "{words(20)}"\n    {words(20)}.') == []
    assert codes(f"{words(20)}. {words(20)}.", policy(longest_sentence=15)) == ["phrase-longue"] * 2


def test_abbreviation_does_not_end_a_sentence() -> None:
    assert codes(f"{words(20)} p. 12 {words(20)}.") == ["phrase-longue"]
    assert codes(f"{words(20)} M. Petit {words(20)}.") == ["phrase-longue"]


def test_glossary_is_held_to_shorter_sentences(project: Project) -> None:
    body = project.read("glossary/navigateur.md")
    project.write("glossary/navigateur.md", f"{body}\n{words(26)}.\n")
    assert [d.message for d in project.check() if d.code == "phrase-longue"] == [
        "Cette phrase a 26 mots, pour 25 au plus : le public la lit."
    ]


WORKSHOP = """\
## En bref

{en_bref}.

## Déroulé

### Accueil — 10 min

{deroule}.

!!! animateur "Posture"
    {animateur}.

!!! participant "Ce que vous faites"
    {participant}.

    ??? corrige "Réponses"
        {reponses}.

## Posture

{posture}.

## Fiche participant

{fiche}.

??? corrige "Réponses"
    {corrige}.
"""


def test_what_participants_read_is_held_to_shorter_sentences(project: Project) -> None:
    """As the participant sheet is made: some sections, some blocks, never the answers."""
    head = project.read("ateliers/essai/index.md").split("---\n")[1]
    names = ("en_bref", "deroule", "animateur", "participant", "reponses", "posture", "fiche")
    body = WORKSHOP.format(**{name: f"{name} {words(25)}" for name in (*names, "corrige")})
    project.write("ateliers/essai/index.md", f"---\n{head}---\n\n{body}")
    lines = project.read("ateliers/essai/index.md").split("\n")
    said = {
        lines[d.place.line - 1].split()[0] for d in project.check() if d.code == "phrase-longue"
    }
    assert said == {"en_bref", "participant", "fiche"}


# Acronyms.


def unexplained(body: str) -> list[str]:
    return list(acronyms.unexplained(source(body)))


@pytest.mark.parametrize(
    "body",
    [
        "Le règlement général sur la protection des données (RGPD) vous protège. Le RGPD est là.",
        "Le RGPD (règlement général sur la protection des données) vous protège.",
        "Le RGPD : règlement général sur la protection des données.",
        "Le « facile à lire et à comprendre » (FALC).",
        "La CNIL, l’autorité des données, répond.",
        "L’autorité des données, la CNIL, répond.",
        "La CNIL est l’autorité des données.",
        "Écrivez à la CNIL. La Commission nationale de l’informatique et des libertés répond.",
        "Le PDF/UA-1, où UA signifie « accessibilité universelle ».",
        "Le sigle ANCT revient souvent.",
        "L’organisation SIL l’a écrite.",
        "*[RGPD]: Règlement général\n\nLe RGPD est là.",
        "Un PDF sur une clé USB, un SMS, le GPS, un CV.",
        "Une licence CC BY-SA, la licence CC BY-NC-ND.",
        "Le XXIe siècle, Louis XIV, François IV.",
        "NE PAS ÉTEINDRE.",
        "Dites NON.",
        "Le fichier LISEZ.txt et le dossier LISEZ/.",
        "`RGPD`",
        "« RGPD »",
        "*RGPD*",
        "Le MP3, la H264, la 4G.",
        "J.-B. Clément.",
        "La touche MAJ ou ALT.",
        "Écrire à RGPD@exemple.fr.",
    ],
)
def test_acronym_explained_or_known_is_left_in_peace(body: str) -> None:
    assert unexplained(body) == []


def test_acronym_is_reported_once_where_it_comes_first(project: Project) -> None:
    body = "\nLe RGPD protège. Le RGPD oblige. L’ANCT aussi.\n"
    page = project.read("content/utiliser.md")
    project.write("content/utiliser.md", page + body)
    found = [d for d in project.check() if d.code == "sigle-inexplique"]
    line = page.count("\n") + 2
    assert [(d.place.line, d.place.column) for d in found] == [(line, 4), (line, 36)]


def test_glossary_explains_acronyms(project: Project) -> None:
    project.write(
        "content/utiliser.md", project.read("content/utiliser.md") + "\nLe MDP protège.\n"
    )
    assert "sigle-inexplique" in [d.code for d in project.check()]
    project.edit("glossary/mot-de-passe.md", "variantes: [mdp]", "variantes: [MDP]")
    assert "sigle-inexplique" not in [d.code for d in project.check()]


# One way of writing for both genders.

SHORT_FORMS = [
    ("médiateurs.trices", "médiateur·rices"),
    ("médiateur.trice", "médiateur·rice"),
    ("médiateur(trice)s", "médiateur·rices"),
    ("médiateur(rice)s", "médiateur·rices"),
    ("médiateur-rice-s", "médiateur·rices"),
    ("médiateur·rice·s", "médiateur·rices"),
    ("médiateur•rices", "médiateur·rices"),
    ("citoyen.ne.s", "citoyen·nes"),
    ("citoyens.ennes", "citoyen·nes"),
    ("citoyen(ne)s", "citoyen·nes"),
    ("étudiant-e-s", "étudiant·es"),
    ("étudiant.e.s", "étudiant·es"),
    ("étudiant.es", "étudiant·es"),
    ("inscrit/e/s", "inscrit·es"),
    ("inscrit(e)s", "inscrit·es"),
    ("Français.çaises", "Français·es"),
    ("professionnel(le)s", "professionnel·les"),
    ("ami(e)s", "ami·es"),
    ("un(e)", "un·e"),
    ("chacun.e", "chacun·e"),
    ("formateur/trice", "formateur·rice"),
    ("conseillers.ères", "conseiller·ères"),
    ("utilisateurs-trices", "utilisateur·rices"),
]


@pytest.mark.parametrize("form", [form for form, _ in SHORT_FORMS])
@pytest.mark.parametrize("way", ["epicene", "doublet"])
def test_shortened_form_is_refused_where_texts_are_read_aloud(form: str, way: str) -> None:
    (found,) = look(f"Des {form} et d’autres.", settings=policy(inclusive=way))
    assert (found.code, found.edit) == ("ecriture-inclusive", None)
    assert f"« {form} »" in found.message


@pytest.mark.parametrize(("form", "right"), SHORT_FORMS)
def test_median_point_takes_the_place_of_other_signs(form: str, right: str) -> None:
    settings = policy(inclusive="point-median")
    assert codes(f"Des {form} et d’autres.", settings) == ["ecriture-inclusive"]
    assert mended(f"Des {form} et d’autres.", settings) == f"Des {right} et d’autres."
    assert codes(f"Des {right} et d’autres.", settings) == []


@pytest.mark.parametrize("form", ["il/elle", "le/la", "médiateur/médiatrice", "tous/toutes"])
def test_bar_between_two_words_is_not_read_aloud_either(form: str) -> None:
    assert codes(f"Voici {form} : lisez.") == ["ecriture-inclusive"]


@pytest.mark.parametrize(
    "right",
    [
        "Les médiatrices et les médiateurs.",
        "« Les étudiant·es », écrivait-elle.",
        "> Les étudiant·es sont là.",
        "La forme *étudiant·es*.",
        "Le(s) fichier(s).",
    ],
)
@pytest.mark.parametrize("way", ["epicene", "doublet", "point-median", "libre"])
def test_doublets_and_quotations_are_right_everywhere(right: str, way: str) -> None:
    assert codes(right, policy(inclusive=way)) == []


def test_a_project_may_leave_it_free() -> None:
    body = " ".join(form for form, _ in SHORT_FORMS)
    assert codes(f"{body}.", policy(inclusive="libre", longest_sentence=99)) == []


def test_front_matter_is_held_to_the_same_words() -> None:
    head = "---\ntitre: Les mails\nanglais: mail\nsources:\n  - titre: Les mails\n---\n"
    read, _ = parse("content/essai.md", f"{head}Un mot.\n".encode())
    assert read is not None
    assert [(d.code, d.place.line) for d in look(read)] == [("anglicisme", 2)]
