"""The app as Django knows it."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Letters that wait to be sent."""

    name = "summitry.outbox"
    label = "outbox"
