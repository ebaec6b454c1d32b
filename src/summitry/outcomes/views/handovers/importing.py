"""The list of a handover as a file: read in (looked at first, then taken over whole or not at all), and handed out."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from summitry.accounts.access import actor
from summitry.accounts.models import Role
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.files.actions import keep_file
from summitry.files.models import StoredFile
from summitry.files.queries import content_of
from summitry.formats.sheets import write_csv, write_xlsx
from summitry.outcomes import access, actions, queries
from summitry.outcomes.exchange.item_reading import FoundItems, read_items
from summitry.outcomes.exchange.item_writing import commitment_name, item_sheet, write_item_template
from summitry.outcomes.forms.fields import refuse
from summitry.outcomes.models import Commitment, Handover
from summitry.outcomes.views.common import language, page, refused
from summitry.outcomes.views.handovers.common import obtained, obtained_for
from summitry.outcomes.views.steps import KEEPING
from summitry.records import RefusedError
from summitry.ui.htmx import go
from summitry.world.languages import text_in

_ROLES: Final = (*access.KEEPERS, Role.PROTOCOL, Role.FOCAL_POINT, Role.DELEGATE)
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT: Final = "outcomes.handovers.import"
_PREVIEW_LASTS: Final = 2 * 60 * 60  # seconds
_SHOWN: Final = 50


class ItemFileForm(forms.Form):
    """A file of items."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A workbook (.xlsx) or comma-separated values (.csv), at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


def _served(found: Handover) -> list[Commitment]:
    return list(found.commitments.select_related("edition").order_by("edition__number", "number"))


@edition_view(*KEEPING)
def read(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Read a file and show what it holds, or every cell that has to be mended; nothing is recorded yet."""
    found = obtained_for(request, edition, handover, "edit_handover")
    form = ItemFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, object] = {
        "edition": edition,
        "row": found,
        "title": text_in(found.title, language()),
        "form": form,
    }
    status = 200
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            data = upload.read()
            held = read_items(data, handover=found, served=_served(found), by=actor(request))
            context |= {"found": held, "name": upload.name}
            if held.faults:
                status = 422
            elif held.items:
                kept = keep_file(content=data, name=upload.name)
                context |= _preview(held) | {
                    "token": signing.dumps([found.pk, kept.sha256, request.user.pk], salt=_SALT)
                }
        except RefusedError as error:
            refuse(form, error)
    if form.errors:
        status = 422
    return render(request, "outcomes/handovers/import.html", context, status=status)


def _preview(held: FoundItems) -> dict[str, object]:
    rows = [*held.changed, *held.new]
    return {"rows": rows[:_SHOWN], "more": max(0, len(rows) - _SHOWN)}


@require_POST
@edition_view(*KEEPING)
def load(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Take over what was looked at: all of it, or nothing."""
    found = obtained_for(request, edition, handover, "edit_handover")
    url = page(edition, "handover-import", found.public_id)
    try:
        pk, digest, user = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=_PREVIEW_LASTS)
    except signing.BadSignature:
        return go(request, url, told=_("That was too long ago: choose the file again."), level="error")
    kept = StoredFile.objects.filter(sha256=digest).first()
    if kept is None or (pk, user) != (found.pk, request.user.pk):
        return go(request, url, told=_("Choose the file again."), level="error")
    who = actor(request)
    try:
        held = read_items(content_of(kept), handover=found, served=_served(found), by=who)
        if held.faults or not held.items:
            return go(
                request,
                url,
                told=_("Something has changed meanwhile: look at the file again."),
                level="error",
            )
        actions.load_items(handover=found, items=held.items, by=who)
    except RefusedError as error:
        return refused(request, url, error)
    told = ngettext(
        "%(new)d line added, %(changed)d changed.", "%(new)d lines added, %(changed)d changed.", len(held.new)
    ) % {"new": len(held.new), "changed": len(held.changed)}
    return go(request, page(edition, "handover", found.public_id), told=told)


@edition_view(*KEEPING)
def template(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Hand out an empty workbook to be filled in."""
    found = obtained_for(request, edition, handover, "edit_handover")
    body = write_item_template([commitment_name(one, found) for one in _served(found)])
    return _handed(body, _XLSX, f"items-{found.ref}-template.xlsx")


@edition_view(*_ROLES)
def items(request: HttpRequest, edition: Edition, handover: UUID, ending: str) -> HttpResponseBase:
    """Hand out the list with all its fields, as a workbook or as comma-separated values."""
    who = actor(request)
    found = obtained(request, edition, handover)
    if ending not in {"xlsx", "csv"} or not access.works_with(who, found):
        raise Http404
    story = queries.handover_story(handover=found, who=who)
    known = {one.pk for one in story.commitments}
    served = [one for one in _served(found) if one.pk in known]
    sheet = item_sheet(story.lines, handover=found, served=served)
    if ending == "csv":
        return _handed(write_csv(sheet), "text/csv; charset=utf-8", f"items-{found.ref}.csv")
    return _handed(write_xlsx([sheet]), _XLSX, f"items-{found.ref}.xlsx")


def _handed(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
