"""States and organisations, their names over time, and the regions they are counted in."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q, UniqueConstraint, Value
from django.utils.translation import gettext_lazy as _

from summitry.records.models import Record
from summitry.world.fields import TranslatedField
from summitry.world.kinds import STATE_KINDS, EntityKind
from summitry.world.languages import text_in


def _only(function: str, column: str) -> tuple[Func, str]:
    """Compare a column for equality under GiST, as a range that holds nothing but its value."""
    return Func(F(column), F(column), Value("[]"), function=function), RangeOperators.EQUAL


def _in_force() -> tuple[Func, str]:
    return Func(F("valid_from"), F("valid_to"), function="daterange"), RangeOperators.OVERLAPS


def _ends_after_it_begins(name: str) -> CheckConstraint:
    open_ended = Q(valid_from__isnull=True) | Q(valid_to__isnull=True)
    return CheckConstraint(condition=open_ended | Q(valid_from__lt=F("valid_to")), name=name)


class Period(models.Model):
    """Days on which a row holds: from a day on (none: always) until before another (none: still)."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until before"), null=True, blank=True)

    class Meta:
        abstract = True


class Entity(Record, Period):
    """A State, an organisation or another body that can be invited.

    Its names and footnotes under an edition's policy come from
    :func:`summitry.world.queries.names_for`, never from ``__str__``.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=EntityKind.choices)
    iso2 = models.CharField("ISO 3166-1 alpha-2", max_length=2, null=True, blank=True, unique=True)
    iso3 = models.CharField("ISO 3166-1 alpha-3", max_length=3, null=True, blank=True, unique=True)
    m49 = models.CharField("M49", max_length=3, null=True, blank=True, unique=True)
    flag = models.CharField(_("code of the flag's drawing"), max_length=12, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    un_member = models.BooleanField(_("member of the United Nations"), default=False)
    eu_protocol_order = models.PositiveSmallIntegerField(_("EU protocol order"), null=True, blank=True)
    eu_member_from = models.DateField(_("EU member from"), null=True, blank=True)
    eu_member_to = models.DateField(_("EU member until before"), null=True, blank=True)
    in_reference = models.BooleanField(_("comes with Summitry"), default=False, editable=False)

    class Meta:
        verbose_name = _("entity")
        verbose_name_plural = _("entities")
        ordering = ["code"]
        indexes = [models.Index(fields=["kind", "code"], name="entity_by_kind")]
        constraints = [
            CheckConstraint(condition=Q(kind__in=EntityKind.values), name="entity_kind_known"),
            CheckConstraint(
                condition=Q(iso2__isnull=True, iso3__isnull=True, m49__isnull=True)
                | Q(kind__in=sorted(STATE_KINDS), iso2__regex=r"^[A-Z]{2}$", iso3__regex=r"^[A-Z]{3}$")
                & Q(m49__regex=r"^[0-9]{3}$"),
                name="entity_codes_of_states",
            ),
            CheckConstraint(
                condition=Q(un_member=False) | Q(kind=EntityKind.STATE), name="entity_un_member_is_state"
            ),
            CheckConstraint(
                condition=Q(
                    eu_protocol_order__isnull=True, eu_member_from__isnull=True, eu_member_to__isnull=True
                )
                | Q(kind=EntityKind.STATE, eu_protocol_order__isnull=False, eu_member_from__isnull=False)
                & (Q(eu_member_to__isnull=True) | Q(eu_member_from__lt=F("eu_member_to"))),
                name="entity_eu_membership_whole",
            ),
            _ends_after_it_begins("entity_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.code


class EntityName(Period):
    """What an entity is called in one language, while it was called so."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=8)
    short = models.CharField(_("short name"), max_length=200)
    article = models.CharField(_("article"), max_length=8, blank=True)
    formal = models.CharField(_("formal name"), max_length=300)
    formal_article = models.CharField(_("article of the formal name"), max_length=8, blank=True)
    adjective = models.CharField(_("adjective"), max_length=80, blank=True)
    sort_key = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["entity", "language", "valid_from"]
        indexes = [models.Index(fields=["language", "sort_key"], name="entity_name_sorted")]
        constraints = [
            ExclusionConstraint(
                name="entity_name_one_at_a_time",
                expressions=[
                    _only("int8range", "entity"),
                    _only("world_text_range", "language"),
                    _in_force(),
                ],
            ),
            _ends_after_it_begins("entity_name_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.short} ({self.language})"


class RegionScheme(models.Model):
    """A way of dividing the world: continents, regional groups, a host's own."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("region scheme")
        verbose_name_plural = _("region schemes")
        ordering = ["code"]

    def __str__(self) -> str:
        return text_in(self.name, "en")


class Region(models.Model):
    """A part of the world in one scheme."""

    scheme = models.ForeignKey(RegionScheme, on_delete=models.CASCADE, related_name="regions")
    code = models.SlugField(_("code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position in lists"))
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["scheme", "position"]
        constraints = [
            UniqueConstraint(fields=["scheme", "code"], name="region_code_once_in_scheme"),
            # what EntityRegion's composite foreign key points at (migration 0001)
            UniqueConstraint(fields=["id", "scheme"], name="region_with_its_scheme"),
        ]

    def __str__(self) -> str:
        return text_in(self.name, "en")


class EntityRegion(Period):
    """Where an entity counts in a scheme, while it did: in one region at a time."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="regions")
    scheme = models.ForeignKey(RegionScheme, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="entities")

    class Meta:
        verbose_name = _("place in a region scheme")
        verbose_name_plural = _("places in region schemes")
        constraints = [
            ExclusionConstraint(
                name="entity_region_one_at_a_time",
                expressions=[_only("int8range", "entity"), _only("int8range", "scheme"), _in_force()],
            ),
            _ends_after_it_begins("entity_region_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} in {self.region_id}"
