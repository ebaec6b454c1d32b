"""The pool of database connections against pages that break: a fault must not cost the next reader a connection."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from psycopg_pool import ConnectionPool
from pytest_django import Settings


@pytest.fixture
def pool(db: None, settings: Settings) -> Iterator[ConnectionPool[Any]]:
    """A pool of one, where ``summitry serve`` has twelve, before pages that break; nothing has been taken from it."""
    settings.ROOT_URLCONF = "support.failing_urls"
    options = connections.databases["default"]["OPTIONS"]
    options["pool"] = {"min_size": 1, "max_size": 1, "timeout": 5}
    served: Any = connections["default"]
    try:
        served.pool.open(wait=True)
        yield served.pool
    finally:
        served.close_pool()
        del options["pool"]


def ask(address: str) -> int:
    """Ask the server's entry point for a page and return what was answered (500 where the web server answers)."""
    from summitry.config.asgi import application

    sent: list[Any] = []
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:
            await asyncio.Event().wait()  # the reader stays until there is an answer
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": address,
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
    }
    try:
        asyncio.run(application(scope, receive, send))
    except RuntimeError:
        return 500
    return int(sent[0]["status"])


def taken(pool: ConnectionPool[Any]) -> int:
    """Return how many connections of the pool somebody holds."""
    stats = pool.get_stats()
    return stats["pool_size"] - stats["pool_available"]


def test_a_fault_that_no_page_can_tell_of_gives_its_connection_back(pool: ConnectionPool[Any]) -> None:
    assert ask("/broken/") == 500
    assert taken(pool) == 0


@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume")
def test_an_answer_that_breaks_while_it_is_sent_gives_its_connection_back(pool: ConnectionPool[Any]) -> None:
    assert ask("/torn/") == 500
    assert taken(pool) == 0
