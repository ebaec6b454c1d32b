"""The app as Django knows it."""

from django.apps import AppConfig


class InterpretationConfig(AppConfig):
    """Interpreters, their languages and their working limits."""

    name = "summitry.interpretation"
    label = "interpretation"

    def ready(self) -> None:
        """Register the app's access policies."""
        from summitry.interpretation import access  # noqa: F401, PLC0415 models are there only now
