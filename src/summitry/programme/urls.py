"""Addresses of the programme."""

from django.urls import path

from summitry.programme import views

app_name = "programme"
urlpatterns = [
    path("", views.session_list, name="list"),
    path("<uuid:session>/", views.session_page, name="session"),
]
