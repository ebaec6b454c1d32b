"""JSON Patch (RFC 6902) on a document, without changing the one it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from summitry.planner.documents.bad_input import BadInput
from summitry.planner.wording import shown

MOST_DIGITS = 10  # of an index
Change = Callable[[Any, str], Any]  # takes a container and a key, returns the container changed


def patched(document: Any, operations: Iterable[dict[str, Any]]) -> Any:
    """Return a document changed by operations, one after the other; what is unchanged is shared.

    Raises
    ------
    BadInput
        If an operation does not apply; the place is that of the operation in its list.
    """
    for index, operation in enumerate(operations):
        try:
            document = _applied(document, operation)
        except BadInput as error:
            raise BadInput(error.message, f"[{index}].{error.place}") from None
    return document


def steps(pointer: str, place: str = "path") -> list[str]:
    """Split a JSON Pointer (RFC 6901) into its keys."""
    if not pointer:
        return []
    if not pointer.startswith("/"):
        raise BadInput(f"must begin with a slash, not {shown(pointer)}", place)
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/")]


def _applied(document: Any, operation: dict[str, Any]) -> Any:
    path = steps(operation["path"])
    match operation["op"]:
        case "add":
            return _at(document, path, _adding(operation["value"]))
        case "remove":
            return _at(document, path, _removing)
        case "replace":
            _found(document, path)
            return _at(document, path, _setting(operation["value"]))
        case "move":
            source = steps(operation["from"], "from")
            if path[: len(source)] == source and path != source:
                raise BadInput("may not lie inside what is moved", "path")
            moved = _found(document, source, "from")
            return _at(_at(document, source, _removing), path, _adding(moved))
        case "copy":
            return _at(document, path, _adding(_found(document, steps(operation["from"], "from"), "from")))
        case "test":
            if not _equal(_found(document, path), operation["value"]):
                raise BadInput(f"the value at {shown(operation['path'])} is another", "value")
            return document
        case other:
            raise BadInput(f"there is no operation {shown(str(other))}", "op")


def _found(document: Any, path: list[str], place: str = "path") -> Any:
    for step in path:
        if isinstance(document, dict) and step in document:
            document = document[step]
        elif isinstance(document, list):
            document = document[_index(step, len(document) - 1, place)]
        else:
            raise BadInput(f"there is nothing at {shown('/' + '/'.join(path))}", place)
    return document


def _at(document: Any, path: list[str], change: Change) -> Any:
    """Change the container that a path ends in, copying what lies on the way."""
    if not path:
        return change({"": document}, "").get("")
    if len(path) == 1:
        return change(document, path[0])
    inner = _at(_found(document, path[:1]), path[1:], change)
    return _setting(inner)(document, path[0])


def _index(step: str, most: int, place: str = "path") -> int:
    plain = (
        step.isascii()
        and step.isdigit()
        and (step == "0" or not step.startswith("0"))
        and len(step) < MOST_DIGITS
    )
    if not plain or int(step) > most:
        raise BadInput(f"there is no index {shown(step)} in the list", place)
    return int(step)


def _adding(value: Any) -> Change:
    def change(container: Any, key: str) -> Any:
        if isinstance(container, list):
            index = len(container) if key == "-" else _index(key, len(container))
            return [*container[:index], value, *container[index:]]
        return _setting(value)(container, key)

    return change


def _setting(value: Any) -> Change:
    def change(container: Any, key: str) -> Any:
        if isinstance(container, list):
            index = _index(key, len(container) - 1)
            return [*container[:index], value, *container[index + 1 :]]
        if isinstance(container, dict):
            return {**container, key: value}
        raise BadInput(f"there is nothing to put {shown(key)} into", "path")

    return change


def _removing(container: Any, key: str) -> Any:
    _found(container, [key])
    if isinstance(container, list):
        index = _index(key, len(container) - 1)
        return [*container[:index], *container[index + 1 :]]
    return {name: value for name, value in container.items() if name != key}


def _equal(one: Any, other: Any) -> bool:
    """Compare as JSON does: ``true`` is not 1, but 1 is 1.0."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)
