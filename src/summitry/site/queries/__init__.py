"""Every read of the site's pages, each with a constant number of statements."""

from summitry.site.queries.overview import Overview, overview
from summitry.site.queries.portal import AskRow, Happening, own_agenda, own_delegation, own_requests
from summitry.site.queries.public import PublicPage, open_editions, public_page

__all__ = [
    "AskRow",
    "Happening",
    "Overview",
    "PublicPage",
    "open_editions",
    "overview",
    "own_agenda",
    "own_delegation",
    "own_requests",
    "public_page",
]
