"""`audit fix`."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any, TextIO

import click

from audit.commandline import arguments, options
from audit.commandline.output import tell_failures, write, write_bytes

if TYPE_CHECKING:
    from audit.fixing.fixing import Change, Fixing

_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


@click.command("fix", cls=arguments.Command, short_help="Fix what can be fixed.")
@options.what_is_checked
@options.checked("--stdin-filename", metavar="NAME", help="Path of the article on standard input.")
@options.fixed("--diff", is_flag=True, help="Show what would change, and change nothing.")
@options.fixed("--unsafe", is_flag=True, help="Apply fixes, too, that might change what an article says.")
@options.MIN_CONFIDENCE
@options.FAIL_ON
@options.BASELINE
@options.QUIET
@options.how
@options.NO_PROGRESS
def command(
    paths: tuple[str, ...],
    config_file: str | None,
    stdin_filename: str | None,
    no_progress: bool,
    diff: bool,
    unsafe: bool,
    quiet: bool,
    **settings: Any,
) -> None:
    """Fix articles: files, folders, or “-” for standard input, whose fixed text goes to standard output.

    Safe fixes are applied: those that cannot change what an article says. Line ends, byte order mark, encoding and
    all that is not mended stay as they are; each file is replaced whole or not at all.

    Ends with 0 if nothing remains at or above --fail-on, 1 if something does or --diff shows a change, 2 if some work
    could not be done.
    """
    from audit.commandline.progress import watched
    from audit.fixing.fixing import Fixer
    from audit.running.gate import Gate

    loaded = options.configuration(paths, config_file, settings, stdin_filename)
    given = options.standard_input(paths, loaded.root, stdin_filename)
    with watched(wanted=not no_progress, quiet=quiet) as progress:
        fixer = Fixer(paths, loaded, given, progress, unsafe=unsafe, write=not diff)
    shown = given.data if given else b""
    for change in fixer.changes():
        if diff:
            write(functools.partial(_show, change), None)
        elif given and change.path == given.shown:
            shown = change.data
    if given and not diff:
        write_bytes(shown)
    gate = Gate(loaded)
    gate.see(fixer.fixing.report)
    _tell(fixer.fixing, diff=diff, unsafe=unsafe, quiet=quiet, aside=diff or given is not None)
    sys.exit(gate.exit_code() or int(diff and bool(fixer.fixing.files)))


def _show(change: Change, stream: TextIO) -> None:
    """Write the diff of a file; in colour and without harm where a person reads it."""
    from audit.fixing.patches import unified
    from audit.reporting.plain import printable

    for line in unified(change.path, change.before, change.after):
        if stream.isatty():
            click.secho(printable(line.rstrip("\r\n")), stream, fg=_COLOURS.get(line[:1]))
        else:
            stream.write(line)


def _tell(fixing: Fixing, *, diff: bool, unsafe: bool, quiet: bool, aside: bool) -> None:
    """Say what could not be done, what was fixed and what remains; `aside`, if standard output holds something else."""
    tell_failures(fixing.report.failures)
    if quiet:
        return
    would = "would be " if diff else ""
    number = len(fixing.files)
    where = f" in {number:,} file{'s' if number > 1 else ''}" if number else ""
    click.echo(f"{fixing.fixed.total():,} {would}fixed{where}", err=aside)
    for rule, count in sorted(fixing.fixed.items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"  {count:>6,}  {rule}", err=aside)
    click.echo(_remaining(fixing, unsafe=unsafe), err=aside)


def _remaining(fixing: Fixing, *, unsafe: bool) -> str:
    findings = fixing.report.findings
    if not findings:
        return "nothing remains" + (" in what could be checked" if fixing.report.failures else "")
    more = sum(finding.fix is not None for finding in findings)
    offer = f", {more:,} of which --unsafe would fix" if more and not unsafe else ""
    verb = "remains" if len(findings) == 1 else "remain"
    return f"{len(findings):,} {verb}{offer}; `audit run` shows {'it' if len(findings) == 1 else 'them'}"
