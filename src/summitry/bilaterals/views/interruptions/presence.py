"""One member who comes later or leaves earlier than the delegation."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, allowed, visible
from summitry.accounts.models import Role
from summitry.bilaterals.access import DESKS
from summitry.bilaterals.interruption_forms import MemberForm
from summitry.bilaterals.queries.hits import (
    hits_of_member,
)
from summitry.bilaterals.views.common import language
from summitry.bilaterals.views.interruptions.shared import (
    Deed,
    Standing,
    Words,
    answer_to,
    shown,
    typed_in,
)
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.delegations.actions import change_member_presence
from summitry.delegations.models import Member
from summitry.delegations.queries import delegation_names

_PRESENCE: Final = (*DESKS, Role.FOCAL_POINT)


@edition_view(*_PRESENCE)
def member(request: HttpRequest, edition: Edition, member: UUID) -> HttpResponseBase:
    """Say that one member comes later or leaves earlier than the delegation."""
    who = actor(request)
    found = (
        visible(who, Member)
        .filter(edition=edition, public_id=member)
        .select_related("person", "delegation")
        .first()
    )
    if found is None:
        raise Http404
    if not allowed(who, "change_presence", found):
        raise PermissionDenied(
            _("Only the delegation’s focal point and the host’s desks say when its people come.")
        )
    found.edition = found.delegation.edition = edition
    initial = {
        "arrives_at": clock.wall(edition, found.arrives_at) if found.arrives_at else None,
        "departs_at": clock.wall(edition, found.departs_at) if found.departs_at else None,
        "reason": found.presence_reason,
    }
    form = MemberForm(typed_in(request), edition=edition, initial=initial)
    deed = Deed(
        say=lambda: change_member_presence(member=found, by=who, **form.cleaned_data),
        said=_("Noted for %(name)s.") % {"name": str(found)},
        take_back=lambda _key: change_member_presence(member=found, arrives_at=None, departs_at=None, by=who),
        taken_back=_("%(name)s comes and leaves with the delegation.") % {"name": str(found)},
    )
    answer = answer_to(request, form, deed)
    if answer is not None:
        return answer
    delegation = delegation_names(edition, language=language(), delegations=[found.delegation_id])
    name = delegation[found.delegation_id].short
    words = Words(
        title=_("%(name)s: arrival and departure") % {"name": str(found)},
        subject=", ".join(
            part for part in (name, found.functional_title or str(found.get_capacity_display())) if part
        ),
        note=_(
            "For this person alone; the delegation stays as announced. Meetings that stand stay until the desk repairs."
        ),
        heading=_("Other than the delegation"),
        button=_("Save"),
        crumb=(name, reverse("delegations:delegation", args=[edition.slug, found.delegation.public_id])),
    )
    return shown(
        request,
        edition,
        words=words,
        form=form,
        standing=_own_times(edition, found),
        hits=hits_of_member(edition, found, who=who, language=language()),
    )


def _own_times(edition: Edition, found: Member) -> list[Standing]:
    """Return when a member comes and leaves apart from the delegation, as one thing to take back."""

    def told(words: str, moment: datetime | None) -> str:
        at = clock.local(edition, moment) if moment else None
        return words % {"when": f"{date_format(at, 'D j M')}, {at:%H:%M}"} if at else ""

    parts = [told(_("arrives %(when)s"), found.arrives_at), told(_("leaves %(when)s"), found.departs_at)]
    when = "; ".join(part for part in parts if part)
    if not when:
        return []
    return [
        Standing(
            when=when, reason=found.presence_reason, note="", back="presence", label=_("With the delegation")
        )
    ]
