"""The command line: `audit run`, `rules`, `explain`, `test` and `formats`."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audit import __version__, plugins
from audit.model import AuditError

if TYPE_CHECKING:
    from audit.model import Failure, Report

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def main() -> None:
    """Run the command line and end the process: 0 the gate holds, 1 findings, 2 work not done, 130 interrupted."""
    gc.disable()  # a run builds a report and ends; collecting it over and over costs a third of the time
    try:
        cli(prog_name="audit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AuditError as error:
        click.echo(f"audit: {error}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("audit: interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone, nobody is left to tell
        sys.exit(2)


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Find what machine translation left behind in articles, before they are published."""


def _split(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


class _Format(click.ParamType[str]):
    """The name of a reporter."""

    name = "format"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> str:
        try:
            plugins.load("reporters", str(value))
        except AuditError as error:
            self.fail(str(error), parameter, context)
        return str(value)

    def shell_complete(self, _context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in plugins.names("reporters") if name.startswith(incomplete)]


class _RuleName(click.ParamType[str]):
    """The id of a rule, or a glob over ids."""

    name = "rule"

    def shell_complete(self, _context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        from audit import packs

        return [CompletionItem(rule.id) for rule in packs.load() if rule.id.startswith(incomplete)]


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "-f",
    "--format",
    "format_name",
    type=_Format(),
    default="text",
    show_default=True,
    help="Format of the report; `audit formats` lists them.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write the report to FILE.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FILE",
    help="Write a further report, its format taken from the name (out.sarif) or named outright (sarif:out.txt).",
)
@click.option("--target-language", metavar="TAG", help="Language of the articles, such as en or pt-BR.")
@click.option("--source-language", metavar="TAG", help="Language they were translated from.")
@click.option(
    "--select",
    type=_RuleName(),
    multiple=True,
    callback=_split,
    metavar="GLOB",
    help="Run only these rules: names, numbers/*, …",
)
@click.option(
    "--ignore", type=_RuleName(), multiple=True, callback=_split, metavar="GLOB", help="Leave these rules out."
)
@click.option(
    "--pack",
    "packs",
    multiple=True,
    metavar="NAME",
    help="Switch on a pack that is off by default, or a pack of your own (house.yaml).",
)
@click.option(
    "--min-confidence",
    type=click.Choice(["low", "medium", "high"]),
    help="Show findings from this confidence up.  [default: medium]",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    help="End with 1 if there is a finding of this severity or worse.  [default: warning]",
)
@click.option("--jobs", type=click.IntRange(min=0), metavar="N", help="Processes to use; 0 takes as many as pay.")
@click.option(
    "--config",
    "config_file",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Read this configuration instead of searching for one.",
)
@click.option("--stdin-filename", metavar="NAME", help="Name of the article on standard input (“-”).")
@click.option("--no-cache", is_flag=True, help="Check every article anew.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but what could not be done.")
def run(
    paths: tuple[str, ...],
    format_name: str,
    output: str | None,
    reports: tuple[str, ...],
    config_file: str | None,
    stdin_filename: str | None,
    no_cache: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Check articles: files, folders, or “-” for standard input.

    Ends with 0 if nothing was found at or above --fail-on, 1 if something was, 2 if some work could not be done.
    """
    from audit import config, files, runner

    targets = [_target(name) for name in reports]
    settings = _settings(options)
    loaded = config.load(paths[0] if paths[0] != files.STANDARD_INPUT else ".", settings, config_file)
    standard_input = None
    if files.STANDARD_INPUT in paths:
        standard_input = files.StandardInput(stdin_filename or files.STANDARD_INPUT, sys.stdin.buffer.read())
    report = runner.run(paths, loaded, standard_input)
    for target_format, target in targets:
        _write(report, target_format, target)
    _write(report, format_name, output)
    if format_name != "text" or output:
        _tell(report.failures, quiet=quiet)
    sys.exit(_exit_code(report, loaded))


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


def _target(name: str) -> tuple[str, str]:
    """Return format and path of a --report: `out.sarif`, or `sarif:path` to name the format outright."""
    format_name, colon, path = name.partition(":")
    if colon and format_name in plugins.names("reporters"):
        return format_name, path
    suffix = Path(name).suffix.lower()
    known = plugins.by_suffix("reporters")
    if suffix not in known:
        raise click.UsageError(
            f"--report {name}: no format is written to {suffix or 'a file without suffix'}; "
            f"known are {', '.join(known)}, or name it: sarif:{name}"
        )
    return known[suffix], name


def _write(report: Report, format_name: str, output: str | None) -> None:
    """Write the report to a file, whole or not at all, or to standard output."""
    render = plugins.load("reporters", format_name).render
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        try:
            render(report, sys.stdout)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise AuditError(f"the report could not be written: {error.strerror or error}") from None
        return
    from audit.files import write_whole

    try:
        with write_whole(Path(output)) as stream:
            render(report, stream)
    except OSError as error:
        raise AuditError(f"{output}: the report could not be written: {error.strerror or error}") from None


def _tell(failures: Sequence[Failure], *, quiet: bool) -> None:
    for failure in failures:
        line = f":{failure.line}" if failure.line else ""
        rule = f" ({failure.rule})" if failure.rule else ""
        click.echo(f"audit: {failure.path}{line}: {failure.error}{rule}", err=True)
    if failures and not quiet:
        click.echo(f"audit: {len(failures)} could not be checked; all others were", err=True)


def _exit_code(report: Report, loaded: Any) -> int:
    if report.failures:
        return 2
    if loaded.fail_on is None:
        return 0
    return int(any(finding.severity >= loaded.fail_on for finding in report.findings))


@cli.command()
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="List a pack that is off by default, too.")
@click.option("--all", "everything", is_flag=True, help="List the rules of every pack that comes with audit.")
def rules(packs: tuple[str, ...], everything: bool) -> None:
    """List the rules, pack by pack."""
    from audit.packs import builtin, builtin_names, load

    names = builtin_names() if everything else packs
    pack_name = None
    for rule in load(names):
        if rule.pack != pack_name:
            pack_name = rule.pack
            pack = builtin(pack_name) if pack_name in builtin_names() else None
            off = "" if pack is None or pack.default else " (off; --pack " + pack_name + ")"
            click.echo(f"\n{pack_name}{off}" + (f": {pack.description}" if pack else ""))
        languages = ", ".join(rule.languages) or "every language"
        click.echo(f"  {rule.id:42} {rule.severity!s:8} {languages}")


@cli.command()
@click.argument("rule_id", metavar="RULE", type=_RuleName())
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="Look in this pack of your own, too.")
def explain(rule_id: str, packs: tuple[str, ...]) -> None:
    """Tell what RULE finds, why it matters, and show its examples."""
    from audit.explain import explain as page
    from audit.packs import builtin_names, load
    from audit.suggest import did_you_mean

    known = {name: rule for rule in load((*builtin_names(), *packs)) for name in (rule.id, *rule.aliases)}
    if rule_id not in known:
        raise AuditError(f"no rule is called “{rule_id}”{did_you_mean(rule_id, known)}")
    click.echo(page(known[rule_id]))


@cli.command()
@click.argument("packs", nargs=-1, metavar="[PACK…]")
def test(packs: tuple[str, ...]) -> None:
    """Prove the rules of packs by their own examples (all that come with audit if none is named)."""
    from audit.examples import prove
    from audit.packs import builtin, builtin_names, read

    faults = count = 0
    for name in packs or builtin_names():
        pack = read(Path(name)) if name.endswith((".yaml", ".yml")) else builtin(name)
        for outcome in prove(pack.rules):
            count += 1
            if outcome.fault:
                faults += 1
                click.echo(outcome.fault)
    click.echo(f"{count - faults} of {count} examples hold")
    sys.exit(1 if faults else 0)


@cli.command()
def formats() -> None:
    """List the formats of articles that can be read and of reports that can be written."""
    for group, title in (("readers", "Articles"), ("reporters", "Reports")):
        click.echo(f"{title}:")
        for name in plugins.names(group):
            module = plugins.load(group, name)
            summary = (module.__doc__ or "").strip().partition("\n")[0]
            click.echo(f"  {name:10} {' '.join(module.SUFFIXES):18} {summary}")
