"""The addresses of the house, and one page that is reached by a link."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from summitry.accounts.access import SYSTEM, actor, public
from summitry.accounts.actions import use_link
from summitry.accounts.links import link_view
from summitry.accounts.models import AccessLink
from summitry.ledger.actions import action, record
from summitry.records import RefusedError


@action
def _report(link: AccessLink) -> None:
    use_link(link)
    record(by=SYSTEM, verb="report", target=None, edition_id=None)


@link_view("report")
def report(request: HttpRequest, link: AccessLink) -> HttpResponse:
    """Show who came, or count one report."""
    if request.method == "POST":
        try:
            _report(link)
        except RefusedError as refused:
            return HttpResponse(refused.message, status=422)
        return HttpResponse("reported")
    who = actor(request)
    return HttpResponse(f"a form for {who.name}, {who.user}")


@public
def home(request: HttpRequest) -> HttpResponse:
    """Answer something."""
    return HttpResponse(request.path)


urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("report/<str:token>/", report, name="report"),
    path("account/", include("summitry.accounts.urls")),
]
