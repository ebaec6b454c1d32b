"""The press: a template of ours and plain data become a PDF."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import typst

from summitry.formats.text import fit_for_print

HERE: Final = Path(__file__).parent
TEMPLATES: Final = HERE / "templates"
FONTS: Final = HERE / "fonts"
FLAGS: Final = HERE / "flags"


class PrintError(RuntimeError):
    """A page could not be printed; the text says how to mend it."""


def render(template: str, data: Mapping[str, Any], *, moment: datetime) -> bytes:
    """Print a page.

    Parameters
    ----------
    template : str
        The name of a file of ``templates/``, without its ending.
    data : mapping
        What the template asks for, of JSON's types. Texts reach it as values and are never read as markup.
    moment : datetime
        With a zone; what the file gives as its time of creation. The same data at the same moment make the same
        bytes.

    Returns
    -------
    bytes
        A tagged PDF that conforms to PDF/UA-1 (ISO 14289-1) wherever our fonts have all of its letters.

    Raises
    ------
    PrintError
        When the fonts were never laid out, or the template refuses the data.
    """
    if moment.tzinfo is None:
        raise ValueError("The moment of a printed page needs a time zone.")
    text = json.dumps(_fit(data), ensure_ascii=False)
    try:
        return _compiled(template, text, moment, standard="ua-1")
    except typst.TypstError:
        # A letter that none of our fonts has is forbidden in an accessible file; better a page that shows a box for
        # it and makes no such claim than no page. Any other fault comes up again.
        try:
            return _compiled(template, text, moment, standard=None)
        except typst.TypstError as error:
            failure = PrintError(f"The page {template!r} could not be printed: {error.message}")
            failure.add_note(error.diagnostic)
            raise failure from error


def _compiled(template: str, data: str, moment: datetime, *, standard: Literal["ua-1"] | None) -> bytes:
    # A compiler keeps what it was given last, so each page has its own; the fonts, read once, are what costs.
    compiler = typst.Compiler(TEMPLATES / f"{template}.typ", root=HERE, font_paths=house_fonts())
    page = compiler.compile(
        format="pdf", sys_inputs={"data": data}, timestamp=int(moment.timestamp()), pdf_standards=standard
    )
    if not isinstance(page, bytes):
        raise PrintError(f"The page {template!r} came out as {type(page).__name__}, not as one PDF.")
    return page


@cache
def house_fonts() -> typst.Fonts:
    """Read the faces that lie beside this file, once for each process, and none of the machine's."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    if not fonts.families():
        raise PrintError("The fonts for print are not laid out: run `make assets`.")
    return fonts


def _fit(value: Any) -> Any:
    match value:
        case str():
            return fit_for_print(value)
        case Mapping():
            return {key: _fit(item) for key, item in value.items()}
        case list() | tuple():
            return [_fit(item) for item in value]
        case _:
            return value
