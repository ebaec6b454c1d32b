"""What is counted, in the number that goes with how many there are."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.utils.translation import ngettext

#: Units as they are usually typed, one and several; any other stands as it was recorded.
_USUAL: Final = (
    ("boat", "boats"),
    ("box", "boxes"),
    ("camera", "cameras"),
    ("computer", "computers"),
    ("course", "courses"),
    ("day", "days"),
    ("device", "devices"),
    ("dog", "dogs"),
    ("drone", "drones"),
    ("hour", "hours"),
    ("item", "items"),
    ("kit", "kits"),
    ("laptop", "laptops"),
    ("licence", "licences"),
    ("litre", "litres"),
    ("metre", "metres"),
    ("month", "months"),
    ("officer", "officers"),
    ("pair", "pairs"),
    ("participant", "participants"),
    ("person", "persons"),
    ("piece", "pieces"),
    ("printer", "printers"),
    ("radio", "radios"),
    ("reader", "readers"),
    ("scanner", "scanners"),
    ("set", "sets"),
    ("system", "systems"),
    ("terminal", "terminals"),
    ("tonne", "tonnes"),
    ("unit", "units"),
    ("vehicle", "vehicles"),
    ("workstation", "workstations"),
)
_FORMS: Final = {form: pair for pair in _USUAL for form in pair}


def unit_for(quantity: Decimal, unit: str) -> str:
    """Say a unit as it goes with a number: "1 device" where the list counts devices.

    The noun that is counted is the last word, or the last before "of": "pairs of night-vision goggles".
    """
    counted, of, what = unit.partition(" of ")
    before, space, noun = counted.rpartition(" ")
    forms = _FORMS.get(noun.casefold())
    if forms is None:
        return unit
    return f"{before}{space}{ngettext(*forms, 1 if quantity == 1 else 2)}{of}{what}"
