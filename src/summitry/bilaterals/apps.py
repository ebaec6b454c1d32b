"""The app as Django knows it."""

from django.apps import AppConfig


class BilateralsConfig(AppConfig):
    """Requests for meetings, plan versions and the meetings that came of them."""

    name = "summitry.bilaterals"
    label = "bilaterals"

    def ready(self) -> None:
        """Register the app's access policies."""
        from summitry.bilaterals import access  # noqa: F401, PLC0415 models are there only now
