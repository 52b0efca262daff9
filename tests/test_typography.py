"""Signs, numbers and spellings: what is reported, how it is mended, and what is left in peace."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
import yaml

from language import BY_TEXT, codes, look, mended, rules_of, source
from ressourcerie.fixing import mend
from ressourcerie.french import typeset

TRAPS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "traps.yml").read_text("utf-8")
)


@pytest.mark.parametrize("code", sorted(TRAPS))
def test_right_french_is_left_in_peace(code: str) -> None:
    said = [(trap, d.code, d.message) for trap in TRAPS[code] for d in look(trap)]
    assert said == []


def test_every_rule_by_text_has_its_traps() -> None:
    assert {rule.code for check in BY_TEXT for rule in rules_of(check)} == set(TRAPS)


FAULTS = [
    # Spaces.
    ("espace-avant-signe", "Ça va? Oui.", "Ça va ? Oui."),
    ("espace-avant-signe", "Durée: 2 h.", "Durée : 2 h."),
    ("espace-avant-signe", "**Durée:** 2 h.", "**Durée :** 2 h."),
    ("espace-avant-signe", "**Durée**: 2 h.", "**Durée** : 2 h."),
    ("espace-avant-signe", "Un mot; un autre.", "Un mot ; un autre."),
    ("espace-avant-signe", "Quoi?! Rien.", "Quoi ?! Rien."),
    ("espace-avant-signe", "Non!!!", "Non !!!"),
    ("espace-avant-signe", "(Vraiment?)", "(Vraiment ?)"),
    ("espace-avant-signe", "Il dit « oui »: rien.", "Il dit « oui » : rien."),
    ("espace-avant-signe", "Étape 3: lire.", "Étape 3 : lire."),
    ("espace-avant-signe", "[Pourquoi?](page.md)", "[Pourquoi ?](page.md)"),
    ("espace-avant-signe", "| Ça va? | Oui |", "| Ça va ? | Oui |"),
    ("espace-avant-signe", "Est-ce prêt?", "Est-ce prêt ?"),
    ("espace-apres-virgule", "Un mot,deux mots.", "Un mot, deux mots."),
    ("espace-apres-virgule", "Un mot;deux mots.", "Un mot ; deux mots."),
    ("espace-double", "Un  mot.", "Un mot."),
    ("espace-double", "Un mot.  Un autre.", "Un mot. Un autre."),
    ("espace-double", "Un **mot**  gras.", "Un **mot** gras."),
    ("espace-double", "Un mot \u00a0: un autre.", "Un mot\u00a0: un autre."),
    ("espace-en-trop", "Un mot , un autre.", "Un mot, un autre."),
    ("espace-en-trop", "Un mot . Un autre.", "Un mot. Un autre."),
    ("espace-en-trop", "Un mot .", "Un mot."),
    ("espace-en-trop", "Un mot\u00a0, un autre.", "Un mot, un autre."),
    ("espace-en-trop", "Un ( petit) mot.", "Un (petit) mot."),
    ("espace-en-trop", "Un (petit ) mot.", "Un (petit) mot."),
    ("points-de-suspension", "Et puis...", "Et puis…"),
    ("points-de-suspension", "Et puis... rien.", "Et puis… rien."),
    ("points-de-suspension", "[...] la suite.", "[…] la suite."),
    # Quotation marks and apostrophes.
    ("guillemets-anglais", 'Il dit "oui" et sort.', "Il dit « oui » et sort."),
    ("guillemets-anglais", "Il dit “oui” et sort.", "Il dit « oui » et sort."),
    ("guillemets-anglais", "Il dit << oui >> et sort.", "Il dit « oui » et sort."),
    ("guillemets-anglais", '« Il a dit "oui" hier. »', "« Il a dit “oui” hier. »"),
    (
        "guillemets-anglais",
        'Le mot "`x`" s’écrit ainsi : "y".',
        'Le mot "`x`" s’écrit ainsi : « y ».',
    ),
    ("guillemets-colles", "Il dit «oui ».", "Il dit « oui »."),
    ("guillemets-colles", "Il dit « oui».", "Il dit « oui »."),
    ("apostrophe-droite", "L'outil.", "L’outil."),
    ("apostrophe-droite", "Aujourd'hui.", "Aujourd’hui."),
    ("apostrophe-droite", "L'*outil* sert.", "L’*outil* sert."),
    ("apostrophe-droite", "Qu'« outil » veut dire.", "Qu’« outil » veut dire."),
    ("apostrophe-droite", "L‘outil.", "L’outil."),
    ("apostrophe-droite", "L´outil.", "L’outil."),
    ("apostrophe-droite", "L`outil.", "L’outil."),
    # Numbers.
    ("ordinal", "Le 2ème jour.", "Le 2e jour."),
    ("ordinal", "Le 2eme jour.", "Le 2e jour."),
    ("ordinal", "Le 2ième jour.", "Le 2e jour."),
    ("ordinal", "Les 3èmes fois.", "Les 3es fois."),
    ("ordinal", "La 1ère fois.", "La 1re fois."),
    ("ordinal", "La 1ere fois.", "La 1re fois."),
    ("ordinal", "Les 1ères fois.", "Les 1res fois."),
    ("ordinal", "Le XXIème siècle.", "Le XXIe siècle."),
    ("ordinal", "Le 2è jour.", "Le 2e jour."),
    ("heure", "À 2h30.", "À 2 h 30."),
    ("heure", "À 14H30.", "À 14 h 30."),
    ("heure", "De 9h à midi.", "De 9 h à midi."),
    ("heure", "À 2h 30.", "À 2 h 30."),
    ("heure", "À 2 h30.", "À 2 h 30."),
    ("heure", "Pendant 1h30min.", "Pendant 1 h 30 min."),
    ("heure", "Rendez-vous à 12:30.", "Rendez-vous à 12 h 30."),
    ("heure", "Rendez-vous à 10:00 précises.", "Rendez-vous à 10 h précises."),
    ("heure", "À 12:30, midi passé.\n\nUne vidéo.", "À 12 h 30, midi passé.\n\nUne vidéo."),
    ("heure", "À 9H, on ouvre.", "À 9 h, on ouvre."),
    ("unite", "Une clé de 5Go.", "Une clé de 5 Go."),
    ("unite", "Une part de 15%.", "Une part de 15 %."),
    ("unite", "Un prix de 10€.", "Un prix de 10 €."),
    ("unite", "Un prix de 10€/mois.", "Un prix de 10 €/mois."),
    ("unite", "Une police de 14pt.", "Une police de 14 pt."),
    ("unite", "Il fait 20°C.", "Il fait 20 °C."),
    ("unite", "Durée de 10 mn.", "Durée de 10 min."),
    ("unite", "À 5 kms d’ici.", "À 5 km d’ici."),
    ("unite", "Un sac de 2Kg.", "Un sac de 2 kg."),
    ("nombre", "Les 200.000 habitants.", "Les 200 000 habitants."),
    ("nombre", "Un budget de 1.500.000 euros.", "Un budget de 1 500 000 euros."),
    ("nombre", "Un budget de 1,500,000 euros.", "Un budget de 1 500 000 euros."),
    ("nombre", "Une clé de 3.5 Go.", "Une clé de 3,5 Go."),
    ("nombre", "Un total de 2.5 millions.", "Un total de 2,5 millions."),
    ("intervalle", "Entre 5 à 10 minutes.", "Entre 5 et 10 minutes."),
    ("intervalle", "Entre 18-25 ans.", "Entre 18 et 25 ans."),
    # Spellings.
    ("ligature", "Le coeur de l’oeuvre.", "Le cœur de l’œuvre."),
    ("ligature", "Un Oeil.", "Un Œil."),
    ("ligature", "OEUVRE", "ŒUVRE"),
    ("ligature", "Un chef-d’oeuvre.", "Un chef-d’œuvre."),
    ("ligature", "Des ex aequo.", "Des ex æquo."),
    ("ligature", "Un curriculum vitae.", "Un curriculum vitæ."),
    ("capitale-sans-accent", "L’Etat décide.", "L’État décide."),
    ("capitale-sans-accent", "Ecrire son nom.", "Écrire son nom."),
    ("capitale-sans-accent", "Ecole primaire.", "École primaire."),
    ("capitale-sans-accent", "A bientôt.", "À bientôt."),
    ("capitale-sans-accent", "A la maison, on lit.", "À la maison, on lit."),
    ("capitale-sans-accent", "- A imprimer", "- À imprimer"),
    ("capitale-sans-accent", "## A retenir", "## À retenir"),
    ("capitale-sans-accent", "Fini. A vous de jouer.", "Fini. À vous de jouer."),
    ("capitale-sans-accent", "« A demain. »", "« À demain. »"),
    ("capitale-sans-accent", "A l’aide !", "À l’aide !"),
    ("capitale-sans-accent", "Ca marche.", "Ça marche."),
    ("capitale-sans-accent", "## Evaluation", "## Évaluation"),
    ("capitale-sans-accent", "Education populaire.", "Éducation populaire."),
    ("capitale-sans-accent", "Ile-de-France", "Île-de-France"),
    ("accent-decompose", "Un e\u0301te\u0301.", "Un été."),
    ("accent-decompose", "Un é\u0301lan.", "Un élan."),
    ("accent-decompose", "Un e\u0301\u0301lan.", "Un élan."),
    ("majuscule-de-trop", "Le 3 Mars 2026.", "Le 3 mars 2026."),
    ("majuscule-de-trop", "En Janvier.", "En janvier."),
    ("majuscule-de-trop", "Fin Août.", "Fin août."),
    ("majuscule-de-trop", "Le Mardi soir.", "Le mardi soir."),
    ("majuscule-de-trop", "Le 14 Juillet 2026.", "Le 14 juillet 2026."),
    # Slips.
    ("sigle-a-points", "La C.N.I.L. défend vos données.", "La CNIL défend vos données."),
    ("sigle-a-points", "Écrire à la C.N.I.L.", "Écrire à la CNIL."),
    ("sigle-a-points", "Avec l’I.A. on rêve.", "Avec l’IA on rêve."),
    ("sigle-a-points", "Avec la C.N.I.L. Puis sans.", "Avec la CNIL. Puis sans."),
    ("trait-d-union-t", "A t-il compris ?", "A-t-il compris ?"),
    ("trait-d-union-t", "Y a-t’il une prise ?", "Y a-t-il une prise ?"),
    ("trait-d-union-t", "Va t’on y aller ?", "Va-t-on y aller ?"),
    ("trait-d-union-t", "Est-t-il là ?", "Est-il là ?"),
    ("abreviation", "Des pages, etc...", "Des pages, etc."),
    ("abreviation", "Des pages, etc… et plus.", "Des pages, etc. et plus."),
    ("abreviation", "Des pages (etc).", "Des pages (etc.)."),
    ("abreviation", "Mr Petit arrive.", "M. Petit arrive."),
    ("abreviation", "Mr. Petit arrive.", "M. Petit arrive."),
    ("abreviation", "Loi n°2014-856.", "Loi n° 2014-856."),
    ("abreviation", "Voir p.12.", "Voir p. 12."),
    ("mot-repete", "Le le groupe.", "Le groupe."),
    ("mot-repete", "Il parle de de lui.", "Il parle de lui."),
]


@pytest.mark.parametrize(("code", "wrong", "right"), FAULTS)
def test_fault_is_said_and_mended(code: str, wrong: str, right: str) -> None:
    assert set(codes(wrong)) == {code}
    assert mended(wrong) == right


@pytest.mark.parametrize(("code", "wrong", "right"), FAULTS)
def test_what_is_mended_is_right(code: str, wrong: str, right: str) -> None:
    """Nothing is said of the mended text, and rendering leaves its words as they are."""
    assert codes(right) == []
    assert typeset(typeset(right)) == typeset(right)


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ("Oui.\n\nÇa va? Oui.", 6, 6),
        ("L'outil.", 4, 2),
        ('Il dit\n"oui".', 5, 1),
        ("Un\n\n    x'y\n\nL'outil.", 8, 2),
    ],
)
def test_fault_is_said_where_it_is(body: str, line: int, column: int) -> None:
    (found,) = look(body)
    assert (found.place.line, found.place.column) == (line, column)


@pytest.mark.parametrize(
    "hidden",
    [
        "`l'outil? 5Go`",
        "```\nl'outil? 5Go...\n```",
        "~~~\nl'outil? 5Go...\n~~~",
        "    l'outil? 5Go...",
        "- un\n\n        l'outil? 5Go...",
        "<!-- l'outil? 5Go... -->",
        "<pre>l'outil? 5Go...</pre>",
        "<kbd>l'outil? 5Go...</kbd>",
        '<a title="l\'outil? 5Go...">mot</a>',
        '[mot](l\'outil.md "5Go...")',
        "[mot][l'outil]",
        '[mot]: l\'outil.md "5Go..."',
        "![](l'outil.png)",
        "<https://exemple.fr/l'outil?x=5Go>",
        "https://exemple.fr/l'outil?x=5Go",
        "[^l'outil]",
        '{: data-x="l\'outil..." }',
        "{{ l'outil... }}",
        "> L'outil? 5Go... C'est ainsi qu'il l'écrit.",
    ],
)
def test_what_is_not_the_author_s_prose_is_never_looked_at(hidden: str) -> None:
    assert codes(hidden) == []
    assert codes(f"Un mot.\n\n{hidden}\n\nUn autre.") == []


FRONT = "---\ntitre: {}\nsources:\n  - titre: l'outil? 5Go...\nanglais: l'outil?\n---\n"


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("Est-ce l'outil? Oui", "Est-ce l’outil ? Oui"),
        ('"Durée: 5Go"', '"Durée : 5 Go"'),
        ("'L''outil'", "'L’outil'"),
        ("|\n  L'outil\n  suit", "|\n  L’outil\n  suit"),
        ("[L'outil, Un  mot]", "[L’outil, Un mot]"),
    ],
)
def test_values_of_the_front_matter_are_looked_at(value: str, right: str) -> None:
    head = FRONT.format(value)
    data = (head + "Un mot.\n").encode()
    for _ in range(3):
        found = look(source(*reversed(data.decode().partition("Un mot.\n")[:2])))
        data = mend(data, found)
    assert data.decode() == FRONT.format(right) + "Un mot.\n"


# Time.

# One sign, then several: each repeated until a text is full of it.
NASTY = [
    *"a'\"`*_[](<>{|#-.,:?«»“1 \t\\\ń",
    "e\u0301",
    "A.",
    "a'",
    "a-",
    "a.",
    "a@",
    "a/",
    "1.",
    "1h",
    "5Go",
    "a t",
    "l'",
    "](",
    "[^",
    "<a",
    "<!--",
    "<pre>",
    "``",
    "` ``",
    "```\n",
    "&a",
    "::",
    "++a",
    "{{",
    "a? ",
    "a, ",
    "a  b ",
    "de ",
    "de de ",
    "A ",
    "Ecole ",
    "oe",
    "coeur ",
    "a.e",
    "a/e",
    "CNIL ",
    "mail ",
    "« a ",
    '"a" ',
    "(a ",
    "a) ",
    "a\n",
    "- a\n",
    "> a\n",
    "| a ",
    "    a\n",
    "\n\n    a",
    "!!! a\n",
    "<a b='",
    '<a b="',
    "www.",
    "http:",
    "a.fr ",
    "etc",
    "n°1",
    "entre 5 à ",
    "12:30 ",
    "le Lundi ",
    "1.000",
    "La C.N.I.L.",
    "...",
    "« ",
    "A\u0301",
]


def _seconds(piece: str, length: int) -> float:
    """How long it takes to check and mend a text made of one piece, again and again."""
    read = source(piece * (length // len(piece)))
    started = process_time()
    mend(read.text.encode(), look(read))
    return process_time() - started


@pytest.mark.parametrize("piece", NASTY)
def test_anything_repeated_is_read_in_bounded_time(piece: str) -> None:
    """What is linear takes a tenth of a second here; what is not takes a minute."""
    assert _seconds(piece, 100_000) < 5


@pytest.mark.parametrize("piece", ["a", "« a ", "` ``", "<a b='", "a@"])
def test_a_megabyte_on_one_line_is_read_in_bounded_time(piece: str) -> None:
    assert _seconds(piece, 1_000_000) < 60


def test_rules_of_the_family_are_fast_on_an_ordinary_text() -> None:
    """A sheet of 750 words, with every rule; a bound far above what is measured (1.5 ms)."""
    sentence = (
        "Le groupe lit l’affiche, puis chaque personne choisit un mot : « banc » ou « vélo ». "
    )
    read = source("\n\n".join([f"## Étape {i}\n\n{sentence * 5}" for i in range(10)]))
    look(read)
    started = process_time()
    for _ in range(10):
        look(read)
    assert (process_time() - started) / 10 < 0.02
