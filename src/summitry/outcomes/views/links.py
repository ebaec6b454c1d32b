"""Reporting by a link in a letter, without logging in: on that one commitment, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, actor, allowed
from summitry.accounts.links import link_view
from summitry.accounts.models import AccessLink, User
from summitry.conferences import clock
from summitry.outcomes import actions, queries
from summitry.outcomes.access import REPORT_LINK
from summitry.outcomes.forms import ReportForm
from summitry.outcomes.forms.fields import refuse
from summitry.outcomes.forms.reports import REPORT_FIELDS
from summitry.outcomes.kinds import Channel
from summitry.outcomes.models import Commitment
from summitry.outcomes.queries.reminders import editions_followed_up
from summitry.outcomes.rules import OPEN_WORKFLOWS
from summitry.outcomes.views.common import entity_names
from summitry.outcomes.words import progress_words
from summitry.records import RefusedError
from summitry.ui.forms import focus_first_error
from summitry.world.languages import LANGUAGES, text_in


def _named(who: Actor, recipient: User | None) -> Actor:
    """Return whoever came by a link under the name of the one it was sent to."""
    return replace(who, name=recipient.name or recipient.email) if recipient else who


@link_view(REPORT_LINK)
def report_by_link(request: HttpRequest, link: AccessLink) -> HttpResponseBase:
    """Show one commitment to its owner, and take a report on it."""
    found = (
        Commitment.objects.filter(public_id=link.target_id)
        .select_related("edition__series", "edition__hosted_by")
        .first()
    )
    recipient = User.objects.filter(public_id=link.recipient_id).first()
    who = _named(actor(request), recipient)
    asked = request.GET.get("language", "") or (recipient.language if recipient else "")
    with translation.override(asked if asked in LANGUAGES else None):
        if found is not None and allowed(who, "file_report", found):
            return _page(request, link, found, who)
        why = _("This link was withdrawn. Ask the secretariat for another, or log in.")
        return render(request, "accounts/link_ended.html", {"why": why}, status=410)


def _page(request: HttpRequest, link: AccessLink, found: Commitment, who: Actor) -> HttpResponseBase:
    edition = next(
        (one for one in editions_followed_up() if one.series_id == found.edition.series_id), found.edition
    )
    is_open = found.workflow in OPEN_WORKFLOWS
    posted = (request.POST, request.FILES) if request.method == "POST" and is_open else ()
    form = ReportForm(*posted, commitment=found, by_link=True)
    kept = False
    if form.is_bound and form.is_valid():
        try:
            actions.file_report(
                commitment=found, told=form.told(), by=who, channel=Channel.LINK, edition=edition, link=link
            )
        except RefusedError as error:
            refuse(form, error, REPORT_FIELDS)
        else:
            kept = True
            found.refresh_from_db()
    if form.is_bound and not kept:
        focus_first_error(form)
    code = translation.get_language() or "en"
    [row] = queries.fetched(Commitment.objects.filter(pk=found.pk))
    others = [party.entity_id for party in row.other_parties]
    names = entity_names(found.edition, [found.owner_id, *others])
    context = {
        "row": found,
        "form": form,
        "is_open": is_open,
        "kept": kept,
        "title": text_in(found.title, code),
        "edition_name": text_in(found.edition.name, code),
        "owner": names[found.owner_id],
        "others": ", ".join(names[pk].marked for pk in others),
        "wording": row.last_wordings[0],
        "last": found.reports.first(),
        "progress_words": progress_words(found.progress),
        "until": clock.wall(edition, link.expires_at + (edition.clock_offset or timedelta())),
        "recipient": who.name,
    }
    status = 422 if form.is_bound and not kept else 200
    return render(request, "outcomes/commitments/report_by_link.html", context, status=status)
