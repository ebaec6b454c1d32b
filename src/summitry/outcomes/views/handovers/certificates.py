"""The certificate of a handover, in the languages agreed on, to print or to write in."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from summitry.accounts.access import actor
from summitry.accounts.models import Role
from summitry.conferences import clock
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.formats import pdf
from summitry.formats.certificates import certificate_docx
from summitry.formats.pdf.certificate import CertificateSheet, certificate_sheet
from summitry.outcomes import access, queries
from summitry.outcomes.certificates import certificate_of
from summitry.outcomes.forms.handovers.certificates import CertificateForm
from summitry.outcomes.views.common import page
from summitry.outcomes.views.handovers.common import obtained
from summitry.outcomes.views.shown import typed_into

_ROLES: Final = (*access.KEEPERS, Role.PROTOCOL, Role.FOCAL_POINT, Role.DELEGATE)
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@edition_view(*_ROLES)
def certificate(request: HttpRequest, edition: Edition, handover: UUID) -> HttpResponseBase:
    """Ask how the certificate shall be made, and make it."""
    who = actor(request)
    found = obtained(request, edition, handover)
    if not access.works_with(who, found):
        raise Http404
    form = CertificateForm(request.POST if request.method == "POST" else None, handover=found)
    if not (form.is_bound and form.is_valid()):
        url = page(edition, "handover", found.public_id)
        return typed_into(
            request, edition, found, form, template="handovers/certificate", back=url, label=form.heading
        )
    story = queries.handover_story(handover=found, who=who)
    made = certificate_of(story, edition=edition, labels=form.labels())
    beside = form.cleaned_data["layout"] == "beside"
    moment = clock.local(edition, clock.now(edition))
    name = f"certificate-{found.ref}"
    if form.cleaned_data["file"] == "docx":
        return _handed(certificate_docx(made, moment=moment, beside=beside), _DOCX, f"{name}.docx")
    imprint = pdf.Imprint(
        edition=made.texts[0].edition,
        as_at=moment,
        language=made.texts[0].language,
        notice=form.notice(edition),
    )
    sheet = CertificateSheet(imprint, made, beside)
    return _handed(certificate_sheet(sheet), "application/pdf", f"{name}.pdf")


def _handed(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
