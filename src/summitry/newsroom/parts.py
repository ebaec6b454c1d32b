"""What the newsroom hands to the next edition: its texts and wordings, no person and no address."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from summitry.accounts.access import Actor, visible
from summitry.conferences.carrying import Counted, Move, Part, register_part
from summitry.conferences.models import Edition
from summitry.conferences.parts import copied
from summitry.newsroom.models import PressProfile, Term


def _texts(edition: Edition, who: Actor) -> list[Counted]:
    page = reverse("newsroom:profile", args=[edition.slug])
    profiles = visible(who, PressProfile).filter(edition=edition).count()
    terms = visible(who, Term).filter(edition=edition).count()
    return [
        Counted(ngettext("press profile", "press profiles", profiles), profiles, page),
        Counted(ngettext("wording", "wordings", terms), terms, page),
    ]


def _carry_texts(move: Move) -> Mapping[str, int]:
    profile = PressProfile.objects.filter(edition=move.before).first()
    if profile is not None and not PressProfile.objects.filter(edition=move.after).exists():
        copied(profile, edition_id=move.after.pk, contact="").save(force_insert=True)
    known = Term.objects.filter(edition=move.after).values("text")
    terms = Term.objects.filter(edition=move.before).exclude(text__in=known)
    made = Term.objects.bulk_create(copied(term, edition_id=move.after.pk) for term in terms)
    return {"profiles": int(profile is not None), "wordings": len(made)}


def register_parts() -> None:
    """Offer the parts of this floor."""
    register_part(
        Part(
            name="texts",
            title=gettext_lazy("Templates of the newsroom"),
            text=gettext_lazy(
                "Who comes, who the host is, and how offices are worded; the contact is given anew."
            ),
            order=45,
            needs=("settings",),
            describe=_texts,
            carry=_carry_texts,
        )
    )
