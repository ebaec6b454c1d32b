"""Which of the planner's remedies change only what was asked, so that the desk can ask again with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

#: What of a request the desk may change in the requester's name; the rest is the plan's or somebody else's.
CHANGEABLE: Final = frozenset(
    {"minutes", "languages", "interpreters", "windows", "seats", "features", "people", "rooms", "fixed"}
)
_STEPS: Final = 3  # "", "requests", index, key


def asked_again(problem: Mapping[str, Any], request: str, change: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a remedy changes in one request.

    Parameters
    ----------
    problem
        The problem document that was planned.
    request
        The request's id in it.
    change
        The remedy's ``change`` as the plan document has it.

    Returns
    -------
    dict or None
        The new value of each key that differs, ``None`` for one that is taken out; none
        at all where the remedy does more than change this request (it moves or drops
        another meeting, frees somebody, or sends a colleague), or where it changes nothing of it.
    """
    if change.get("drop") or any(meeting["request"] != request for meeting in change.get("meetings", ())):
        return None
    asked = next((one for one in problem["requests"] if one["id"] == request), None)
    if asked is None:
        return None
    patched = _patched(problem["requests"], asked, change.get("problem", ()))
    if patched is None:
        return None
    differing = {
        key: patched.get(key) for key in asked.keys() | patched.keys() if asked.get(key) != patched.get(key)
    }
    if not set(differing.get("people") or ()) <= set(asked.get("people", ())):
        return None  # who is sent instead is for the delegation to say
    return differing if differing and differing.keys() <= CHANGEABLE else None


def _patched(
    requests: Sequence[Mapping[str, Any]], asked: Mapping[str, Any], operations: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Apply JSON Patch operations (RFC 6902) that put or take out whole keys of one request."""
    patched = dict(asked)
    for operation in operations:
        steps = operation["path"].split("/")
        if len(steps) != _STEPS + 1 or steps[1] != "requests" or not steps[2].isdigit():
            return None
        if int(steps[2]) >= len(requests) or requests[int(steps[2])]["id"] != asked["id"]:
            return None
        if operation["op"] in {"add", "replace"}:
            patched[steps[3]] = operation["value"]
        elif operation["op"] == "remove":
            patched.pop(steps[3], None)
        else:
            return None
    return patched
