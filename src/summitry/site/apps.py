"""The app as Django knows it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The overview, the public page and the delegation's own pages."""

    name = "summitry.site"
    label = "site"
