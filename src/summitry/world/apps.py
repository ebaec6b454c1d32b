"""The app as Django knows it."""

from django.apps import AppConfig


class WorldConfig(AppConfig):
    """States, organisations, their names in every language, regions, languages."""

    name = "summitry.world"
    label = "world"
