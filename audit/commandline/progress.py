"""A line on a terminal that tells how far a long run has come, and what else the user may want to know."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

_AFTER = 1.0  # seconds; a run that takes less needs no line
_EVERY = 0.1  # seconds between two lines
_WIDEST = 30  # cells of the bar
_MOST_TIME = 60 * 60 * 99


class Progress:
    """Writes the line on standard error; `shown` is false where nobody would see it, or wants to."""

    def __init__(self, *, shown: bool, quiet: bool) -> None:
        self._shown = shown
        self._quiet = quiet
        self._start = time.monotonic()
        self._next = self._start + _AFTER
        self._length = 0

    def step(self, done: int, total: int) -> None:
        """Tell that `done` files of `total` are done."""
        if not self._shown:
            return
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _EVERY
            self._write(_line(done, total, now - self._start, shutil.get_terminal_size().columns))

    def tell(self, message: str) -> None:
        """Write a message on a line of its own."""
        if not self._quiet:
            self.clear()
            click.echo(f"audit: {message}", err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._length:
            self._write("")

    def _write(self, line: str) -> None:
        rest = " " * (self._length - len(line))
        self._length = max(self._length, len(line))  # before Ctrl-C may come in between
        try:
            sys.stderr.write(f"\r{line}{rest}" if line else f"\r{rest}\r")
            sys.stderr.flush()
        except OSError:  # the terminal is gone
            self._shown = False
        self._length = len(line)


@contextmanager
def watched(*, wanted: bool, quiet: bool) -> Iterator[Progress]:
    """Give the progress of a run; whatever ends it, the line is taken away."""
    progress = Progress(shown=wanted and not quiet and _can_show(), quiet=quiet)
    try:
        yield progress
    finally:
        progress.clear()


def _can_show() -> bool:
    """Tell whether standard error is a terminal with somebody before it."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stderr is not None and sys.stderr.isatty()


def _line(done: int, total: int, seconds: float, columns: int) -> str:
    """Return the line, short enough that the terminal does not break it."""
    left = seconds / done * (total - done) if done else _MOST_TIME
    count = f"{done:{len(f'{total:,}')},} of {total:,} files"
    time_left = f"{int(left) // 60}:{int(left) % 60:02} left" if left < _MOST_TIME else ""
    width = min(_WIDEST, columns - len(count) - len(time_left) - 5)
    if width < 5:
        return count[: columns - 1]
    full, empty = ("━", " ") if _writes("━") else ("#", " ")
    filled = width * done // total
    return f"{count}  {full * filled}{empty * (width - filled)}  {time_left}"


def _writes(text: str) -> bool:
    try:
        text.encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
