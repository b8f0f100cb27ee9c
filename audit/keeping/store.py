"""A folder that keeps results from run to run, in one SQLite file: safe with other runs at once and after a kill."""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

MOST_BYTES = 512 << 20
OLDEST = 30  # days since its last use after which an entry goes
_TOUCHED = 7  # days after which the last use of an entry is noted anew, so that most runs write nothing
_FILE = "results-1.sqlite"  # the number is that of the format
_PAGE = 16_384  # bytes; ten times as many articles as the usual size holds lie on one
_AT_ONCE = 500  # keys in one query, which takes half the time of as many queries; older SQLite takes 999
_PATIENCE = 2.0  # seconds to wait for another run that is writing
_TAG = """\
Signature: 8a477f597d28d172789f06886806bc55
# This folder is a cache of audit; see https://bford.info/cachedir/. It can be deleted at any time.
"""
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, used INTEGER NOT NULL, result BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS by_use ON results (used)",
)


class StoreError(Exception):
    """The folder cannot be used; the message says why."""


def chosen(named: str | None, configured: str | Path | None) -> Path | None:
    """Return the folder for a command: one named on the command line, $AUDIT_CACHE_DIR, one configured, the user's."""
    folder = named or os.environ.get("AUDIT_CACHE_DIR") or configured
    return Path(folder) if folder else _user_folder()


def _user_folder() -> Path | None:
    """Return the folder that a user's system keeps caches in; None for a user without a home."""
    shared = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(shared):  # others are to be ignored, says the XDG Base Directory Specification
        return Path(shared) / "audit"
    local = os.environ.get("LOCALAPPDATA")
    if sys.platform == "win32" and local:
        return Path(local) / "audit" / "Cache"
    with suppress(RuntimeError):
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "audit"
    return None


class Store:
    """Results in bytes by their keys. No connection stays open, so that processes may be forked in between."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / _FILE
        self._today = int(time.time() // 86_400)
        self._used: list[bytes] = []

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the results that are kept of `keys`; what is damaged counts as absent."""
        found: dict[bytes, bytes] = {}
        if os.path.exists(self._path):
            self._use(partial(self._read, keys, found))
        return found

    def _read(self, keys: Iterable[bytes], found: dict[bytes, bytes], connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'results'").fetchone():
            return  # another run has just made the file
        remaining = iter(keys)
        while some := list(islice(remaining, _AT_ONCE)):
            query = f"SELECT key, used, result FROM results WHERE key IN ({', '.join('?' * len(some))})"
            for key, used, entry in connection.execute(query, some):
                if _is_sound(key, used, entry):
                    found[key] = entry[_SUM:]
                    if self._today - used >= _TOUCHED:
                        self._used.append(key)

    def put(self, results: Mapping[bytes, bytes]) -> None:
        """Keep results, all or none; the oldest make room for them, but none that were of use today."""
        if results or self._used:
            self._make_folder()
            self._use(partial(self._write, results))
        self._used = []

    def _write(self, results: Mapping[bytes, bytes], connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.executemany("UPDATE results SET used = ? WHERE key = ?", [(self._today, key) for key in self._used])
        if self._has_room(connection):
            rows = [(key, self._today, _checked(key, result)) for key, result in results.items()]
            connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")

    def _has_room(self, connection: sqlite3.Connection) -> bool:
        """Take out what is too old, and if there are too many bytes, what was not of use for the longest time."""
        connection.execute("DELETE FROM results WHERE used < ?", (self._today - OLDEST,))
        while _bytes(connection) > MOST_BYTES:
            (count,) = connection.execute("SELECT count(*) FROM results").fetchone()
            gone = connection.execute(
                "DELETE FROM results WHERE rowid IN "
                "(SELECT rowid FROM results WHERE used < ? ORDER BY used, rowid LIMIT ?)",
                (self._today, count // 4 + 1),
            )
            if not gone.rowcount:
                return False
        return True

    def _make_folder(self) -> None:
        """Make the folder, for its owner alone; a new or empty one is marked as a cache for backups and for git."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not any(self._folder.iterdir()):
                (self._folder / "CACHEDIR.TAG").write_text(_TAG, encoding="utf-8")
                (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
        except OSError as error:
            raise StoreError(error.strerror or str(error)) from None

    def _use(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Open the file for a moment. One that is damaged is removed; one that others are writing is left alone."""
        try:
            import sqlite3
        except ImportError:  # some builds of Python come without
            raise StoreError("this Python has no sqlite3") from None
        try:
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)) as connection:
                connection.execute(f"PRAGMA page_size = {_PAGE}")
                connection.execute("PRAGMA synchronous = OFF")  # a kill does no harm; what a power cut does is seen
                connection.execute("PRAGMA trusted_schema = OFF")
                work(connection)
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary one, https://sqlite.org/rescode.html
            if not isinstance(error, sqlite3.OperationalError) or code == sqlite3.SQLITE_ERROR:
                self._remove()
            elif code not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StoreError(str(error)) from None

    def _remove(self) -> None:
        for path in (self._path, f"{self._path}-journal"):
            try:
                os.unlink(path)
            except FileNotFoundError:
                pass
            except OSError as error:
                raise StoreError(f"it is damaged and cannot be removed: {error.strerror or error}") from None


_SUM = 4  # bytes of a checksum in front of every result


def _checked(key: bytes, result: bytes) -> bytes:
    return zlib.crc32(result, zlib.crc32(key)).to_bytes(_SUM, "big") + result


def _is_sound(key: bytes, used: object, entry: object) -> bool:
    """Tell whether an entry is what was written under this key."""
    if not isinstance(used, int) or not isinstance(entry, bytes):
        return False
    return zlib.crc32(memoryview(entry)[_SUM:], zlib.crc32(key)) == int.from_bytes(entry[:_SUM], "big")


def _bytes(connection: sqlite3.Connection) -> int:
    """Return how many bytes of the file are in use."""
    names = ("page_count", "freelist_count", "page_size")
    pages, free, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
    return int((pages - free) * size)
