"""All addresses, each app's under its own roof."""

from django.urls import URLPattern, URLResolver, include, path

from summitry.outcomes.views.links import report_by_link
from summitry.outcomes.views.ties import public_partnerships, public_tie_records

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("summitry.ui.urls")),
    path("", include("summitry.site.urls")),
    path("account/", include("summitry.accounts.urls")),
    path("report/<str:token>/", report_by_link, name="outcomes-report"),
    path("<slug:edition>/map/", public_partnerships, name="public-map"),
    path("<slug:edition>/map/records/", public_tie_records, name="public-map-records"),
    path("<slug:edition>/", include("summitry.conferences.urls")),
    path("<slug:edition>/delegations/", include("summitry.delegations.urls")),
    path("<slug:edition>/programme/", include("summitry.programme.urls")),
    path("<slug:edition>/interpretation/", include("summitry.interpretation.urls")),
    path("<slug:edition>/bilaterals/", include("summitry.bilaterals.urls")),
    path("<slug:edition>/newsroom/", include("summitry.newsroom.urls")),
    path("<slug:edition>/news/", include("summitry.newsroom.public_urls")),
    path("<slug:edition>/outcomes/", include("summitry.outcomes.urls")),
]
