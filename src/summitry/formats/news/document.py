"""News for a word processor: Office Open XML (DOCX)."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Final

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from summitry.formats.news.item import NewsItem
from summitry.formats.text import fit_for_print

_INK: Final = RGBColor(0x14, 0x23, 0x3F)
_INK_2: Final = RGBColor(0x41, 0x4D, 0x66)
_LOCALES: Final = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}
_MARGIN: Final = Cm(2.5)
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)  # of a draft, which has no time yet


def news_docx(item: NewsItem) -> bytes:
    """Write a piece of news as a document: what stands over it, headline, text, who publishes it."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    _prepare(document, item)
    _add(document, item.edition, "Kicker")
    if item.handling:
        _add(document, item.handling, "Handling")
    document.add_heading(fit_for_print(item.headline), level=1)
    for correction in item.corrections:
        _add(document, correction.notice, "Handling")
    body = item.body
    first = document.add_paragraph()
    if item.dateline:
        first.add_run(fit_for_print(item.dateline)).bold = True
        first.add_run(" – ")
    first.add_run(fit_for_print(item.paragraphs[0] if item.paragraphs else ""))
    for paragraph in body[1:]:
        document.add_paragraph(fit_for_print(paragraph))
    for text in (item.about, item.contact, item.url, item.notice):
        if text:
            _add(document, text, "Imprint")
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _add(document: DocumentType, text: str, style: str) -> None:
    document.add_paragraph(fit_for_print(text), style=style)


def _prepare(document: DocumentType, item: NewsItem) -> None:
    """Give the document its types, its language and what is known of it."""
    normal = _paragraph_style(document, "Normal")
    normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(11), _INK
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(8), 1.25
    properties = normal.element.get_or_add_rPr()
    language = properties.makeelement(qn("w:lang"), {qn("w:val"): _LOCALES.get(item.language, item.language)})
    properties.append(language)
    heading = _paragraph_style(document, "Heading 1")
    heading.font.name, heading.font.size, heading.font.color.rgb = "Cambria", Pt(22), _INK
    heading.paragraph_format.space_after = Pt(12)
    fonts = heading.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in str(name):
            del fonts.attrib[name]
    for name, size, bold in (("Kicker", 10, False), ("Handling", 11, True), ("Imprint", 9, False)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.base_style = normal
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, _INK_2
    known = document.core_properties
    known.title, known.author, known.language = (
        fit_for_print(item.headline)[:255],
        item.publisher[:255],
        item.language,
    )
    known.comments = ""
    moment = item.updated or _EPOCH
    known.created = known.modified = moment.astimezone(UTC).replace(tzinfo=None)


def _paragraph_style(document: DocumentType, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style
