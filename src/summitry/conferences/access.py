"""Who may see and do what with editions, and the guard of every page of an edition."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, Policy, actor, declare, register, visible
from summitry.accounts.models import HOST_ROLES, Role
from summitry.conferences import models

#: Who says that a room is lost, and that it is back.
CLOSING = (Role.SECRETARIAT, Role.BILATERAL_DESK, Role.PROTOCOL)

Parameters = ParamSpec("Parameters")
ModelType = TypeVar("ModelType", bound=Model)


def in_editions(path: str, *roles: Role) -> Callable[[Actor, QuerySet[ModelType]], QuerySet[ModelType]]:
    """Return a rule that shows the rows of editions in which one of `roles` is held.

    Parameters
    ----------
    path
        The lookup from the model to its edition's id, e.g. ``"edition_id"``.
    roles
        Any role of the edition where none is named.
    """

    def see(who: Actor, rows: QuerySet[ModelType]) -> QuerySet[ModelType]:
        if who.is_administrator:
            return rows
        return rows.filter(**{f"{path}__in": who.editions_with(*(roles or tuple(Role)))})

    return see


def edition_view(
    *roles: Role,
) -> Callable[
    [Callable[Concatenate[HttpRequest, models.Edition, Parameters], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """Guard a page of an edition: its address's ``edition`` (a slug) arrives as the edition itself.

    Whoever is not logged in is led to the log-in page; whoever holds nothing in the
    edition finds no such page; whoever holds another role is refused.
    """
    wanted = roles or tuple(Role)

    def guard(
        view: Callable[Concatenate[HttpRequest, models.Edition, Parameters], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, edition: str, **words: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            who = actor(request)
            found = (
                visible(who, models.Edition)
                .select_related("series", "settings", "country", "hosted_by__entity")
                .filter(slug=edition)
                .first()
            )
            if found is None:
                raise Http404
            if not who.has_role(found.pk, *wanted):
                raise PermissionDenied(_("Your role in this edition does not open this page."))
            request.edition = found  # type: ignore[attr-defined]
            with timezone.override(ZoneInfo(found.timezone)):  # pages say the venue's time
                return view(request, found, *args, **words)

        return declare(guarded, "edition: " + ", ".join(sorted(wanted)))

    return guard


def _host_staff(who: Actor, record: Any) -> bool:
    return who.has_role(record.edition_id, Role.SECRETARIAT)


def _may_close(who: Actor, room: models.Room) -> bool:
    return who.has_role(room.edition_id, *CLOSING)


def _editions(who: Actor, rows: QuerySet[models.Edition]) -> QuerySet[models.Edition]:
    return rows if who.is_administrator else rows.filter(pk__in=who.editions_with(*Role))


_EVERYBODY_OF_THE_EDITION = in_editions("edition_id")
_HOST = in_editions("edition_id", *HOST_ROLES)

register(
    Policy(models.Host, lambda who, rows: rows if who.is_administrator else rows.none()),
    Policy(
        models.Series,
        lambda who, rows: (
            rows if who.is_administrator else rows.filter(Q(editions__in=who.editions_with(*Role))).distinct()
        ),
    ),
    Policy(
        models.Edition, _editions, {"change": lambda who, record: who.has_role(record.pk, Role.SECRETARIAT)}
    ),
    Policy(models.Settings, _HOST, {"change": _host_staff}),
    Policy(models.NamingRule, _EVERYBODY_OF_THE_EDITION, {"change": _host_staff}),
    Policy(models.Theme, _EVERYBODY_OF_THE_EDITION, {"change": _host_staff}),
    Policy(models.Zone, _EVERYBODY_OF_THE_EDITION, {"change": _host_staff}),
    Policy(models.Walk, in_editions("from_zone__edition_id")),
    Policy(models.Room, _EVERYBODY_OF_THE_EDITION, {"change": _host_staff, "close": _may_close}),
    Policy(
        models.Closure,
        in_editions("room__edition_id", *HOST_ROLES),
        {"open": lambda who, record: _may_close(who, record.room)},
    ),
    Policy(models.Day, _EVERYBODY_OF_THE_EDITION),
    Policy(models.Sitting, _EVERYBODY_OF_THE_EDITION, {"change": _host_staff}),
)
