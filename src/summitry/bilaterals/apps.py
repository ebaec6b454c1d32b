"""The app as Django knows it."""

from django.apps import AppConfig


class BilateralsConfig(AppConfig):
    """Requests for meetings, plan versions and the meetings that came of them."""

    name = "summitry.bilaterals"
    label = "bilaterals"

    def ready(self) -> None:
        """Register the app's access policies, and what stands in an edition's sittings."""
        from summitry.bilaterals import access  # noqa: F401, PLC0415 models are there only now
        from summitry.bilaterals.queries.held import standing_between  # noqa: PLC0415 likewise
        from summitry.conferences.sittings import register_occupancy  # noqa: PLC0415 likewise

        register_occupancy("meetings", standing_between)
