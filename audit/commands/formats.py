"""`audit formats`."""

from __future__ import annotations

import click

from audit import plugins


@click.command("formats", short_help="List the formats of articles and reports.")
def command() -> None:
    """List the formats of articles that can be read and of reports that can be written."""
    groups: tuple[tuple[plugins.Group, str], ...] = (("readers", "Articles"), ("reporters", "Reports"))
    for group, title in groups:
        click.echo(f"{title}:")
        for name in plugins.all_names(group):
            module = plugins.load(group, name)
            summary = (module.__doc__ or "").strip().partition("\n")[0]
            click.echo(f"  {name:10} {' '.join(module.SUFFIXES):18} {summary}")
