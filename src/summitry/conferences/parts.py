"""What an edition itself hands to the next: settings, names of entities, the venue, themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from summitry.accounts.access import Actor
from summitry.conferences.carrying import Counted, Move, Part, register_part
from summitry.conferences.models import Edition, NamingRule, Room, Settings, Theme, Walk, Zone

ModelType = TypeVar("ModelType", bound=Model)


def copied(row: ModelType, **changes: Any) -> ModelType:
    """Return a new, unsaved row with the values of another; its own keys are new."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields  # noqa: SLF001 Django's documented name
        if not field.primary_key and field.name not in {"public_id", "version"}
    }
    return type(row)(**{**kept, **changes})


def _settings_page(edition: Edition) -> str:
    return reverse("conferences:settings", args=[edition.slug])


def _settings(edition: Edition, _who: Actor) -> list[Counted]:
    fields = len(Settings._meta.concrete_fields) - 2  # noqa: SLF001 Django's documented name; without the two keys
    return [Counted(_("settings"), fields, _settings_page(edition))]


def _carry_settings(move: Move) -> Mapping[str, int]:
    found = Settings.objects.get(edition=move.before)
    copied(found, edition_id=move.after.pk).save(force_insert=True)
    after = move.after
    after.languages, after.region_scheme = list(move.before.languages), move.before.region_scheme
    after.order_rule = move.before.order_rule
    after.save(update_fields=["languages", "region_scheme", "order_rule"])
    return {"settings": 1}


def _naming(edition: Edition, _who: Actor) -> list[Counted]:
    number = NamingRule.objects.filter(edition=edition).count()
    label = ngettext("name of an entity", "names of entities", number)
    return [Counted(label, number, f"{reverse('conferences:themes', args=[edition.slug])}#names")]


def _carry_naming(move: Move) -> Mapping[str, int]:
    rules = NamingRule.objects.filter(edition=move.before)
    made = NamingRule.objects.bulk_create(copied(rule, edition_id=move.after.pk) for rule in rules)
    return {"names": len(made)}


def _venue(edition: Edition, _who: Actor) -> list[Counted]:
    page = f"{_settings_page(edition)}#venue"
    zones, rooms = (model.objects.filter(edition=edition).count() for model in (Zone, Room))
    return [
        Counted(ngettext("zone", "zones", zones), zones, page),
        Counted(ngettext("room", "rooms", rooms), rooms, page),
    ]


def _carry_venue(move: Move) -> Mapping[str, int]:
    zones = {
        zone.pk: copied(zone, edition_id=move.after.pk)
        for zone in Zone.objects.filter(edition=move.before).order_by("pk")
    }
    Zone.objects.bulk_create(zones.values())
    walks = []
    for walk in Walk.objects.filter(from_zone__edition=move.before):
        near, far = sorted((zones[walk.from_zone_id].pk, zones[walk.to_zone_id].pk))
        walks.append(Walk(from_zone_id=near, to_zone_id=far, minutes=walk.minutes))
    Walk.objects.bulk_create(walks)
    rooms = Room.objects.bulk_create(
        copied(room, edition_id=move.after.pk, zone_id=zones[room.zone_id].pk)
        for room in Room.objects.filter(edition=move.before)
    )
    return {"zones": len(zones), "rooms": len(rooms)}


def _themes(edition: Edition, _who: Actor) -> list[Counted]:
    number = Theme.objects.filter(edition=edition, proposed=False).count()
    label = ngettext("theme", "themes", number)
    return [Counted(label, number, reverse("conferences:themes", args=[edition.slug]))]


def _carry_themes(move: Move) -> Mapping[str, int]:
    found = Theme.objects.filter(edition=move.before, proposed=False)
    made = Theme.objects.bulk_create(
        copied(theme, edition_id=move.after.pk, proposed=True) for theme in found
    )
    return {"themes": len(made)}


def register_parts() -> None:
    """Offer the parts of this floor."""
    register_part(
        Part(
            name="settings",
            title=gettext_lazy("Settings and rules"),
            text=gettext_lazy(
                "Lengths, limits and weights of meetings, languages, the order of delegations."
            ),
            order=10,
            describe=_settings,
            carry=_carry_settings,
        )
    )
    register_part(
        Part(
            name="names",
            title=gettext_lazy("Names of entities"),
            text=gettext_lazy("How the host names and flags some of them."),
            order=20,
            needs=("settings",),
            describe=_naming,
            carry=_carry_naming,
        )
    )
    register_part(
        Part(
            name="venue",
            title=gettext_lazy("The venue’s rooms"),
            text=gettext_lazy(
                "Only where the next edition meets at the same place: zones, ways between them, rooms."
            ),
            order=30,
            needs=("settings",),
            describe=_venue,
            carry=_carry_venue,
        )
    )
    register_part(
        Part(
            name="themes",
            title=gettext_lazy("Themes"),
            text=gettext_lazy("As proposals: none is public until it is kept."),
            order=40,
            describe=_themes,
            carry=_carry_themes,
            decision=(gettext_lazy("Proposed themes"), "conferences:themes"),
            waiting=lambda edition: Theme.objects.filter(edition=edition, proposed=True).count(),
        )
    )
