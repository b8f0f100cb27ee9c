"""Find the files of a run and decode them."""

from __future__ import annotations

import codecs
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

import regex

from audit.model import AuditError

STANDARD_INPUT = "-"
_BOMS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = regex.compile(
    rb"""<(?:meta[^>]{0,200}charset\s*=\s*["']?|\?xml[^>]{0,100}encoding\s*=\s*["'])([\w.:-]{1,40})"""
)
_HEAD = 4096  # bytes in which a page declares its encoding


class Input(NamedTuple):
    """A file to check: where it lies, how reports call it, and whether the user named it outright."""

    path: Path
    shown: str
    named: bool


class StandardInput(NamedTuple):
    """What came in on standard input, and what to call it."""

    shown: str
    data: bytes


class ReadError(AuditError):
    """A file that cannot be read; `line` is where, if that is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def find(paths: Sequence[str], root: Path, known: Callable[[str], bool]) -> Iterator[Input]:
    """Yield the files that `paths` name, each once, in order; a folder gives its files with a `known` suffix.

    Hidden files and those that git ignores are left out of a folder, as are links to folders. `shown` is relative to
    `root` where the file lies below it.
    """
    seen: set[str] = set()
    for path in paths:
        place = Path(path)
        inputs = _walk(place, known) if place.is_dir() else [place]
        for file in inputs:
            absolute = os.path.abspath(file)
            if absolute not in seen:
                seen.add(absolute)
                yield Input(file, shown(file, root), named=file is place)


def shown(path: Path, root: Path) -> str:
    """Return `path` relative to `root` with forward slashes, or absolute where it lies elsewhere."""
    absolute = Path(os.path.abspath(path))
    try:
        return absolute.relative_to(root).as_posix()
    except ValueError:
        return absolute.as_posix()


def _walk(folder: Path, known: Callable[[str], bool]) -> list[Path]:
    """Return the files below `folder` in the order of their names."""
    found: list[str] = []
    repositories: dict[str, list[str]] = {}
    owners: dict[str, str] = {}
    for place, folders, names in os.walk(folder, onerror=_raise):
        owner = place if ".git" in folders or ".git" in names else owners.get(os.path.dirname(place), str(folder))
        owners[place] = owner
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        mine = [
            os.path.join(place, name) for name in names if not name.startswith(".") and known(os.path.splitext(name)[1])
        ]
        found += mine
        repositories.setdefault(owner, []).extend(mine)
    ignored = {path for owner, mine in repositories.items() for path in _ignored(owner, mine)}
    return [Path(path) for path in sorted(found) if path not in ignored]


def _raise(error: OSError) -> None:
    raise AuditError(f"{error.filename}: {error.strerror}") from None


def _ignored(folder: str, paths: Sequence[str]) -> Iterable[str]:
    """Return those of `paths` that git ignores; none where there is no git or no repository."""
    if not paths or not _in_repository(Path(folder)):
        return ()
    relative = [os.path.relpath(path, folder) for path in paths]
    command = ["git", "-C", folder, "check-ignore", "-z", "--stdin"]
    try:
        done = subprocess.run(command, input="\0".join(relative).encode(errors="surrogateescape"), capture_output=True)
    except OSError:
        return ()
    names = done.stdout.decode(errors="surrogateescape").split("\0")
    return [os.path.join(folder, name) for name in names if name]


def _in_repository(folder: Path) -> bool:
    return repository(folder) is not None


def repository(folder: Path) -> Path | None:
    """Return the root of the git repository that holds `folder`, or None."""
    absolute = Path(os.path.abspath(folder))
    return next((place for place in (absolute, *absolute.parents) if (place / ".git").exists()), None)


def read(path: Path) -> str:
    """Return the decoded text of a file without its BOM; raise `ReadError` where that cannot be done."""
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}") from None
    return decode(data)


def decode(data: bytes) -> str:
    """Decode by BOM, as UTF-8, or by the encoding that a page declares; raise `ReadError` for anything else."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if encoding is None and b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise ReadError("holds NUL bytes: it is binary, or UTF-16 without a byte order mark", line)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        text = _decode_declared(data, error)
    if encoding and "\0" in text:
        raise ReadError("holds NUL characters: it is not text", text.count("\n", 0, text.index("\0")) + 1)
    return text


def _decode_declared(data: bytes, error: UnicodeDecodeError) -> str:
    declared = _DECLARED.search(data[:_HEAD])
    if declared:
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            pass
    line = data.count(b"\n", 0, error.start) + 1
    raise ReadError(f"is not {error.encoding.upper()}: byte 0x{data[error.start]:02x} at offset {error.start}", line)


@contextmanager
def write_whole(path: Path) -> Iterator[TextIO]:
    """Open `path` for writing so that it is replaced whole at the end, or not at all if an error comes first."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        os.chmod(name, path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
