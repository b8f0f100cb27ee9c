"""`audit run`."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from audit import plugins
from audit.commandline import arguments, options
from audit.commandline.output import tell_failures, write
from audit.model import AuditError

if TYPE_CHECKING:
    from audit.configuration.config import Config
    from audit.running.gate import Gate


@click.command("run", cls=arguments.Command, short_help="Check articles.")
@options.what_is_checked
@options.checked(
    "--changed-since",
    metavar="REV",
    help="Check files that changed in git since REV, and tell findings in changed blocks.",
)
@options.checked("--stdin-filename", metavar="NAME", help="Path of the article on standard input.")
@options.reported(
    "-f",
    "--format",
    "format_name",
    type=arguments.Format(),
    default="text",
    show_default=True,
    help="One of `audit formats`.",
)
@options.reported("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write it to FILE.")
@options.reported(
    "--report",
    "reports",
    type=arguments.ReportFile(),
    multiple=True,
    metavar="FILE",
    help="Write a further one: out.sarif, or json:FILE for any name.",
)
@options.MIN_CONFIDENCE
@options.FAIL_ON
@options.reported(
    "--min-score",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="End with 1 if an article scores less than N of 100.",
)
@options.BASELINE
@options.reported("--ratchet", is_flag=True, help="Let no rule find more in a file than the baseline has; shrink it.")
@options.reported(
    "--no-ignores", "ignores", flag_value=False, default=None, help="Show what is ignored with a reason, too."
)
@options.reported("--statistics", is_flag=True, help="Count by rule instead of listing every finding.")
@options.QUIET
@options.how
@options.NO_PROGRESS
@options.general("--show-config", is_flag=True, help="Print the settings in force, with where each comes from.")
@options.general("--show-files", is_flag=True, help="List the files that would be read.")
def command(
    paths: tuple[str, ...],
    format_name: str,
    output: str | None,
    reports: tuple[tuple[str, str], ...],
    config_file: str | None,
    stdin_filename: str | None,
    no_progress: bool,
    quiet: bool,
    statistics: bool,
    show_config: bool,
    show_files: bool,
    **settings: Any,
) -> None:
    """Check articles: files, folders, or “-” for standard input.

    Ends with 0 if nothing was found at or above --fail-on, 1 if something was or an article scores less than
    --min-score, 2 if some work could not be done.
    """
    from audit.commandline.progress import watched
    from audit.running import runner
    from audit.running.gate import Gate

    loaded = options.configuration(paths, config_file, settings, stdin_filename)
    _refuse_contradictions(loaded, output, reports, alone=show_config + show_files, statistics=statistics)
    standard_input = options.standard_input(paths, loaded.root, stdin_filename)
    if show_config or show_files:
        from audit.commandline import previews

        show = previews.show_settings if show_config else previews.show_files
        sys.exit(show(paths, loaded, standard_input, output))
    gate = Gate(loaded)
    _prepare(loaded, {format_name, *(name for name, _ in reports)})
    reporter = plugins.load("reporters", "statistics" if statistics and format_name == "text" else format_name)
    if hasattr(reporter, "render_parts") and not (reports or statistics):
        on_terminal = output is None and sys.stdout is not None and sys.stdout.isatty()
        with watched(wanted=not no_progress and not on_terminal, quiet=quiet) as progress:
            parts = gate.watch(runner.parts(paths, loaded, standard_input, progress))
            write(functools.partial(reporter.render_parts, parts), output)
    else:
        with watched(wanted=not no_progress, quiet=quiet) as progress:
            report = runner.run(paths, loaded, standard_input, progress)
        gate.see(report)
        for target_format, target in reports:
            write(functools.partial(plugins.load("reporters", target_format).render, report), target)
        write(functools.partial(reporter.render, report), output)
        if statistics and format_name != "text":
            plugins.load("reporters", "statistics").render(report, sys.stderr)
    elsewhere = format_name != "text" or statistics or output is not None
    if elsewhere and not quiet:
        _tell_of_acceptance(gate)
    _tell(gate, failures=elsewhere, quiet=quiet)
    sys.exit(gate.exit_code())


def _refuse_contradictions(
    config: Config, output: str | None, reports: Sequence[tuple[str, str]], *, alone: int, statistics: bool
) -> None:
    """Raise `AuditError` for options that cannot go together; `alone` counts those that stand alone."""
    if config.ratchet and config.baseline is None:
        raise AuditError("--ratchet needs a baseline: name it with --baseline, or in the configuration")
    if alone > 1 or (alone and (reports or statistics)):
        raise AuditError("--show-config and --show-files stand alone: they check nothing and report nothing")
    files = [path for path in (output, *(path for _, path in reports)) if path and not path.startswith("/dev/")]
    if twice := next((path for path in files if files.count(path) > 1), None):
        raise AuditError(f"{twice}: two reports cannot be one file; give each its own")


def _prepare(config: Config, formats: Iterable[str]) -> None:
    """Let a run keep in mind what reports in these formats ask for."""
    reporters = [plugins.load("reporters", name) for name in formats]
    config.shows_articles = any(hasattr(reporter, "SHOWS_ARTICLES") for reporter in reporters)
    config.hashes_lines = any(hasattr(reporter, "HASHES_LINES") for reporter in reporters)


def _tell_of_acceptance(gate: Gate) -> None:
    """Say on standard error what the text report says of suppressions and baseline."""
    from audit.reporting.logs import unheard
    from audit.reporting.standing import told, told_of_baseline

    for notice in gate.notices:
        click.echo(unheard(f"audit: {told(notice)}"), err=True)
    if gate.baseline:
        click.echo(unheard(f"audit: {told_of_baseline(gate.baseline)}"), err=True)


def _tell(gate: Gate, *, failures: bool, quiet: bool) -> None:
    """Say on standard error what the report on standard output does not."""
    if failures:
        tell_failures(gate.failures)
    if failures and gate.failures and not quiet:
        click.echo(f"audit: {len(gate.failures)} could not be checked; all others were", err=True)
    if gate.too_low and not quiet:
        lowest = min(gate.too_low, key=lambda document: document.score or 0)
        count = f"{len(gate.too_low):,} article{'s score' if len(gate.too_low) > 1 else ' scores'}"
        click.echo(f"audit: {count} too low; the lowest is {lowest.score:g}: {lowest.path}", err=True)
