"""Rewrite a file whole while no other run of audit does, so that two at once lose nothing of each other's."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from audit.folder.files import write_whole
from audit.model import AuditError


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let one process at a time into the block, of those that name the same folder; where there are no locks, all.

    The lock is on the folder itself: nothing is left behind, however a process ends.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems know no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def rewrite(path: Path, render: Callable[[TextIO], None]) -> None:
    """Write a file whole or not at all; raise `AuditError` if it cannot be written."""
    try:
        with write_whole(path) as stream:
            render(stream)
    except OSError as error:
        raise AuditError(f"{path}: could not be written: {error.strerror or error}") from None


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Let one process at a time read and rewrite the file `path`; raise `AuditError` if its folder is not there."""
    try:
        with alone_in(Path(os.path.realpath(path)).parent):
            yield
    except OSError as error:
        raise AuditError(f"{path}: could not be written: {error.strerror or error}") from None
