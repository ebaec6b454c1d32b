"""The tables of delegations and people."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from summitry.conferences.models import Edition
from summitry.delegations.models import Delegation, Member
from summitry.delegations.queries import DelegationRow, MemberRow
from summitry.delegations.rules import OUT
from summitry.ui.components import EmptyState
from summitry.ui.tables import Choices, Column, Table, Text

_ANSWER_LEVELS = {"coming": "done", "regrets": "out", "invited": "amber"}
_ACCREDITATION_LEVELS = {"approved": "done", "submitted": "amber", "draft": "plain"}


def delegations_table(
    request: HttpRequest, edition: Edition, rows: Sequence[DelegationRow], *, has_drafts: bool = False
) -> Table[DelegationRow]:
    """Return the table of delegations; where nobody is invited, with the way to the invitations that are drafted."""
    groups = sorted({row.group for row in rows if row.group})

    def page(row: DelegationRow) -> str:
        return reverse("delegations:delegation", args=[edition.slug, row.delegation.public_id])

    def members(row: DelegationRow) -> str:
        return f"{reverse('delegations:people', args=[edition.slug])}?q={row.name.short}"

    columns: list[Column[DelegationRow]] = [
        Column(
            key="name",
            label=_("Delegation"),
            template="ui/cells/entity.html",
            sort=lambda row: row.name.sort_key,
            filter=Text(),
            link=page,
        ),
        Column(
            key="answer",
            label=_("Answer"),
            value=lambda row: (row.delegation.get_answer_display(), _ANSWER_LEVELS[row.answer]),
            template="ui/cells/chip.html",
            sort=lambda row: row.answer,
            filter=Choices(
                options=[*Delegation.Answer.choices, ("answered", _("answered"))],
                matches=lambda row, value: (
                    row.answer == value or (value == "answered" and row.answer != Delegation.Answer.INVITED)
                ),
            ),
            export=lambda row: str(row.delegation.get_answer_display()),
        ),
        Column(
            key="group",
            label=_("Region or kind"),
            sort=True,
            filter=Choices(
                options=[("states", _("All States")), *((group, group) for group in groups)],
                matches=lambda row, value: row.is_state if value == "states" else row.group == value,
            ),
        ),
        Column(key="head", label=_("Head of delegation"), sort=True, filter=Text()),
        Column(key="head_title", label=_("Office"), css="muted"),
        Column(
            key="named",
            label=_("Members"),
            numeric=True,
            sort=True,
            link=members,
            template="ui/cells/number.html",
        ),
        Column(key="accredited", label=_("Accredited"), numeric=True, sort=True),
        Column(key="arrives", label=_("Arrives"), kind="datetime", sort=lambda row: str(row.arrives or "")),
        Column(key="departs", label=_("Leaves"), kind="datetime", sort=lambda row: str(row.departs or "")),
    ]
    return Table(
        request=request,
        key="delegations",
        title=ngettext_lazy("delegation", "delegations", "n"),
        columns=columns,
        rows=rows,
        row_id=lambda row: row.delegation.public_id,
        empty=EmptyState(
            title=_("No delegation yet"),
            text=_("Invited States and organisations will stand here, with their answers."),
            action=_("Drafted invitations") if has_drafts else "",
            url=reverse("delegations:drafts", args=[edition.slug]) if has_drafts else "",
        ),
    )


def people_table(request: HttpRequest, edition: Edition, rows: Sequence[MemberRow]) -> Table[MemberRow]:
    """Return the table of all members."""

    def delegation(row: MemberRow) -> str:
        return reverse("delegations:delegation", args=[edition.slug, row.member.delegation.public_id])

    columns: list[Column[MemberRow]] = [
        Column(key="name", label=_("Name"), sort=lambda row: row.sort_key, filter=Text()),
        Column(key="original_name", label=_("In own script"), filter=Text()),
        Column(
            key="delegation",
            label=_("Delegation"),
            template="ui/cells/entity.html",
            sort=lambda row: row.delegation.sort_key,
            filter=Text(),
            link=delegation,
        ),
        Column(
            key="capacity",
            label=_("Capacity"),
            value=lambda row: str(row.member.get_capacity_display()),
            sort=True,
            filter=Choices(
                options=Member.Capacity.choices, matches=lambda row, value: row.member.capacity == value
            ),
        ),
        Column(key="member.functional_title", label=_("Office")),
        Column(
            key="accreditation",
            label=_("Accreditation"),
            value=lambda row: (
                row.member.get_accreditation_display(),
                _ACCREDITATION_LEVELS.get(row.member.accreditation, "out"),
            ),
            template="ui/cells/chip.html",
            filter=Choices(
                options=[*Member.Accreditation.choices, ("named", _("named"))],
                matches=lambda row, value: (
                    row.member.accreditation == value
                    or (value == "named" and row.member.accreditation not in OUT)
                ),
            ),
            export=lambda row: str(row.member.get_accreditation_display()),
        ),
        Column(key="arrives", label=_("Arrives"), kind="datetime", sort=lambda row: str(row.arrives or "")),
        Column(key="departs", label=_("Leaves"), kind="datetime", sort=lambda row: str(row.departs or "")),
    ]
    return Table(
        request=request,
        key="people",
        title=ngettext_lazy("person", "people", "n"),
        columns=columns,
        rows=rows,
        row_id=lambda row: row.member.public_id,
        empty=EmptyState(
            title=_("Nobody yet"), text=_("Members stand here as soon as delegations name them.")
        ),
    )
