from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsroom_support import demo_actor
from summitry.conferences import clock
from summitry.conferences.models import Edition, Theme
from summitry.delegations.models import Member
from summitry.ledger.models import Entry
from summitry.newsroom import actions
from summitry.newsroom.actions import Profile
from summitry.newsroom.facts import gather
from summitry.newsroom.kinds import ReleaseState, Standing
from summitry.newsroom.models import Evidence, Release, ReleaseVersion, Sentence
from summitry.newsroom.queries import (
    Now,
    editor,
    is_withdrawn,
    public_release,
    public_releases,
    release_rows,
    review,
    sentences_of,
)
from summitry.outcomes.models import Instrument
from summitry.records import RefusedError


def _drafted(edition: Edition, slug: str = "second") -> Release:
    return actions.draft_release(edition=edition, slug=slug, by=demo_actor("press"))


def _issued(edition: Edition) -> Release:
    return Release.objects.get(edition=edition, slug="warsaw")


def _sentence(release: Release, rule: str, language: str = "en") -> Sentence:
    return Sentence.objects.get(
        release_version=release.versions.order_by("-number")[0], rule=rule, language=language
    )


def _standings(release: Release) -> dict[tuple[str, str], Standing]:
    version = release.versions.order_by("-number")[0]
    reviewed = review(sentences_of(version, who=demo_actor("press")), Now.of(gather(release.edition)))
    return {(one.sentence.rule, one.sentence.language): one.standing for one in reviewed}


def _accredit_one_more(edition: Edition) -> None:
    member = Member.objects.filter(edition=edition, accreditation="submitted").first()
    member = member or Member.objects.filter(edition=edition, accreditation="draft").first()
    assert member is not None
    member.accreditation = "approved"
    member.save()


def _state(release: Release) -> ReleaseState:
    rows = release_rows(
        edition=release.edition, who=demo_actor("press"), facts=gather(release.edition), language="en"
    )
    return next(row.state for row in rows if row.release == release)


def test_a_release_is_drafted_in_all_languages_of_the_edition_with_evidence(demo: Edition) -> None:
    release = _drafted(demo)
    sentences = Sentence.objects.filter(release_version__release=release)
    assert set(sentences.values_list("language", flat=True)) == {"en", "fr", "es"}
    assert not sentences.filter(evidence=None).exists()
    assert Entry.objects.filter(verb="draft_release", target_id=release.public_id).count() == 1


@pytest.mark.parametrize("slug", ["", "Warsaw", "a b", "warsaw", "feed"])
def test_an_address_that_cannot_be_or_is_taken_is_refused(demo: Edition, slug: str) -> None:
    with pytest.raises(RefusedError) as caught:
        _drafted(demo, slug)
    assert caught.value.field == "slug"


@pytest.mark.parametrize("name", ["desk", "protocol", "follow-up", "morocco", "delegate"])
def test_nobody_but_press_and_secretariat_writes_news(demo: Edition, name: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.draft_release(edition=demo, slug="other", by=demo_actor(name))


def test_a_changed_record_marks_the_sentences_that_rest_on_it_and_no_others(demo: Edition) -> None:
    release = _drafted(demo)
    assert set(_standings(release).values()) == {Standing.CURRENT}
    _accredit_one_more(demo)
    changed = {key for key, standing in _standings(release).items() if standing is not Standing.CURRENT}
    assert changed == {("attendance", code) for code in ("en", "fr", "es")}


def test_a_text_changed_in_one_language_marks_that_language_alone(demo: Edition) -> None:
    release = _drafted(demo)
    theme = Theme.objects.filter(edition=demo).first()
    assert theme is not None
    theme.title = {**theme.title, "fr": "Terrorisme et radicalisation"}
    theme.save()
    standings = _standings(release)
    assert standings["themes", "fr"] is Standing.CHANGED
    assert standings["themes", "en"] is standings["themes", "es"] is Standing.CURRENT


def test_what_may_no_longer_be_told_is_marked_and_cannot_be_kept(demo: Edition) -> None:
    release = _drafted(demo)
    Instrument.objects.filter(edition=demo, kind="cooperation_plan").update(cleared_on=None, cleared_by=None)
    assert _standings(release)["plan_renewed", "en"] is Standing.GONE
    sentence = _sentence(release, "plan_renewed")
    with pytest.raises(RefusedError, match="no longer be told"):
        actions.confirm_sentence(sentence=sentence, by=demo_actor("press"))
    with pytest.raises(RefusedError, match="leave the sentence out"):
        actions.refresh_sentence(sentence=sentence, by=demo_actor("press"))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["conferences.theme", "programme.session", "newsroom.pressprofile"]), max_size=3)
)
def test_exactly_the_sentences_on_changed_records_are_stale(demo: Edition, models: list[str]) -> None:
    from django.apps import apps

    with transaction.atomic():
        release = _issued(demo)
        resting = set()
        for label in models:
            model = apps.get_model(label)
            field = "audience" if label.endswith("profile") else "title"
            row = model._default_manager.filter(edition=demo).order_by("pk").last()
            assert row is not None
            told = getattr(row, field)
            setattr(row, field, {code: f"{text} anew" for code, text in told.items()})
            row.save()
            under = Evidence.objects.filter(
                sentence__release_version__release=release, model=label, record=row.public_id, field=field
            )
            resting |= set(under.values_list("sentence__rule", "sentence__language"))
        stale = {key for key, standing in _standings(release).items() if standing is not Standing.CURRENT}
        transaction.set_rollback(True)
    assert stale == resting


def test_drafting_a_sentence_anew_takes_the_record_as_it_is(demo: Edition) -> None:
    release = _drafted(demo)
    theme = Theme.objects.filter(edition=demo).first()
    assert theme is not None
    theme.title = {**theme.title, "en": "Terrorism and radicalisation"}
    theme.save()
    actions.refresh_sentence(sentence=_sentence(release, "themes"), by=demo_actor("press"))
    assert "terrorism and radicalisation" in _sentence(release, "themes").text
    assert _standings(release)["themes", "en"] is Standing.CURRENT


def test_keeping_a_sentence_as_worded_rests_it_on_the_record_as_it_is(demo: Edition) -> None:
    release = _drafted(demo)
    before = _sentence(release, "attendance").text
    _accredit_one_more(demo)
    actions.confirm_sentence(sentence=_sentence(release, "attendance"), by=demo_actor("press"))
    sentence = _sentence(release, "attendance")
    assert sentence.text == before
    assert sentence.evidence.get(field="participants").value == 319
    assert _standings(release)["attendance", "en"] is Standing.CURRENT


def test_reworded_text_keeps_its_evidence_and_ones_own_says_it_has_none(demo: Edition) -> None:
    release, press = _drafted(demo), demo_actor("press")
    sentence = _sentence(release, "attendance")
    rests = sentence.evidence.count()
    actions.edit_sentence(sentence=sentence, text="Many came.", version=sentence.version, by=press)
    sentence.refresh_from_db()
    assert (sentence.text, sentence.edited, sentence.evidence.count()) == ("Many came.", True, rests)
    with pytest.raises(RefusedError, match="meanwhile"):
        actions.edit_sentence(sentence=sentence, text="Few came.", version=1, by=press)
    actions.add_sentence(release=release, language="en", section="next", text="See you then.", by=press)
    assert _standings(release)["", "en"] is Standing.UNFOUNDED


def test_drafting_anew_leaves_alone_what_somebody_wrote(demo: Edition) -> None:
    release, press = _drafted(demo), demo_actor("press")
    sentence = _sentence(release, "themes")
    actions.edit_sentence(sentence=sentence, text="Our themes.", version=sentence.version, by=press)
    actions.leave_out(sentence=_sentence(release, "topics"), by=press)
    actions.add_sentence(release=release, language="fr", section="about", text="Merci.", by=press)
    _accredit_one_more(demo)
    actions.redraft_release(release=release, by=press)
    assert _sentence(release, "themes").text == "Our themes."
    assert _sentence(release, "topics").left_out
    assert Sentence.objects.filter(release_version__release=release, text="Merci.").exists()
    assert set(_standings(release).values()) == {Standing.CURRENT, Standing.UNFOUNDED}


def test_only_the_secretariat_clears_and_only_what_is_cleared_is_issued(demo: Edition) -> None:
    release, press, secretariat = _drafted(demo), demo_actor("press"), demo_actor("secretariat")
    with pytest.raises(RefusedError, match="not cleared"):
        actions.issue_release(release=release, by=press)
    with pytest.raises(PermissionDenied):
        actions.clear_release(release=release, by=press)
    actions.clear_release(release=release, by=secretariat)
    assert _state(release) is ReleaseState.CLEARED
    actions.issue_release(release=release, by=press)
    assert _state(release) is ReleaseState.PUBLISHED


def test_nothing_stale_is_cleared_or_issued(demo: Edition) -> None:
    release, secretariat = _drafted(demo), demo_actor("secretariat")
    actions.clear_release(release=release, by=secretariat)
    _accredit_one_more(demo)
    with pytest.raises(RefusedError, match="has changed under 3 sentences"):
        actions.issue_release(release=release, by=secretariat)
    actions.recall_release(release=release, by=secretariat)
    with pytest.raises(RefusedError, match="has changed under"):
        actions.clear_release(release=release, by=secretariat)


def test_a_change_takes_the_clearance_back(demo: Edition) -> None:
    release = _drafted(demo)
    actions.clear_release(release=release, by=demo_actor("secretariat"))
    actions.leave_out(sentence=_sentence(release, "topics"), by=demo_actor("press"))
    assert _state(release) is ReleaseState.DRAFTED


def test_each_language_told_needs_its_headline(demo: Edition) -> None:
    release = _drafted(demo)
    actions.leave_out(sentence=_sentence(release, "headline", "fr"), by=demo_actor("press"))
    with pytest.raises(RefusedError, match="no headline in français"):
        actions.clear_release(release=release, by=demo_actor("secretariat"))


def test_an_embargo_ends_by_the_editions_clock(demo: Edition) -> None:
    release, secretariat = _drafted(demo), demo_actor("secretariat")
    actions.clear_release(release=release, by=secretariat)
    with pytest.raises(RefusedError) as caught:
        actions.issue_release(
            release=release, by=secretariat, embargo_until=clock.now(demo) - timedelta(minutes=1)
        )
    assert caught.value.field == "embargo_until"
    until = clock.now(demo) + timedelta(hours=2)
    actions.issue_release(release=release, by=secretariat, embargo_until=until)
    assert _state(release) is ReleaseState.EMBARGOED
    assert public_release(demo, "second") is None
    assert demo.clock_offset is not None
    Edition.objects.filter(pk=demo.pk).update(clock_offset=demo.clock_offset + timedelta(hours=3))
    demo.refresh_from_db()
    found = public_release(demo, "second")
    assert found is not None
    assert found.since == until


def test_an_embargo_can_be_lifted_and_never_prolonged(demo: Edition) -> None:
    release, secretariat = _drafted(demo), demo_actor("secretariat")
    actions.clear_release(release=release, by=secretariat)
    until = clock.now(demo) + timedelta(hours=2)
    version = actions.issue_release(release=release, by=secretariat, embargo_until=until)
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        ReleaseVersion.objects.filter(pk=version.pk).update(embargo_until=until + timedelta(days=1))
    actions.lift_embargo(release=release, by=secretariat)
    assert public_release(demo, "second") is not None
    with pytest.raises(RefusedError, match="Nothing"):
        actions.lift_embargo(release=release, by=secretariat)


def test_what_is_issued_does_not_change_by_any_action(demo: Edition) -> None:
    release, press = _issued(demo), demo_actor("press")
    sentence = _sentence(release, "lead")
    for verb in (actions.refresh_sentence, actions.confirm_sentence, actions.leave_out):
        with pytest.raises(RefusedError, match="correct it"):
            verb(sentence=sentence, by=press)
    with pytest.raises(RefusedError, match="correct it"):
        actions.redraft_release(release=release, by=press)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE newsroom_sentence SET text = 'else' WHERE rule = 'lead'",
        "DELETE FROM newsroom_evidence",
        "UPDATE newsroom_evidence SET value = '1'",
        "UPDATE newsroom_releaseversion SET state = 'drafted', cleared_at = NULL, issued_at = NULL",
        'UPDATE newsroom_releaseversion SET notice = \'{"en": "x"}\', number = 2',
        "UPDATE newsroom_releaseversion SET datelines = '{}'",
        "DELETE FROM newsroom_releaseversion",
        "DELETE FROM newsroom_release",
        "UPDATE newsroom_release SET slug = 'else'",
        "TRUNCATE newsroom_sentence CASCADE",
    ],
)
def test_the_database_refuses_to_rewrite_what_is_issued(demo: Edition, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_issues_nothing_that_was_not_cleared(demo: Edition) -> None:
    version = _drafted(demo).versions.get()
    now = clock.now(demo)
    with pytest.raises(IntegrityError, match="cleared before"), transaction.atomic():
        ReleaseVersion.objects.filter(pk=version.pk).update(state="issued", cleared_at=now, issued_at=now)


def test_a_correction_is_a_further_version_with_a_notice_and_the_first_stays_as_it_was(demo: Edition) -> None:
    release, press, secretariat = _issued(demo), demo_actor("press"), demo_actor("secretariat")
    first = release.versions.get()
    before = list(first.sentences.values_list("language", "text"))
    notice = {"en": "The topics are left out.", "fr": "Les sujets sont retirés.", "es": "Sin los temas."}
    with pytest.raises(RefusedError) as caught:
        actions.correct_release(release=release, notice={"en": "Only English."}, by=press)
    assert caught.value.field == "notice_es"
    actions.correct_release(release=release, notice=notice, by=press)
    for code in ("en", "fr", "es"):
        actions.leave_out(sentence=_sentence(release, "topics", code), by=press)
    out = public_release(demo, "warsaw")
    assert out is not None
    assert out.version == first
    actions.clear_release(release=release, by=secretariat)
    actions.issue_release(release=release, by=press)
    out = public_release(demo, "warsaw")
    assert out is not None
    assert [one.notice["en"] for one in out.corrected] == ["The topics are left out."]
    assert not any(one.rule == "topics" for one in out.sentences)
    assert list(first.sentences.values_list("language", "text")) == before
    assert _state(release) is ReleaseState.CORRECTED


def test_what_is_withdrawn_is_public_no_more_and_says_so(demo: Edition) -> None:
    release, press = _issued(demo), demo_actor("press")
    with pytest.raises(RefusedError) as caught:
        actions.withdraw_release(release=release, reason=" ", by=press)
    assert caught.value.field == "reason"
    actions.withdraw_release(release=release, reason="Sent in error.", by=press)
    assert public_releases(demo) == []
    assert is_withdrawn(demo, "warsaw")
    assert _state(release) is ReleaseState.WITHDRAWN
    with pytest.raises(RefusedError):
        actions.correct_release(release=release, notice={"en": "x"}, by=press)
    with pytest.raises(IntegrityError, match="stays so"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(withdrawn_at=None, withdrawn_because="")


def test_a_statement_begins_empty_and_is_told_in_the_languages_it_is_written_in(demo: Edition) -> None:
    press, secretariat = demo_actor("press"), demo_actor("secretariat")
    release = actions.draft_release(edition=demo, slug="statement", kind="statement", by=press)
    with pytest.raises(RefusedError, match="no headline"):
        actions.clear_release(release=release, by=secretariat)
    actions.add_sentence(release=release, language="fr", section="headline", text="Un titre", by=press)
    actions.add_sentence(release=release, language="fr", section="lead", text="Un texte.", by=press)
    actions.clear_release(release=release, by=secretariat)
    actions.issue_release(release=release, by=press)
    found = public_release(demo, "statement")
    assert found is not None
    assert found.languages == ["fr"]
    assert found.version.datelines == {"fr": "VARSOVIE, le 30 octobre 2019"}


def test_without_an_audience_or_a_profile_nothing_is_said_of_who_comes(demo: Edition) -> None:
    actions.keep_profile(edition=demo, profile=Profile(audience={}, about={}), by=demo_actor("press"))
    rules = {one.rule for one in Sentence.objects.filter(release_version__release=_drafted(demo))}
    assert "plain_headline" in rules
    assert not rules & {"headline", "attendance", "about"}


def test_the_editor_tells_how_a_sentence_would_read_now(demo: Edition) -> None:
    release = _drafted(demo)
    theme = Theme.objects.filter(edition=demo).first()
    assert theme is not None
    theme.title = {**theme.title, "en": "Terrorism and radicalisation"}
    theme.save()
    found = editor(release=release, who=demo_actor("press"), facts=gather(demo), language="en")
    assert found is not None
    [one] = [one for one in found.reviewed if one.needs_somebody]
    assert "terrorism and radicalisation" in one.would_read
    assert found.stale == {"en": 1, "fr": 0, "es": 0}
