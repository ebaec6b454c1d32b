"""The ASGI entry point."""

import logging
import os
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseServerError
from django.http.response import HttpResponseBase

logger = logging.getLogger(__name__)


class Handler(ASGIHandler):
    """Django's handler, which ends a request properly even where telling of its fault fails.

    Django's own lets such a fault through to the web server and skips the end of the
    request: its connection is never given back to the pool, which soon has none left for anybody.
    """

    async def run_get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in plain words where even the page that tells of a fault fails."""
        try:
            return await super().run_get_response(request)
        except Exception:
            logger.exception("The page that tells of a fault failed itself: %s", request.path)
            request.close()
            return HttpResponseServerError("Something broke on our side.", content_type="text/plain")

    async def send_response(self, response: HttpResponseBase, send: Any) -> None:
        """Send an answer; one that breaks while it is sent is closed as if it had arrived."""
        try:
            await super().send_response(response, send)
        except Exception:
            await sync_to_async(response.close)()
            raise


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summitry.config.settings")
django.setup(set_prefix=False)
application = Handler()
