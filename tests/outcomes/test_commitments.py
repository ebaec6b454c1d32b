from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from outcomes_support import DAY, FollowUp, refused_by_the_database, spokesperson
from summitry.accounts.access import SYSTEM, Actor
from summitry.accounts.models import Role
from summitry.bookings.models import Occasion
from summitry.ledger.models import Entry
from summitry.outcomes import actions
from summitry.outcomes.actions import Party, Step, Taken
from summitry.outcomes.models import Commitment, CommitmentParty, Confirmation, Milestone, Wording
from summitry.outcomes.queries import commitment_story, to_confirm
from summitry.records import RefusedError


def test_commitments_are_numbered_in_their_edition(follow_up: FollowUp) -> None:
    assert [follow_up.draft().ref, follow_up.draft().ref] == ["C-001", "C-002"]


def test_what_is_recorded_keeps_the_text_word_for_word(follow_up: FollowUp) -> None:
    text = "  La Pologne formera\n vingt examinateurs.  "
    commitment = follow_up.draft(text=text, language="fr")
    wording = commitment.wordings.get()
    assert (wording.number, wording.text, wording.language) == (1, text, "fr")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": {}}, "title"),
        ({"title": {"xx": "?"}}, "title"),
        ({"text": " "}, "text"),
        ({"language": "xx"}, "language"),
        ({"kind": "gift"}, "kind"),
        ({"target": Decimal(0)}, "target"),
        ({"target": Decimal(3)}, "unit"),
        ({"value": Decimal(3)}, "currency"),
        ({"value": Decimal(-1), "currency": "EUR"}, "value"),
        ({"currency": "EUR"}, "value"),
        ({"starts_on": DAY + timedelta(days=400)}, "due_on"),
        ({"places": ["BA", "ZZ"]}, "places"),
        ({"milestones": [Step(" ", DAY)]}, "milestones"),
        ({"report_months": 61}, "report_months"),
        ({"confidentiality": 9}, "confidentiality"),
    ],
)
def test_what_cannot_be_promised_is_refused_by_its_field(
    follow_up: FollowUp, words: dict[str, object], field: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        actions.record_commitment(edition=follow_up.edition, terms=follow_up.terms(**words), by=SYSTEM)  # type: ignore[arg-type]  # words of a test
    assert caught.value.field == field
    assert not Commitment.objects.exists()


def test_an_owner_is_no_other_party_and_nobody_is_named_twice(follow_up: FollowUp) -> None:
    for others in (("pl",), ("ma", "ma")):
        with pytest.raises(RefusedError) as caught:
            follow_up.draft("pl", *others)
        assert caught.value.field == "parties"


def test_a_commitment_has_one_source_of_its_edition(follow_up: FollowUp) -> None:
    from outcomes_support import make_follow_up

    elsewhere = make_follow_up("elsewhere").meeting()
    with pytest.raises(RefusedError, match="meeting of this edition"):
        follow_up.draft(meeting=elsewhere)
    with refused_by_the_database("outcome_source_of_edition"):
        Commitment.objects.filter(pk=follow_up.draft().pk).update(meeting=elsewhere)


def test_what_is_agreed_in_a_secret_meeting_is_as_secret(follow_up: FollowUp) -> None:
    meeting = follow_up.meeting(confidentiality=3)
    with pytest.raises(RefusedError, match="only the parties and the chief of protocol"):
        follow_up.draft(meeting=meeting, confidentiality=2)
    commitment = follow_up.draft(meeting=meeting)
    assert commitment.confidentiality == 3
    with pytest.raises(RefusedError) as caught:
        actions.set_confidentiality(outcome=commitment, level=0, by=SYSTEM)
    assert caught.value.field == "confidentiality"
    with refused_by_the_database("outcome_as_secret_as_its_source"):
        Commitment.objects.filter(pk=commitment.pk).update(confidentiality=2)


def test_a_meeting_does_not_become_secret_while_what_came_of_it_is_not(follow_up: FollowUp) -> None:
    meeting = follow_up.meeting()
    follow_up.draft(meeting=meeting)
    for row in (meeting.request, meeting.occasion):
        row.confidentiality = Occasion.Confidentiality.CHIEF_OF_PROTOCOL
        with refused_by_the_database("outcome_as_secret_as_its_source"):
            row.save()


def test_the_ledger_tells_of_a_secret_commitment_no_more_than_its_number(follow_up: FollowUp) -> None:
    follow_up.draft(confidentiality=3)
    assert Entry.objects.get(verb="record_commitment").after == {"ref": "C-001"}
    follow_up.draft()
    assert Entry.objects.filter(verb="record_commitment", after__owner="pl").count() == 1


def test_only_who_follows_up_records(follow_up: FollowUp) -> None:
    for who in (
        follow_up.focal("pl"),
        follow_up.summit.actor(Role.PRESS),
        follow_up.summit.actor(Role.PROTOCOL),
    ):
        with pytest.raises(PermissionDenied):
            actions.record_commitment(edition=follow_up.edition, terms=follow_up.terms(), by=who)
    secret = follow_up.terms(confidentiality=3)
    with pytest.raises(PermissionDenied):
        actions.record_commitment(edition=follow_up.edition, terms=secret, by=follow_up.keeper)
    actions.record_commitment(
        edition=follow_up.edition, terms=secret, by=follow_up.summit.actor(Role.PROTOCOL)
    )


def test_editing_a_draft_replaces_its_terms_and_keeps_each_wording(follow_up: FollowUp) -> None:
    commitment = follow_up.draft(
        "pl", "ma", "no", milestones=[Step("Trainers named", DAY), Step("First course", DAY)]
    )
    terms = follow_up.terms(
        "ma",
        "pl",
        text="Morocco will train Poland.",
        parties=[Party(follow_up.entity("pl"), "counterpart")],
        milestones=[Step("Course held", DAY, 2), Step("Evaluation", DAY)],
        places=["PL", "150"],
    )
    edited = actions.edit_commitment(
        commitment=commitment,
        terms=terms,
        version=commitment.version,
        by=follow_up.keeper,
        reason="Sides confused",
    )
    edited.refresh_from_db()
    assert (edited.owner.code, edited.places, edited.version) == ("ma", ["PL", "150"], 2)
    assert [(p.entity.code, p.role) for p in edited.parties.all()] == [("pl", "counterpart")]
    assert [(m.number, m.title) for m in edited.milestones.order_by("number")] == [
        (2, "Course held"),
        (3, "Evaluation"),
    ]
    assert [(w.number, w.reason) for w in edited.wordings.order_by("number")] == [
        (1, ""),
        (2, "Sides confused"),
    ]
    assert "morocco will train" in edited.search_text


def test_a_change_made_on_an_old_state_is_refused(follow_up: FollowUp) -> None:
    commitment = follow_up.draft()
    words = {"commitment": commitment, "terms": follow_up.terms(), "version": 1, "by": follow_up.keeper}
    actions.edit_commitment(**words)  # type: ignore[arg-type]  # words of a test
    with pytest.raises(RefusedError, match="meanwhile"):
        actions.edit_commitment(**words)  # type: ignore[arg-type]  # words of a test


def test_it_counts_as_agreed_when_owner_and_beneficiaries_have_confirmed_supporters_are_not_asked(
    follow_up: FollowUp,
) -> None:
    parties = [Party(follow_up.entity("ma"), "beneficiary"), Party(follow_up.entity("no"), "supporter")]
    commitment = follow_up.submitted(parties=parties)
    assert list(to_confirm(delegation=follow_up.delegation("ma"), who=follow_up.focal("ma"))) == [commitment]
    assert not to_confirm(delegation=follow_up.delegation("no"), who=follow_up.focal("no"))
    with pytest.raises(PermissionDenied, match="not asked"):
        follow_up.answer(commitment, "no")
    assert follow_up.answer(commitment, "pl").workflow == "submitted"
    assert follow_up.answer(commitment, "ma").workflow == "approved"
    commitment.refresh_from_db()
    assert commitment.agreed_on == DAY
    assert not to_confirm(delegation=follow_up.delegation("ma"), who=follow_up.focal("ma"))


def test_only_a_delegations_focal_point_answers_for_it(follow_up: FollowUp) -> None:
    commitment = follow_up.submitted()
    for who in (
        follow_up.focal("no"),
        follow_up.focal("pl"),
        follow_up.keeper,
        follow_up.summit.actor(Role.DELEGATE, "ma"),
    ):
        with pytest.raises(PermissionDenied):
            actions.answer_commitment(
                commitment=commitment, delegation=follow_up.delegation("ma"), answer="confirmed", by=who
            )
    # Poland is the host's own delegation, for which its staff answer
    actions.answer_commitment(
        commitment=commitment, delegation=follow_up.delegation("pl"), answer="confirmed", by=follow_up.keeper
    )


def test_a_refusal_with_a_wish_sends_it_back_and_a_new_round_forgets_earlier_answers(
    follow_up: FollowUp,
) -> None:
    commitment = follow_up.submitted()
    follow_up.answer(commitment, "pl")
    with pytest.raises(RefusedError) as caught:
        follow_up.answer(commitment, "ma", "refused")
    assert caught.value.field == "wish"
    refused = follow_up.answer(commitment, "ma", "refused", wish="Thirty, not twenty.")
    assert (refused.workflow, refused.workflow_note) == ("change_requested", "Thirty, not twenty.")
    terms = follow_up.terms(text="Poland will train thirty.")
    changed = actions.edit_commitment(
        commitment=refused, terms=terms, version=refused.version, by=follow_up.keeper
    )
    assert changed.wordings.get(number=2).reason == "Thirty, not twenty."
    again = actions.submit_commitment(commitment=changed, by=follow_up.keeper)
    assert follow_up.answer(again, "ma").workflow == "submitted"
    assert follow_up.answer(again, "pl").workflow == "approved"


def test_what_lies_before_the_parties_or_is_agreed_does_not_change_under_their_eyes(
    follow_up: FollowUp,
) -> None:
    for commitment in (follow_up.submitted(), follow_up.agreed()):
        with pytest.raises(RefusedError, match="take it back, or correct it"):
            actions.edit_commitment(
                commitment=commitment,
                terms=follow_up.terms(),
                version=commitment.version,
                by=follow_up.keeper,
            )
        with refused_by_the_database("commitment_terms_stand"):
            Commitment.objects.filter(pk=commitment.pk).update(due_on=DAY)
        with refused_by_the_database("commitment_terms_stand"):
            Wording.objects.create(commitment=commitment, number=2, text="Other", language="en", reason="!")
        with refused_by_the_database("commitment_terms_stand"):
            CommitmentParty.objects.filter(commitment=commitment).delete()
        with refused_by_the_database("commitment_terms_stand"):
            CommitmentParty.objects.create(
                commitment=commitment, entity=follow_up.entity("sn"), role="supporter"
            )


def test_the_database_counts_nothing_as_agreed_that_a_party_has_not_confirmed(follow_up: FollowUp) -> None:
    commitment = follow_up.submitted()
    follow_up.answer(commitment, "pl")
    with refused_by_the_database("commitment_agreed_by_its_parties"):
        Commitment.objects.filter(pk=commitment.pk).update(workflow="approved", agreed_on=DAY)
    with refused_by_the_database("commitment_counts_once_agreed"):
        Commitment.objects.filter(pk=commitment.pk).update(workflow="approved")
    with refused_by_the_database("commitment_begins_as_draft"):
        Commitment.objects.create(
            edition=follow_up.edition, number=9, title={"en": "x"}, kind="event", owner=follow_up.entity("pl"),
            workflow="approved", agreed_on=DAY,
        )  # fmt: skip


def test_the_database_takes_only_answers_to_what_lies_before_the_parties(follow_up: FollowUp) -> None:
    draft, submitted = follow_up.draft(), follow_up.submitted()
    ma = follow_up.delegation("ma")

    def answer(commitment: Commitment, wording: Wording, round_: int = 1) -> None:
        Confirmation.objects.create(
            edition=follow_up.edition, commitment=commitment, wording=wording, delegation=ma, round=round_,
            answer="confirmed", by_name="x", at="2031-05-14T12:00Z",
        )  # fmt: skip

    with refused_by_the_database("confirmation_in_its_round"):
        answer(draft, draft.wordings.get())
    with refused_by_the_database("confirmation_in_its_round"):
        answer(submitted, submitted.wordings.get(), 2)
    with refused_by_the_database("confirmation_in_its_round"):
        answer(submitted, draft.wordings.get())


def test_a_correction_is_a_new_wording_that_the_parties_confirm_again(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed(confidentiality=0)
    keeper = follow_up.keeper
    actions.clear_outcome(outcome=commitment, by=keeper)
    actions.publish_commitment(commitment=commitment, by=keeper)
    opened = actions.correct_commitment(commitment=commitment, reason="A name was misspelt.", by=keeper)
    assert (opened.workflow, opened.agreed_on, opened.cleared_on) == ("change_requested", None, None)
    terms = follow_up.terms(text="Poland will train twenty examiners of Morocco.", confidentiality=0)
    actions.edit_commitment(commitment=opened, terms=terms, version=opened.version, by=keeper)
    actions.submit_commitment(commitment=opened, by=keeper)
    for code in ("pl", "ma"):
        follow_up.answer(opened, code)
    story = commitment_story(
        commitment=opened, who=follow_up.focal("ma"), edition=follow_up.edition, keeper=False
    )
    assert story.commitment.workflow == "approved"
    assert (story.wording.number, story.wording.reason) == (2, "A name was misspelt.")
    assert [wording.number for wording in story.earlier] == [1]
    assert [answered.answer and answered.answer.answer for answered in story.asked] == [
        "confirmed",
        "confirmed",
    ]


def test_the_parties_read_no_wording_that_was_changed_before_it_lay_before_them(follow_up: FollowUp) -> None:
    draft, keeper = follow_up.draft(), follow_up.keeper
    for text in ("Poland will train ten examiners.", "Poland will train twelve examiners."):
        actions.edit_commitment(
            commitment=draft, terms=follow_up.terms(text=text), version=draft.version, by=keeper
        )
        draft.refresh_from_db()
    submitted = actions.submit_commitment(commitment=draft, by=keeper)
    back = follow_up.answer(submitted, "ma", "refused", "It was eleven.")
    terms = follow_up.terms(text="Poland will train eleven examiners.")
    actions.edit_commitment(commitment=back, terms=terms, version=back.version, by=keeper)

    def earlier(who: Actor, *, is_keeper: bool) -> list[int]:
        story = commitment_story(commitment=back, who=who, edition=follow_up.edition, keeper=is_keeper)
        return [wording.number for wording in story.earlier]

    assert earlier(keeper, is_keeper=True) == [3, 2, 1]
    assert earlier(follow_up.focal("ma"), is_keeper=False) == [3]


def test_only_what_is_public_agreed_and_wished_is_cleared_and_only_what_is_cleared_published(
    follow_up: FollowUp,
) -> None:
    keeper = follow_up.keeper
    for commitment, why in (
        (follow_up.agreed(), "Not everybody may know"),
        (follow_up.submitted(confidentiality=0), "not confirmed it yet"),
        (follow_up.agreed(confidentiality=0, publish=False), "do not wish it"),
    ):
        with pytest.raises(RefusedError, match=why):
            actions.clear_outcome(outcome=commitment, by=keeper)
    commitment = follow_up.agreed(confidentiality=0)
    with pytest.raises(RefusedError, match="clear it first"):
        actions.publish_commitment(commitment=commitment, by=keeper)
    actions.clear_outcome(outcome=commitment, by=keeper)
    published = actions.publish_commitment(commitment=commitment, by=keeper)
    with pytest.raises(RefusedError, match="withdraw it first"):
        actions.set_confidentiality(outcome=published, level=2, by=keeper)
    with pytest.raises(RefusedError, match="withdraw it first"):
        actions.clear_outcome(outcome=published, by=keeper, withdraw=True)
    back = actions.unpublish_commitment(commitment=published, reason="Asked for by Morocco.", by=keeper)
    assert back.workflow == "approved"
    hidden = actions.set_confidentiality(outcome=back, level=2, by=keeper)
    assert hidden.cleared_on is None
    with refused_by_the_database("commitment_cleared_is_agreed_and_public"):
        Commitment.objects.filter(pk=commitment.pk).update(cleared_on=DAY)


def test_a_commitment_of_somebody_who_is_not_there_is_noted_as_agreed_elsewhere(follow_up: FollowUp) -> None:
    keeper = follow_up.keeper
    draft = follow_up.draft("pl", "br")
    note = {"commitment": draft, "on": DAY, "by": keeper}
    with pytest.raises(RefusedError, match="how it is known"):
        actions.note_agreement(**note, elsewhere=" ")  # type: ignore[arg-type]  # words of a test
    noted = actions.note_agreement(**note, elsewhere="Agreed minutes of 2 May 2031")  # type: ignore[arg-type]  # words of a test
    assert (noted.workflow, noted.agreed_on) == ("approved", DAY)
    with pytest.raises(RefusedError, match="confirm it themselves"):
        actions.note_agreement(commitment=follow_up.draft(), on=DAY, elsewhere="Letters", by=keeper)
    with pytest.raises(RefusedError, match="no delegation"):
        actions.submit_commitment(commitment=follow_up.draft("br", "pl"), by=keeper)


def test_a_correction_years_later_is_confirmed_by_the_focal_points_of_the_day(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed()
    keeper = follow_up.actor_at(follow_up.later, Role.FOLLOW_UP)
    actions.correct_commitment(commitment=commitment, reason="A name was misspelt.", by=keeper)
    actions.submit_commitment(commitment=commitment, by=keeper)
    for code in ("pl", "ma"):
        successor = follow_up.actor_at(follow_up.later, Role.FOCAL_POINT, code)
        delegation = follow_up.delegation(code, follow_up.later)
        assert list(to_confirm(delegation=delegation, who=successor)) == [commitment]
        actions.answer_commitment(
            commitment=commitment, delegation=delegation, answer="confirmed", by=successor
        )
        assert not to_confirm(delegation=delegation, who=successor)
    commitment.refresh_from_db()
    assert commitment.workflow == "approved"
    stranger = follow_up.actor_at(follow_up.later, Role.FOCAL_POINT, "br")
    with pytest.raises(PermissionDenied, match="not asked"):
        actions.answer_commitment(
            commitment=commitment, delegation=follow_up.delegation("br", follow_up.later), answer="confirmed", by=stranger
        )  # fmt: skip


def test_what_was_agreed_elsewhere_is_corrected_and_noted_again(follow_up: FollowUp) -> None:
    keeper = follow_up.keeper
    noted = actions.note_agreement(
        commitment=follow_up.draft("br", "pl"), on=DAY, elsewhere="Letters of 2 May", by=keeper
    )
    actions.correct_commitment(commitment=noted, reason="A date was wrong.", by=keeper)
    again = actions.note_agreement(commitment=noted, on=DAY, elsewhere="Letters of 9 May", by=keeper)
    assert (again.workflow, again.agreed_elsewhere) == ("approved", "Letters of 9 May")


def test_a_delegation_that_sent_regrets_is_not_waited_for(follow_up: FollowUp) -> None:
    absent = follow_up.delegation("ma")
    absent.answer = "regrets"
    absent.save()
    commitment = follow_up.submitted("pl", "ma")
    assert follow_up.answer(commitment, "pl").workflow == "approved"


@pytest.mark.parametrize("many", [1, 30])
def test_taking_over_many_commitments_takes_as_many_statements_as_one(
    follow_up: FollowUp, many: int, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    terms = follow_up.terms("pl", "br", milestones=[Step("Half", DAY)])
    taken = [Taken(terms, DAY, "Letters"), Taken(replace(terms, milestones=()))] * many
    with django_assert_num_queries(21):
        made = actions.load_commitments(edition=follow_up.edition, taken=taken, by=follow_up.keeper)
    assert [row.number for row in made] == list(range(1, 2 * many + 1))
    assert Commitment.objects.filter(workflow="approved").count() == many
    assert Entry.objects.get(verb="load_commitments").after == {"commitments": 2 * many, "agreed": many}


def test_what_its_parties_can_confirm_is_not_taken_over_as_agreed(follow_up: FollowUp) -> None:
    with pytest.raises(RefusedError, match="confirm it themselves"):
        actions.load_commitments(
            edition=follow_up.edition, taken=[Taken(follow_up.terms(), DAY, "Letters")], by=follow_up.keeper
        )


def test_rejected_recalled_and_reopened_records_go_where_they_belong(follow_up: FollowUp) -> None:
    keeper = follow_up.keeper
    recalled = actions.recall_commitment(commitment=follow_up.submitted(), by=keeper)
    assert recalled.workflow == "draft"
    with pytest.raises(RefusedError, match="Say why"):
        actions.reject_commitment(commitment=recalled, reason=" ", by=keeper)
    rejected = actions.reject_commitment(commitment=recalled, reason="Not a commitment.", by=keeper)
    assert (rejected.workflow, rejected.workflow_note) == ("rejected", "Not a commitment.")
    with pytest.raises(RefusedError, match="cannot be done with it now"):
        actions.submit_commitment(commitment=rejected, by=keeper)


def test_parts_of_a_commitment_stay_in_its_series(follow_up: FollowUp) -> None:
    from outcomes_support import make_follow_up

    other = make_follow_up("other")
    area = actions.keep_area(
        edition=other.edition, code="training", title={"en": "Training"}, by=other.keeper
    )
    with pytest.raises(RefusedError, match="areas of this series"):
        follow_up.draft(areas=[area])
    with refused_by_the_database("outcome_area_of_series"):
        follow_up.draft().areas.add(area)
    with refused_by_the_database("confirmation_delegation_in_edition"):
        commitment = follow_up.submitted()
        Confirmation.objects.create(
            edition=follow_up.edition, commitment=commitment, wording=commitment.wordings.get(),
            delegation=other.delegation("ma"), round=1, answer="confirmed", by_name="x", at="2031-05-14T12:00Z",
        )  # fmt: skip


def test_a_milestone_is_met_on_a_day_or_not_at_all(follow_up: FollowUp) -> None:
    commitment = follow_up.agreed(milestones=[Step("Trainers named", DAY)])
    milestone = commitment.milestones.get()
    met = actions.note_milestone(milestone=milestone, status="met", by=follow_up.focal("pl"))
    assert (met.status, met.met_on) == ("met", DAY)
    again = actions.note_milestone(milestone=milestone, status="not_met", by=follow_up.keeper)
    assert again.met_on is None
    with pytest.raises(PermissionDenied):
        actions.note_milestone(milestone=milestone, status="met", by=follow_up.focal("ma"))
    with pytest.raises(RefusedError, match="still to come"):
        actions.note_milestone(
            milestone=milestone, status="met", met_on=DAY + timedelta(days=1), by=follow_up.keeper
        )
    with refused_by_the_database("commitment_terms_stand"):
        Milestone.objects.filter(pk=milestone.pk).update(due_on=DAY + timedelta(days=9))


def test_a_party_without_an_account_answers_by_what_a_link_lets_it(follow_up: FollowUp) -> None:
    commitment = follow_up.submitted()
    actions.answer_commitment(
        commitment=commitment,
        delegation=follow_up.delegation("ma"),
        answer="confirmed",
        by=spokesperson(follow_up.delegation("ma")),
    )
    assert commitment.confirmations.get().by is None
