"""Addresses of the floors below, with what their lists shall show."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from summitry.conferences.models import Edition


def link(name: str, edition: Edition, **filters: str) -> str:
    """Return the address of a page of an edition, filtered.

    Parameters
    ----------
    name
        As in ``reverse``.
    filters
        What the page's table shall show, by the keys of its columns.
    """
    address = reverse(name, args=[edition.slug])
    return f"{address}?{urlencode(filters)}" if filters else address
