from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from newsroom_support import load_demonstration
from summitry.conferences.models import Edition


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Edition]:
    """Load the demonstration edition once for a module; it is gone with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demonstration()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: Edition) -> Iterator[Edition]:
    """Give a test the demonstration edition as it was loaded."""
    with transaction.atomic():
        yield Edition.objects.select_related("series", "hosted_by__entity").get(pk=loaded.pk)
        transaction.set_rollback(True)
