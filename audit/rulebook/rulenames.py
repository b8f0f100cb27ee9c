"""Which rules are meant by a name: an id, an alias, a group, or a glob over ids."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from audit.model import Rule
from audit.suggest import did_you_mean


def fits(rule: Rule, glob: str) -> bool:
    """Tell whether a rule is meant: “names” means the whole group, as “names/*” does."""
    return any(fnmatchcase(name, glob) or name.startswith(f"{glob}/") for name in (rule.id, *rule.aliases))


def unknown(rules: Iterable[Rule], glob: str) -> str | None:
    """Return what to tell a person whose `glob` means none of `rules`, None if it means one."""
    names = set()
    for rule in rules:
        if fits(rule, glob):
            return None
        names |= {rule.id, rule.id.partition("/")[0]}
    return f"no rule is called “{glob}”{did_you_mean(glob, names) or '; `audit rules` lists them'}"
