"""What is done with a release and its sentences: each a POST that leads back to the sentence or the release."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from summitry.accounts.access import actor, obtain
from summitry.accounts.models import Role
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.newsroom import actions
from summitry.newsroom.access import DESKS
from summitry.newsroom.forms import AddForm, CorrectForm, IssueForm, TextForm, WithdrawForm
from summitry.newsroom.models import Release, Sentence
from summitry.newsroom.views.common import offered, page, release_of
from summitry.newsroom.views.desk import editor_page
from summitry.records import RefusedError
from summitry.ui.htmx import go


def _back(
    request: HttpRequest, release: Release, told: str, *, language: str = "", anchor: str = ""
) -> HttpResponseBase:
    asked = language or request.GET.get("language", "")
    address = page(release.edition, "release", release.slug)
    address += f"?{urlencode({'language': asked})}" if asked else ""
    return go(request, f"{address}{f'#{anchor}' if anchor else ''}", told=told)


def _refused(
    request: HttpRequest, release: Release, error: RefusedError, language: str = ""
) -> HttpResponseBase:
    asked = language or request.GET.get("language", "")
    address = page(release.edition, "release", release.slug) + (
        f"?{urlencode({'language': asked})}" if asked else ""
    )
    return go(request, address, told=error.message, level="error")


def _sentence(
    request: HttpRequest, edition: Edition, release: str, sentence: UUID
) -> tuple[Release, Sentence]:
    found = release_of(request, edition, release)
    one = obtain(actor(request), Sentence, release_version__release=found, public_id=sentence)
    return found, one


@edition_view(*DESKS)
@require_POST
def edit(request: HttpRequest, edition: Edition, release: str, sentence: UUID) -> HttpResponseBase:
    """Reword a sentence."""
    found, one = _sentence(request, edition, release, sentence)
    form = TextForm(request.POST)
    if not form.is_valid():
        message = _("Write the sentence, or leave it out.")
        return _refused(request, found, RefusedError(message), one.language)
    try:
        actions.edit_sentence(
            sentence=one,
            text=form.cleaned_data["text"],
            version=form.cleaned_data["version"] or one.version,
            by=actor(request),
        )
    except RefusedError as error:
        return _refused(request, found, error, one.language)
    return _back(
        request,
        found,
        _("Reworded; it keeps what it rests on."),
        language=one.language,
        anchor=f"s-{one.public_id}",
    )


def _on_sentence(
    verb: Callable[..., Sentence], told: object
) -> Callable[[HttpRequest, Edition, str, UUID], HttpResponseBase]:
    @edition_view(*DESKS)
    @require_POST
    def step(request: HttpRequest, edition: Edition, release: str, sentence: UUID) -> HttpResponseBase:
        found, one = _sentence(request, edition, release, sentence)
        try:
            verb(sentence=one, by=actor(request))
        except RefusedError as error:
            return _refused(request, found, error, one.language)
        return _back(request, found, str(told), language=one.language, anchor=f"s-{one.public_id}")

    return step


def _take_in(**words: object) -> Sentence:
    return actions.leave_out(**words, take_back=True)  # type: ignore[arg-type]  # words of the step


refresh = _on_sentence(actions.refresh_sentence, gettext_lazy("Drafted anew."))
confirm = _on_sentence(actions.confirm_sentence, gettext_lazy("It stands as it is worded."))
leave_out = _on_sentence(actions.leave_out, gettext_lazy("Left out."))
take_in = _on_sentence(_take_in, gettext_lazy("Taken in again."))


@edition_view(*DESKS)
@require_POST
def add(request: HttpRequest, edition: Edition, release: str, language: str) -> HttpResponseBase:
    """Add a sentence of one's own."""
    found = release_of(request, edition, release)
    form = AddForm(request.POST)
    if form.is_valid():
        try:
            made = actions.add_sentence(
                release=found, language=language, by=actor(request), **form.cleaned_data
            )
        except RefusedError as error:
            form.refuse(error)
        else:
            told = _("Added. It rests on no record, and says so here.")
            return _back(request, found, told, language=language, anchor=f"s-{made.public_id}")
    return editor_page(request, edition, release, forms={"add_form": form}, status=422)


@edition_view(*DESKS)
@require_POST
def redraft(request: HttpRequest, edition: Edition, release: str) -> HttpResponseBase:
    """Draft anew what nobody has edited."""
    found = release_of(request, edition, release)
    try:
        made = actions.redraft_release(release=found, by=actor(request))
    except RefusedError as error:
        return _refused(request, found, error)
    words = ngettext("Drafted anew: %(count)d sentence.", "Drafted anew: %(count)d sentences.", made)
    return _back(request, found, words % {"count": made})


@edition_view(Role.SECRETARIAT)
@require_POST
def clear(request: HttpRequest, edition: Edition, release: str) -> HttpResponseBase:
    """Clear the open version."""
    found = release_of(request, edition, release)
    try:
        actions.clear_release(release=found, by=actor(request))
    except RefusedError as error:
        return _refused(request, found, error)
    return _back(request, found, _("Cleared: it can be published as it is."))


@edition_view(*DESKS)
@require_POST
def recall(request: HttpRequest, edition: Edition, release: str) -> HttpResponseBase:
    """Take the clearance back."""
    found = release_of(request, edition, release)
    try:
        actions.recall_release(release=found, by=actor(request))
    except RefusedError as error:
        return _refused(request, found, error)
    return _back(request, found, _("A draft again."))


@edition_view(*DESKS)
@require_POST
def issue(request: HttpRequest, edition: Edition, release: str) -> HttpResponseBase:
    """Publish the cleared version, or issue it under embargo."""
    found = release_of(request, edition, release)
    form = IssueForm(request.POST)
    if form.is_valid():
        try:
            version = actions.issue_release(release=found, by=actor(request), **form.cleaned_data)
        except RefusedError as error:
            form.refuse(error)
        else:
            return _back(
                request, found, _("Issued under embargo.") if version.embargo_until else _("Published.")
            )
    return editor_page(request, edition, release, forms={"issue_form": form}, status=422)


@edition_view(*DESKS)
@require_POST
def lift(request: HttpRequest, edition: Edition, release: str) -> HttpResponseBase:
    """End the embargo now."""
    found = release_of(request, edition, release)
    try:
        actions.lift_embargo(release=found, by=actor(request))
    except RefusedError as error:
        return _refused(request, found, error)
    return _back(request, found, _("Published."))


@edition_view(*DESKS)
@require_POST
def correct(request: HttpRequest, edition: Edition, release: str) -> HttpResponseBase:
    """Begin a corrected version."""
    found = release_of(request, edition, release)
    form = CorrectForm(
        request.POST, languages=[code for code in offered(edition) if f"notice_{code}" in request.POST]
    )
    if form.is_valid():
        try:
            actions.correct_release(release=found, notice=form.notice(), by=actor(request))
        except RefusedError as error:
            form.refuse(error)
        else:
            return _back(
                request,
                found,
                _("A corrected version is begun; the last one stays public until it is issued."),
            )
    return editor_page(request, edition, release, forms={"correct_form": form}, status=422)


@edition_view(*DESKS)
@require_POST
def withdraw(request: HttpRequest, edition: Edition, release: str) -> HttpResponseBase:
    """Withdraw a release."""
    found = release_of(request, edition, release)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw_release(release=found, by=actor(request), **form.cleaned_data)
        except RefusedError as error:
            form.refuse(error)
        else:
            return _back(request, found, _("Withdrawn."))
    return editor_page(request, edition, release, forms={"withdraw_form": form}, status=422)
