"""Addresses of delegations and people."""

from django.urls import path

from summitry.delegations import drafts_views, views

app_name = "delegations"
urlpatterns = [
    path("", views.delegation_list, name="list"),
    path("drafts/", drafts_views.drafts, name="drafts"),
    path("focal-points/", drafts_views.contacts, name="contacts"),
    path("people/", views.people, name="people"),
    path("<uuid:delegation>/", views.delegation_page, name="delegation"),
    path("<uuid:delegation>/presence/", views.presence, name="presence"),
]
