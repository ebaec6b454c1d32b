"""The app as Django knows it."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Releases, their versions, their sentences and what each sentence rests on."""

    name = "summitry.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        """Register the app's access policies, and what an edition hands to the next."""
        from summitry.newsroom import access  # noqa: F401, PLC0415 models are there only now
        from summitry.newsroom.parts import register_parts  # noqa: PLC0415 likewise

        register_parts()
