"""The sheets of a workshop: one text, several editions."""

from __future__ import annotations

from collections.abc import Iterator

from ressourcerie import timeline
from ressourcerie.model import Workshop
from ressourcerie.paper import editions
from ressourcerie.paper.document import SCREEN, Document
from ressourcerie.paper.editions import Edition
from ressourcerie.paper.press import Press, data_uri, markup
from ressourcerie.views import View


def sheets(press: Press, workshop: Workshop) -> Iterator[Document]:
    """Every edition of a workshop."""
    for edition in editions.editions(workshop):
        yield sheet(press, workshop, edition)


def sheet(press: Press, workshop: Workshop, edition: Edition) -> Document:
    """One edition of a workshop."""
    return press.document(
        name=f"{workshop.slug}-{edition.name}.pdf",
        label=edition.label,
        purpose=edition.purpose,
        paper=edition.paper,
        owner=workshop.source.path,
        edition=edition.name,
        fillable=edition.fillable,
        duplex=edition.paper != SCREEN,
        weighed=edition in {editions.PARTICIPANT, editions.FRUGAL},
        made_of=(workshop.source.text,),
        # Larger letters take more pages.
        weight=round(len(workshop.body) * edition.body_size),
        stylesheets=edition.styles,
        compose=lambda: _compose(press, workshop, edition),
    )


def _compose(press: Press, workshop: Workshop, edition: Edition) -> str:
    place = press.place(
        workshop,
        only=edition.only,
        fillable=edition.fillable,
        # On a wall nobody follows a link.
        linked=edition.paper != SCREEN,
    )
    body = place.render(press.settings.markdown, edition.view)
    useful = workshop.glossaire if edition.view is View.FACILITATOR else ()
    return press.fill(
        edition.template,
        resource=workshop,
        body=markup(body.html),
        edition=edition,
        label=edition.label,
        view=edition.view.value,
        url=workshop.url if edition.view is View.FACILITATOR else workshop.participant_url,
        prerequisites=[w for s in workshop.prerequis if (w := press.library.workshop(s))],
        lexicon_terms=press.lexicon([*place.cited, *useful]),
        timeline=data_uri(timeline.draw(workshop.steps)),
        timeline_text=timeline.describe(workshop.steps),
    )
