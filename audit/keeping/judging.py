"""What judges an article, as a digest: results are kept for as long as it is the same."""

from __future__ import annotations

import dataclasses
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import ModuleType

from audit import plugins
from audit.configuration.config import Config
from audit.model import Rule
from audit.rulebook import packs

_LIBRARIES = (
    *("ahocorasick_rs", "babel", "ftfy", "langdetect", "numpy", "py3langid", "rapidfuzz", "regex", "wcwidth"),
    "pyyaml",  # which reads own packs
)
_CHANGES_NOTHING = frozenset(  # settings that change nothing of what is found in a file; whatever is not named counts
    {"root", "packs", "select", "ignore", "fail_on", "jobs", "min_score", "weights", "shows_articles", "changed_since"}
    | {"hashes_lines"}
    | {"only_articles", "ignores", "ignore_file", "baseline", "ratchet", "narrowed", "cache_dir", "no_cache"}
    | {"rules", "names", "without_packs", "overrides", "where", "given"}  # which tell in the rules
)


def digest(rules: Sequence[Rule], config: Config) -> bytes:
    """Return a digest of all that decides what is found in an article, except for the article itself."""
    settings = {
        field.name: getattr(config, field.name)
        for field in dataclasses.fields(config)
        if field.name not in _CHANGES_NOTHING
    }
    parts = (packs.stamp(), sys.version, unicodedata.unidata_version, _libraries(), settings, *map(_rule, rules))
    return blake2b("\0".join(map(repr, parts)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _rule(rule: Rule) -> str:
    """Return what a rule finds, and how: of one that comes with audit the stamp tells all but the name."""
    if rule.pack in packs.builtin_names() and any(rule is own for own in packs.builtin(rule.pack).rules):
        return rule.id
    foreign = "" if rule.check in plugins.names("checks") else code_of(plugins.load("checks", rule.check))
    return repr(dataclasses.replace(rule, why="", origin="", examples=(), aliases=())) + foreign


@cache
def reader(name: str) -> str:
    """Return what tells the reader called `name` from others and from its other versions."""
    return name if name in plugins.names("readers") else name + code_of(plugins.load("readers", name))


def code_of(module: ModuleType) -> str:
    """Return a digest of the code that a module of another package may run: all of that package, and who else is there.

    An editable checkout changes without a version, so its files are read.
    """
    top = sys.modules[module.__name__.partition(".")[0]]
    found = blake2b("\n".join(_installed()).encode("utf-8", "surrogateescape"), digest_size=16)
    files = [Path(top.__file__)] if top.__file__ and not hasattr(top, "__path__") else _sources(top)
    for file in files:
        with suppress(OSError):
            found.update(file.read_bytes())
    return found.hexdigest()


def _sources(package: ModuleType) -> Iterator[Path]:
    for folder in package.__path__:
        yield from sorted(file for file in Path(folder).rglob("*") if file.is_file() and file.suffix != ".pyc")


def _libraries() -> Sequence[str]:
    found = [name for name in _installed() if name.partition("-")[0].lower() in _LIBRARIES]
    return found or list(_versions(_LIBRARIES))


@cache
def _installed() -> Sequence[str]:
    """Return name and version of what is installed, as the names of folders tell: asking each one would take longer."""
    found: list[str] = []
    for place in sys.path:
        with suppress(OSError):  # an archive, or none
            found += sorted(name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))
    return found


def _versions(names: Iterable[str]) -> Iterator[str]:
    """Yield the versions of distributions, the slow way, for a Python whose libraries lie in an archive."""
    from importlib import metadata  # costs start-up

    for name in names:
        with suppress(metadata.PackageNotFoundError):
            yield f"{name}-{metadata.version(name)}"
