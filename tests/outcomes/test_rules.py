from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from summitry.outcomes import rules
from summitry.outcomes.kinds import (
    Answer,
    CommitmentKind,
    Completion,
    HandoverState,
    InstrumentKind,
    LifecycleState,
    Light,
    PartyRole,
    Progress,
    ReplyKind,
    SilenceState,
    Timeliness,
    TitlePasses,
    TransferType,
    Workflow,
)
from summitry.outcomes.rules import ItemSums, Warned

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
MONTHS = st.integers(1, 60)
STEPS = (
    "submit",
    "recall",
    "refuse",
    "agree",
    "take_over",
    "correct",
    "publish",
    "unpublish",
    "close",
    "reopen",
    "reject",
)
NOON = datetime(2031, 5, 14, 12, tzinfo=UTC)


# the life of a commitment's record


@given(st.lists(st.sampled_from(STEPS), max_size=30))
def test_whatever_steps_are_taken_it_is_published_or_closed_only_after_it_was_agreed(
    steps: list[str],
) -> None:
    state, agreed = Workflow.DRAFT, False
    for step in steps:
        if not rules.may_take(step, state):
            with pytest.raises(ValueError, match="cannot take the step"):
                rules.next_workflow(step, state)
            continue
        agreed = (agreed or step in {"agree", "take_over"}) and step != "correct"
        state = rules.next_workflow(step, state)
        assert (state in {Workflow.APPROVED, Workflow.PUBLISHED, Workflow.CLOSED}) == agreed


def test_what_is_rejected_stays_so_and_every_state_can_be_reached() -> None:
    assert not rules.steps_from(Workflow.REJECTED)
    reached, last = {Workflow.DRAFT}, set[Workflow]()
    while reached != last:
        last = set(reached)
        reached |= {step.target for state in last for step in rules.steps_from(state).values()}
    assert reached == set(Workflow)


@given(st.sampled_from(STEPS))
def test_a_step_that_undoes_says_why(step: str) -> None:
    found = next(rules.steps_from(state)[step] for state in Workflow if rules.may_take(step, state))
    assert found.reason == (step in {"refuse", "take_over", "correct", "unpublish", "reopen", "reject"})


# who confirms

PARTIES = st.lists(st.tuples(st.integers(2, 9), st.sampled_from(PartyRole.values)), max_size=8)


@given(PARTIES, st.dictionaries(st.integers(1, 9), st.integers(100, 120)))
def test_supporters_and_the_absent_are_not_asked(
    parties: list[tuple[int, str]], present: dict[int, int]
) -> None:
    asked = rules.asked_to_confirm(owner=1, parties=parties, delegations=present)
    if 1 not in present:
        assert not asked
        return
    bound = {1, *(entity for entity, role in parties if role != PartyRole.SUPPORTER)}
    assert asked == {present[entity] for entity in bound if entity in present}


@given(st.frozensets(st.integers(1, 4)), st.dictionaries(st.integers(1, 6), st.sampled_from(Answer.values)))
def test_all_who_are_asked_confirm_or_it_is_not_agreed(
    asked: frozenset[int], answers: dict[int, str]
) -> None:
    result = rules.agreement(asked, answers)
    given_ = {answers.get(one) for one in asked}
    assert (result == Answer.CONFIRMED) == (given_ == {Answer.CONFIRMED})
    assert (result == Answer.REFUSED) == (Answer.REFUSED in given_)


def test_nobody_of_the_owner_is_independent() -> None:
    assert rules.is_independent(owner=1, assessor_for=2, assessor_entities={2, 3})
    assert not rules.is_independent(owner=1, assessor_for=1, assessor_entities={2})
    assert not rules.is_independent(owner=1, assessor_for=2, assessor_entities={1, 2})


# completion


@given(
    kind=st.sampled_from(CommitmentKind.values),
    target=st.none() | st.decimals(1, 50, places=0),
    has_items=st.booleans(),
    accepted=st.decimals(0, 60, places=0),
)
def test_what_is_handed_over_is_fulfilled_only_when_accepted_reaches_promised(
    *,
    kind: str,
    target: Decimal | None,
    has_items: bool,
    accepted: Decimal,
) -> None:
    fulfilled = rules.is_fulfilled(kind=kind, target=target, has_items=has_items, accepted=accepted)
    if target is not None and (kind == "equipment" or has_items):
        assert fulfilled == (accepted >= target)
    else:
        assert fulfilled


# months


@given(DAYS, MONTHS)
def test_so_many_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    later = rules.add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or ((later + timedelta(days=1)).day == 1 and later.day < day.day)


# the reporting light


def light(today: date, **words: object) -> Light:
    known: dict[str, object] = {
        "agreed_on": date(2030, 1, 31),
        "reported_on": None,
        "progress": Progress.NOT_STARTED,
        "is_closed": False,
        "months": 12,
    }
    return rules.reporting_light(today=today, **{**known, **words})  # type: ignore[arg-type]  # words of a test


@pytest.mark.parametrize(
    ("today", "reported", "shown"),
    [
        (date(2031, 1, 30), None, "green"),
        (date(2031, 1, 31), None, "yellow"),
        (date(2032, 1, 30), None, "yellow"),
        (date(2032, 1, 31), None, "inactive"),
        (date(2032, 1, 31), date(2031, 2, 1), "green"),
        (date(2032, 2, 1), date(2031, 2, 1), "yellow"),
        (date(2033, 2, 1), date(2031, 2, 1), "red"),
    ],
)
def test_the_light_follows_the_last_report(today: date, reported: date | None, shown: str) -> None:
    assert light(today, reported_on=reported) == shown


@pytest.mark.parametrize(
    "words", [{"agreed_on": None}, {"is_closed": True}, {"progress": "completed"}, {"progress": "cancelled"}]
)
def test_no_report_is_asked_for_what_is_not_agreed_or_has_ended(words: dict[str, object]) -> None:
    assert light(date(2039, 1, 1), **words) == Light.NONE


@given(DAYS, st.none() | DAYS, DAYS, st.integers(0, 400), MONTHS)
def test_silence_never_makes_the_light_better(
    agreed: date, reported: date | None, today: date, days: int, months: int
) -> None:
    worse = [Light.GREEN, Light.YELLOW, Light.RED, Light.INACTIVE]
    words: dict[str, object] = {"agreed_on": agreed, "reported_on": reported, "months": months}
    assert worse.index(light(today, **words)) <= worse.index(light(today + timedelta(days=days), **words))


# timeliness

STANDINGS = st.fixed_dictionaries(
    {
        "progress": st.sampled_from(Progress.values),
        "completion": st.sampled_from(["", *Completion.values]),
        "due_on": st.none() | DAYS,
        "expected_on": st.none() | DAYS,
        "milestone_overdue": st.booleans(),
        "light": st.sampled_from(Light.values),
        "today": DAYS,
    }
)


@given(STANDINGS)
def test_delivered_is_what_is_completed_and_not_assessed_less(standing: dict[str, object]) -> None:
    told = rules.timeliness(**standing)  # type: ignore[arg-type]  # words of a test
    completed = standing["progress"] == "completed" and standing["completion"] in {"", "complete"}
    assert (told == Timeliness.DELIVERED) == completed


@given(STANDINGS)
def test_only_what_nothing_speaks_against_is_on_track(standing: dict[str, object]) -> None:
    told = rules.timeliness(**standing)  # type: ignore[arg-type]  # words of a test
    due, expected, today = standing["due_on"], standing["expected_on"], standing["today"]
    assert isinstance(today, date)
    if told == Timeliness.ON_TRACK:
        assert not standing["milestone_overdue"]
        assert standing["progress"] not in {"suspended", "cancelled"}
        assert not (isinstance(due, date) and due < today)
        assert not (isinstance(due, date) and isinstance(expected, date) and expected > due)
    if standing["progress"] == "cancelled":
        assert told == Timeliness.LAPSED


# a slip


def test_a_slip_is_said_with_its_reason_before_anything_else_is_late() -> None:
    day = date(2031, 5, 14)
    words = {"reported_on": day, "progress": "in_progress_25"}
    assert rules.slip_error(new_expected_on=None, reason="", **words) is None  # type: ignore[arg-type]  # words of a test
    assert rules.slip_error(new_expected_on=day, reason="Ill.", **words) is None  # type: ignore[arg-type]  # words of a test
    wrong = rules.slip_error(new_expected_on=day, reason=" ", **words)  # type: ignore[arg-type]  # words of a test
    assert wrong is not None
    assert wrong[0] == "slip_reason"


# the life of an instrument

STATES = st.sampled_from(LifecycleState.values)


@given(st.lists(STATES, max_size=25))
def test_an_instrument_is_in_effect_only_once_it_was_signed_or_adopted(wanted: list[str]) -> None:
    state, signed = LifecycleState.IDEA.value, False
    for one in wanted:
        if rules.instrument_may_become(state, one):
            state = one
            signed = signed or one == LifecycleState.SIGNED
            assert signed or not rules.is_in_force(
                state=state, effect_on=None, expires_on=None, today=date(2031, 1, 1)
            )


@given(STATES, STATES)
def test_ends_say_why_and_nothing_comes_after_them(state: str, wanted: str) -> None:
    final = {"terminated", "superseded", "abandoned"}
    assert rules.instrument_is_final(state) == (state in final)
    if rules.instrument_may_become(state, wanted) and wanted in final:
        assert rules.needs_reason(state, wanted)
    assert not rules.instrument_may_become(state, state)


def test_every_state_of_an_instrument_can_be_reached_from_the_idea() -> None:
    reached, last = {LifecycleState.IDEA.value}, set[str]()
    while reached != last:
        last = set(reached)
        reached |= {
            one for state in last for one in LifecycleState.values if rules.instrument_may_become(state, one)
        }
    assert reached == set(LifecycleState.values)


def test_what_is_signed_names_its_day_and_its_signatories() -> None:
    both = [("Zofia Malinowska", "Commander"), ("Amina Berrada", "Director")]
    day = date(2031, 5, 14)
    plan, summary = InstrumentKind.COOPERATION_PLAN, InstrumentKind.CHAIR_SUMMARY
    assert rules.signing_error(kind=plan, parties=both, signed_on=day) is None
    assert rules.signing_error(kind=summary, parties=[], signed_on=day) is None
    for parties, signed_on, field in (
        (both, None, "signed_on"),
        (both[:1], day, "parties"),
        ([both[0], ("Amina Berrada", " ")], day, "parties"),
    ):
        wrong = rules.signing_error(kind=plan, parties=parties, signed_on=signed_on)
        assert wrong is not None
        assert wrong[0] == field


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=20))
def test_a_chain_that_takes_only_what_closes_no_circle_can_be_walked(links: list[tuple[int, int]]) -> None:
    before: dict[int, int | None] = {}
    for one, wanted in links:
        if not rules.closes_circle(before, one, wanted):
            before[one] = wanted
    for start in range(1, 9):
        here: int | None = start
        for _step in range(9):
            here = before.get(here) if here is not None else None
        assert here is None


# silence

REPLIES = st.lists(
    st.tuples(
        st.sampled_from(ReplyKind.values), st.integers(-7200, 7200).map(lambda s: NOON + timedelta(seconds=s))
    ),
    max_size=5,
)


@given(REPLIES, st.integers(-7200, 7200))
def test_only_an_objection_or_amendment_before_the_exact_end_breaks_silence(
    replies: list[tuple[str, datetime]], seconds: int
) -> None:
    now = NOON + timedelta(seconds=seconds)
    outcome = rules.silence_outcome(expires_at=NOON, now=now, replies=replies)
    breaking = [at for kind, at in replies if kind in {"objection", "amendment"} and at < NOON]
    assert (outcome == SilenceState.BROKEN) == bool(breaking)
    assert outcome != SilenceState.ADOPTED or now >= NOON


def test_an_objection_at_the_very_end_is_too_late() -> None:
    replies = [(ReplyKind.OBJECTION.value, NOON)]
    assert rules.silence_outcome(expires_at=NOON, now=NOON, replies=replies) == SilenceState.ADOPTED


# warnings


def test_what_ends_or_renews_itself_or_is_to_be_reviewed_is_told_in_time() -> None:
    words = {
        "state": "in_effect", "expires_on": date(2032, 1, 1), "notice_days": 60, "next_review_on": date(2031, 6, 1),
        "expiry_days": 90, "review_days": 30,
    }  # fmt: skip

    def told(
        today: date, *, auto_renews: bool = False, state: str = "in_effect"
    ) -> list[tuple[Warned, date]]:
        return rules.instrument_warnings(**{**words, "state": state}, auto_renews=auto_renews, today=today)  # type: ignore[arg-type]  # words of a test

    assert told(date(2031, 5, 1)) == []
    assert told(date(2031, 5, 2)) == [(Warned.REVIEW, date(2031, 6, 1))]
    assert told(date(2031, 10, 3))[1:] == [(Warned.EXPIRES, date(2032, 1, 1))]
    assert (Warned.NOTICE_ENDS, date(2031, 11, 2)) in told(date(2031, 8, 4), auto_renews=True)
    assert told(date(2031, 12, 1), state="terminated") == []


# handovers


@given(
    st.sampled_from(HandoverState.values),
    st.sampled_from(HandoverState.values),
    st.sampled_from(TransferType.values),
)
def test_what_was_given_does_not_come_back_and_what_is_over_stays_so(
    state: str, wanted: str, kind: str
) -> None:
    may = rules.handover_may_become(state, wanted, transfer_type=kind)
    assert not (may and (wanted == "returned" and kind == "donation"))
    assert not (may and state in {"returned", "cancelled"})
    assert not (may and wanted == "draft")


@given(st.lists(st.decimals(0, 9, places=0), min_size=5, max_size=5))
def test_accepted_never_exceeds_delivered_nor_that_the_quantity(numbers: list[Decimal]) -> None:
    quantity, delivered, accepted, rejected, disposed = numbers
    assume(quantity > 0)
    sums = ItemSums(quantity, delivered, accepted, rejected, disposed)
    possible = disposed <= accepted and accepted + rejected <= delivered <= quantity
    assert (rules.sums_error(sums) is None) == possible
    if possible:
        assert sums.to_deliver >= 0
        assert sums.to_inspect >= 0
        closed = not sums.to_deliver and not sums.to_inspect
        assert (rules.handover_closing_error([sums]) is None) == closed


def test_two_sign_for_each_side() -> None:
    day = date(2031, 5, 14)
    four: list[tuple[str, date | None]] = [
        ("handing", day),
        ("handing", day),
        ("receiving", day),
        ("receiving", day),
    ]
    assert rules.signature_error(four) is None
    assert rules.signature_error(four[:3]) is not None
    assert rules.signature_error([*four[:3], ("receiving", None)]) is not None


def test_title_passes_when_it_was_agreed_to_whatever_the_ceremony() -> None:
    signed: list[date | None] = [date(2031, 5, 14), date(2031, 5, 16)]
    delivered = [date(2031, 6, 1), date(2031, 7, 1)]

    def passed(passes: str, later: date | None = None) -> date | None:
        return rules.title_passed_on(passes=passes, later=later, signed=signed, delivered=delivered)

    assert passed(TitlePasses.ON_SIGNATURE) == date(2031, 5, 16)
    assert passed(TitlePasses.ON_DELIVERY) == date(2031, 7, 1)
    assert passed(TitlePasses.ON_DATE, date(2031, 9, 1)) == date(2031, 9, 1)
    assert passed(TitlePasses.NEVER) is None
    unsigned = [*signed, None]
    assert rules.title_passed_on(passes="on_signature", later=None, signed=unsigned, delivered=[]) is None
    assert rules.title_passed_on(passes="on_delivery", later=None, signed=signed, delivered=[]) is None
