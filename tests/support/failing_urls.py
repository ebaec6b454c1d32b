"""Pages that break after they have asked the database."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, URLResolver, path

from summitry.accounts.access import public
from summitry.accounts.models import User


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Ask the database, then break."""
    message = f"broken among {User.objects.count()} users"
    raise RuntimeError(message)


@public
def torn(request: HttpRequest) -> StreamingHttpResponse:
    """Begin to answer, and break when nobody handles it any more."""

    def pieces() -> Iterator[bytes]:
        yield b"begun"
        message = f"torn among {User.objects.count()} users"
        raise RuntimeError(message)

    return StreamingHttpResponse(pieces())


def handler500(request: HttpRequest) -> HttpResponse:
    """Break where the page that tells of a fault is made."""
    message = "the error page is broken, too"
    raise RuntimeError(message)


urlpatterns: list[URLPattern | URLResolver] = [
    path("broken/", broken),
    path("torn/", torn),
]
