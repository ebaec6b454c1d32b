"""What the record of an edition says, as a release."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from summitry.cli.django_setup import with_database

if TYPE_CHECKING:
    from summitry.newsroom.sentences import Draft

_WIDTH = 100


@click.command(short_help="Print the release drafted from the record.")
@click.argument("edition")
@click.option("--language", default="en", show_default=True, type=click.Choice(["en", "fr", "es"]))
@click.option("--evidence", is_flag=True, help="Add the records under each sentence.")
def news(edition: str, language: str, *, evidence: bool) -> None:
    """Print the release that the record of EDITION (its slug) makes now, by the edition's clock."""
    with with_database():
        from django.utils import translation  # noqa: PLC0415 needs settings

        from summitry.conferences import clock  # noqa: PLC0415 needs Django
        from summitry.conferences.models import Edition  # noqa: PLC0415 needs Django
        from summitry.newsroom.actions.issuing import datelines  # noqa: PLC0415 needs Django
        from summitry.newsroom.facts import gather  # noqa: PLC0415 needs Django
        from summitry.newsroom.sentences import draft  # noqa: PLC0415 needs Django

        rows = Edition.objects.select_related("series", "hosted_by__entity")
        found = rows.filter(slug=edition).first()
        if found is None:
            known = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            message = f"no edition has the slug '{edition}'; known are: {known}"
            raise click.UsageError(message)
        if language not in found.languages:
            message = f"{edition} is not told in '{language}'; choose one of {', '.join(found.languages)}"
            raise click.UsageError(message)
        with translation.override("en"):
            dateline = datelines(found, [language], clock.now(found))[language]
            for line in _lines(draft(gather(found), language), dateline, evidence=evidence):
                click.echo(line)


def _lines(drafts: list[Draft], dateline: str, *, evidence: bool) -> Iterator[str]:
    """Yield the lines of a release: the headline, then a paragraph for each section."""
    before, dated = "", False
    for one in drafts:
        if before and (one.section != before or evidence):
            yield ""
        text = one.text
        if before and not dated:
            text, dated = f"{dateline} – {text}", True
        before = one.section
        yield from textwrap.wrap(text, _WIDTH, break_on_hyphens=False)
        for ground in one.grounds if evidence else ():
            yield _evidence(ground, one.language)


def _evidence(ground: Any, language: str) -> str:
    from summitry.newsroom.words import field_label, model_label, value_words  # noqa: PLC0415 needs Django

    value = value_words(ground.field, ground.value_in(language))
    if not ground.model:
        return f"    [{value}] {ground.title} (list {ground.field})"
    return f"    [{model_label(ground.model)} {ground.title}] {field_label(ground.field)}: {value} ({ground.record})"
