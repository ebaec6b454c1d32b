"""Opening the next edition from this one, and what is decided about what came with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, Held, require
from summitry.accounts.models import Grant, Role
from summitry.conferences.carrying import Move, Part, resolved
from summitry.conferences.models import Day, Edition, Host, Series, Settings, Theme
from summitry.ledger.actions import action, record
from summitry.records import RefusedError
from summitry.world.models import Entity

LONGEST_DAYS = 60
#: What stands first in addresses that are no edition's.
_TAKEN = frozenset({"account", "report", "series", "specimen", "static", "map"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NextEdition:
    """What the next edition is; texts by language.

    Attributes
    ----------
    slug
        Under which it is found in addresses, for good.
    announced
        Whether the series' public page names it at once.
    """

    number: int
    slug: str
    name: Mapping[str, str]
    starts_on: date
    ends_on: date
    city: Mapping[str, str]
    country: Entity | None
    host: Entity
    timezone: str
    announced: bool = True


def announced_after(edition: Edition) -> Edition | None:
    """Return the edition after this one that is announced but not opened."""
    return (
        Edition.objects.filter(
            series=edition.series_id,
            number__gt=edition.number,
            status=Edition.Status.ANNOUNCED,
            settings__isnull=True,
        )
        .select_related("hosted_by__entity", "country")
        .order_by("number")
        .first()
    )


def opened_after(edition: Edition) -> Edition | None:
    """Return the first edition after this one that has been opened."""
    return (
        Edition.objects.filter(series=edition.series_id, number__gt=edition.number, settings__isnull=False)
        .order_by("number")
        .first()
    )


def check(terms: NextEdition, edition: Edition) -> None:
    """Refuse terms under which no next edition can be opened.

    Raises
    ------
    RefusedError
        It names the field and the mend.
    """
    if terms.number <= edition.number:
        raise RefusedError(_("Give a number after %(number)d.") % {"number": edition.number}, field="number")
    if not any(terms.name.values()):
        raise RefusedError(_("Give the edition a name."), field="name")
    if terms.ends_on < terms.starts_on:
        raise RefusedError(_("The edition ends before it starts. Give a later day."), field="ends_on")
    if (terms.ends_on - terms.starts_on).days > LONGEST_DAYS:
        raise RefusedError(
            _("Give at most %(days)d days from the first to the last.") % {"days": LONGEST_DAYS},
            field="ends_on",
        )
    if edition.ends_on and terms.starts_on <= edition.ends_on:
        raise RefusedError(_("Give a day after this edition ends."), field="starts_on")
    if terms.timezone not in available_timezones():
        raise RefusedError(_("Give a time zone such as Europe/Warsaw."), field="timezone")
    other = Edition.objects.filter(slug=terms.slug).exclude(
        series=edition.series_id, number=terms.number, settings__isnull=True
    )
    if terms.slug in _TAKEN or other.exists():
        raise RefusedError(_("This address is taken. Choose another."), field="slug")
    if opened := opened_after(edition):
        raise RefusedError(
            _("The next edition is open already: number %(number)d.") % {"number": opened.number},
            field="number",
        )


def open_next_edition(*, edition: Edition, terms: NextEdition, parts: Sequence[str], by: Actor) -> Edition:
    """Open the edition after this one with the parts that are chosen, and all that they need.

    One transaction, one entry in the ledger of each of the two editions. An edition that was
    only announced under this number becomes the one opened. Whoever opens it keeps it.

    Raises
    ------
    RefusedError
        Where the terms do not hold, or the next edition is open already.
    PermissionDenied
        Where `by` does not keep this edition.
    """
    wanted = resolved(parts)
    with transaction.atomic():
        made, carried = _open_edition(edition=edition, terms=terms, parts=wanted, by=by)
        _note_next(edition=edition, made=made, carried=carried, by=by)
    return made


@action
def _open_edition(
    *, edition: Edition, terms: NextEdition, parts: Sequence[Part], by: Actor
) -> tuple[Edition, dict[str, dict[str, int]]]:
    require(by, "change", edition)
    Series.objects.select_for_update().get(pk=edition.series_id)
    check(terms, edition)
    made = _made(edition, terms)
    keeper = _keeping(made, by)
    days = (terms.ends_on - terms.starts_on).days + 1
    known = set(Day.objects.filter(edition=made).values_list("date", flat=True))
    all_days = [terms.starts_on + timedelta(days=offset) for offset in range(days)]
    Day.objects.bulk_create(Day(edition=made, date=day) for day in all_days if day not in known)
    if all(part.name != "settings" for part in parts):
        Settings.objects.create(edition=made)
    carried = {part.name: dict(part.carry(Move(edition, made, keeper))) for part in parts}
    record(
        by=by,
        verb="open_edition",
        target=made,
        edition_id=made.pk,
        after={"slug": made.slug, "number": made.number, "from": edition.slug, "carried": carried},
    )
    return made, carried


@action
def _note_next(
    *, edition: Edition, made: Edition, carried: Mapping[str, Mapping[str, int]], by: Actor
) -> None:
    after = {"next": made.slug, "number": made.number, "carried": carried}
    record(by=by, verb="open_next_edition", target=edition, edition_id=edition.pk, after=after)


def _made(edition: Edition, terms: NextEdition) -> Edition:
    host, _new = Host.objects.get_or_create(entity=terms.host, defaults={"slug": terms.host.code})
    made = Edition.objects.filter(series=edition.series_id, number=terms.number).first() or Edition(
        series_id=edition.series_id, number=terms.number, version=0
    )
    made.slug, made.name, made.hosted_by = terms.slug, dict(terms.name), host
    made.status = Edition.Status.ANNOUNCED if terms.announced else Edition.Status.PREPARED
    made.city, made.country, made.timezone = dict(terms.city), terms.country, terms.timezone
    made.year, made.starts_on, made.ends_on = terms.starts_on.year, terms.starts_on, terms.ends_on
    made.languages = made.languages or list(edition.languages)
    # Both live by one clock, and what is carried from generated records is generated.
    made.clock_offset, made.generated = edition.clock_offset, edition.generated
    made.version += 1
    made.save()
    return made


def _keeping(made: Edition, by: Actor) -> Actor:
    """Return whoever opens the edition as its secretariat."""
    if by.user is not None and not by.is_administrator:
        Grant.objects.get_or_create(
            user=by.user,
            role=Role.SECRETARIAT,
            edition_id=made.pk,
            delegation_id=None,
            defaults={"given_by": by.user},
        )
    return replace(by, grants=by.grants | {Held(Role.SECRETARIAT, made.pk)})


@action
def decide_theme(*, theme: Theme, keep: bool, by: Actor) -> None:
    """Keep a theme that was proposed for an edition, or take it off.

    Raises
    ------
    RefusedError
        Where it is a proposal no longer.
    PermissionDenied
        Where `by` does not keep the edition.
    """
    require(by, "change", theme)
    locked = Theme.objects.select_for_update().filter(pk=theme.pk, proposed=True).first()
    if locked is None:
        raise RefusedError(_("This is no proposal any more."))
    if keep:
        locked.proposed = False
        locked.version += 1
        locked.save(update_fields=["proposed", "version"])
    else:
        locked.delete()
    record(
        by=by,
        verb="keep_theme" if keep else "drop_theme",
        target=theme,
        edition_id=theme.edition_id,
        before={"title": theme.title, "proposed": True},
        after={"title": theme.title, "proposed": False} if keep else None,
    )


@action
def propose_theme(*, edition: Edition, title: Mapping[str, str], by: Actor) -> Theme:
    """Propose a theme for an edition.

    Raises
    ------
    RefusedError
        Where it says nothing.
    PermissionDenied
        Where `by` does not keep the edition.
    """
    require(by, "change", edition)
    if not any(text.strip() for text in title.values()):
        raise RefusedError(_("Write the theme."), field="title")
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    last = Theme.objects.filter(edition=edition).aggregate(last=Max("order"))["last"]
    theme = Theme.objects.create(edition=edition, order=(last or 0) + 1, title=dict(title), proposed=True)
    record(by=by, verb="propose_theme", target=theme, edition_id=edition.pk, after={"title": theme.title})
    return theme
