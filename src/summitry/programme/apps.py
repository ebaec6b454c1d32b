"""The app as Django knows it."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Sessions, speakers, topics and quotations."""

    name = "summitry.programme"
    label = "programme"

    def ready(self) -> None:
        """Register the app's access policies."""
        from summitry.programme import access  # noqa: F401, PLC0415 models are there only now
