"""Write what commands have to say, whole or not at all."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

import click

from audit.model import AuditError, Failure


class ReaderGone(Exception):
    """Nobody reads the report any more: nobody is left to tell."""


def write_bytes(data: bytes) -> None:
    """Write what is no text of ours, such as a file as it was, to standard output."""
    if sys.stdout is None:
        raise AuditError("nothing could be written: standard output is closed")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        raise AuditError(f"standard output could not be written: {error.strerror or error}") from None


def tell_failures(failures: Iterable[Failure]) -> None:
    """Say on standard error what could not be done, a line for each."""
    from audit.reporting.logs import unheard
    from audit.reporting.plain import on_one_line

    for failure in failures:
        line = f":{failure.line}" if failure.line else ""
        rule = f" ({failure.rule})" if failure.rule else ""
        words = on_one_line(f"{failure.path}{line}: {failure.error}{rule}")
        click.echo(unheard(f"audit: {words}"), err=True)


def write(render: Callable[[TextIO], None], output: str | None) -> None:
    """Write a report to a file, whole or not at all, or to standard output."""
    from pathlib import Path

    from audit.folder.files import write_whole

    try:
        if output is not None:
            with write_whole(Path(output)) as stream:
                render(stream)
            return
        if sys.stdout is None:
            raise AuditError("the report could not be written: standard output is closed")
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        render(sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        where = f"{output}: " if output else ""
        raise AuditError(f"{where}the report could not be written: {error.strerror or error}") from None
