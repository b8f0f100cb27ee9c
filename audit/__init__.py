"""Find what machine translation left behind in articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TextIO

    from audit.fixing.fixing import Fixing
    from audit.model import Rule
    from audit.report import Report

__all__ = ["__version__", "fix", "render", "rules", "run"]


def run(paths: Iterable[str], **settings: Any) -> Report:
    """Check the articles that `paths` name and return the report.

    `settings` are the keys of the configuration with underscores (`target_language="en"`, `select=("names/*",)` …);
    they win over the configuration that is found upwards from the first path. Results are kept for the next run only
    where these or that name a folder (`cache_dir="…"`), and with `no_cache=True` not even there. Raises
    `audit.model.AuditError` where the work cannot begin; a file that cannot be read becomes a failure in the report.
    """
    from audit.configuration import config
    from audit.running import runner

    names = [str(path) for path in paths]
    return runner.run(names, config.load(names[0] if names else ".", settings))


def fix(paths: Iterable[str], *, unsafe: bool = False, write: bool = True, **settings: Any) -> Fixing:
    """Fix the articles that `paths` name in their files; return the report of what remains, and what was fixed.

    Applied are safe fixes, with `unsafe` also those that might change what an article says; without `write` the files
    stay as they are. `settings` are those of `run`; what cannot be fixed is a failure in the report.
    """
    from audit.configuration import config
    from audit.fixing import fixing

    names = [str(path) for path in paths]
    return fixing.fix(names, config.load(names[0] if names else ".", settings), unsafe=unsafe, write=write)


def render(report: Report, format: str, stream: TextIO) -> None:
    """Write `report` to `stream` in one of the formats that `audit formats` lists."""
    from audit import plugins

    plugins.load("reporters", format).render(report, stream)


def rules(packs: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rules of the default packs and of `packs`, which are names of built-in packs or paths of files."""
    from audit.rulebook.packs import load

    return load(tuple(packs))
