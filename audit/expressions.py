"""Regular expressions, ready compiled where the package was built: compiling them anew costs a third of start-up."""

from __future__ import annotations

import pickle
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import TypeAlias

import regex

READY = Path(__file__).with_name("_expressions.pickle")

_Key: TypeAlias = "tuple[str, int, tuple[tuple[str, frozenset[str]], ...]]"

_MAKER = f"regex {regex.__version__}"  # whose pickled expressions are code for itself alone
_known: dict[_Key, regex.Pattern[str]] = {}


def expression(pattern: str, flags: int = 0, **lists: Collection[str]) -> regex.Pattern[str]:
    r"""Return `pattern` compiled, as `regex.compile` does it; `lists` are those that it names by `\L<name>`.

    It is taken from what `keep` wrote if it stands there, so what was kept can be incomplete, but not out of date.
    """
    key = (pattern, int(flags), tuple([(name, frozenset(words)) for name, words in lists.items()]))
    known = _known.get(key)
    if known is None:
        ready = _ready().get(key)
        known = pickle.loads(ready) if ready else regex.compile(pattern, flags, cache_pattern=False, **dict(key[2]))
        _known[key] = known
    return known


def keep(target: Path = READY) -> None:
    """Write the expressions that this process has asked for."""
    content = {key: pickle.dumps(known, protocol=5) for key, known in _known.items()}
    target.write_bytes(pickle.dumps((_MAKER, pickle.dumps(content, protocol=5)), protocol=5))


@cache
def _ready() -> dict[_Key, bytes]:
    try:
        maker, content = pickle.loads(READY.read_bytes())
        return dict(pickle.loads(content)) if maker == _MAKER else {}
    except Exception:  # there is none, or it was cut short: they can be compiled
        return {}
