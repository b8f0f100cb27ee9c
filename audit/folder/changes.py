"""Which files and lines changed in git since a revision, as a pull request counts them."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import regex

from audit.folder import git
from audit.folder.files import STANDARD_INPUT, repository
from audit.model import AuditError
from audit.suggest import did_you_mean

_HUNK = regex.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_SUBMODULE = "160000"
_WHOLE = ("A", "C", "T", "U")  # added, copied, of another type, in conflict: all lines of the file count
_DIFF = ("diff-index", "--find-renames", "--ignore-submodules=none", "--no-color", "--no-abbrev")
_PATCH = ("--patch", "--unified=0", "--text", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/")


class Hunk(NamedTuple):
    """`size` changed lines from the line `first` on; none where lines were only taken away behind `first`."""

    first: int
    size: int


class Changes(NamedTuple):
    """Changed files by their real path, each with its hunks, None if it changed as a whole; folders that are new."""

    files: dict[str, list[Hunk] | None]
    folders: list[str]

    def touch(self, path: str) -> bool:
        """Tell whether a file has changed."""
        real = os.path.realpath(path)
        return bool(self.files.get(real, ())) or self.is_new(path)

    def hunks(self, path: str) -> list[Hunk]:
        """Return what changed in a file that is not new."""
        return self.files.get(os.path.realpath(path)) or []

    def is_new(self, path: str) -> bool:
        """Tell whether a file counts as changed from its first line to its last."""
        real = os.path.realpath(path)
        return self.files.get(real, ()) is None or real.startswith(tuple(self.folders))


def since(revision: str, paths: Sequence[str], suffixes: Iterable[str]) -> Changes:
    """Return what changed in the repositories of `paths` since their last common commit with `revision`.

    Changes of the working tree and files that git does not know yet count, too. Lines are told of files with one of
    the `suffixes` and of those that are named outright. Raises `AuditError` where git cannot tell, with what to do.
    """
    if not revision:
        raise AuditError("--changed-since names no revision: is a variable not set?")
    if STANDARD_INPUT in paths:
        raise AuditError("--changed-since asks git about files, which knows nothing of standard input")
    changes = Changes({}, [])
    known = [f":(icase)*{suffix}" for suffix in suffixes]
    places: dict[str, list[str]] = {}
    for path in paths:
        place = _repository(path)
        named = [] if os.path.isdir(path) else [f":(literal){os.path.relpath(os.path.realpath(path), place)}"]
        places.setdefault(place, [*known]).extend(named)
    for place, wanted in places.items():
        _collect(place, _base(place, revision), wanted, changes)
    return changes


def _repository(path: str) -> str:
    real = os.path.realpath(path)
    place = repository(Path(real if os.path.isdir(real) else os.path.dirname(real)))
    if place is None:
        raise AuditError(f"{path}: lies in no git repository, which --changed-since asks what changed")
    return str(place)


def _git(place: str, *arguments: str) -> str | None:
    """Return what git says, None if it does not want to; bytes that are no UTF-8 stay in the names."""
    try:
        done = git.run(place, *arguments)
    except OSError:
        raise AuditError("git is not installed, which --changed-since asks what changed") from None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None


def _told(place: str, *arguments: str) -> str:
    """Return what git says; raise `AuditError` with git's own reason where it does not want to."""
    said = _git(place, *arguments)
    if said is None:
        reason = os.fsdecode(git.run(place, *arguments).stderr).strip() or "git gives no reason"
        raise AuditError(f"{place}: git cannot tell what changed: {reason}")
    return said


def _base(place: str, revision: str) -> str:
    """Return the commit that a pull request into `revision` is compared with."""
    shallow = _told(place, "rev-parse", "--is-shallow-repository").strip() == "true"
    theirs, ours = (_commit(place, name) for name in (revision, "HEAD"))
    if ours is None:
        raise AuditError(f"{place}: holds no commit yet to compare with “{revision}”")
    if theirs is None:
        raise AuditError(f"{place}: {_unknown(place, revision, shallow=shallow)}")
    base = _git(place, "merge-base", theirs, ours)
    if base is None:
        reason = _fetch("the commits between", revision) if shallow else f"“{revision}” and HEAD have no common commit"
        raise AuditError(f"{place}: {reason}")
    return base.strip()


def _commit(place: str, revision: str) -> str | None:
    found = (
        None if revision.startswith("-") else _git(place, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    )
    return found and found.strip()


def _unknown(place: str, revision: str, *, shallow: bool) -> str:
    if set(revision) == {"0"}:
        return "“000…” is what code hosts call the commit before a new branch; name the branch it goes to: origin/main"
    if shallow:
        return _fetch("the commit", revision)
    names = _told(place, "for-each-ref", "--format=%(refname:short)").split()
    ends = [name for name in names if name.endswith(f"/{revision}")]
    meant = f"; did you mean “{ends[0]}”?" if ends else did_you_mean(revision, names)
    return f"there is no commit “{revision}”{meant}"


def _fetch(missing: str, revision: str) -> str:
    return (
        f"this clone is shallow and does not hold {missing} “{revision}”; fetch the whole history: `fetch-depth: 0` "
        "for actions/checkout, `GIT_DEPTH: 0` on GitLab, `git fetch --unshallow` elsewhere"
    )


def _collect(place: str, base: str, wanted: Sequence[str], changes: Changes) -> None:
    """Add what changed in a repository since the commit `base`; `wanted` are pathspecs of files whose lines count."""
    for line in _told(place, *_DIFF, "--raw", base, "--").splitlines():
        modes, *names = line.split("\t")
        old_mode, new_mode, old_commit, _, status = modes[1:].split(" ")
        path = os.path.join(place, _unquoted(names[-1]))
        if new_mode == _SUBMODULE:
            _collect_submodule(path, old_commit if old_mode == _SUBMODULE else None, wanted, changes)
        elif status.startswith(_WHOLE):
            changes.files[path] = None
        elif status != "D":
            changes.files.setdefault(path, [])
    patch = os.fsencode(_told(place, *_DIFF, *_PATCH, base, "--", *wanted))
    for name, hunk in _hunks(patch.split(b"\n")):
        hunks = changes.files.get(os.path.join(place, name))
        if hunks is not None:
            hunks.append(hunk)
    for name in _told(place, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if name.endswith("/"):  # a repository of its own
            changes.folders.append(os.path.join(place, name))
        elif name:
            changes.files[os.path.join(place, name)] = None


def _collect_submodule(path: str, base: str | None, wanted: Sequence[str], changes: Changes) -> None:
    if repository(Path(path)) != Path(path):  # it is not there
        return
    if base is None or _commit(path, base) is None:
        changes.folders.append(os.path.join(path, ""))
    else:
        _collect(path, base, wanted, changes)


def _hunks(lines: Iterable[bytes]) -> Iterator[tuple[str, Hunk]]:
    """Yield the hunks of a patch without context, each with the name of its file after the change."""
    rest = iter(lines)
    name = ""
    for line in rest:
        header = _HUNK.match(line)
        if header is None:
            name = _named(line) if line.startswith(b"+++ ") else name
            continue
        old, first, new = header.groups(b"1")
        yield name, Hunk(int(first), int(new))
        for _ in range(int(old) + int(new)):  # whatever these lines hold: one may look like a header
            line = next(rest)
            if line.startswith(b"\\"):  # “\ No newline at end of file” stands between the old and the new lines
                next(rest)


def _named(line: bytes) -> str:
    name = _unquoted(os.fsdecode(line[4:].removesuffix(b"\t")))
    return name.removeprefix("b/")


def _unquoted(name: str) -> str:
    """Return a name as git quotes it (git's docs, `core.quotePath`): as C does, bytes in octal."""
    return os.fsdecode(ast.literal_eval(f"b{name}")) if name.startswith('"') else name
