"""Make ahead of time what every run would make: packs read and checks set up, regular expressions compiled."""

from __future__ import annotations

from pathlib import Path

from audit import examples, expressions, plugins
from audit.rulebook import packs


def build(folder: Path) -> list[Path]:
    """Write the files that spare a run four fifths of its start into `folder`, the package's own; return them.

    All examples of the rules are run before the expressions are kept, for those that only a text asks for.
    """
    compiled, ready = folder / packs.COMPILED.name, folder / expressions.READY.name
    packs.compile_builtin(compiled)
    for group in plugins.GROUPS:
        for name in plugins.names(group):
            plugins.load(group, name)
    for name in packs.builtin_names():
        for _ in examples.prove(packs.builtin(name).rules):
            pass
    expressions.keep(ready)
    return [compiled, ready]
