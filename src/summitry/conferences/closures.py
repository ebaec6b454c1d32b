"""Rooms that are lost for a time, and opened again."""

from __future__ import annotations

from typing import Any

from summitry.accounts.access import Actor, require
from summitry.conferences.models import Closure, Room
from summitry.conferences.spans import Away, check_beside, check_span, ended
from summitry.ledger.actions import action, record


@action
def close_room(*, room: Room, away: Away, by: Actor) -> Closure:
    """Close a room for a time; meetings that stand in it stay until the desk repairs the plan.

    Raises
    ------
    RefusedError
        Where the time ends before it starts, is past, or overlaps another closure of the room.
    PermissionDenied
        Where `by` may not close rooms.
    """
    require(by, "close", room)
    check_span(room.edition, away)
    Room.objects.select_for_update(no_key=True).get(pk=room.pk)  # one closure at a time
    check_beside(room.edition, away, room.closures.values_list("starts_at", "ends_at"))
    closure = Closure.objects.create(
        room=room, starts_at=away.starts_at, ends_at=away.ends_at, label=away.reason
    )
    record(by=by, verb="close_room", target=room, edition_id=room.edition_id, after=_told(closure))
    return closure


@action
def open_room(*, closure: Closure, by: Actor) -> None:
    """Open a closed room again: from now on, or altogether where it was not closed yet.

    Raises
    ------
    RefusedError
        Where the closure is past.
    PermissionDenied
        Where `by` may not close rooms.
    """
    require(by, "open", closure)
    room = closure.room
    locked = Closure.objects.select_for_update().get(pk=closure.pk)
    end = ended(room.edition, locked.starts_at, locked.ends_at)
    before = _told(locked)
    if end is None:
        locked.delete()
    else:
        locked.ends_at = end
        locked.version += 1
        locked.save(update_fields=["ends_at", "version"])
    record(
        by=by,
        verb="open_room",
        target=room,
        edition_id=room.edition_id,
        before=before,
        after=_told(locked) if end else None,
    )


def _told(closure: Closure) -> dict[str, Any]:
    return {
        "room": closure.room.name,
        "starts_at": closure.starts_at,
        "ends_at": closure.ends_at,
        "label": closure.label,
    }
