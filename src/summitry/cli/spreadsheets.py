"""Commands of a desk that lives in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

from summitry.cli.documents import refuse, require_writable, suffix, write


@click.command()
@click.argument("workbook", metavar="REQUESTS.xlsx")
@click.option("--empty", is_flag=True, help="Leave the made-up example rows out.")
def template(workbook: str, *, empty: bool) -> None:
    """Write a workbook to be filled in, for `summitry plan`.

    Exits with 0: written; 2: it is there already, or cannot be written.
    """
    if suffix(workbook) != ".xlsx":
        refuse(f"{workbook} must end in .xlsx: a template is an Excel workbook")
    if Path(workbook).exists():
        refuse(f"{workbook} is there already, and may be filled in: name another file")
    require_writable(workbook)
    from summitry.workbook import write_template  # noqa: PLC0415 a light start

    write(workbook, write_template(examples=not empty))
    click.echo(f"{workbook}: fill it in, then summitry plan {workbook} -o plan.xlsx", err=True)
