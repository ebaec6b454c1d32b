"""Reading commitments in from a file: looked at first, then taken over whole or not at all; and IATI's XML."""

from __future__ import annotations

from typing import Final

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from summitry.accounts.access import actor
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.files.actions import keep_file
from summitry.files.models import StoredFile
from summitry.files.queries import content_of
from summitry.outcomes import actions
from summitry.outcomes.access import KEEPERS
from summitry.outcomes.exchange import Found, read_commitments, write_template
from summitry.outcomes.exchange.iati import iati_document
from summitry.outcomes.forms.fields import refuse
from summitry.outcomes.views.common import entity_names, language, page, refused
from summitry.records import RefusedError
from summitry.ui.htmx import go
from summitry.world.languages import text_in

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT: Final = "outcomes.import"
_PREVIEW_LASTS: Final = 2 * 60 * 60  # seconds
_SHOWN: Final = 50


class FileForm(forms.Form):
    """A file of commitments."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A workbook (.xlsx) or comma-separated values (.csv), at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


@edition_view(*KEEPERS)
def read(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Read a file and show what it holds, or every cell that has to be mended; nothing is recorded yet."""
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, object] = {"edition": edition, "form": form}
    status = 200
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            data = upload.read()
            found = read_commitments(data, edition=edition, by=actor(request))
            if found.faults or not found.new:
                status = 422 if found.faults else 200
                context |= {"found": found, "name": upload.name}
            else:
                kept = keep_file(content=data, name=upload.name)
                context |= _preview(edition, found) | {
                    "name": upload.name,
                    "token": signing.dumps([edition.pk, kept.sha256, request.user.pk], salt=_SALT),
                }
        except RefusedError as error:
            refuse(form, error)
    if form.errors:
        status = 422
    return render(request, "outcomes/commitments/import.html", context, status=status)


def _preview(edition: Edition, found: Found) -> dict[str, object]:
    owners = {row.taken.terms.owner.pk for row in found.new}
    names = entity_names(edition, owners)
    rows = [
        {
            "number": row.number,
            "title": text_in(row.taken.terms.title, language()),
            "owner": names.get(row.taken.terms.owner.pk),
            "due": row.taken.terms.due_on,
            "agreed": row.taken.agreed_on,
        }
        for row in found.new[:_SHOWN]
    ]
    return {"found": found, "rows": rows, "more": len(found.new) - len(rows)}


@require_POST
@edition_view(*KEEPERS)
def load(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Take over what was looked at: all of it, or nothing."""
    url = page(edition, "import")
    try:
        edition_id, digest, user = signing.loads(
            request.POST.get("token", ""), salt=_SALT, max_age=_PREVIEW_LASTS
        )
    except signing.BadSignature:
        return go(request, url, told=_("That was too long ago: choose the file again."), level="error")
    kept = StoredFile.objects.filter(sha256=digest).first()
    if kept is None or (edition_id, user) != (edition.pk, request.user.pk):
        return go(request, url, told=_("Choose the file again."), level="error")
    who = actor(request)
    try:
        found = read_commitments(content_of(kept), edition=edition, by=who)
        if found.faults or not found.new:
            return go(
                request,
                url,
                told=_("Something has changed meanwhile: look at the file again."),
                level="error",
            )
        made = actions.load_commitments(edition=edition, taken=[row.taken for row in found.new], by=who)
    except RefusedError as error:
        return refused(request, url, error)
    told = ngettext("%(n)d commitment is recorded.", "%(n)d commitments are recorded.", len(made))
    return go(request, page(edition, "commitments", edition=edition.slug), told=told % {"n": len(made)})


@edition_view(*KEEPERS)
def template(request: HttpRequest, edition: Edition) -> HttpResponseBase:  # noqa: ARG001 the same for all
    """Hand out an empty workbook to be filled in."""
    return HttpResponse(
        write_template(),
        content_type=_XLSX,
        headers={"Content-Disposition": 'attachment; filename="commitments-template.xlsx"'},
    )


@edition_view(*KEEPERS)
def iati(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Hand out technical assistance that is cleared for publication as IATI activities."""
    try:
        body = iati_document(edition=edition, who=actor(request))
    except RefusedError as error:
        return refused(request, page(edition, "follow-up"), error)
    return HttpResponse(
        body,
        content_type="application/xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="iati-{edition.slug}.xml"'},
    )
