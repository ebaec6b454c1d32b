"""What stands around every page of an edition: where one can go, and who one is."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.accounts.access import Actor, actor
from summitry.accounts.models import HOST_ROLES, Role
from summitry.bilaterals.access import DESKS as BILATERAL_DESKS
from summitry.conferences.models import Edition
from summitry.delegations.access import WORKING
from summitry.interpretation.access import DESKS as INTERPRETATION_DESKS
from summitry.newsroom.access import DESKS as NEWS_DESKS
from summitry.outcomes.access import DESKS as OUTCOME_DESKS
from summitry.site.links import link
from summitry.ui.shell import NavItem


def shell(request: HttpRequest) -> Mapping[str, object]:
    """Fill the frame of a page of an edition; other pages have none of it."""
    edition: Edition | None = getattr(request, "edition", None)
    if edition is None:
        return {}
    who = actor(request)
    context: dict[str, object] = {
        "nav": _nav(request, edition, who),
        "home_url": link("overview" if is_host(who, edition) else "portal", edition),
        "notice": notice(edition),
        "series_url": reverse("series", args=[edition.series.slug]),
        "role_label": ", ".join(
            str(role.label) for role in Role if role in who.roles_in(edition.pk) and _is_told(role, who)
        ),
    }
    if who.has_role(edition.pk, *WORKING):
        context["find_url"] = link("delegations:people", edition)
    return context


def notice(edition: Edition) -> str:
    """Return what a reader must know of an edition's records."""
    return _("Demonstration: people, rooms and times are generated") if edition.generated else ""


def is_host(who: Actor, edition: Edition) -> bool:
    """Tell whether somebody works for the host of an edition."""
    return who.has_role(edition.pk, *HOST_ROLES)


def _is_told(role: Role, who: Actor) -> bool:
    """Tell whether a role was given; the secretariat's rights of an administrator go without saying."""
    return role != Role.SECRETARIAT or any(held.role == Role.SECRETARIAT for held in who.grants)


def _nav(request: HttpRequest, edition: Edition, who: Actor) -> list[NavItem]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    works_for_host = is_host(who, edition)
    pages = [
        ("overview", _("Overview"), works_for_host),
        ("portal", _("Our day"), not works_for_host),
        ("portal-requests", _("Our requests"), not works_for_host),
        ("portal-members", _("Our members"), not works_for_host),
        ("portal-commitments", _("Our commitments"), not works_for_host),
        ("delegations:list", _("Delegations"), who.has_role(edition.pk, *WORKING)),
        ("delegations:people", _("People"), who.has_role(edition.pk, *WORKING)),
        ("programme:list", _("Programme"), True),
        ("bilaterals:board", _("Bilaterals"), who.has_role(edition.pk, *BILATERAL_DESKS)),
        ("interpretation:list", _("Interpretation"), who.has_role(edition.pk, *INTERPRETATION_DESKS)),
        ("outcomes:summary", _("Outcomes"), who.has_role(edition.pk, *OUTCOME_DESKS)),
        ("newsroom:releases", _("Newsroom"), who.has_role(edition.pk, *NEWS_DESKS)),
        ("conferences:settings", _("Settings"), who.has_role(edition.pk, Role.SECRETARIAT)),
    ]
    return [
        NavItem(label, link(name, edition), current=_belongs(here, name))
        for name, label, opens in pages
        if opens
    ]


def _belongs(here: str, name: str) -> bool:
    """Tell whether the page called `here` lies under a navigation's entry: its app, people apart."""
    app = name.partition(":")[0]
    if app == "delegations":
        return here == name if "delegations:people" in {here, name} else here.startswith("delegations:")
    return here == name or (":" in name and here.startswith(f"{app}:"))
