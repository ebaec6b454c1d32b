"""The app as Django knows it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """What happened, by whom: append-only, hash-chained."""

    name = "summitry.ledger"
    label = "ledger"
