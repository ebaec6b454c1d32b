"""News in JSON: IPTC ninjs 3.1."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from typing import Any, Final

from summitry.formats.news.item import NewsItem
from summitry.formats.text import fit_for_print

_VERSION: Final = "3.1"
_SCHEMA: Final = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"


def ninjs(item: NewsItem) -> bytes:
    """Write a piece of news as a ninjs object; its notices of correction are editorial notes and descriptions."""
    notices = [correction.notice for correction in item.corrections]
    text = "\n\n".join(item.body)
    html = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.body)
    found: dict[str, Any] = {
        "uri": item.uri,
        "type": "text",
        "representationType": "full",
        "standard": {"name": "ninjs", "version": _VERSION, "schema": _SCHEMA},
        "version": str(item.version),
        "firstCreated": _moment(item.published),
        "versionCreated": _moment(item.updated),
        "embargoedUntil": _moment(item.embargo_until),
        "pubStatus": item.status,
        "language": item.language,
        "located": item.place,
        "by": item.publisher,
        "copyrightHolder": item.publisher,
        "edNote": " ".join([*notices, item.notice]).strip(),
        "descriptions": [
            {"role": "correction", "contentType": "text/plain", "value": one} for one in notices
        ],
        "headlines": [{"role": "main", "contentType": "text/plain", "value": item.headline}],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(text),
                "wordCount": len(text.split()),
                "value": text,
            },
            {"role": "richtext", "contentType": "application/xhtml+xml", "value": html},
        ],
        "events": [{"name": item.edition}],
        "organisations": [{"name": item.publisher, "rel": "publisher"}],
        "renditions": [{"name": "page", "href": item.url, "contentType": "text/html"}],
    }
    if item.contact:
        found["infoSources"] = [
            {"name": item.publisher, "contactInfo": [{"type": "email", "value": item.contact}]}
        ]
    told = {key: value for key, value in found.items() if value not in ("", None, [])}
    return fit_for_print(json.dumps(told, ensure_ascii=False, indent=2)).encode()


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
