from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from outcomes_support import DAY, FollowUp, make_follow_up, refused_by_the_database
from summitry.accounts.access import SYSTEM
from summitry.accounts.models import Role
from summitry.outcomes import actions
from summitry.outcomes.actions import Content, Doing, NewFile, Provision, Signing
from summitry.outcomes.models import Area, Article, Instrument, LifecycleEvent, SilenceProcedure, SilenceReply
from summitry.outcomes.queries import (
    chains_of,
    instrument_story,
    instruments_to_warn,
    silence_ended,
    timeline,
)
from summitry.records import RefusedError

NOON = datetime(2031, 5, 14, 12, tzinfo=UTC)


def plan(follow_up: FollowUp, **words: object) -> Content:
    known: dict[str, object] = {
        "title": {"en": "Cooperation plan"},
        "kind": "cooperation_plan",
        "legal_nature": "non_binding",
        "languages": ["en", "pl"],
        "authentic_languages": ["en"],
        "parties": [
            Signing(entity=follow_up.entity("pl"), signatory="Zofia Malinowska", office="Commander"),
            Signing(
                entity=follow_up.entity("ma"),
                signatory="Amina Berrada",
                office="Director",
                authority="full_powers",
            ),
        ],
        "signed_on": DAY,
    }
    return Content(**{**known, **words})  # type: ignore[arg-type]  # words of a test


def record(follow_up: FollowUp, state: str = "negotiating", **words: object) -> Instrument:
    return actions.record_instrument(
        edition=follow_up.edition, content=plan(follow_up, **words), by=follow_up.keeper, state=state
    )


def test_kind_legal_nature_and_title_are_three_things(follow_up: FollowUp) -> None:
    instrument = record(follow_up, title={"en": "Agreement"}, kind="memorandum", legal_nature="political")
    assert (instrument.ref, instrument.kind, instrument.legal_nature) == ("I-001", "memorandum", "political")


def test_an_instrument_is_recorded_at_any_point_of_its_life_and_lives_on_by_its_events(
    follow_up: FollowUp,
) -> None:
    instrument = record(follow_up, "text_agreed")
    for state in ("cleared", "signed", "in_effect", "under_review", "renewed", "expired"):
        actions.note_lifecycle(instrument=instrument, state=state, by=follow_up.keeper, on=DAY)
    instrument.refresh_from_db()
    assert instrument.state == "expired"
    assert [event.number for event in instrument.events.all()] == [1, 2, 3, 4, 5, 6, 7]
    with pytest.raises(RefusedError, match="cannot become that"):
        actions.note_lifecycle(instrument=instrument, state="negotiating", by=follow_up.keeper)


def test_an_early_end_says_why_and_events_come_in_order_of_time(follow_up: FollowUp) -> None:
    instrument = record(follow_up, "in_effect")
    with pytest.raises(RefusedError) as caught:
        actions.note_lifecycle(instrument=instrument, state="terminated", by=follow_up.keeper)
    assert caught.value.field == "reason"
    with pytest.raises(RefusedError, match="noted for 2031-05-14 already"):
        actions.note_lifecycle(
            instrument=instrument, state="expired", by=follow_up.keeper, on=DAY - timedelta(days=1)
        )
    with refused_by_the_database("lifecycle_in_order"):
        LifecycleEvent.objects.create(instrument=instrument, number=3, state="expired", on=DAY, by_name="x")
    with refused_by_the_database("lifecycle_end_has_reason"):
        LifecycleEvent.objects.create(
            instrument=instrument, number=2, state="terminated", on=DAY, by_name="x"
        )
    with refused_by_the_database("instrument_stands_by_its_events"):
        Instrument.objects.filter(pk=instrument.pk).update(state="expired")


def test_what_is_signed_has_its_day_and_signatories(follow_up: FollowUp) -> None:
    for words, field in (
        ({"signed_on": None}, "signed_on"),
        ({"parties": [Signing(entity=follow_up.entity("pl"), signatory="Z", office="C")]}, "parties"),
    ):
        instrument = record(follow_up, "cleared", **words)
        with pytest.raises(RefusedError) as caught:
            actions.note_lifecycle(instrument=instrument, state="signed", by=follow_up.keeper)
        assert caught.value.field == field


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"kind": "treaty"}, "kind"),
        ({"legal_nature": "holy"}, "legal_nature"),
        ({"authentic_languages": ["fr"]}, "authentic_languages"),
        ({"languages": ["en", "en"]}, "languages"),
        ({"period_from": DAY, "period_to": DAY - timedelta(days=1)}, "period_to"),
        ({"effect_on": DAY, "expires_on": DAY - timedelta(days=1)}, "expires_on"),
        ({"auto_renews": True}, "renewal_months"),
        ({"renewal_months": 12}, "renewal_months"),
        ({"articles": [Provision("", "Text", "en")]}, "articles"),
        ({"articles": [Provision("1", " ", "en")]}, "articles"),
        ({"review_months": 0}, "review_months"),
    ],
)
def test_an_instrument_that_cannot_be_is_refused_by_its_field(
    follow_up: FollowUp, words: dict[str, object], field: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        record(follow_up, **words)  # type: ignore[arg-type]  # words of a test
    assert caught.value.field == field


def test_the_chain_of_plans_is_walked_both_ways_and_has_no_circle(follow_up: FollowUp) -> None:
    basis = record(follow_up, "in_effect", kind="agreement")
    first = record(follow_up, "expired", parent=basis, period_from=DAY, period_to=DAY + timedelta(days=700))
    second = record(follow_up, "in_effect", parent=basis, predecessor=first)
    third = record(follow_up, predecessor=second)
    chains = chains_of(instrument=second, who=follow_up.keeper)
    assert [one.ref for one in chains.line] == ["I-002", "I-003", "I-004"]
    assert [one.ref for one in chains.rests_on] == ["I-001"]
    assert [one.ref for one in chains_of(instrument=basis, who=follow_up.keeper).carries] == [
        "I-002",
        "I-003",
    ]
    assert [
        [one.ref for one in strand.instruments]
        for strand in timeline(who=follow_up.keeper, edition=follow_up.edition)
    ] == [["I-002", "I-003", "I-004"]]
    with pytest.raises(RefusedError) as caught:
        actions.edit_instrument(
            instrument=first,
            content=plan(follow_up, predecessor=third),
            version=first.version,
            by=follow_up.keeper,
        )
    assert caught.value.field == "predecessor"
    with refused_by_the_database("instrument_chain_has_no_circle"):
        Instrument.objects.filter(pk=basis.pk).update(parent=first)
    with refused_by_the_database("instrument_chain_has_no_circle"):
        Instrument.objects.filter(pk=first.pk).update(predecessor=first)


def test_a_link_that_a_reader_may_not_see_ends_the_chain(follow_up: FollowUp) -> None:
    secret = actions.record_instrument(
        edition=follow_up.edition, content=plan(follow_up, confidentiality=3), by=SYSTEM, state="expired"
    )
    plain = record(follow_up, "in_effect", predecessor=secret)
    assert [one.ref for one in chains_of(instrument=plain, who=follow_up.keeper).line] == [plain.ref]
    assert [one.ref for one in chains_of(instrument=plain, who=follow_up.focal("ma")).line] == [
        secret.ref,
        plain.ref,
    ]


def test_an_instrument_stays_in_its_series(follow_up: FollowUp) -> None:
    elsewhere = record(make_follow_up("elsewhere"))
    with pytest.raises(RefusedError) as caught:
        record(follow_up, parent=elsewhere)
    assert caught.value.field == "parent"
    own = record(follow_up)
    with refused_by_the_database("instrument_parent_in_series"):
        Instrument.objects.filter(pk=own.pk).update(parent=elsewhere)
    with refused_by_the_database("instrument_keeps_its_number"):
        Instrument.objects.filter(pk=own.pk).update(edition=follow_up.later)


def areas(follow_up: FollowUp) -> list[Area]:
    return [
        actions.keep_area(
            edition=follow_up.edition, code=code, title={"en": code.title()}, by=follow_up.keeper
        )
        for code in ("training", "returns")
    ]


def test_a_plan_has_areas_and_in_them_activities(follow_up: FollowUp) -> None:
    training, returns = areas(follow_up)
    doing = [
        Doing(training, "Course for examiners"),
        Doing(returns, "Exchange of officers", lead=follow_up.entity("ma")),
    ]
    instrument = record(follow_up, areas=[training, returns], activities=doing)
    content = plan(follow_up, areas=[training], activities=doing[:1])
    actions.edit_instrument(instrument=instrument, content=content, version=1, by=follow_up.keeper)
    story = instrument_story(instrument=instrument, who=follow_up.focal("ma"))
    assert [(a.number, a.title, a.area.code) for a in story.activities] == [
        (1, "Course for examiners", "training")
    ]
    with pytest.raises(RefusedError) as caught:
        record(follow_up, areas=[training], activities=doing)
    assert caught.value.field == "activities"
    with refused_by_the_database("activity_in_area_of_instrument"):
        instrument.activities.update(area=returns)


def test_the_articles_of_an_agreed_text_do_not_change_and_commitments_come_from_them(
    follow_up: FollowUp,
) -> None:
    articles = [Provision("1", "The parties train.", "en"), Provision("2", "They meet.", "en", "Meetings")]
    instrument = record(follow_up, articles=articles)
    article = instrument.articles.get(number="1")
    commitment = follow_up.agreed(article=article)
    assert commitment.article == article
    keeper = follow_up.keeper
    with pytest.raises(RefusedError, match="keep it"):
        actions.edit_instrument(
            instrument=instrument, content=plan(follow_up, articles=articles[1:]), version=1, by=keeper
        )
    actions.note_lifecycle(instrument=instrument, state="text_agreed", by=keeper)
    changed = [replace(articles[0], text="They do not."), articles[1]]
    with pytest.raises(RefusedError, match="article 1 cannot be changed"):
        actions.edit_instrument(
            instrument=instrument, content=plan(follow_up, articles=changed), version=1, by=keeper
        )
    with refused_by_the_database("article_stands"):
        Article.objects.filter(pk=article.pk).update(text="They do not.")
    translated = [*articles, Provision("1", "Strony szkolą.", "pl")]
    actions.edit_instrument(
        instrument=instrument, content=plan(follow_up, articles=translated), version=1, by=keeper
    )
    assert instrument.articles.count() == 3


def test_a_commitment_from_a_secret_instrument_is_as_secret(follow_up: FollowUp) -> None:
    content = plan(follow_up, confidentiality=3, articles=[Provision("1", "They train.", "en")])
    secret = actions.record_instrument(edition=follow_up.edition, content=content, by=SYSTEM)
    assert follow_up.terms(article=secret.articles.get()).level == 3
    open_one = record(follow_up, articles=[Provision("1", "They train.", "en")])
    follow_up.draft(article=open_one.articles.get())
    with pytest.raises(RefusedError) as caught:
        actions.set_confidentiality(outcome=open_one, level=3, by=follow_up.keeper)
    assert caught.value.field == "confidentiality"


def test_files_are_kept_by_their_hash_and_kind(follow_up: FollowUp) -> None:
    instrument = record(follow_up)
    file = NewFile(b"%PDF-1.7 signed", "plan.pdf", "en", "signed_copy")
    actions.attach_to_instrument(instrument=instrument, files=[file], by=follow_up.keeper)
    [kept] = instrument_story(instrument=instrument, who=follow_up.focal("ma")).files
    assert (kept.kind, kept.name, len(kept.file.sha256)) == ("signed_copy", "plan.pdf", 64)
    with pytest.raises(RefusedError):
        actions.attach_to_instrument(
            instrument=instrument, files=[replace(file, kind="")], by=follow_up.keeper
        )


def test_expiry_notice_and_review_are_warned_of(follow_up: FollowUp) -> None:
    near, far = DAY + timedelta(days=20), DAY + timedelta(days=300)
    record(follow_up, "in_effect", expires_on=far, next_review_on=near)
    record(
        follow_up,
        "in_effect",
        expires_on=far,
        auto_renews=True,
        renewal_months=12,
        termination_notice_days=270,
    )
    record(follow_up, "in_effect", expires_on=far)
    told = [
        (one.instrument.ref, one.of, one.on)
        for one in instruments_to_warn(who=follow_up.keeper, edition=follow_up.edition)
    ]
    assert told == [("I-001", "review", near), ("I-002", "notice_ends", far - timedelta(days=270))]


# silence


def opened(follow_up: FollowUp, hours: int = 24, state: str = "text_agreed") -> SilenceProcedure:
    instrument = record(follow_up, state, kind="joint_statement", parties=[], signed_on=None)
    return actions.open_silence(
        instrument=instrument,
        text="The participants will exchange officers.",
        language="en",
        expires_at=NOON + timedelta(hours=hours),
        by=follow_up.keeper,
    )


def reply(
    follow_up: FollowUp, procedure: SilenceProcedure, kind: str, code: str = "ma", **words: object
) -> SilenceReply:
    return actions.reply_to_silence(
        procedure=procedure, delegation=follow_up.delegation(code), kind=kind, text="In writing.",
        by=follow_up.keeper if words else follow_up.focal(code), **words,  # type: ignore[arg-type]  # words of a test
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["objection", "amendment"])
def test_an_objection_or_amendment_in_time_breaks_silence_for_good(follow_up: FollowUp, kind: str) -> None:
    procedure = opened(follow_up)
    reply(follow_up, procedure, kind)
    procedure.refresh_from_db()
    assert (procedure.state, procedure.adopted_number) == ("broken", "")
    follow_up.set_day(DAY + timedelta(days=3))
    with pytest.raises(RefusedError, match="silence broken already"):
        actions.conclude_silence(procedure=procedure, number="1/31", by=follow_up.keeper)
    with refused_by_the_database("silence_stands"):
        SilenceProcedure.objects.filter(pk=procedure.pk).update(
            state="adopted", ended_at=procedure.expires_at, adopted_number="1/31"
        )


def test_a_text_that_nobody_objects_to_is_adopted_at_the_exact_end_with_its_number(
    follow_up: FollowUp,
) -> None:
    procedure = opened(follow_up)
    reply(follow_up, procedure, "interpretative_statement")
    reply(follow_up, procedure, "reservation", "no")
    with pytest.raises(RefusedError, match=r"runs until 15 May 2031, 12:00:00"):
        actions.conclude_silence(procedure=procedure, number="1/31", by=follow_up.keeper)
    with refused_by_the_database("silence_ends_on_its_clock"):
        SilenceProcedure.objects.filter(pk=procedure.pk).update(
            state="adopted", ended_at=NOON, adopted_number="1/31"
        )
    follow_up.set_day(DAY + timedelta(days=1))
    assert list(silence_ended(who=SYSTEM, edition=follow_up.edition)) == [procedure]
    procedure.edition.refresh_from_db()
    with pytest.raises(RefusedError, match="can no longer break it"):
        reply(follow_up, procedure, "objection", "sn")
    with pytest.raises(RefusedError) as caught:
        actions.conclude_silence(procedure=procedure, number=" ", by=follow_up.keeper)
    assert caught.value.field == "number"
    adopted = actions.conclude_silence(procedure=procedure, number="1/31", by=follow_up.keeper)
    adopted.instrument.refresh_from_db()
    instrument = adopted.instrument
    assert (adopted.state, instrument.state, instrument.reference) == ("adopted", "signed", "1/31")
    assert instrument.signed_on == DAY + timedelta(days=1)
    [told] = instrument_story(instrument=instrument, who=follow_up.keeper).silence
    assert [one.kind for one in told.replies.all()] == ["interpretative_statement", "reservation"]


def test_a_letter_that_came_in_time_is_entered_later_by_the_host_until_the_text_is_adopted(
    follow_up: FollowUp,
) -> None:
    procedure = opened(follow_up)
    follow_up.set_day(DAY + timedelta(days=2))
    end = procedure.expires_at
    with pytest.raises(RefusedError, match="can no longer break it"):
        reply(follow_up, procedure, "objection", at=end)
    with refused_by_the_database("silence_reply_in_time"):
        SilenceReply.objects.create(
            procedure=procedure, edition=follow_up.edition, delegation=follow_up.delegation("ma"),
            kind="objection", text="x", at=end, by_name="x",
        )  # fmt: skip
    reply(follow_up, procedure, "objection", at=end - timedelta(seconds=1))
    procedure.refresh_from_db()
    assert procedure.state == "broken"


def test_silence_is_kept_about_one_text_at_a_time_and_answered_by_focal_points(follow_up: FollowUp) -> None:
    procedure = opened(follow_up)
    with pytest.raises(RefusedError, match="lies under silence already"):
        actions.open_silence(
            instrument=procedure.instrument, text="x", language="en", expires_at=NOON + timedelta(hours=1),
            by=follow_up.keeper,
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        actions.reply_to_silence(
            procedure=procedure, delegation=follow_up.delegation("ma"), kind="objection", text="No.",
            by=follow_up.summit.actor(Role.DELEGATE, "ma"),
        )  # fmt: skip
    with refused_by_the_database("silence_stands"):
        SilenceProcedure.objects.filter(pk=procedure.pk).update(expires_at=NOON + timedelta(hours=1))
