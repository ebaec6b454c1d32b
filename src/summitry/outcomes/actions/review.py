"""The words and settings of the follow-up, and what is laid on the table of the next edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, visible
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.ledger.actions import action, record
from summitry.outcomes import access, rules
from summitry.outcomes.actions.shared import check_title
from summitry.outcomes.models import Area, CarryOver, Commitment, FollowUpSettings
from summitry.outcomes.queries.standing import with_standing
from summitry.outcomes.queries.vocabulary import follow_up_settings
from summitry.records import RefusedError

#: Agency, then number; none of the characters that the standard refuses (IATI 2.03, iati-identifier).
_IATI_IDENTIFIER: Final = re.compile(r"[A-Z]{2,}-[A-Za-z0-9_.-]*[A-Za-z0-9][A-Za-z0-9_.-]*")
_LONGEST_WARNING: Final = 730
_LONGEST_CADENCE: Final = 60


@action
def keep_area(
    *, edition: Edition, code: str, title: Mapping[str, str], by: Actor, order: int = 0, retired: bool = False
) -> Area:
    """Give the series of an edition an area of cooperation, or change the one with this code.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    """
    if not access.may_settle(by, edition):
        raise PermissionDenied(_("Only the secretariat and the follow-up officer keep the areas."))
    if not code.replace("-", "").replace("_", "").isalnum() or code != code.lower():
        raise RefusedError(_("Give the area a code of small letters, digits and hyphens."), field="code")
    check_title(title)
    area = Area.objects.select_for_update().filter(series=edition.series_id, code=code).first()
    before = {"title": area.title, "order": area.order, "retired": area.retired} if area else None
    area = area or Area(series_id=edition.series_id, code=code, version=0)
    area.title, area.order, area.retired = dict(title), order, retired
    area.version += 1
    area.save()
    record(
        by=by,
        verb="keep_area",
        target=area,
        edition_id=edition.pk,
        before=before,
        after={"code": code, "title": area.title, "order": order, "retired": retired},
    )
    return area


@action
def change_follow_up(
    *,
    edition: Edition,
    report_months: int,
    expiry_warning_days: int,
    review_warning_days: int,
    due_warning_days: int,
    by: Actor,
    remind_every_days: int | None = None,
    visit_warning_days: int | None = None,
    iati_organisation: str | None = None,
) -> FollowUpSettings:
    """Change what an edition's follow-up goes by; commitments recorded before keep their cadence.

    Parameters
    ----------
    remind_every_days, visit_warning_days, iati_organisation
        None: as they are.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    RefusedError
        Where a number is out of reason; it names the field.
    """
    if not access.may_settle(by, edition):
        raise PermissionDenied(_("Only the secretariat and the follow-up officer change this."))
    after = {
        "report_months": report_months,
        "expiry_warning_days": expiry_warning_days,
        "review_warning_days": review_warning_days,
        "due_warning_days": due_warning_days,
    }
    if remind_every_days is not None:
        after["remind_every_days"] = remind_every_days
    if visit_warning_days is not None:
        after["visit_warning_days"] = visit_warning_days
    for name, value in after.items():
        most = _LONGEST_CADENCE if name == "report_months" else _LONGEST_WARNING
        if not (1 if name == "report_months" else 0) <= value <= most:
            raise RefusedError(_("Choose a number up to %(most)d.") % {"most": most}, field=name)
    changed: dict[str, int | str] = dict(after)
    if iati_organisation is not None:
        changed["iati_organisation"] = _organisation(iati_organisation)
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    settings = follow_up_settings(edition)
    before = {name: getattr(settings, name) for name in changed}
    for name, kept in changed.items():
        setattr(settings, name, kept)
    settings.save()
    record(
        by=by, verb="change_follow_up", target=edition, edition_id=edition.pk, before=before, after=changed
    )
    return settings


def _organisation(written: str) -> str:
    """Return an organisation's IATI identifier as it is written everywhere."""
    kept = written.strip()
    if kept and not _IATI_IDENTIFIER.fullmatch(kept):
        raise RefusedError(
            _(
                "Write the identifier as the International Aid Transparency Initiative has it, such as XM-DAC-42004."
            ),
            field="iati_organisation",
        )
    return kept


@action
def carry_over(*, edition: Edition, by: Actor) -> list[CarryOver]:
    """Lay the open commitments of earlier editions on the table of an edition, each with where it stands.

    Done again, only what is not there yet is added. A constant number of statements.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    """
    made = lay_on_table(edition=edition, by=by)
    record(
        by=by,
        verb="carry_over",
        target=edition,
        edition_id=edition.pk,
        after={"commitments": len(made)},
    )
    return made


def lay_on_table(*, edition: Edition, by: Actor) -> list[CarryOver]:
    """Carry over what is open, within the action that calls it.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    """
    if not access.may_settle(by, edition):
        raise PermissionDenied(_("Only the secretariat and the follow-up officer carry commitments over."))
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    today = clock.today(edition)
    rows = with_standing(visible(by, Commitment), today=today).filter(
        edition__series=edition.series_id,
        edition__number__lt=edition.number,
        workflow__in=sorted(rules.OPEN_WORKFLOWS),
    )
    known = CarryOver.objects.filter(edition=edition).values("commitment")
    found = rows.exclude(pk__in=known).order_by("edition__number", "number")
    return CarryOver.objects.bulk_create(
        (
            CarryOver(commitment_id=pk, edition=edition, on=today, timeliness=stands)
            for pk, stands in found.values_list("pk", "timeliness")
        ),
        batch_size=1000,
    )
