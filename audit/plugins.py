"""Find checks, readers and reporters by name: their folder is the registry, other packages join by entry point."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Literal

from audit.model import AuditError
from audit.suggest import did_you_mean

Group = Literal["checks", "readers", "reporters"]
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
    from importlib.metadata import entry_points

    others = entry_points(group=f"audit.{group}")
    if name in others.names:
        module: ModuleType = others[name].load()
        return module
    known = sorted({*names(group), *others.names})
    raise AuditError(f"there is no {_KINDS[group]} called “{name}”{did_you_mean(name, known)}")


@cache
def by_suffix(group: Group) -> dict[str, str]:
    """Return which member of `group` reads or writes which file suffix (".html" → "html")."""
    return {suffix: name for name in names(group) for suffix in load(group, name).SUFFIXES}
