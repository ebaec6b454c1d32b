from __future__ import annotations

from copy import deepcopy
from typing import Any

import jsonpatch
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.planner import BadInput
from summitry.planner.documents import patched

DOCUMENT: dict[str, Any] = {"a": [1, 2, {"b": True}], "c": {"d/e": "x", "~": None}, "": 0}
POINTERS = (
    "",
    "/",
    "/a",
    "/a/0",
    "/a/1",
    "/a/2",
    "/a/3",
    "/a/-",
    "/a/2/b",
    "/a/01",
    "/c",
    "/c/d~1e",
    "/c/~0",
    "/c/new",
    "/x/y",
)
VALUES = (1, 1.0, True, None, "x", [1], {"b": True})


@st.composite
def operations(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(("add", "remove", "replace", "move", "copy", "test")))
    operation: dict[str, Any] = {"op": name, "path": draw(st.sampled_from(POINTERS))}
    if name in {"add", "replace", "test"}:
        operation["value"] = draw(st.sampled_from(VALUES))
    if name in {"move", "copy"}:
        operation["from"] = draw(st.sampled_from(POINTERS))
    return operation


@given(st.lists(operations().filter(lambda one: one["path"] and one.get("from", "/a")), max_size=4))
def test_patches_do_what_the_standard_says(changes: list[dict[str, Any]]) -> None:
    before = deepcopy(DOCUMENT)
    try:
        expected = jsonpatch.apply_patch(DOCUMENT, changes)
    except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException):
        expected = None
    try:
        found = patched(DOCUMENT, changes)
    except BadInput:
        found = None

    assert found == expected
    assert before == DOCUMENT


def test_the_whole_document_may_be_replaced() -> None:
    assert patched(DOCUMENT, [{"op": "replace", "path": "", "value": 3}]) == 3


@pytest.mark.parametrize(
    ("operation", "place"),
    [
        ({"op": "remove", "path": "/z"}, "[0].path"),
        ({"op": "remove", "path": "a"}, "[0].path"),
        ({"op": "add", "path": "/a/4", "value": 1}, "[0].path"),
        ({"op": "add", "path": "/a/0/z", "value": 1}, "[0].path"),
        ({"op": "add", "path": "/a/" + "9" * 5000, "value": 1}, "[0].path"),
        ({"op": "move", "path": "/c/d~1e/f", "from": "/c"}, "[0].path"),
        ({"op": "copy", "path": "/c/f", "from": "/z"}, "[0].from"),
        ({"op": "test", "path": "/a/0", "value": True}, "[0].value"),
        ({"op": "grow", "path": "/a"}, "[0].op"),
    ],
)
def test_an_operation_that_does_not_apply_is_refused_with_its_place(
    operation: dict[str, Any], place: str
) -> None:
    with pytest.raises(BadInput) as caught:
        patched(DOCUMENT, [operation])

    assert caught.value.place == place
