"""The packs of rules that come with audit, and those that a user names."""

from __future__ import annotations

import io
import os
import pickle
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import regex

from audit.model import Check, Pack, PackError, Rule
from audit.suggest import did_you_mean

_PACKAGE = Path(__file__).parent.parent
RULES = _PACKAGE / "_rules" if (_PACKAGE / "_rules").is_dir() else _PACKAGE.parent / "rules"
COMPILED = _PACKAGE / "_compiled.pickle"
_MAKER = f"regex {regex.__version__}"  # whose pickled expressions are code for itself alone


class _Header(NamedTuple):
    """What a file of compiled packs begins with: who made it, the stamp of its sources, how long the packs are."""

    maker: str
    stamp: str
    size: int


def compile_builtin(target: Path = COMPILED) -> None:
    """Write the packs that come with audit, their checks set up, to a file that is read in a fifth of the time."""
    from audit.rulebook.packfile import build_check

    packs = {name: _read(RULES / f"{name}.yaml", name=name) for name in builtin_names()}
    checks = {rule.id: build_check(rule) for pack in packs.values() for rule in pack.rules}
    for check in checks.values():
        _ = check.literals  # what a check works out for them, it keeps
        if hasattr(check, "prepare"):
            check.prepare()
    head, tail = pickle.dumps(packs, protocol=5), _pickled(checks)
    header = pickle.dumps((_MAKER, _digest_of_sources(), len(head)), protocol=5)
    target.write_bytes(header + head + tail)


def _pickled(checks: dict[str, Check]) -> bytes:
    """Return a pickle of `checks` that holds every string once, however often it was made: it is read much faster."""
    stream = io.BytesIO()
    _OnceEach(stream, protocol=5).dump(checks)
    return stream.getvalue()


class _OnceEach(pickle._Pickler):
    """The pickler that is written in Python, which alone can be told what to do about a string."""

    def save(self, obj: Any, save_persistent_id: bool = True) -> None:
        one = sys.intern(obj) if type(obj) is str else obj
        super().save(one, save_persistent_id)  # type: ignore[misc]  # typeshed does not know it


@cache
def _header() -> _Header | None:
    """Return how the file that `compile_builtin` wrote begins.

    That is None if there is no such file, or if the files that it was made of have changed since.
    """
    try:
        if RULES.parent != _PACKAGE and not _is_newer(COMPILED):  # installed files are as they were built
            return None
        with COMPILED.open("rb") as file:
            return _Header(*pickle.load(file))
    except Exception:  # made of other classes, or cut short: the packs themselves are there
        return None


@cache
def compiled() -> dict[str, Pack]:
    """Return the packs that come with audit by name; none if they were compiled with another version of `regex`."""
    return _part(checks=False)


@cache
def compiled_checks() -> dict[str, Check]:
    """Return the checks of the compiled packs' rules by id, ready to run; reading them takes longer than the packs."""
    return _part(checks=True)


def _part(*, checks: bool) -> dict[str, Any]:
    header = _header()
    if header is None or header.maker != _MAKER:
        return {}
    try:
        with COMPILED.open("rb") as file:
            if _Header(*pickle.load(file)) != header:  # it was made anew just now
                return {}
            file.seek(header.size if checks else 0, os.SEEK_CUR)
            return dict(pickle.load(file))
    except Exception:  # as above
        return {}


@cache
def stamp() -> str:
    """Return a digest of the code and the data of audit, wherever they lie: another one may find something else."""
    header = _header()
    return header.stamp if header else _digest_of_sources()


def _digest_of_sources() -> str:
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for folder in (_PACKAGE, RULES):
        for path in sorted(entry.path for entry in _files(folder)):
            name, content = os.path.relpath(path, folder), Path(path).read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()


def _is_newer(file: Path) -> bool:
    made = file.stat().st_mtime_ns
    sources = (entry for folder in (_PACKAGE, RULES) for entry in _files(folder))
    return all(entry.stat().st_mtime_ns < made for entry in sources)


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(Path(entry.path))
            elif entry.name.endswith((".py", ".yaml", ".tsv")):
                yield entry


def builtin_names() -> tuple[str, ...]:
    """Return the names of the packs that come with audit."""
    return tuple(sorted(path.stem for path in RULES.glob("*.yaml")))


@cache
def builtin(name: str) -> Pack:
    """Return the pack of that name that comes with audit."""
    if name in compiled():
        return compiled()[name]
    if name not in builtin_names():
        raise PackError(f"there is no pack called “{name}”{did_you_mean(name, builtin_names())}")
    return _read(RULES / f"{name}.yaml", name=name)


def _read(path: Path, name: str | None = None) -> Pack:
    from audit.rulebook.packfile import read  # with PyYAML, which compiled packs do without

    return read(path, name)


def check_of(rule: Rule) -> Check:
    """Return the rule's check, ready to run."""
    pack = compiled().get(rule.pack)
    own = next((own for own in pack.rules if own.id == rule.id), None) if pack else None
    unchanged = own is not None and (own is rule or (own.check, own.options) == (rule.check, rule.options))
    if unchanged and rule.id in compiled_checks():
        return compiled_checks()[rule.id]
    from audit.rulebook.packfile import build_check

    return build_check(rule)


def is_file(name: str) -> bool:
    """Tell whether a pack is named by its file; any other name is that of a pack that comes with audit."""
    return name.endswith((".yaml", ".yml"))


def own_pack(name: str) -> Pack:
    """Return the pack that lies in the file `name`."""
    return _read(Path(name))


def load(extra: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """Return the rules of the default packs and of those named in `extra`, each once, `without` some packs by name."""
    packs = [pack for name in builtin_names() if (pack := builtin(name)).default or name in extra]
    own: dict[str, Pack] = {}
    for name in extra:
        if is_file(name):
            own.setdefault(os.path.abspath(name), own_pack(name))
        else:
            builtin(name)
    packs += own.values()
    rules: dict[str, Rule] = {}
    for pack in packs:
        for rule in pack.rules if pack.name not in without else ():
            if rule.id in rules:
                raise PackError(f"{rule.origin}: the rule “{rule.id}” is already defined at {rules[rule.id].origin}")
            rules[rule.id] = rule
    return tuple(rules.values())
