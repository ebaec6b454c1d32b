"""Commands that read or prepare the database."""

from __future__ import annotations

import click

from summitry.cli.django_setup import with_database
from summitry.cli.documents import problem_bytes, require_writable, write


@click.command("export-problem", short_help="Write the planning problem of an edition.")
@click.argument("edition")
@click.option("-o", "--output", default="-", help="Where to write (.json or .xlsx); else printed.")
def export_problem(edition: str, output: str) -> None:
    """Write the planning problem of EDITION (its slug) as a document or a workbook for `summitry plan`."""
    require_writable(output)
    with with_database():
        from summitry.bilaterals.queries import planning_problem  # noqa: PLC0415 needs Django
        from summitry.conferences.models import Edition  # noqa: PLC0415 needs Django

        found = Edition.objects.filter(slug=edition).first()
        if found is None:
            known = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            message = f"no edition has the slug '{edition}'; known are: {known}"
            raise click.UsageError(message)
        document = problem_bytes(planning_problem(found), output)
    write(output, document)
    if output != "-":
        click.echo(f"{output}: the problem of {edition}", err=True)


@click.command(short_help="Bring the database up to date.")
def migrate() -> None:
    """Bring the database to where this version expects it, and load the reference data."""
    with with_database(migrated=True):
        click.echo("The database is up to date.")
