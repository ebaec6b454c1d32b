"""What the follow-up goes by: its cadences, and the areas of the series."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from summitry.accounts.access import actor
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.outcomes import actions, queries
from summitry.outcomes.access import KEEPERS
from summitry.outcomes.forms.fields import line_field, refuse
from summitry.outcomes.models import FollowUpSettings
from summitry.outcomes.views.common import language, page, refused
from summitry.records import RefusedError
from summitry.ui.htmx import go
from summitry.world.languages import text_in


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=0, max_value=730)


class FollowUpForm(forms.Form):
    """The cadences."""

    report_months = _number(
        gettext_lazy("A report every … months"), gettext_lazy("For what is recorded from now on.")
    )
    due_warning_days = _number(gettext_lazy("Owners hear … days before something is due"))
    remind_every_days = _number(
        gettext_lazy("and again every … days"), gettext_lazy("0: reminders are sent by hand only.")
    )
    expiry_warning_days = _number(gettext_lazy("Instruments that expire are told … days before"))
    review_warning_days = _number(gettext_lazy("Reviews of instruments … days before"))
    visit_warning_days = _number(gettext_lazy("Whoever is to visit hears … days before"))
    iati_organisation = line_field(
        gettext_lazy("IATI identifier of the organisation that reports"),
        gettext_lazy(
            "For the export to the International Aid Transparency Initiative, such as XM-DAC-42004."
        ),
        most=80,
    )

    def __init__(self, data: QueryDict | None, *, settings: FollowUpSettings) -> None:
        super().__init__(data, initial={name: getattr(settings, name) for name in self.base_fields})


class AreaForm(forms.Form):
    """A new area."""

    code = forms.SlugField(
        label=gettext_lazy("Code"), help_text=gettext_lazy("Small letters, digits, hyphens; never changed.")
    )
    title = line_field(gettext_lazy("Title"), most=200, required=True)


@edition_view(*KEEPERS)
def follow_up(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show and change what the follow-up goes by."""
    form = FollowUpForm(
        request.POST if request.method == "POST" else None, settings=queries.follow_up_settings(edition)
    )
    if form.is_bound and form.is_valid():
        try:
            actions.change_follow_up(edition=edition, by=actor(request), **form.cleaned_data)
        except RefusedError as error:
            refuse(form, error)
        else:
            return go(request, page(edition, "follow-up"), told=_("Saved."))
    return _shown(request, edition, form, AreaForm())


def _shown(
    request: HttpRequest, edition: Edition, form: FollowUpForm, area_form: AreaForm
) -> HttpResponseBase:
    areas = queries.areas_of(edition, who=actor(request), retired=True)
    context = {
        "edition": edition,
        "form": form,
        "area_form": area_form,
        "areas": [(area, text_in(area.title, language())) for area in areas],
    }
    bound = form.is_bound or area_form.is_bound
    return render(request, "outcomes/commitments/follow_up.html", context, status=422 if bound else 200)


@require_POST
@edition_view(*KEEPERS)
def keep_area(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Add an area."""
    form = AreaForm(request.POST)
    areas = queries.areas_of(edition, who=actor(request), retired=True)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            actions.keep_area(
                edition=edition,
                code=typed["code"],
                title={(edition.languages or ["en"])[0]: typed["title"]},
                order=max((area.order for area in areas), default=0) + 1,
                by=actor(request),
            )
        except RefusedError as error:
            refuse(form, error)
        else:
            return go(request, f"{page(edition, 'follow-up')}#areas", told=_("Kept."))
    return _shown(request, edition, FollowUpForm(None, settings=queries.follow_up_settings(edition)), form)


@require_POST
@edition_view(*KEEPERS)
def retire_area(request: HttpRequest, edition: Edition, code: str) -> HttpResponseBase:
    """Offer an area no longer, or again."""
    url = f"{page(edition, 'follow-up')}#areas"
    found = next(
        (area for area in queries.areas_of(edition, who=actor(request), retired=True) if area.code == code),
        None,
    )
    if found is None:
        return go(request, url, told=_("There is no such area."), level="error")
    try:
        actions.keep_area(
            edition=edition,
            code=found.code,
            title=found.title,
            order=found.order,
            retired=not found.retired,
            by=actor(request),
        )
    except RefusedError as error:
        return refused(request, url, error)
    return go(request, url)
