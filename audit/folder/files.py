"""Find the files of a run and decode them."""

from __future__ import annotations

import codecs
import io
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

import regex

from audit.folder import git
from audit.model import AuditError, Failure

STANDARD_INPUT = "-"
_BOMS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = rb"""<(?:meta[^>]{0,200}charset\s*=\s*["']?|\?xml[^>]{0,100}encoding\s*=\s*["'])([\w.:-]{1,40})"""
_LEAST_READ, _MOST_READ = 1 << 12, 1 << 24  # bytes asked for at a time
_HEAD = 4096  # bytes in which a page declares its encoding
_OF_PYTHON = ("unicode", "raw_unicode", "raw-unicode", "idna", "punycode", "undefined", "mbcs", "oem")
_OPEN_PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")  # a shell's <(command): somebody writes into them


class Input(NamedTuple):
    """A file to check: where it lies, how reports call it, and whether the user named it outright.

    `data` is what it holds, if that has been read.
    """

    path: str
    shown: str
    named: bool
    data: bytes | None = None


class StandardInput(NamedTuple):
    """What came in on standard input, or would stand in a file: what to call it, and whether the user named it."""

    shown: str
    data: bytes
    named: bool = True


class Decoded(NamedTuple):
    """The text of a file, and how it is written there: in which encoding and behind which byte order mark."""

    text: str
    encoding: str
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Return `text` as this file would hold it; raise `UnicodeEncodeError` if its encoding lacks a letter."""
        return self.mark + text.encode(self.encoding)


class ReadError(AuditError):
    """A file that cannot be read; `line` is where, if that is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def find(paths: Sequence[str], root: Path, known: Callable[[str], bool]) -> Iterator[Input | Failure]:
    """Yield the files that `paths` name, each once, in order; a folder gives its files with a `known` suffix.

    Hidden files and those that git ignores are left out of a folder, as are links to folders. `shown` is relative to
    `root` where the file lies below it. A folder that cannot be listed is a failure.
    """
    if "" in paths:
        raise AuditError("one of the paths is empty: is a variable not set?")
    seen: set[str] = set()
    for path in paths:
        unlisted: list[OSError] = []
        walked = os.path.isdir(path)
        base = os.path.abspath(path)  # asked once for thousands of files
        for file in _walk(path, known, unlisted) if walked else [path]:
            absolute = os.path.join(base, file[len(path) :].lstrip(os.sep)) if walked else base
            if absolute not in seen:
                seen.add(absolute)
                yield Input(file, _relative(absolute, str(root)), named=not walked)
        for error in unlisted:
            yield Failure(shown(error.filename, root), f"cannot be listed: {error.strerror}")


def shown(path: str, root: Path) -> str:
    """Return `path` relative to `root` with forward slashes, or absolute where it lies elsewhere."""
    return _relative(os.path.abspath(path), str(root))


def _relative(absolute: str, root: str) -> str:
    inside = root.rstrip(os.sep) + os.sep  # of thousands of files: pathlib takes ten times as long
    path = absolute[len(inside) :] if absolute.startswith(inside) else absolute
    return (path if absolute != root else ".").replace(os.sep, "/")


def _walk(folder: str, known: Callable[[str], bool], unlisted: list[OSError]) -> list[str]:
    """Return the files below `folder` in the order of their names; add the errors of folders to `unlisted`."""
    found: list[str] = []
    repositories: dict[str, list[str]] = {}
    owners: dict[str, str] = {}
    for place, folders, names in os.walk(folder, onerror=unlisted.append):
        owner = place if ".git" in folders or ".git" in names else owners.get(os.path.dirname(place), folder)
        owners[place] = owner
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        mine = [
            os.path.join(place, name)
            for name in names
            if not name.startswith(".") and known(os.path.splitext(name)[1].lower())
        ]
        found += mine
        repositories.setdefault(owner, []).extend(mine)
    ignored = {path for owner, mine in repositories.items() for path in _ignored(owner, mine)}
    return [path for path in sorted(found) if path not in ignored]


def _ignored(folder: str, paths: Sequence[str]) -> Iterable[str]:
    """Return those of `paths` that git ignores; none where there is no git or no repository."""
    if not paths or not _in_repository(Path(folder)):
        return ()
    relative = [os.path.relpath(path, folder) for path in paths]
    names_in = "\0".join(relative).encode(errors="surrogateescape")
    try:
        done = git.run(folder, "check-ignore", "-z", "--stdin", input=names_in)
    except OSError:
        return ()
    names = done.stdout.decode(errors="surrogateescape").split("\0")
    return [os.path.join(folder, name) for name in names if name]


def _in_repository(folder: Path) -> bool:
    return repository(folder) is not None


def repository(folder: Path) -> Path | None:
    """Return the root of the git repository that holds `folder`, or None."""
    absolute = Path(os.path.abspath(folder))
    return next((place for place in (absolute, *absolute.parents) if os.path.exists(place / ".git")), None)


def read(path: str) -> str:
    """Return the decoded text of a file without its BOM; raise `ReadError` where that cannot be done."""
    return decode(content(path))


def content(path: str) -> bytes:
    """Return what a file holds; raise `ReadError` where that cannot be read."""
    try:
        return _bytes(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ReadError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _bytes(path: str) -> bytes:
    """Return what a file holds; system calls as they are, since a file object costs more than an article's reading."""
    pipe = path.startswith(_OPEN_PIPES)
    waiting = 0 if pipe else getattr(os, "O_NONBLOCK", 0)  # never wait for somebody who writes into a pipe
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | waiting)
    try:
        status = os.fstat(handle)
        if not (stat.S_ISREG(status.st_mode) or pipe):
            raise ReadError("cannot be read: it is a device or pipe, not a file")
        parts = []
        while part := os.read(handle, min(max(status.st_size + 1, _LEAST_READ), _MOST_READ)):
            parts.append(part)
            if len(part) == status.st_size and not pipe:  # asking whether there is more costs as much as opening it
                break
        return b"".join(parts)
    finally:
        os.close(handle)


def decode(data: bytes) -> str:
    """Decode by BOM, as UTF-8, or by the encoding that a page declares; raise `ReadError` for anything else."""
    return decoded(data).text


def decoded(data: bytes) -> Decoded:
    """Decode as `decode` does, and say how the text is written."""
    mark, encoding = next((bom for bom in _BOMS if data.startswith(bom[0])), (b"", "utf-8"))
    if not mark and b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise ReadError("holds NUL bytes: it is binary, or UTF-16 without a byte order mark", line)
    try:
        found = Decoded((data[len(mark) :] if mark else data).decode(encoding), encoding, mark)
    except UnicodeDecodeError as error:
        found = _decode_declared(data, error)
    if mark and "\0" in found.text:
        line = found.text.count("\n", 0, found.text.index("\0")) + 1
        raise ReadError("holds NUL characters: it is not text", line)
    return found


def _decode_declared(data: bytes, error: UnicodeDecodeError) -> Decoded:
    declared = regex.search(_DECLARED, data[:_HEAD])
    encoding = declared.group(1).decode("ascii").lower() if declared else ""
    if encoding and not encoding.startswith(_OF_PYTHON):
        try:
            return Decoded(data.decode(encoding), encoding)
        except (UnicodeError, LookupError):
            pass
    offset = error.start + len(data) - len(error.object)  # a BOM is taken off before
    line = data.count(b"\n", 0, offset) + 1
    raise ReadError(f"is not {error.encoding.upper()}: byte 0x{data[offset]:02x} at offset {offset}", line)


@contextmanager
def write_whole(path: Path) -> Iterator[TextIO]:
    """Open `path` for writing so that it is replaced whole at the end, or not at all if an error comes first.

    What a link leads to is replaced, not the link; a device or pipe, such as /dev/stdout, is written into.
    """
    with _whole(path) as data, io.TextIOWrapper(data, encoding="utf-8", newline="\n") as stream:
        yield stream


def replace(path: Path, data: bytes) -> None:
    """Let the file `path` hold `data`, as `write_whole` does."""
    with _whole(path) as stream:
        stream.write(data)


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    if path.exists() and not path.is_file():
        with open(path, "wb") as stream:
            yield stream
        return
    target = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(prefix=".audit-", dir=target.parent)
    try:
        with open(handle, "wb") as stream:
            yield stream
        _take_after(target, name)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _take_after(target: Path, name: str) -> None:
    """Give the file `name` the mode and, where one may, the owner of `target`."""
    if not target.exists():
        os.chmod(name, 0o666 & ~_umask())
        return
    old, new = target.stat(), os.stat(name)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid) and hasattr(os, "chown"):
        with suppress(OSError):  # only root gives files away
            os.chown(name, old.st_uid, old.st_gid)
    os.chmod(name, stat.S_IMODE(old.st_mode))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
