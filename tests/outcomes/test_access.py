"""Who sees which outcomes: with one of each and with thirty, of one's own delegation and of others."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Model

from outcomes_support import DAY, FollowUp, batch, make_follow_up
from summitry.accounts.access import SYSTEM, Actor, obtain, visible
from summitry.accounts.models import Role
from summitry.conferences.models import Edition, Host
from summitry.ledger.models import Entry
from summitry.outcomes import actions, models
from summitry.outcomes.actions import Content, Party, Signing, Told
from summitry.outcomes.models import Commitment, Handover, Instrument
from summitry.outcomes.queries import between, commitments, tally

Counting = Callable[[int], AbstractContextManager[object]]


def seen(who: Actor, model: type[Model] = Commitment) -> list[str]:
    return sorted(str(row) for row in visible(who, model))


def plan(follow_up: FollowUp, *codes: str, confidentiality: int = 2, state: str = "in_effect") -> Instrument:
    content = Content(
        title={"en": "Cooperation plan"},
        kind="cooperation_plan",
        parties=[Signing(entity=follow_up.entity(code), signatory="X", office="Y") for code in codes],
        confidentiality=confidentiality,
    )
    return actions.record_instrument(edition=follow_up.edition, content=content, by=SYSTEM, state=state)


@pytest.mark.parametrize("many", [1, 30])
def test_a_delegation_sees_what_it_is_a_party_to_and_nothing_else(follow_up: FollowUp, many: int) -> None:
    parties = [Party(follow_up.entity("ma"), "beneficiary"), Party(follow_up.entity("no"), "supporter")]
    for _ in range(many):
        follow_up.agreed(parties=parties)
        plan(follow_up, "pl", "ma")
        follow_up.agreed_handover(batch(1))
    for code, of_each in (
        ("pl", (many, many, many)),
        ("ma", (many, many, many)),
        ("no", (many, 0, 0)),
        ("sn", (0, 0, 0)),
    ):
        for role in (Role.FOCAL_POINT, Role.DELEGATE):
            who = follow_up.summit.actor(role, code)
            counted = tuple(visible(who, model).count() for model in (Commitment, Instrument, Handover))
            assert counted == of_each, code


@pytest.mark.parametrize("many", [1, 30])
def test_lists_take_the_same_number_of_statements_for_one_and_for_many(
    follow_up: FollowUp, many: int, django_assert_num_queries: Counting
) -> None:
    for _ in range(many):
        follow_up.agreed()
    who = follow_up.focal("ma")
    with django_assert_num_queries(1):
        assert len(list(visible(who, Commitment))) == many


def test_a_sketch_is_the_hosts_own_until_the_parties_are_asked(follow_up: FollowUp) -> None:
    follow_up.draft()
    plan(follow_up, "pl", "ma", state="idea")
    follow_up.handover()
    for model in (Commitment, Instrument, Handover):
        assert seen(follow_up.focal("ma"), model) == []
        assert len(seen(follow_up.keeper, model)) == 1
    submitted = follow_up.submitted()
    assert seen(follow_up.focal("ma")) == [submitted.ref]
    actions.recall_commitment(commitment=submitted, by=follow_up.keeper)
    assert seen(follow_up.focal("ma")) == []


def test_a_delegation_reads_nothing_of_a_sketch_in_the_ledger(follow_up: FollowUp) -> None:
    draft = follow_up.draft("ma", parties=[])
    focal = follow_up.focal("ma")
    assert not visible(focal, Entry).filter(target_id=draft.public_id).exists()
    actions.submit_commitment(commitment=draft, by=follow_up.keeper)
    assert [entry.verb for entry in visible(focal, Entry).filter(target_id=draft.public_id)] == [
        "submit_commitment"
    ]


def test_what_is_for_parties_and_protocol_alone_leaves_no_trace_for_others(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed(meeting=follow_up.meeting(confidentiality=3))
    secret_plan = plan(follow_up, "pl", "ma", confidentiality=3)
    handover = follow_up.agreed_handover(batch(1), confidentiality=3)
    filed = actions.file_report(
        commitment=commitment,
        told=Told(progress="in_progress_25", narrative="Under way."),
        by=follow_up.focal("pl"),
    )
    knowing = [follow_up.focal("pl"), follow_up.focal("ma"), follow_up.summit.actor(Role.PROTOCOL), SYSTEM]
    others = [
        follow_up.keeper,
        follow_up.summit.actor(Role.SECRETARIAT),
        follow_up.summit.actor(Role.DELEGATE, "ma"),
        follow_up.focal("no"),
        follow_up.summit.actor(Role.PRESS),
        follow_up.summit.actor(Role.BILATERAL_DESK),
        Actor(),
    ]
    for who in knowing:
        assert seen(who) == [commitment.ref]
        assert seen(who, Instrument) == [secret_plan.ref]
        assert seen(who, Handover) == [handover.ref]
        assert seen(who, models.Report) == [str(filed)]
    pl, ma = follow_up.entity("pl").pk, follow_up.entity("ma").pk
    for who in others:
        for name in models.__all__:
            if name not in {"Area", "FollowUpSettings"}:
                assert not visible(who, getattr(models, name)).exists(), (who, name)
        assert not between(pl, ma, edition=follow_up.edition, who=who)
        counted = tally(edition=follow_up.edition, who=who)
        assert (counted.agreed, dict(counted.instruments), dict(counted.handovers)) == (0, {}, {})


def test_the_press_sees_what_is_cleared_and_nothing_of_its_history(follow_up: FollowUp) -> None:
    press = follow_up.summit.actor(Role.PRESS)
    hidden, cleared = follow_up.agreed(), follow_up.agreed(confidentiality=0)
    follow_up.agreed(confidentiality=0)
    assert seen(press) == []
    actions.clear_outcome(outcome=cleared, by=follow_up.keeper)
    told = Told(progress="in_progress_25", narrative="Under way.")
    actions.file_report(commitment=cleared, told=told, by=follow_up.keeper)
    assert seen(press) == [cleared.ref]
    assert seen(press, models.CommitmentParty) == ["ma (beneficiary)"]
    assert seen(press, models.Wording) == [f"{cleared.ref}, wording 1"]
    for model in (models.Report, models.Confirmation, models.Assessment, models.Milestone):
        assert seen(press, model) == []
    for instrument in (plan(follow_up, "pl", "ma", confidentiality=0), plan(follow_up, "pl", "no")):
        if not instrument.confidentiality:
            actions.clear_outcome(outcome=instrument, by=follow_up.keeper)
    assert seen(press, Instrument) == ["I-001"]
    assert seen(press, models.LifecycleEvent) == []
    actions.clear_outcome(outcome=cleared, by=follow_up.keeper, withdraw=True)
    assert seen(press) == []
    assert hidden.ref in seen(follow_up.keeper)


def test_nobody_else_of_the_host_sees_outcomes(follow_up: FollowUp) -> None:
    follow_up.agreed()
    for role in (Role.BILATERAL_DESK, Role.ACCREDITATION, Role.INTERPRETATION, Role.PRESS):
        assert seen(follow_up.summit.actor(role)) == []


def test_a_role_opens_its_edition_and_earlier_ones_of_its_series_never_later_ones(
    follow_up: FollowUp,
) -> None:
    commitment = follow_up.agreed()
    for role, code in ((Role.FOLLOW_UP, None), (Role.SECRETARIAT, None), (Role.FOCAL_POINT, "ma")):
        who = follow_up.actor_at(follow_up.later, role, code)
        assert seen(who) == [commitment.ref]
    later = actions.record_commitment(edition=follow_up.later, terms=follow_up.terms(), by=SYSTEM)
    for code in ("pl", "ma"):
        follow_up.delegation(code, follow_up.later)
    actions.submit_commitment(commitment=later, by=SYSTEM)
    assert seen(follow_up.keeper) == [commitment.ref]
    assert seen(follow_up.focal("ma")) == [commitment.ref]
    stranger = follow_up.actor_at(follow_up.later, Role.FOCAL_POINT, "no")
    assert seen(stranger) == []
    other = make_follow_up("other")
    assert seen(other.keeper) == []
    assert seen(other.focal("ma")) == []


def test_another_host_of_the_series_sees_what_the_conference_may_know_and_changes_nothing(
    follow_up: FollowUp,
) -> None:
    private, shared = follow_up.agreed(), follow_up.agreed(confidentiality=1)
    host = Host.objects.create(entity=follow_up.entity("europol"), slug="europol")
    Edition.objects.filter(pk=follow_up.later.pk).update(hosted_by=host)
    guest = follow_up.actor_at(follow_up.later, Role.FOLLOW_UP)
    assert seen(guest) == [shared.ref]
    with pytest.raises(PermissionDenied):
        actions.correct_commitment(commitment=shared, reason="x", by=guest)
    assert private.ref in seen(follow_up.keeper)


def test_what_may_not_be_seen_is_not_there(follow_up: FollowUp) -> None:
    from django.http import Http404

    commitment = follow_up.agreed()
    assert obtain(follow_up.focal("ma"), Commitment, public_id=commitment.public_id) == commitment
    with pytest.raises(Http404):
        obtain(follow_up.focal("sn"), Commitment, public_id=commitment.public_id)


def test_a_list_holds_no_later_editions(follow_up: FollowUp) -> None:
    follow_up.agreed()
    actions.record_commitment(edition=follow_up.later, terms=follow_up.terms(), by=SYSTEM)
    assert commitments(who=SYSTEM, edition=follow_up.edition, today=DAY).count() == 1
    assert commitments(who=SYSTEM, edition=follow_up.later, today=DAY).count() == 2
