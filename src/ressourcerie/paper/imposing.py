"""The same PDF on larger sheets: to fold into a booklet, or two pages a side."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ressourcerie.memory import key
from ressourcerie.paper.cache import Known, PdfCache
from ressourcerie.paper.document import A3, A4
from ressourcerie.paper.finishing import guide_document, notes_document
from ressourcerie.paper.orders import Order, typeset
from ressourcerie.paper.pdf import Pdf
from ressourcerie.paper.press import Press
from ressourcerie.paper.worker import Result


@dataclass(frozen=True, slots=True)
class Form:
    """One way to impose. `folded` in a booklet, or else two pages a side in reading order."""

    edition: str
    label: str
    purpose: str
    sheet: str
    folded: bool


TO_FOLD: Final = Form(
    edition="a-imprimer",
    label="Livret à plier",
    purpose="À imprimer en recto verso sur A4, à plier et à agrafer. Son mode d’emploi est dedans.",
    sheet=A4,
    folded=True,
)
ON_A3: Final = Form(
    edition="a3",
    label="Livret à plier, sur A3",
    purpose="Pour une imprimante A3, à l’école ou en mairie : des pages A4 à plier et à agrafer.",
    sheet=A3,
    folded=True,
)
TWO_UP: Final = Form(
    edition="deux-par-feuille",
    label="Deux pages par feuille",
    purpose="Sans recto verso ni pliage : deux pages côte à côte, dans l’ordre, sur A4.",
    sheet=A4,
    folded=False,
)
OF_BOOKS: Final = (TO_FOLD, TWO_UP, ON_A3)


@dataclass(frozen=True, slots=True)
class Imposing:
    """A PDF to impose, with its guide and its page of notes when it is to be folded."""

    name: str
    pdf: Path
    sheet: str
    guide: Path | None
    notes: Path | None

    def run(self) -> Result:
        """Impose it. Raises ImposeError."""
        from ressourcerie.paper import impose, preview

        pdf = self.pdf.read_bytes()
        if self.guide and self.notes:
            guide, notes = self.guide.read_bytes(), self.notes.read_bytes()
            made = impose.booklet(pdf, guide=guide, notes=notes, sheet=self.sheet)
        else:
            made = impose.two_up(pdf, sheet=self.sheet)
        return Result(made, preview.pages(made), preview=preview.first_page(made))


def imposed(
    source: Pdf, title: str, forms: tuple[Form, ...], press: Press, cache: PdfCache
) -> Generator[list[Order], list[Known | None], list[Pdf]]:
    """A finished PDF in other forms; those that could not be made are left out."""
    if not forms:
        return []
    guides = [
        guide_document(
            press,
            name=f"mode-d-emploi-{form.sheet}-{source.name if title else f'{source.pages}.pdf'}",
            title=title,
            pages=source.pages,
            sheet=form.sheet,
            owner=source.owner,
        )
        for form in forms
        if form.folded
    ]
    notes = notes_document(press, owner=source.owner)
    found = yield [typeset(d, cache, press.settings) for d in (notes, *guides)]
    by_sheet = dict(zip((g.paper for g in guides), found[1:], strict=True))
    able = [f for f in forms if not f.folded or (found[0] and by_sheet[f.sheet])]
    made = yield [
        _order(source, form, found[0], by_sheet.get(form.sheet) if form.folded else None)
        for form in able
    ]
    return [_offered(source, form, known) for form, known in zip(able, made, strict=True) if known]


def _order(source: Pdf, form: Form, notes: Known | None, guide: Known | None) -> Order:
    name = _name(source, form)
    return Order(
        name=name,
        owner=source.owner,
        find_key=lambda: key(
            "imposing", source.file.stem, form.sheet, guide.key if guide and notes else "", name
        ),
        make=lambda: Imposing(
            name,
            source.file,
            form.sheet,
            guide.file if guide else None,
            notes.file if notes and guide else None,
        ),
        weight=source.size,
    )


def _name(source: Pdf, form: Form) -> str:
    return f"{source.name.removesuffix('.pdf').removesuffix('-livret')}-{form.edition}.pdf"


def _offered(source: Pdf, form: Form, known: Known) -> Pdf:
    return Pdf(
        name=_name(source, form),
        label=form.label,
        purpose=form.purpose,
        paper=form.sheet,
        owner=source.owner,
        edition=form.edition,
        file=known.file,
        pages=known.pages,
        size=known.size,
        preview=known.preview,
        duplex=form.folded,
    )
