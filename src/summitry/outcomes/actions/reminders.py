"""Reminding owners by letter, with a link by which they report without logging in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, require
from summitry.accounts.actions import IssuedLink, LinkOrder, issue_links
from summitry.accounts.models import User
from summitry.conferences import clock
from summitry.conferences.models import Edition
from summitry.delegations.queries import naming_policy
from summitry.ledger.actions import action, record
from summitry.outbox.actions import Draft, post_letters
from summitry.outbox.composing import Recipient, absolute_url
from summitry.outcomes.access import REPORT_LINK
from summitry.outcomes.actions.notices import AT_ONCE, check_sender, is_secret
from summitry.outcomes.actions.shared import enter
from summitry.outcomes.letters import LETTER_LANGUAGES, Reminded, for_letters, reminder_wordings
from summitry.outcomes.models import Commitment, Wording
from summitry.outcomes.queries.reminders import OwnerReminder, addressed, reminders_due
from summitry.outcomes.rules import OPEN_WORKFLOWS, Reason, Reminder
from summitry.records import RefusedError
from summitry.world.queries import names_for

#: How long a link in a reminder opens.
LINK_LASTS: Final = timedelta(days=90)

Names = Mapping[str, Mapping[int, str]]


@action
def send_reminders(*, edition: Edition, by: Actor) -> int:
    """Post the reminders that are due and not posted yet, at most for 200 commitments; return how many letters.

    Done twice, the second time finds nothing to post. Letters and what the ledger says of
    them are kept together: who is killed in between has posted none of them.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow the edition's outcomes up.
    RefusedError
        Where nothing is due that was not posted already.
    """
    check_sender(by, edition)
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)  # one at a time
    due = [one for one in reminders_due(edition=edition, who=by) if one.waiting][:AT_ONCE]
    if not due:
        raise RefusedError(_("Every reminder that is due has been sent already."))
    letters = _post(edition, due)
    record(
        by=by,
        verb="send_reminders",
        target=edition,
        edition_id=edition.pk,
        after={
            "letters": letters,
            "commitments": [one.commitment.ref for one in due if not is_secret(one.commitment)],
        },
        delegations=sorted(
            {one.delegation.pk for one in due if one.delegation and one.delegation.edition_id == edition.pk}
        ),
    )
    return letters


@action
def remind_owner(*, commitment: Commitment, edition: Edition, by: Actor) -> int:
    """Ask the owner of one commitment now how it stands, at most once a day; return how many letters.

    Parameters
    ----------
    edition
        On whose clock, and whose delegations answer.

    Raises
    ------
    PermissionDenied
        Where `by` does not follow it up.
    RefusedError
        Where it is not open, nobody can be written to, or the owner was asked today already.
    """
    require(by, "remind_owner", commitment)
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if commitment.workflow not in OPEN_WORKFLOWS:
        raise RefusedError(_("Only what is agreed and not closed is reported on."))
    today = clock.today(edition)
    [row] = Commitment.objects.filter(pk=commitment.pk).select_related("edition")
    [one] = addressed([(row, Reminder(Reason.ASKED, today))], edition=edition)
    if not one.recipients:
        raise RefusedError(_("The owner has no focal point to write to: give its delegation one."))
    if not one.waiting:
        raise RefusedError(_("The owner was asked today already."))
    letters = _post(edition, [one])
    enter(by=by, verb="remind_owner", outcome=row, after={"letters": letters})
    return letters


def _post(edition: Edition, due: Sequence[OwnerReminder]) -> int:
    """Issue links and post letters to everybody who has none yet; the number of statements does not grow with them."""
    pairs = [(one, recipient) for one in due for recipient in one.waiting]
    texts = {
        wording.commitment_id: wording.text
        for wording in Wording.objects.filter(commitment__in=[one.commitment.pk for one in due])
        .order_by("commitment_id", "-number")
        .distinct("commitment_id")
    }
    names = _names(edition, due)
    opens_until = timezone.now() + LINK_LASTS
    told = [pair for pair in pairs if not is_secret(pair[0].commitment)]
    links = issue_links(
        [
            LinkOrder(
                purpose=REPORT_LINK,
                target=one.commitment,
                recipient_id=recipient.public_id,
                expires_at=opens_until,
                edition_id=one.commitment.edition_id,
            )
            for one, recipient in told
        ]
    )
    by_pair = {
        (one.commitment.pk, recipient.pk): link for (one, recipient), link in zip(told, links, strict=True)
    }
    post_letters(
        [
            _draft(
                edition,
                one,
                recipient,
                names=names,
                text="" if is_secret(one.commitment) else texts[one.commitment.pk],
                link=by_pair.get((one.commitment.pk, recipient.pk)),
            )
            for one, recipient in pairs
        ]
    )
    return len(pairs)


def _names(edition: Edition, due: Sequence[OwnerReminder]) -> Names:
    owners = {one.commitment.owner_id for one in due}
    today, policy = clock.today(edition), naming_policy(edition)
    return {
        code: {
            pk: name.short for pk, name in names_for(owners, language=code, on=today, policy=policy).items()
        }
        for code in LETTER_LANGUAGES
    }


def _draft(
    edition: Edition,
    one: OwnerReminder,
    recipient: User,
    *,
    names: Names,
    text: str,
    link: IssuedLink | None,
) -> Draft:
    row = one.commitment
    slug = one.delegation.edition.slug if one.delegation else edition.slug
    reminded = Reminded(
        reminder=one.reminder,
        ref=row.ref,
        name=recipient.name or recipient.email,
        title=for_letters(row.title),
        owner={code: names[code][row.owner_id] for code in LETTER_LANGUAGES},
        edition=for_letters(row.edition.name),
        text=text,
        due_on=row.due_on,
        today=clock.today(edition),
        report_url=absolute_url(reverse("outcomes-report", args=[link.token])) if link else "",
        opens_until=clock.local(edition, link.link.expires_at + (edition.clock_offset or timedelta())).date()
        if link
        else None,
        url=absolute_url(reverse("outcomes:commitment", args=[slug, row.public_id])),
    )
    return Draft(
        to=Recipient(
            id=recipient.public_id,
            address=recipient.email,
            name=recipient.name,
            language=recipient.language,
        ),
        wordings=reminder_wordings(reminded),
        key=one.key(recipient),
        edition_id=edition.pk,
    )
