"""Find checks, readers and reporters by name: their folder is the registry, other packages join by entry point."""

from __future__ import annotations

import os
import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from audit.model import AuditError
from audit.suggest import did_you_mean

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

Group = Literal["checks", "readers", "reporters"]
GROUPS: tuple[Group, ...] = ("checks", "readers", "reporters")
_NEEDED = {"checks": ("Check",), "readers": ("SUFFIXES", "read"), "reporters": ("SUFFIXES", "render")}
_KINDS = {"checks": "check", "readers": "format of articles", "reporters": "format"}


@cache
def names(group: Group) -> tuple[str, ...]:
    """Return the names of the built-in members of `group`, sorted; a name is its module's with dashes."""
    package = import_module(f"audit.{group}")
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(package.__path__)))


@cache
def load(group: Group, name: str) -> ModuleType:
    """Return the module called `name`; raise `AuditError` if there is none.

    Entry points of other packages (group `audit.checks`, `audit.readers`, `audit.reporters`) are asked only when no
    built-in member has the name, because asking costs more than all of start-up.
    """
    if name in names(group):
        return import_module(f"audit.{group}.{name.replace('-', '_')}")
    others = _others(group)
    if name not in others.names:
        raise AuditError(f"there is no {_KINDS[group]} called “{name}”{did_you_mean(name, all_names(group))}")
    needed = _NEEDED[group]
    try:
        module: ModuleType = others[name].load()
        missing = [word for word in needed if not hasattr(module, word)]
    except Exception as error:  # it is another package's code
        reason = f"{type(error).__name__}: {error}"
        raise AuditError(f"the {_KINDS[group]} “{name}” of another package cannot be loaded: {reason}") from None
    if missing:
        raise AuditError(f"the {_KINDS[group]} “{name}” of another package lacks “{missing[0]}”")
    return module


@cache
def _others(group: Group) -> EntryPoints:
    from importlib.metadata import entry_points

    return entry_points(group=f"audit.{group}")


def all_names(group: Group) -> tuple[str, ...]:
    """Return the names of all members of `group`, those of other packages too, sorted."""
    return tuple(sorted({*names(group), *_others(group).names}))


@cache
def by_suffix(group: Group) -> dict[str, str]:
    """Return which built-in member of `group` reads or writes which file suffix (".html" → "html")."""
    return {suffix: name for name in names(group) for suffix in load(group, name).SUFFIXES}


def reader_of(path: str) -> str:
    """Return the name of the reader for the file `path`; whatever has an unknown suffix is plain text."""
    return for_suffix("readers", os.path.splitext(path)[1].lower()) or "text"


@cache
def for_suffix(group: Group, suffix: str) -> str | None:
    """Return which member of `group` reads or writes the file suffix; other packages are asked last."""
    if suffix in by_suffix(group):
        return by_suffix(group)[suffix]
    return next((name for name in sorted(_others(group).names) if suffix in load(group, name).SUFFIXES), None)
