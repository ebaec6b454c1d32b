"""The app as Django knows it."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Instruments, commitments with their reports and assessments, handovers."""

    name = "summitry.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        """Register the app's access policies, and what it adds to the pages of meetings."""
        from summitry.bilaterals.annexes import register_annex  # noqa: PLC0415 models are there only now
        from summitry.outcomes import access, tasks  # noqa: F401, PLC0415 likewise
        from summitry.outcomes.annex import agreed_before  # noqa: PLC0415 likewise

        register_annex(agreed_before)
        from summitry.outcomes.parts import register_parts  # noqa: PLC0415 likewise

        register_parts()
