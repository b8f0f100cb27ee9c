"""`audit init`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init", short_help="Write a configuration that suits a folder.")
@click.argument("folder", default=".", metavar="[FOLDER]", type=click.Path(file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the audit.toml that is there.")
def command(folder: Path, force: bool) -> None:
    """Look at the articles in FOLDER and write a commented audit.toml that suits them.

    It sets what can be told from the articles, such as their language. All other keys stand there as comments, with
    what they mean.
    """
    from audit.configuration import beginning
    from audit.configuration.config import above

    hidden = above(folder)
    seen = beginning.begin(folder, force=force)
    click.echo(f"Wrote {folder / beginning.NAME}. {beginning.told(seen)}")
    if hidden:
        click.echo(f"From now on {hidden} does not hold for this folder.")
    click.echo(f"Next: audit run {click.format_filename(folder)}")
