"""Globs over the paths of reports: `*` stays in its folder, `**` crosses folders, a folder's name means all in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

_SIGN = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^]]+\]")
_WILD = re.compile(r"[*?[]")


@lru_cache(1024)
def _expression(glob: str) -> re.Pattern[str]:
    parts, position = [], 0
    for sign in _SIGN.finditer(glob):
        parts += [re.escape(glob[position : sign.start()]), _meaning(sign[0])]
        position = sign.end()
    below = "" if parts else "(?:/.*)?"
    return re.compile("".join([*parts, re.escape(glob[position:]), below]), re.DOTALL)


def _set(signs: str, negated: bool) -> str:
    """Return the expression of a set of signs; one with a range from z to a holds these signs alone."""
    start, escaped = f"[{'^/' if negated else ''}", re.escape(signs)
    try:
        return re.compile(f"{start}{escaped.replace(re.escape('-'), '-')}]").pattern
    except re.error:
        return f"{start}{escaped}]"


def _meaning(sign: str) -> str:
    if sign[0] == "[":
        return _set(sign.strip("[]!"), sign[1] == "!")
    return {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}[sign]


def matches(path: str, glob: str) -> bool:
    """Tell whether `glob` means the file `path`, or a folder that holds it."""
    return _expression(glob.rstrip("/")).fullmatch(path) is not None


def covered(glob: str, checked: Collection[str], folders: Iterable[str]) -> bool:
    """Tell whether every file that `glob` can mean was checked: it is one of `checked`, or all lie in `folders`."""
    wild = _WILD.search(glob)
    if wild is None and glob in checked:
        return True
    base = glob[: wild.start()].rpartition("/")[0] if wild else glob
    below = "" if glob.startswith("/") else "."  # the root holds all that has a relative path
    return any(folder in (base, below) or base.startswith(f"{folder}/") for folder in folders)
