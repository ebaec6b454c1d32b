"""The app as Django knows it."""

from django.apps import AppConfig


class DelegationsConfig(AppConfig):
    """Delegations of an edition and their members."""

    name = "summitry.delegations"
    label = "delegations"

    def ready(self) -> None:
        """Register the app's access policies, and what an edition hands to the next."""
        from summitry.delegations import access  # noqa: F401, PLC0415 models are there only now
        from summitry.delegations.parts import register_parts  # noqa: PLC0415 likewise

        register_parts()
