"""The app as Django knows it."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files in the database, known by their contents."""

    name = "summitry.files"
    label = "files"
