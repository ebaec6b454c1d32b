"""The app as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who log in, what they are granted, and the registry of access policies."""

    name = "summitry.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the app's access policies."""
        from summitry.accounts import policies  # noqa: F401, PLC0415 models are there only now
