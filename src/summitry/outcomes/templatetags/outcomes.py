"""What the templates of outcomes draw beside the design system's tags."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.template.context import Context

from summitry.accounts.access import actor
from summitry.conferences.models import Edition
from summitry.outcomes.tabs import tabs
from summitry.ui.shell import NavItem

register = template.Library()


@register.simple_tag(takes_context=True)
def outcome_tabs(context: Context, edition: Edition) -> list[NavItem]:
    """Return the tabs above a page, the present one marked."""
    request: HttpRequest = context["request"]
    match = request.resolver_match
    return tabs(edition, actor(request), match.url_name or "" if match else "")
