"""Commands that read or prepare the database."""

from __future__ import annotations

from pathlib import Path

import click

from summitry.cli.django_setup import with_database


@click.command("export-problem")
@click.argument("edition")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write; else printed."
)
def export_problem(edition: str, output: Path | None) -> None:
    """Write the planning problem of EDITION (its slug) as a document for `summitry plan`."""
    with with_database():
        from summitry.bilaterals.queries import planning_problem  # noqa: PLC0415 needs Django
        from summitry.conferences.models import Edition  # noqa: PLC0415 needs Django
        from summitry.planner import write_problem  # noqa: PLC0415 the planner only here

        found = Edition.objects.filter(slug=edition).first()
        if found is None:
            known = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            message = f"no edition has the slug '{edition}'; known are: {known}"
            raise click.UsageError(message)
        document = write_problem(planning_problem(found))
    if output is None:
        click.echo(document.decode(), nl=False)
    else:
        output.write_bytes(document)
        click.echo(f"{output}: the problem of {edition}", err=True)


@click.command()
def migrate() -> None:
    """Bring the database to where this version expects it, and load the reference data."""
    with with_database(migrated=True):
        click.echo("The database is up to date.")
