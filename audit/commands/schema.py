"""`audit schema`."""

from __future__ import annotations

import click

_NAMES = ("config", "pack", "report")


@click.command("schema", short_help="Print a JSON Schema, for editors and programs.")
@click.argument("name", metavar="|".join(_NAMES), type=click.Choice(_NAMES))
def command(name: str) -> None:
    """Print the JSON Schema of the configuration, of packs or of the JSON report.

    An editor that knows it completes keys, tells what they mean and underlines mistakes while you write.
    """
    from audit.documentation import schemas

    click.echo(schemas.written(schemas.schema(name)), nl=False)
