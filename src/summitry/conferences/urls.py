"""Addresses of an edition's settings, of what happened in it and of its letters."""

from django.urls import path

from summitry.conferences import views

app_name = "conferences"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("ledger/", views.ledger, name="ledger"),
    path("letters/", views.letters, name="letters"),
    path("letters/<uuid:letter>/again/", views.letter_again, name="letter-again"),
]
