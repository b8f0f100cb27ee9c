"""The commands: `audit run`, `rules`, `explain`, `test` and `formats`."""

from __future__ import annotations

import functools
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from audit import __version__, arguments, plugins
from audit.model import AuditError

if TYPE_CHECKING:
    from audit.gate import Gate

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class ReaderGone(Exception):
    """Nobody reads the report any more: nobody is left to tell."""


@click.group(context_settings=CONTEXT, cls=arguments.InOrder)
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Find what machine translation left behind in articles, before they are published."""


_checked = functools.partial(click.option, cls=arguments.Option, section="What is checked")
_reported = functools.partial(click.option, cls=arguments.Option, section="The report")
_general = functools.partial(click.option, cls=arguments.Option, section="How")


@cli.command(cls=arguments.Command, short_help="Check articles.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(allow_dash=True))
@_checked("--target-language", type=arguments.Language(), metavar="TAG", help="Language of the articles: en, pt-BR, …")
@_checked("--source-language", type=arguments.Language(), metavar="TAG", help="Language they were translated from.")
@_checked(
    "--select",
    type=arguments.RuleName(),
    multiple=True,
    callback=arguments.split,
    metavar="GLOB",
    help="Run only these rules: names, numbers/*, …",
)
@_checked(
    "--ignore",
    type=arguments.RuleName(),
    multiple=True,
    callback=arguments.split,
    metavar="GLOB",
    help="Leave these rules out.",
)
@_checked(
    "--pack",
    "packs",
    type=arguments.PackName(only_off=True),
    multiple=True,
    metavar="NAME",
    help="Switch on a pack that is off by default, or house.yaml.",
)
@_checked("--stdin-filename", metavar="NAME", help="What to call the article on standard input.")
@_reported(
    "-f",
    "--format",
    "format_name",
    type=arguments.Format(),
    default="text",
    show_default=True,
    help="One of `audit formats`.",
)
@_reported("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write it to FILE.")
@_reported(
    "--report",
    "reports",
    type=arguments.ReportFile(),
    multiple=True,
    metavar="FILE",
    help="Write a further one: out.sarif, or json:FILE for any name.",
)
@_reported(
    "--min-confidence",
    type=click.Choice(["low", "medium", "high"]),
    metavar="LEVEL",
    help="Show findings from low, medium or high up.  [default: medium]",
)
@_reported(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    metavar="LEVEL",
    help="End with 1 from error, warning or note up, or never.  [default: warning]",
)
@_reported(
    "--min-score",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="End with 1 if an article scores less than N of 100.",
)
@_reported("--statistics", is_flag=True, help="Count by rule instead of listing every finding.")
@_reported("-q", "--quiet", is_flag=True, help="Tell on standard error only what could not be done.")
@_general(
    "--config",
    "config_file",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Read this configuration instead of looking for one.",
)
@_general(
    "--jobs",
    type=int,
    callback=arguments.at_least_zero,
    metavar="N",
    help="Processes; 0 takes as many as pay.  [default: 0]",
)
@_general("--no-cache", is_flag=True, help="Check every article anew.")
def run(
    paths: tuple[str, ...],
    format_name: str,
    output: str | None,
    reports: tuple[tuple[str, str], ...],
    config_file: str | None,
    stdin_filename: str | None,
    no_cache: bool,
    quiet: bool,
    statistics: bool,
    **options: Any,
) -> None:
    """Check articles: files, folders, or “-” for standard input.

    Ends with 0 if nothing was found at or above --fail-on, 1 if something was or an article scores less than
    --min-score, 2 if some work could not be done.
    """
    from audit import config, files, runner
    from audit.gate import Gate

    loaded = config.load(paths[0] if paths[0] != files.STANDARD_INPUT else ".", _settings(options), config_file)
    standard_input = None
    if files.STANDARD_INPUT in paths:
        standard_input = files.StandardInput(stdin_filename or files.STANDARD_INPUT, _read_standard_input())
    gate = Gate(loaded)
    chosen = {format_name, *(name for name, _ in reports)}
    loaded.shows_articles = any(hasattr(plugins.load("reporters", name), "SHOWS_ARTICLES") for name in chosen)
    reporter = plugins.load("reporters", "statistics" if statistics and format_name == "text" else format_name)
    if hasattr(reporter, "render_parts") and not (reports or statistics):
        parts = gate.watch(runner.parts(paths, loaded, standard_input))
        _write(functools.partial(reporter.render_parts, parts), output)
    else:
        report = runner.run(paths, loaded, standard_input)
        gate.see(report)
        for target_format, target in reports:
            _write(functools.partial(plugins.load("reporters", target_format).render, report), target)
        _write(functools.partial(reporter.render, report), output)
        if statistics and format_name != "text":
            plugins.load("reporters", "statistics").render(report, sys.stderr)
    _tell(gate, failures=format_name != "text" or statistics or output is not None, quiet=quiet)
    sys.exit(gate.exit_code())


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        raise AuditError("standard input is closed")
    return sys.stdin.buffer.read()


def _settings(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given, as settings of the configuration."""
    from audit import config

    settings = {name: value for name, value in options.items() if value not in (None, ())}
    if "min_confidence" in settings:
        settings["min_confidence"] = config.CONFIDENCES[settings["min_confidence"]]
    if "fail_on" in settings:
        settings["fail_on"] = config.SEVERITIES[settings["fail_on"]]
    if "target_language" in settings:
        settings["forced_language"] = settings.pop("target_language")
    return settings


def _write(render: Callable[[TextIO], None], output: str | None) -> None:
    """Write a report to a file, whole or not at all, or to standard output."""
    from audit.files import write_whole

    try:
        if output is not None:
            with write_whole(Path(output)) as stream:
                render(stream)
            return
        if sys.stdout is None:
            raise AuditError("the report could not be written: standard output is closed")
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        render(sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        where = f"{output}: " if output else ""
        raise AuditError(f"{where}the report could not be written: {error.strerror or error}") from None


def _tell(gate: Gate, *, failures: bool, quiet: bool) -> None:
    """Say on standard error what the report on standard output does not."""
    for failure in gate.failures if failures else ():
        line = f":{failure.line}" if failure.line else ""
        rule = f" ({failure.rule})" if failure.rule else ""
        click.echo(f"audit: {failure.path}{line}: {failure.error}{rule}", err=True)
    if failures and gate.failures and not quiet:
        click.echo(f"audit: {len(gate.failures)} could not be checked; all others were", err=True)
    if gate.too_low and not quiet:
        lowest = min(gate.too_low, key=lambda document: document.score or 0)
        count = f"{len(gate.too_low):,} article{'s score' if len(gate.too_low) > 1 else ' scores'}"
        click.echo(f"audit: {count} too low; the lowest is {lowest.score:g}: {lowest.path}", err=True)


@cli.command(short_help="List the rules.")
@click.option(
    "--pack",
    "packs",
    type=arguments.PackName(only_off=True),
    multiple=True,
    metavar="NAME",
    help="List a pack that is off by default, or your own, too.",
)
@click.option("--all", "everything", is_flag=True, help="List the rules of every pack that comes with audit.")
def rules(packs: tuple[str, ...], everything: bool) -> None:
    """List the rules, pack by pack."""
    from audit.packs import builtin, builtin_names, load

    names = builtin_names() if everything else packs
    pack_name = None
    for rule in load(names):
        if rule.pack != pack_name:
            if pack_name is not None:
                click.echo()
            pack_name = rule.pack
            pack = builtin(pack_name) if pack_name in builtin_names() else None
            off = "" if pack is None or pack.default else " (off; --pack " + pack_name + ")"
            click.echo(f"{pack_name}{off}" + (f": {pack.description}" if pack else ""))
        languages = ", ".join(rule.languages) or "every language"
        click.echo(f"  {rule.id:42} {rule.severity!s:8} {languages}")


@cli.command(short_help="Show what a rule finds, and why.")
@click.argument("rule_id", metavar="RULE", type=arguments.RuleName())
@click.option(
    "--pack",
    "packs",
    type=arguments.PackName(only_off=True),
    multiple=True,
    metavar="NAME",
    help="Look in your own pack, too.",
)
def explain(rule_id: str, packs: tuple[str, ...]) -> None:
    """Tell what RULE finds, why it matters, and show its examples."""
    from audit.explain import explain as page
    from audit.packs import builtin_names, load
    from audit.suggest import did_you_mean

    known = {name: rule for rule in load((*builtin_names(), *packs)) for name in (rule.id, *rule.aliases)}
    if rule_id not in known:
        group = [name for name in known if name.startswith(f"{rule_id}/")]
        meant = f"; rules of that group are {', '.join(group)}" if group else did_you_mean(rule_id, known)
        raise AuditError(f"no rule is called “{rule_id}”{meant or '; `audit rules --all` lists them'}")
    click.echo(page(known[rule_id]))


@cli.command(short_help="Prove the rules of packs by their examples.")
@click.argument("packs", nargs=-1, type=arguments.PackName(), metavar="[PACK…]")
def test(packs: tuple[str, ...]) -> None:
    """Prove the rules of packs by their own examples (all that come with audit if none is named)."""
    from audit.examples import prove
    from audit.packfile import read
    from audit.packs import builtin, builtin_names, is_file

    faults = count = 0
    for name in packs or builtin_names():
        pack = read(Path(name)) if is_file(name) else builtin(name)
        for outcome in prove(pack.rules):
            count += 1
            if outcome.fault:
                faults += 1
                click.echo(outcome.fault)
    click.echo(f"{count - faults} of {count} examples hold")
    sys.exit(1 if faults else 0)


@cli.command(short_help="List the formats of articles and reports.")
def formats() -> None:
    """List the formats of articles that can be read and of reports that can be written."""
    groups: tuple[tuple[plugins.Group, str], ...] = (("readers", "Articles"), ("reporters", "Reports"))
    for group, title in groups:
        click.echo(f"{title}:")
        for name in plugins.all_names(group):
            module = plugins.load(group, name)
            summary = (module.__doc__ or "").strip().partition("\n")[0]
            click.echo(f"  {name:10} {' '.join(module.SUFFIXES):18} {summary}")
