"""The specimen: every part of the design system on a few sheets, for eyes and screenshots."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from summitry.accounts.access import public
from summitry.ui.specimen import sheets
from summitry.ui.specimen.forms import MemberForm, checked_form


@public
def specimen(request: HttpRequest, sheet: str = "parts") -> HttpResponse:
    """Draw a sheet; only where the settings ask for it (DEBUG or SUMMITRY_SPECIMEN)."""
    if not (settings.DEBUG or getattr(settings, "SUMMITRY_SPECIMEN", False)):
        raise Http404
    if sheet not in sheets.SHEETS:
        raise Http404
    mirrored = request.GET.get("dir") == "rtl"
    words = sheets.ARABIC if mirrored else sheets.ENGLISH
    context = {
        **sheets.frame(sheet),
        **sheets.SHEETS[sheet](words),
        "page_dir": "rtl" if mirrored else "",
        "page_language": "ar" if mirrored else "",
        "w": words,
    }
    if sheet == "parts":
        context |= {"form": MemberForm(), "wrong_form": checked_form()}
    if sheet == "table":
        table = sheets.table(request, words, rows=int(request.GET.get("rows", "110")) % 1000)
        return table.respond("ui/specimen/table.html", context)
    if sheet == "fault":
        return render(request, "404.html", context)
    return render(request, f"ui/specimen/{sheet}.html" if sheet != "parts" else "ui/specimen.html", context)
