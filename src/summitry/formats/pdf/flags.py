"""Flags as they are printed.

The arms on some flags are outlined with lines thinner than any press can print, which viewers widen into a black
blot. So flags are drawn once, finely enough for the largest size that a page uses, and printed as pictures.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from typing import Final

import typst

from summitry.formats.pdf.engine import FLAGS, HERE, house_fonts

_DOTS_PER_INCH: Final = 216  # on a drawing of 40 mm by 30 mm: 255 rows, which is 600 for each inch at 11 mm
_DRAWING: Final = """
#set page(width: 40mm, height: 30mm, margin: 0pt, fill: none)
#image("/flags/" + sys.inputs.code + ".svg", width: 40mm)
"""
_FRAME: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3">'
    '<image width="4" height="3" href="data:image/png;base64,{picture}"/></svg>'
)


def has_flag(code: str) -> bool:
    """Tell whether a flag of this code can be printed."""
    return code in _codes()


def flag_pictures(codes: Iterable[str | None]) -> dict[str, str]:
    """Draw the flags of a page, each once.

    Parameters
    ----------
    codes : iterable of str or None
        As `Party.flag` has them; those that cannot be printed are left out.

    Returns
    -------
    dict
        From code to an SVG document that a template can show in any size up to 11 mm of height.
    """
    return {code: _picture(code) for code in sorted({code for code in codes if code and has_flag(code)})}


@cache
def _codes() -> frozenset[str]:
    return frozenset(drawing.stem for drawing in FLAGS.glob("*.svg"))


@cache
def _picture(code: str) -> str:
    compiler = typst.Compiler(
        _DRAWING.encode(), root=HERE, font_paths=house_fonts(), sys_inputs={"code": code}
    )
    picture = compiler.compile(format="png", ppi=_DOTS_PER_INCH)
    if not isinstance(picture, bytes):
        raise TypeError(f"The flag {code!r} came out as {type(picture).__name__}, not as one picture.")
    return _FRAME.format(picture=b64encode(picture).decode())
