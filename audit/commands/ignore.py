"""`audit ignore`."""

from __future__ import annotations

from typing import Any

import click

from audit.commandline import arguments, options


@click.command("ignore", cls=arguments.Command, short_help="Accept a finding, with a reason.")
@click.argument("fingerprint", metavar="FINGERPRINT")
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path())
@click.option("--reason", required=True, metavar="TEXT", help="Why it is right as it stands.")
@click.option("--expires", metavar="DATE", help="The last day on which that holds: 2026-12-31.")
@options.what_is_run
@options.MIN_CONFIDENCE
@options.how
def command(
    fingerprint: str,
    paths: tuple[str, ...],
    reason: str,
    expires: str | None,
    config_file: str | None,
    **settings: Any,
) -> None:
    """Accept a finding: write it into audit-ignore.toml, with the reason.

    FINGERPRINT is what `audit run` shows in brackets behind the rule, or the beginning of what other reports hold. The
    finding is looked for in the articles at PATH, else in the current folder.
    """
    from audit.accepting import acceptance, adding
    from audit.accepting.today import day
    from audit.configuration.schemes import Schemes
    from audit.running import runner

    last = day(expires, "--expires") if expires else None
    config = options.configuration(paths or (".",), config_file, settings)
    config.baseline, config.ignores, config.shows_articles = None, False, False
    finding = adding.meant(fingerprint, runner.run(paths or (".",), config).findings)
    target = acceptance.ignore_file(config)
    line = adding.add(target, finding, reason, last, Schemes(config).there)
    where = f"{finding.path}:{finding.start.line}:{finding.start.column}"
    click.echo(f"{target}:{line}: {finding.rule} at {where} is ignored from now on{f' until {last}' if last else ''}")
