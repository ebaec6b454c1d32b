"""Logging in and out, passwords and second factors: django-allauth's pages in our clothes."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("allauth.urls"))]
