"""The app as Django knows it."""

from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    """Hosts, series, editions, venues, rooms, sittings and the settings of an edition."""

    name = "summitry.conferences"
    label = "conferences"

    def ready(self) -> None:
        """Register the app's access policies, and what an edition hands to the next."""
        from summitry.conferences import access  # noqa: F401, PLC0415 models are there only now
        from summitry.conferences.parts import register_parts  # noqa: PLC0415 likewise

        register_parts()
