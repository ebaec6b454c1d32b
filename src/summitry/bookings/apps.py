"""The app as Django knows it."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Who and what is occupied when: the one table in which nothing can overlap."""

    name = "summitry.bookings"
    label = "bookings"

    def ready(self) -> None:
        """Register the app's access policies."""
        from summitry.bookings import access  # noqa: F401, PLC0415 models are there only now
