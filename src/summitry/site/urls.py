"""Addresses of the start, the overview and the delegation's own pages."""

from django.urls import path

from summitry.site import series_view, views

urlpatterns = [
    path("", views.home, name="home"),
    path("series/<slug:series>/", series_view.series, name="series"),
    path("<slug:edition>/", views.overview, name="overview"),
    path("<slug:edition>/portal/", views.portal, name="portal"),
    path("<slug:edition>/portal/requests/", views.portal_requests, name="portal-requests"),
    path("<slug:edition>/portal/commitments/", views.portal_commitments, name="portal-commitments"),
    path("<slug:edition>/portal/members/", views.portal_members, name="portal-members"),
]
