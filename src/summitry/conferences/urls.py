"""Addresses of an edition's settings, of what happened in it and of its letters."""

from django.urls import path

from summitry.conferences import next_views, sittings_views, views

app_name = "conferences"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/sittings/", sittings_views.sittings, name="sittings"),
    path("settings/sittings/<uuid:sitting>/", sittings_views.sitting, name="sitting"),
    path("next-edition/", next_views.next_edition, name="next"),
    path("taken-over/", next_views.taken_over, name="taken-over"),
    path("themes/", next_views.themes, name="themes"),
    path("themes/<uuid:theme>/", next_views.theme, name="theme"),
    path("ledger/", views.ledger, name="ledger"),
    path("letters/", views.letters, name="letters"),
    path("letters/<uuid:letter>/again/", views.letter_again, name="letter-again"),
]
