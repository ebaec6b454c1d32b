"""What the templates of outcomes draw beside the design system's tags."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.defaultfilters import floatformat

from summitry.accounts.access import actor
from summitry.conferences.models import Edition
from summitry.outcomes.tabs import tabs
from summitry.outcomes.units import unit_for
from summitry.ui.shell import NavItem

register = template.Library()


@register.simple_tag(takes_context=True)
def outcome_tabs(context: Context, edition: Edition) -> list[NavItem]:
    """Return the tabs above a page, the present one marked."""
    request: HttpRequest = context["request"]
    match = request.resolver_match
    return tabs(edition, actor(request), match.url_name or "" if match else "")


@register.filter
def counted(quantity: Decimal, unit: str) -> str:
    """Say how many of what: "1 device", "8 devices"."""
    return f"{floatformat(quantity, '-3g')} {unit_for(quantity, unit)}"
