"""Addresses of the specimen."""

from django.urls import path

from summitry.ui import views

app_name = "ui"
urlpatterns = [
    path("specimen/", views.specimen, name="specimen"),
    path("specimen/<slug:sheet>/", views.specimen, name="specimen"),
]
