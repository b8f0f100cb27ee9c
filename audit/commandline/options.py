"""The options that several commands share, and the configuration that they make."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from audit.commandline import arguments
from audit.model import AuditError

if TYPE_CHECKING:
    from pathlib import Path

    from audit.configuration.config import Config
    from audit.folder.files import StandardInput

Function = TypeVar("Function", bound=Callable[..., Any])

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(allow_dash=True))

checked = functools.partial(click.option, cls=arguments.Option, section="What is checked")
reported = functools.partial(click.option, cls=arguments.Option, section="The report")
fixed = functools.partial(click.option, cls=arguments.Option, section="What is fixed")
general = functools.partial(click.option, cls=arguments.Option, section="How")

NO_PROGRESS = general("--no-progress", is_flag=True, help="Show no progress bar; only a terminal shows one anyway.")

QUIET = reported("-q", "--quiet", is_flag=True, help="Tell on standard error only what could not be done.")

_WHAT_IS_CHECKED = (
    checked(
        "--target-language", type=arguments.Language(), metavar="TAG", help="Language of the articles: en, pt-BR, …"
    ),
    checked("--source-language", type=arguments.Language(), metavar="TAG", help="Language they were translated from."),
    checked(
        "--select",
        type=arguments.RuleName(),
        multiple=True,
        callback=arguments.split,
        metavar="GLOB",
        help="Run only these rules: names, numbers/*, …",
    ),
    checked(
        "--ignore",
        type=arguments.RuleName(),
        multiple=True,
        callback=arguments.split,
        metavar="GLOB",
        help="Leave these rules out.",
    ),
    checked(
        "--pack",
        "packs",
        type=arguments.PackName(only_off=True),
        multiple=True,
        metavar="NAME",
        help="Switch on a pack that is off by default, or house.yaml.",
    ),
    checked("--only-articles", is_flag=True, help="Pass over named files that hold no article, as in a folder."),
)

MIN_CONFIDENCE = reported(
    "--min-confidence",
    type=click.Choice(["low", "medium", "high"]),
    metavar="LEVEL",
    help="Show findings from low, medium or high up.  [default: medium]",
)

BASELINE = reported(
    "--baseline", type=click.Path(), metavar="FILE", help="Show only what is new since FILE (see `audit baseline`)."
)

FAIL_ON = reported(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    metavar="LEVEL",
    help="End with 1 from error, warning or note up, or never.  [default: warning]",
)

_HOW = (
    general(
        "--config",
        "config_file",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Read this configuration instead of looking for one.",
    ),
    general(
        "--jobs",
        type=int,
        callback=arguments.at_least_zero,
        metavar="N",
        help="Processes; 0 takes as many as pay.  [default: 0]",
    ),
    general("--no-cache", is_flag=True, help="Check every article anew, and keep nothing for the next run."),
    general(
        "--cache-dir",
        type=click.Path(file_okay=False),
        metavar="DIR",
        help="Keep results for the next run here.  [default: the user's cache folder]",
    ),
)


def what_is_run(command: Function) -> Function:
    """Give a command the options that say in which language and by which rules articles are checked."""
    return _all(*_WHAT_IS_CHECKED)(command)


def what_is_checked(command: Function) -> Function:
    """Give a command the paths, and the options that say in which language and by which rules they are checked."""
    return _all(PATHS, *_WHAT_IS_CHECKED)(command)


def how(command: Function) -> Function:
    """Give a command the options that say how the work is done; they stand last."""
    return _all(*_HOW)(command)


def _all(*decorators: Callable[[Function], Function]) -> Callable[[Function], Function]:
    """Return the decorators as one, which adds its options in this order."""
    return lambda command: functools.reduce(lambda done, decorator: decorator(done), reversed(decorators), command)


def configuration(
    paths: Sequence[str], config_file: str | None, options: dict[str, Any], stdin_filename: str | None = None
) -> Config:
    """Return the configuration that holds for `paths`, with the options that were given laid over it.

    For standard input that of `stdin_filename` holds.
    """
    from audit.configuration import config, keys
    from audit.folder import files
    from audit.keeping import store

    settings = {name: value for name, value in options.items() if value not in (None, ())}
    if "min_confidence" in settings:
        settings["min_confidence"] = keys.CONFIDENCES[settings["min_confidence"]]
    if "fail_on" in settings:
        settings["fail_on"] = keys.SEVERITIES[settings["fail_on"]]
    if "target_language" in settings:
        settings["forced_language"] = settings.pop("target_language")
    first = paths[0] if paths[0] != files.STANDARD_INPUT else stdin_filename or "."
    loaded = config.load(first, settings, config_file)
    loaded.cache_dir = store.chosen(options.get("cache_dir"), loaded.cache_dir)
    return loaded


def standard_input(paths: Sequence[str], root: Path, name: str | None) -> StandardInput | None:
    """Return what standard input holds if “-” is one of the paths; `name` is the path that it stands for."""
    from audit.folder import files

    if files.STANDARD_INPUT not in paths:
        if name:
            raise AuditError(
                "--stdin-filename names what standard input holds; add “-” to the paths to have it checked"
            )
        return None
    if sys.stdin is None:
        raise AuditError("standard input is closed")
    shown = files.shown(name, root) if name else files.STANDARD_INPUT
    return files.StandardInput(shown, sys.stdin.buffer.read())
