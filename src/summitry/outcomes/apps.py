"""The app as Django knows it."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Instruments, commitments with their reports and assessments, handovers."""

    name = "summitry.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        """Register the app's access policies."""
        from summitry.outcomes import access  # noqa: F401, PLC0415 models are there only now
