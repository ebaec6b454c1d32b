"""The web server and the worker."""

from __future__ import annotations

import os
import sys
import warnings
from typing import Any

import click

from summitry.cli.django_setup import set_up, with_database
from summitry.cli.processes import follow_parent
from summitry.config.home import home

_GRACE_SECONDS = 3  # an open stream of events must not hold a Ctrl-C


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, envvar="PORT", show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the pages and the API until told to stop."""
    follow_parent()
    os.environ.setdefault("SUMMITRY_POOL", "1")
    import uvicorn  # noqa: PLC0415 only here

    # WhiteNoise hands out files of ours in one piece after another, which is soon done in a thread.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

    (home() / "static").mkdir(parents=True, exist_ok=True)  # what a host adds of its own
    with with_database():
        uvicorn.run(
            "summitry.config.asgi:application",
            host=host,
            port=port,
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=_GRACE_SECONDS,
            server_header=False,
        )


@click.command()
def worker() -> None:
    """Do the background work: planning runs and periodic tasks."""
    follow_parent()
    with with_database():
        set_up()
        from procrastinate.contrib.django import app  # noqa: PLC0415 needs Django

        connector: Any = app.connector  # Django's, which knows the one that can listen
        with app.replace_connector(connector.get_worker_connector()) as working:
            working.run_worker(install_signal_handlers=True, shutdown_graceful_timeout=_GRACE_SECONDS)
    sys.exit(0)
