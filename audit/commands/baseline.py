"""`audit baseline`."""

from __future__ import annotations

import sys
from typing import Any

import click

from audit.commandline import arguments, options
from audit.commandline.output import tell_failures


@click.command("baseline", cls=arguments.Command, short_help="Accept what is found today, to see only what is new.")
@options.what_is_checked
@options.reported("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write it to FILE.")
@options.MIN_CONFIDENCE
@options.QUIET
@options.how
@options.NO_PROGRESS
def command(
    paths: tuple[str, ...],
    output: str | None,
    config_file: str | None,
    no_progress: bool,
    quiet: bool,
    **settings: Any,
) -> None:
    """Write all that is found in the articles today into a file.

    `audit run --baseline FILE` then shows only what is new.

    FILE is the baseline of the configuration, else audit-baseline.json beside it, unless --output names another. If it
    is there already, findings keep the day on which they were first accepted, and those of articles that are not
    checked now stay.
    """
    from audit.commandline.progress import watched
    from audit.running import baselining

    config = options.configuration(paths, config_file, settings)
    with watched(wanted=not no_progress, quiet=quiet) as progress:
        outcome = baselining.accept_all(paths, config, output, progress)
    tell_failures(outcome.failures)
    if not quiet:
        click.echo(outcome.told())
    sys.exit(2 if outcome.failures else 0)
