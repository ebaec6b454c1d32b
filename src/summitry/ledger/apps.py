"""The app as Django knows it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """What happened, by whom: append-only, hash-chained."""

    name = "summitry.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Register the app's access policies."""
        from summitry.ledger import access  # noqa: F401, PLC0415 models are there only now
