from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from outcomes_support import FollowUp
from summitry.accounts.access import visible
from summitry.accounts.models import Grant, Role
from summitry.conferences.carrying import Part, parts, resolved
from summitry.conferences.models import Edition, Room, Settings, Theme, Walk, Zone
from summitry.conferences.opening import NextEdition, decide_theme, open_next_edition
from summitry.delegations.actions import drop_drafts, invite_drafted
from summitry.delegations.models import Delegation, InvitationDraft, Member
from summitry.ledger.models import Entry
from summitry.outcomes.models import CarryOver
from summitry.outcomes.queries import review_statement
from summitry.programme.models import Session
from summitry.records import RefusedError
from summitry.world.models import Entity


@pytest.fixture
def keeper(follow_up: FollowUp) -> Any:
    """The secretariat of the first edition; the second is announced only."""
    Edition.objects.filter(pk=follow_up.later.pk).update(status="announced")
    return follow_up.summit.actor(Role.SECRETARIAT)


def terms(**changes: Any) -> NextEdition:
    known = NextEdition(
        number=2,
        slug="outcomes-2",
        name={"en": "Second Summit"},
        starts_on=date(2033, 5, 10),
        ends_on=date(2033, 5, 12),
        city={"en": "Oslo"},
        country=Entity.objects.get(code="no"),
        host=Entity.objects.get(code="frontex"),
        timezone="Europe/Oslo",
    )
    return replace(known, **changes)


ALL = ["settings", "names", "venue", "themes", "entities", "focal-points", "texts", "follow-up", "review"]


def test_every_part_is_there_and_needs_only_what_is_there(db: None) -> None:
    names = {part.name for part in parts()}
    assert names == set(ALL)
    assert all(set(part.needs) <= names for part in parts())


def test_a_part_brings_what_it_needs_before_itself(db: None) -> None:
    assert [part.name for part in resolved(["review"])] == ["settings", "follow-up", "review"]
    made: list[Part] = resolved(["focal-points", "entities"])
    assert [part.name for part in made] == ["entities", "focal-points"]
    with pytest.raises(RefusedError) as refused:
        resolved(["moon"])
    assert refused.value.field == "parts"


def test_the_next_edition_takes_over_what_was_chosen(follow_up: FollowUp, keeper: Any) -> None:
    first = follow_up.edition
    Theme.objects.create(edition=first, order=1, title={"en": "Borders"})
    follow_up.summit.actor(Role.FOCAL_POINT, "ma")
    open_one = follow_up.agreed("pl", "ma")
    made = open_next_edition(edition=first, terms=terms(), parts=ALL, by=keeper)
    assert made.pk == follow_up.later.pk, "what was announced is opened, not doubled"
    assert Edition.objects.filter(series=first.series).count() == 2
    assert Settings.objects.get(edition=made).offered_minutes == [20, 30, 45]
    assert Room.objects.filter(edition=made).count() == Room.objects.filter(edition=first).count() > 0
    assert (
        Walk.objects.filter(from_zone__edition=made).count()
        == Walk.objects.filter(from_zone__edition=first).count()
    )
    assert set(Zone.objects.filter(edition=made).values_list("slug")) == set(
        Zone.objects.filter(edition=first).values_list("slug")
    )
    assert [theme.proposed for theme in Theme.objects.filter(edition=made)] == [True]
    drafts = {draft.entity.code: draft for draft in InvitationDraft.objects.filter(edition=made)}
    assert set(drafts) == set(Delegation.objects.filter(edition=first).values_list("entity__code", flat=True))
    assert drafts["ma"].contact is not None
    assert drafts["sn"].contact is None
    assert not Delegation.objects.filter(edition=made).exists()
    assert not Member.objects.filter(edition=made).exists()
    assert list(CarryOver.objects.filter(edition=made).values_list("commitment", flat=True)) == [open_one.pk]
    [item] = Session.objects.filter(edition=made, kind=Session.Kind.REVIEW).select_related("occasion")
    assert item.occasion.status == "draft"
    assert made.days.count() == 3


def test_opening_is_told_once_in_each_edition_and_its_opener_keeps_it(
    follow_up: FollowUp, keeper: Any
) -> None:
    made = open_next_edition(edition=follow_up.edition, terms=terms(), parts=ALL, by=keeper)
    verbs = {
        edition: list(Entry.objects.filter(chain__edition_id=edition).values_list("verb", flat=True))
        for edition in (follow_up.edition.pk, made.pk)
    }
    assert verbs[made.pk] == ["open_edition"]
    assert verbs[follow_up.edition.pk].count("open_next_edition") == 1
    assert list(Grant.objects.filter(edition_id=made.pk).values_list("user", "role")) == [
        (keeper.user.pk, Role.SECRETARIAT)
    ]


def test_an_edition_is_opened_once(follow_up: FollowUp, keeper: Any) -> None:
    open_next_edition(edition=follow_up.edition, terms=terms(), parts=["settings"], by=keeper)
    for again in (terms(), terms(number=3, slug="outcomes-3")):
        with pytest.raises(RefusedError):
            open_next_edition(edition=follow_up.edition, terms=again, parts=["settings"], by=keeper)
    assert Edition.objects.filter(series=follow_up.edition.series).count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": 1}, "number"),
        ({"name": {}}, "name"),
        ({"ends_on": date(2033, 5, 9)}, "ends_on"),
        ({"ends_on": date(2034, 5, 9)}, "ends_on"),
        ({"starts_on": date(2031, 5, 1)}, "ends_on"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"slug": "outcomes-1"}, "slug"),
        ({"slug": "account"}, "slug"),
    ],
)
def test_terms_that_do_not_hold_are_refused_beside_their_field(
    follow_up: FollowUp, keeper: Any, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        open_next_edition(edition=follow_up.edition, terms=terms(**changes), parts=[], by=keeper)
    assert refused.value.field == field
    assert not Settings.objects.filter(edition=follow_up.later).exists()


def test_only_the_secretariat_opens_the_next_edition(follow_up: FollowUp, keeper: Any) -> None:
    for role in (Role.FOLLOW_UP, Role.PROTOCOL):
        with pytest.raises(PermissionDenied):
            open_next_edition(
                edition=follow_up.edition, terms=terms(), parts=[], by=follow_up.summit.actor(role)
            )


def test_a_proposed_theme_is_kept_or_taken_off_once(follow_up: FollowUp, keeper: Any) -> None:
    theme = Theme.objects.create(edition=follow_up.edition, order=1, title={"en": "Borders"}, proposed=True)
    decide_theme(theme=theme, keep=True, by=keeper)
    with pytest.raises(RefusedError):
        decide_theme(theme=theme, keep=False, by=keeper)
    assert Theme.objects.get(edition=follow_up.edition).proposed is False


def test_drafted_entities_are_invited_and_confirmed_focal_points_speak_again(
    follow_up: FollowUp, keeper: Any
) -> None:
    follow_up.summit.actor(Role.FOCAL_POINT, "ma")
    follow_up.summit.actor(Role.FOCAL_POINT, "no")
    made = open_next_edition(edition=follow_up.edition, terms=terms(), parts=["focal-points"], by=keeper)
    by = type(keeper)(user=keeper.user, name=keeper.name, grants=_grants(keeper))
    drafts = {draft.entity.code: draft for draft in visible(by, InvitationDraft).filter(edition=made)}
    chosen = [drafts["ma"], drafts["no"]]
    invite_drafted(edition=made, drafts=chosen, confirmed=[drafts["ma"]], on=date(2032, 11, 1), by=by)
    invited = Delegation.objects.filter(edition=made)
    assert set(invited.values_list("entity__code", flat=True)) == {"ma", "no"}
    [grant] = Grant.objects.filter(edition_id=made.pk, role=Role.FOCAL_POINT)
    assert grant.delegation_id == invited.get(entity__code="ma").pk
    with pytest.raises(RefusedError):
        drop_drafts(edition=made, drafts=chosen, by=by)
    drop_drafts(edition=made, drafts=[drafts["sn"]], by=by)
    assert not InvitationDraft.objects.filter(edition=made, entity__code="sn").exists()


def _grants(who: Any) -> Any:
    from summitry.accounts.access import actor_of

    return actor_of(who.user).grants


def test_the_pages_lead_from_the_choice_to_the_first_decisions(follow_up: FollowUp, keeper: Any) -> None:
    follow_up.agreed("pl", "ma")
    browser = Client()
    browser.force_login(keeper.user)
    address = f"/{follow_up.edition.slug}/next-edition/"
    page = browser.get(address)
    assert page.status_code == 200
    typed = {
        "number": 2,
        "slug": "outcomes-2",
        "name_en": "Second Summit",
        "city_en": "Oslo",
        "starts_on": "2033-05-10",
        "ends_on": "2033-05-12",
        "country": "no",
        "timezone": "Europe/Oslo",
        "host": "frontex",
        "announced": "on",
        "parts": ["review", "focal-points"],
    }
    shown = browser.post(address, {**typed, "step": "preview"})
    assert shown.status_code == 200
    assert "What will be opened" in shown.content.decode()
    assert not Settings.objects.filter(edition=follow_up.later).exists()
    wrong = browser.post(address, {**typed, "timezone": "Mars", "step": "open"})
    assert wrong.status_code == 422
    done = browser.post(address, {**typed, "step": "open"})
    assert done.status_code in {200, 302}
    for name in (
        "",
        "taken-over/",
        "themes/",
        "settings/",
        "programme/",
        "delegations/",
        "delegations/drafts/",
        "delegations/focal-points/",
        "outcomes/summary/",
        "outcomes/review/",
        "outcomes/review/rows/",
        "outcomes/review/statement.pdf",
        "bilaterals/",
        "ledger/",
        "next-edition/",
    ):
        assert browser.get(f"/outcomes-2/{name}", follow=True).status_code == 200, name
    assert "open already" in browser.get(address).content.decode()
    assert browser.post(address, {**typed, "step": "open"}).status_code == 422


def test_every_number_of_the_statement_opens_exactly_its_rows(follow_up: FollowUp, keeper: Any) -> None:
    follow_up.agreed("pl", "ma")
    follow_up.agreed("ma", "pl", due_on=date(2032, 1, 1))
    made = open_next_edition(edition=follow_up.edition, terms=terms(), parts=["review"], by=keeper)
    Edition.objects.filter(pk=made.pk).update(clock_offset=follow_up.later.clock_offset)
    made.refresh_from_db()
    browser = Client()
    browser.force_login(keeper.user)
    statement = review_statement(edition=made, who=type(keeper)(user=keeper.user, grants=_grants(keeper)))
    assert sum(statement.total.values()) == 2
    for stands, number in statement.total.items():
        page = browser.get(f"/{made.slug}/outcomes/review/rows/?stands={stands}")
        assert page.context["page"].paginator.count == number
    assert browser.get(f"/{made.slug}/outcomes/review/rows/?stands=moon").status_code == 404
    printed = browser.get(f"/{made.slug}/outcomes/review/statement.pdf")
    assert printed.content.startswith(b"%PDF")
