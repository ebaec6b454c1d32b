"""The app ``ui``."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base templates, components and the table machinery."""

    name = "summitry.ui"
    label = "ui"
