"""A certificate of handover for a word processor: Office Open XML (DOCX)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from summitry.formats.certificates.certificate import Certificate, CertificateText, Signing
from summitry.formats.text import fit_for_print

_INK: Final = RGBColor(0x14, 0x23, 0x3F)
_INK_2: Final = RGBColor(0x41, 0x4D, 0x66)
_WIDTHS: Final = (1.2, 6.2, 3.6, 2.2, 1.8, 2.4)
_MARGIN: Final = Cm(1.8)
_RULE: Final = "857D6C"
_SIGNED_SPACE: Final = Pt(26)
_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
Heading = Callable[[CertificateText], str]


def certificate_docx(certificate: Certificate, *, moment: datetime, beside: bool = True) -> bytes:
    """Write a certificate as a document.

    Parameters
    ----------
    moment
        With a zone; the file's time of creation.
    beside
        All languages in one text, beside and under each other; else the whole once in each language.
    """
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    _prepare(document, certificate, moment)
    versions = [list(certificate.texts)] if beside else [[text] for text in certificate.texts]
    for number, texts in enumerate(versions):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _Writer(document, certificate, texts).write()
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: DocumentType, certificate: Certificate, moment: datetime) -> None:
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(10), _INK
    normal.paragraph_format.space_after = Pt(4)
    for name, size in (("Heading 1", 18), ("Heading 2", 12)):
        heading: Any = document.styles[name]
        heading.font.name, heading.font.size, heading.font.color.rgb = "Cambria", Pt(size), _INK
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(10), Pt(4)
        fonts = heading.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if "Theme" in str(attribute):
                del fonts.attrib[attribute]
    first = certificate.texts[0]
    known = document.core_properties
    known.title = fit_for_print(f"{first.labels['certificate']} {certificate.number}")[:255]
    known.author, known.language, known.comments = first.handing[:255], first.language, ""
    known.created = known.modified = moment.astimezone(UTC).replace(tzinfo=None)


class _Writer:
    """Writes one version, in one language or several."""

    def __init__(
        self, document: DocumentType, certificate: Certificate, texts: Sequence[CertificateText]
    ) -> None:
        self._document = document
        self._certificate = certificate
        self._texts = texts

    def write(self) -> None:
        """Write all of it."""
        self._head()
        self._declaration()
        self._heading("items")
        self._items()
        self._heading("conditions")
        self._conditions()
        self._heading("signatures")
        self._signatures("for_handing", self._certificate.handing)
        self._signatures("for_receiving", self._certificate.receiving)
        for text in self._texts:
            self._paragraph(self._document.add_paragraph(), self._certificate.made_in(text), text)

    def _paragraph(
        self,
        paragraph: Paragraph,
        words: str,
        text: CertificateText,
        *,
        bold: bool = False,
        muted: bool = False,
    ) -> None:
        run = paragraph.add_run(fit_for_print(words))
        run.bold = bold
        if muted:
            run.font.color.rgb, run.font.size = _INK_2, Pt(9)
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 the library has no way to say a run's language
        language = OxmlElement("w:lang")
        rtl = text.language in _RIGHT_TO_LEFT
        language.set(qn("w:bidi" if rtl else "w:val"), text.language)
        properties.append(language)
        if rtl:
            properties.append(OxmlElement("w:rtl"))
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 likewise

    def _heading(self, key: str) -> None:
        self._document.add_heading(fit_for_print(self._joined(key)), level=2)

    def _joined(self, key: str) -> str:
        """Give a label in each language, once where it is the same."""
        return " / ".join(dict.fromkeys(text.labels[key] for text in self._texts))

    def _stacked(self, cell: _Cell, words: Heading, *, bold: bool = False, muted: bool = False) -> None:
        """Say the same in all languages under each other, once where it is the same."""
        said: list[str] = []
        for text in self._texts:
            one = words(text)
            if not one or one in said:
                continue
            paragraph = cell.add_paragraph() if said or cell.paragraphs[0].text else cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            self._paragraph(paragraph, one, text, bold=bold, muted=muted)
            said.append(one)

    def _table(self, rows: int, columns: int, *, lined: bool = True) -> Table:
        table: Table = self._document.add_table(rows=rows, cols=columns)
        if lined:
            _line(table)
        return table

    def _head(self) -> None:
        certificate = self._certificate
        edition = self._document.add_paragraph()
        self._paragraph(edition, self._texts[0].edition, self._texts[0], muted=True)
        for name in dict.fromkeys(text.labels["certificate"] for text in self._texts):
            self._document.add_heading(fit_for_print(name), level=1)
        for text, title in certificate.titles(self._texts):
            self._paragraph(self._document.add_paragraph(), title, text, bold=True)
        facts: list[tuple[Heading, Heading]] = [
            (_label("number"), lambda _text: certificate.number),
            (_label("date"), lambda text: text.day(certificate.on) or "……………"),
            (_label("place"), lambda _text: certificate.place or "……………"),
            (_label("handing"), lambda text: text.handing),
            (_label("receiving"), _receiving),
            (_label("holder"), lambda text: text.holder),
            (_label("custodian"), lambda text: text.custodian),
            (_label("commitments"), lambda text: "; ".join(text.commitments)),
        ]
        told = [(label, words) for label, words in facts if any(words(text) for text in self._texts)]
        table = self._table(len(told), 2)
        for row, (label, value) in zip(table.rows, told, strict=True):
            self._stacked(row.cells[0], label, muted=True)
            self._stacked(row.cells[1], value)
            row.cells[0].width, row.cells[1].width = Cm(5), Cm(12.4)

    def _declaration(self) -> None:
        self._document.add_paragraph()
        table = self._table(1, len(self._texts), lined=False)
        for cell, text in zip(table.rows[0].cells, self._texts, strict=True):
            self._paragraph(cell.paragraphs[0], " ".join(self._certificate.declaration(text)), text)

    def _items(self) -> None:
        certificate = self._certificate
        first = self._texts[0]
        valued = any(item.value is not None for item in certificate.items)
        heads = ("line", "item", "identity", "quantity", "condition", *(("value",) if valued else ()))
        table = self._table(1, len(heads))
        for cell, key in zip(table.rows[0].cells, heads, strict=True):
            self._stacked(cell, _label(key), bold=True, muted=True)
        _repeat(table)
        for item in certificate.items:
            cells = table.add_row().cells  # type: ignore[no-untyped-call]  # the library says no types here
            cells[0].text = str(item.line)
            cells[1].text = fit_for_print(item.description)
            for text in self._texts:
                if item.notes:
                    note = " · ".join(certificate.noted(item, text))
                    self._paragraph(cells[1].add_paragraph(), note, text, muted=True)
            cells[2].text = fit_for_print(item.identity)
            cells[3].text = fit_for_print(f"{first.number(item.quantity)} {item.unit}")
            self._stacked(cells[4], _label(item.condition))
            if valued and item.value is not None:
                cells[5].text = f"{first.number(item.value, places=2)} {item.currency}"
        for row in table.rows:
            for cell, width in zip(row.cells, _WIDTHS, strict=False):
                cell.width = Cm(width)
        if certificate.totals:
            told = ", ".join(
                f"{first.number(one.value, places=2)} {one.currency}" for one in certificate.totals
            )
            words = f"{self._joined('total')}: {told}"
            self._paragraph(self._document.add_paragraph(), words, first, bold=True)

    def _conditions(self) -> None:
        agreed = [self._certificate.agreed(text) for text in self._texts]
        table = self._table(len(agreed[0]), 2)
        for place, row in enumerate(table.rows):
            by_text = {id(text): agreed[number][place] for number, text in enumerate(self._texts)}
            self._stacked(row.cells[0], lambda text, said=by_text: said[id(text)][0], muted=True)  # type: ignore[misc]  # bound here
            self._stacked(row.cells[1], lambda text, said=by_text: said[id(text)][1])  # type: ignore[misc]  # likewise
            row.cells[0].width, row.cells[1].width = Cm(5), Cm(12.4)

    def _signatures(self, key: str, people: Sequence[Signing]) -> None:
        title = self._document.add_paragraph()
        title.paragraph_format.keep_with_next = True
        self._paragraph(title, self._joined(key), self._texts[0], bold=True)
        table = self._table(1, len(people), lined=False)
        for cell, one in zip(table.rows[0].cells, people, strict=True):
            for label, value in (
                ("name", one.name),
                ("office", one.office),
                ("date", self._texts[0].day(one.signed_on)),
                ("signature", ""),
            ):
                paragraph = cell.paragraphs[0] if label == "name" else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(3)
                if label == "signature":
                    paragraph.paragraph_format.space_before = _SIGNED_SPACE
                self._paragraph(paragraph, f"{self._joined(label)}: ", self._texts[0], muted=True)
                paragraph.add_run(fit_for_print(value) or "…" * 16)
        properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 the library cannot keep a row together
        properties.append(OxmlElement("w:cantSplit"))


def _receiving(text: CertificateText) -> str:
    return ", ".join(part for part in (text.receiving, text.receiving_body) if part)


def _label(key: str) -> Heading:
    return lambda text: text.labels[key]


def _line(table: Table) -> None:
    """Draw hairlines between the rows."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    table._tbl.tblPr.append(borders)  # noqa: SLF001 the library draws only by named styles


def _repeat(table: Table) -> None:
    """Repeat the first row on every page."""
    head = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(head)  # noqa: SLF001 likewise
