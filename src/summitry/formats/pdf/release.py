"""A piece of news on paper."""

from dataclasses import dataclass

from summitry.formats.news.item import NewsItem
from summitry.formats.pdf.engine import render
from summitry.formats.pdf.imprint import Imprint, imprint_data


@dataclass(frozen=True, slots=True)
class ReleaseSheet:
    """A piece of news to be printed.

    Attributes
    ----------
    imprint : Imprint
        In the item's language.
    kind : str
        What stands over the headline: "Press release".
    """

    imprint: Imprint
    kind: str
    item: NewsItem


def release_sheet(sheet: ReleaseSheet) -> bytes:
    """Print a piece of news: headline, dateline and text, notices of correction, who publishes it."""
    item = sheet.item
    first, *others = item.paragraphs or [""]
    return render(
        "release",
        {
            "imprint": imprint_data(sheet.imprint),
            "kind": sheet.kind,
            "headline": item.headline,
            "corrections": [correction.notice for correction in item.corrections],
            "dateline": item.dateline,
            "first": first,
            "paragraphs": others,
            "about": item.about,
            "contact": item.contact,
            "url": item.url,
        },
        moment=sheet.imprint.as_at,
    )
