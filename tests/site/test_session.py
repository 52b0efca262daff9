"""What the pages of workshops and paths derive from their sheets, before any template."""

from __future__ import annotations

import pytest

from projects import Project
from ressourcerie.library import Library
from ressourcerie.markdown import Destination, MarkdownSettings, render
from ressourcerie.site.catalogue import Catalogue, catalogue
from ressourcerie.site.journey import Journey, journey, journeys
from ressourcerie.site.quantities import pieces
from ressourcerie.site.session import Session, places, session

SHEET = "ateliers/essai/index.md"
NOTHING: Catalogue = catalogue(Library(), (), ())


# How many in all


@pytest.mark.parametrize(
    ("said", "participants", "totals"),
    [
        ("1 par personne", 8, [8]),
        ("Des gommettes, 3 par personne", 8, [24]),
        ("1 pour 2 personnes", 7, [4]),
        ("1 par personne, et la page du questionnaire en double", 5, [5]),
        ("Un stylo par personne, une étiquette par personne", 6, [6, 6]),
        ("2 feuilles blanches par personne", 4, [8]),
        # Nothing sure can be said of these.
        ("2 ou 3 par personne", 8, []),
        ("Une ou deux feuilles par personne", 8, []),
        ("Un stylo et une feuille de brouillon par personne", 8, []),
        ("Des tables pour 2 à 4 personnes", 8, []),
        ("1 pour la personne qui anime", 8, []),
        ("1 pour 0 personnes", 8, []),
        ("5 grandes feuilles, ou 4 et un tableau", 8, []),
    ],
)
def test_only_what_is_sure_is_counted(said: str, participants: int, totals: list[int]) -> None:
    found = pieces(said)
    assert [p.total(participants) for p in found if p.count] == totals
    assert "".join(p.text for p in found).replace("\u00a0", " ").replace("\u202f", " ") == said


# A session


def shown(project: Project) -> Session:
    library, _ = project.load()
    (workshop,) = (w for w in library.workshops if w.slug == "essai")
    same = lambda href: href  # noqa: E731 - where links lead does not matter here
    body = render(workshop.body, Destination(link=same, image=same), MarkdownSettings())
    return session(workshop, body.toc, library, NOTHING)


def test_each_step_leads_to_its_own_heading(project: Project) -> None:
    moments = shown(project).moments
    assert [(m.number, m.title, m.minutes, m.start) for m in moments] == [
        (1, "Accueil", 10, 0),
        (2, "Ouvrir une page", 30, 10),
        (3, "Évaluation", 10, 40),
        (4, "Clôture", 10, 50),
    ]
    assert [m.anchor for m in moments] == [
        "accueil-10-min",
        "ouvrir-une-page-30-min",
        "evaluation-10-min",
        "cloture-10-min",
    ]


def test_ruler_marks_each_half_hour_and_the_end(project: Project) -> None:
    assert shown(project).ruler == ((0, 30), (30, 30))


def test_sheet_without_schedule_has_no_step(project: Project) -> None:
    project.edit(SHEET, "## Déroulé", "## Autre chose")
    told = shown(project)
    assert (told.moments, told.minutes, told.ruler) == ((), 0, ((0, 0),))


def test_competences_lead_to_the_page_that_covers_them_when_there_is_one(project: Project) -> None:
    (digcomp, crcn) = shown(project).frameworks
    assert (digcomp.name, digcomp.caution) == (
        "DigComp 3.0",
        "Intitulés français : traduction de travail.",
    )
    assert (crcn.name, crcn.caution) == ("CRCN (Pix)", "")
    assert digcomp.competences[0].url == ""
    page = project.read("content/index.md").replace("gabarit: accueil", "gabarit: couverture")
    project.write("content/couverture.md", page)
    (digcomp, crcn) = shown(project).frameworks
    assert digcomp.competences[0].url == "couverture/#digcomp-1.1"
    assert crcn.competences[0].url == "couverture/#crcn-1.1"


# A path


def path_of(project: Project, *workshops: tuple[str, dict[str, str]]) -> Journey:
    """A path of copies of the tiny sheet, each with what is replaced in it."""
    text = project.read(SHEET)
    for slug, changes in workshops:
        sheet = text.replace("Essayer : ouvrir une page", f"Faire {slug}")
        for old, new in changes.items():
            assert old in sheet
            sheet = sheet.replace(old, new)
        project.write(f"ateliers/{slug}/index.md", sheet)
    (name,) = (p.name for p in project.path("content/parcours").iterdir())
    head = project.read(f"content/parcours/{name}")
    slugs = ", ".join(slug for slug, _ in workshops)
    project.write(
        f"content/parcours/{name}", head.replace("ateliers: [essai]", f"ateliers: [{slugs}]")
    )
    library, _ = project.load()
    return journey(library.paths[0], library, NOTHING)


PUBLIC = "publics: [adultes]"


def test_each_session_says_what_it_adds(project: Project) -> None:
    told = path_of(
        project,
        ("un", {}),
        ("deux", {'digcomp: ["1.1"]': 'digcomp: ["1.1", "2.1"]'}),
        ("trois", {'digcomp: ["1.1"]': 'digcomp: ["2.1"]'}),
    )
    assert [[c.id for c in s.gained] for s in told.stages] == [["1.1"], ["2.1"], []]
    assert [[c.id for c in s.again] for s in told.stages] == [[], ["1.1"], ["2.1"]]
    assert told.gained == 2
    assert [s.anchor for s in told.stages] == ["seance-1", "seance-2", "seance-3"]


def test_prerequisite_is_met_only_by_an_earlier_session(project: Project) -> None:
    told = path_of(
        project,
        ("un", {PUBLIC: f"{PUBLIC}\nprerequis: [deux]"}),
        ("deux", {PUBLIC: f"{PUBLIC}\nprerequis: [un]"}),
        ("trois", {PUBLIC: f"{PUBLIC}\nprerequis: [un, essai]"}),
    )
    assert [[w.title for w in s.ready] for s in told.stages] == [[], ["Faire un"], ["Faire un"]]
    assert [w.title for w in told.missing] == ["Faire deux", "Essayer : ouvrir une page"]


def test_path_asks_for_what_suits_all_its_sessions(project: Project) -> None:
    told = path_of(
        project,
        ("un", {"duree: 60": "duree: 90", "niveau: debutant": "niveau: intermediaire"}),
        ("deux", {"{min: 2, max: 8}": "{min: 4, max: 12}", "[telephone]": "[tablette]"}),
        ("trois", {"[telephone]": "[aucun]"}),
    )
    assert told.minutes == 210
    assert told.levels == ("debutant", "intermediaire")
    assert told.group is not None
    assert (told.group.min, told.group.max) == (4, 8)
    assert told.devices == ("telephone", "tablette")


def test_sessions_that_suit_no_common_group_say_none(project: Project) -> None:
    told = path_of(
        project, ("un", {"{min: 2, max: 8}": "{min: 2, max: 3}"}), ("deux", {"min: 2": "min: 4"})
    )
    assert told.group is None


@pytest.mark.parametrize("count", [2, 15])
def test_short_and_long_paths_are_whole(project: Project, count: int) -> None:
    told = path_of(project, *((f"seance-{n:02}", {}) for n in range(count)))
    assert (len(told.stages), told.minutes) == (count, 60 * count)
    library, _ = project.load()
    for number, stage in enumerate(told.stages, start=1):
        (place,) = places(stage.workshop, library)
        assert (place.number, place.count) == (number, count)
        assert (place.previous is None, place.following is None) == (number == 1, number == count)


def test_paths_know_their_neighbours(project: Project) -> None:
    (name,) = (p.name for p in project.path("content/parcours").iterdir())
    text = project.read(f"content/parcours/{name}")
    for title in ("zut", "zoom"):
        project.write(f"content/parcours/{title}.md", text.replace("Voyage d’essai", title))
    library, _ = project.load()
    told = journeys(library, NOTHING)
    names = [(j.previous and j.previous.title, j.following and j.following.title) for j in told]
    assert names == [(None, "zoom"), ("Voyage d’essai", "zut"), ("zoom", None)]
