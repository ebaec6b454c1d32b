"""Addresses of an edition's settings and of what happened in it."""

from django.urls import path

from summitry.conferences import views

app_name = "conferences"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("ledger/", views.ledger, name="ledger"),
]
