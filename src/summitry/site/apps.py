"""The app as Django knows it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The overview, the public page and the delegation's own pages."""

    name = "summitry.site"
    label = "site"

    def ready(self) -> None:
        """Fill the frame of every page of an edition."""
        from summitry.site.shell import shell  # noqa: PLC0415 models are there only now
        from summitry.ui.shell import register_shell  # noqa: PLC0415 likewise

        register_shell(shell)
