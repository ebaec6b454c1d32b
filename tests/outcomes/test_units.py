from __future__ import annotations

from decimal import Decimal

import pytest

from summitry.outcomes.templatetags.outcomes import counted
from summitry.outcomes.units import unit_for


@pytest.mark.parametrize(
    ("quantity", "unit", "said"),
    [
        ("1", "devices", "1 device"),
        ("1.000", "devices", "1 device"),
        ("8", "device", "8 devices"),
        ("0", "devices", "0 devices"),
        ("1250.5", "litres", "1,250.500 litres"),
        ("1", "document readers", "1 document reader"),
        ("1", "pairs of night-vision goggles", "1 pair of night-vision goggles"),
        ("1", "caméras thermiques", "1 caméras thermiques"),  # not ours to decline
        ("1", "m²", "1 m²"),
    ],
)
def test_a_unit_goes_with_how_many_there_are(quantity: str, unit: str, said: str) -> None:
    assert counted(Decimal(quantity), unit) == said


@pytest.mark.parametrize("unit", ["devices", "Devices", "sets of gloves"])
def test_a_unit_said_again_is_said_alike(unit: str) -> None:
    one = unit_for(Decimal(1), unit)
    assert unit_for(Decimal(1), one) == one
    assert unit_for(Decimal(2), one).casefold() == unit.casefold()
