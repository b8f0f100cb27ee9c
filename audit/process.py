"""The process of a command: what ends it, and with which status."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import NoReturn

import click

from audit.cli import cli
from audit.commandline.output import ReaderGone
from audit.model import AuditError


def main() -> None:
    """Run the command line and end the process: 0 the gate holds, 1 findings, 2 work not done, 130 interrupted."""
    gc.disable()  # a run builds a report and ends; collecting it over and over costs a third of the time
    signal.signal(signal.SIGTERM, _terminate)
    try:
        cli(prog_name="audit", standalone_mode=False)
        _leave(0)
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else 0)
    except click.ClickException as error:
        error.show()
        _leave(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("audit: interrupted", err=True)
        _leave(128 + signal.SIGINT)
    except _Terminated:
        _leave(128 + signal.SIGTERM)
    except AuditError as error:
        from audit.reporting.logs import unheard

        click.echo(unheard(f"audit: {error}"), err=True)
        _leave(2)
    except ReaderGone:
        _leave(2)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"audit: {where}{error.strerror or error}", err=True)
        _leave(2)


class _Terminated(BaseException):
    """Somebody wants the process to end; it passes through everything, so that no half report is left behind."""


def _terminate(*_: object) -> None:
    raise _Terminated


def _leave(code: int) -> NoReturn:
    """End at once: taking a report apart that nobody needs any more takes as long as checking a hundred articles.

    What cannot be written now cannot be written later, and nobody waits for killed workers.
    """
    multiprocessing = sys.modules.get("multiprocessing")
    for worker in multiprocessing.active_children() if multiprocessing else ():
        worker.kill()  # one that waits for work would wait for ever
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = max(code, 2)
        except AttributeError:  # there is none
            pass
    os._exit(code)
