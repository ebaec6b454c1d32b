"""Characters that no document may carry, taken out before any format is written."""

import re

_UNFIT = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"  # controls that XML 1.0 section 2.2 forbids, and DEL, which no font draws
    "\ud800-\udfff"  # half a surrogate pair: cannot be encoded
    "\ufffe\uffff"
    "]"
)


def fit_for_print(text: str) -> str:
    """Take out the characters that no document may carry.

    Parameters
    ----------
    text : str
        What somebody wrote or pasted.

    Returns
    -------
    str
        The same without control characters and lone surrogates; tab, line feed and carriage return stay.
    """
    return _UNFIT.sub("", text)
