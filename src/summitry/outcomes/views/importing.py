"""Reading commitments in from a file: looked at first, then taken over whole or not at all; and IATI's XML."""

from __future__ import annotations

from typing import Final

from django import forms
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from summitry.accounts.access import Actor, actor
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
            if found.faults or not (found.new or found.changed):
                status = 422 if found.faults else 200
                context |= {"found": found, "name": upload.name}
            else:
                kept = keep_file(content=data, name=upload.name)
                context |= _preview(edition, found) | {
                    "name": upload.name,
                    "token": signing.dumps(
                        [edition.pk, kept.sha256, request.user.pk, _versions(found)], salt=_SALT
                    ),
                }
        except RefusedError as error:
            refuse(form, error)
    if form.errors:
        status = 422
    return render(request, "outcomes/commitments/import.html", context, status=status)


def _versions(found: Found) -> list[list[int]]:
    """Return what a file changes, and on which version that was looked at."""
    return [[row.commitment.pk, row.commitment.version] for row in found.changed]


def _preview(edition: Edition, found: Found) -> dict[str, object]:
    told = [
        *((row.number, row.commitment.ref, row.terms, None, row.columns) for row in found.changed),
        *((row.number, "", row.taken.terms, row.taken.agreed_on, ()) for row in found.new),
    ]
    shown = told[:_SHOWN]
    names = entity_names(edition, {terms.owner.pk for _number, _ref, terms, _agreed, _columns in shown})
    rows = [
        {
            "number": number,
            "ref": ref,
            "title": text_in(terms.title, language()),
            "owner": names.get(terms.owner.pk),
            "due": terms.due_on,
            "agreed": agreed,
            "columns": columns,
        }
        for number, ref, terms, agreed, columns in shown
    ]
    return {"found": found, "rows": rows, "more": len(told) - len(rows)}


@require_POST
@edition_view(*KEEPERS)
def load(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Take over what was looked at: all of it, or nothing."""
    url = page(edition, "import")
    try:
        edition_id, digest, user, versions = signing.loads(
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
        if found.faults or not (found.new or found.changed) or _versions(found) != versions:
            return go(
                request,
                url,
                told=_("Something has changed meanwhile: look at the file again."),
                level="error",
            )
        _take(edition, found, who)
    except RefusedError as error:
        return refused(request, url, error)
    return go(request, page(edition, "commitments", edition=edition.slug), told=_taken(found))


def _take(edition: Edition, found: Found, who: Actor) -> None:
    """Record what is new and change what is changed: all of it or nothing."""
    with transaction.atomic():
        if found.new:
            actions.load_commitments(edition=edition, taken=[row.taken for row in found.new], by=who)
        for row in found.changed:
            actions.edit_commitment(
                commitment=row.commitment, terms=row.terms, version=row.commitment.version, by=who
            )


def _taken(found: Found) -> str:
    new, changed = len(found.new), len(found.changed)
    told = []
    if new:
        told.append(
            ngettext("%(n)d commitment is recorded.", "%(n)d commitments are recorded.", new) % {"n": new}
        )
    if changed:
        words = ngettext("%(n)d commitment is changed.", "%(n)d commitments are changed.", changed)
        told.append(words % {"n": changed})
    return " ".join(told)


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
