"""The line that tells how far a run has come: on a terminal, for long runs, and gone at the end."""

import os
import pty
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import articles_generator
from audit.commandline import progress
from test_command import AUDIT

BAR = re.compile(rb"\r *[\d,]+ of [\d,]+ files  [\xe2\x94\x81 ]+  \d+:\d\d left")


def watched(folder: Path, *options: object, soon: bool = True, stop: bool = False, **environment: str) -> tuple:
    """Run over `folder` before a terminal; return exit code, standard output and what the terminal got.

    With `soon` the line comes at once instead of after a second, since machines differ; with `stop` Ctrl-C ends it.
    """
    start = "from audit.commandline import progress\nprogress._AFTER = progress._EVERY = 0.0\n" if soon else ""
    script = f"{start}from audit.__main__ import main\nmain()"
    command = [sys.executable, "-c", script, "run", folder, "--no-cache", "--select", "numbers", *options]
    variables = {"TERM": "xterm", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **environment}
    inherited = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR")}
    ours, theirs = pty.openpty()
    with tempfile.TemporaryFile() as output:  # a pipe would fill up while the terminal is read
        running = subprocess.Popen(
            [*map(str, command)], stdout=output, stderr=theirs, env=inherited | variables, cwd=folder
        )
        os.close(theirs)
        shown = _shown_on(ours, running, stop=stop)
        os.close(ours)
        code = running.wait(timeout=60)
        output.seek(0)
        return code, output.read(), shown


def _shown_on(terminal: int, running: subprocess.Popen[bytes], *, stop: bool) -> bytes:
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # the other side is closed
            break
        shown += part
        if stop and BAR.search(shown):
            running.send_signal(signal.SIGINT)
            stop = False
        if not part:
            break
    return shown


def screen(shown: bytes) -> list[str]:
    """Return what a terminal shows in the end: a carriage return goes back to the start of the line."""
    lines = []
    for line in shown.decode().replace("\r\n", "\n").split("\n"):
        cells: list[str] = []
        for piece in line.split("\r"):
            cells[: len(piece)] = piece
        lines.append("".join(cells).rstrip())
    return lines


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    articles_generator.write(folder, 200)
    return folder


@pytest.mark.parametrize("options", [("-f", "json"), ("-f", "jsonl"), ("-f", "json", "--jobs", 2), ("-f", "text")])
def test_a_long_run_shows_how_far_it_has_come_and_leaves_no_trace(folder: Path, options: tuple) -> None:
    plain = subprocess.run(
        [*AUDIT, "run", folder, "--no-cache", "--select", "numbers", *map(str, options)],
        capture_output=True,
        check=False,
        cwd=folder,
    )

    code, output, shown = watched(folder, *options)

    assert (code, output) == (1, plain.stdout)
    assert len(BAR.findall(shown)) >= 3
    assert all(len(line) < 80 for piece in shown.decode().split("\n") for line in piece.split("\r"))
    assert screen(shown) == [""]


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["--quiet"], {}),
        (["--no-progress"], {}),
        ([], {"CI": "true"}),
        ([], {"TERM": "dumb"}),
    ],
)
def test_who_does_not_want_to_see_it_does_not(folder: Path, options: list[str], environment: dict[str, str]) -> None:
    assert watched(folder, "-f", "json", *options, **environment)[2] == b""


def test_a_short_run_shows_none(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("All is calm.")

    assert watched(tmp_path, "-f", "json", soon=False)[2] == b""


def test_in_a_pipe_there_is_none(folder: Path) -> None:
    done = subprocess.run(
        [*AUDIT, "run", folder, "--no-cache", "-f", "json"], capture_output=True, check=False, cwd=folder
    )

    assert done.stderr == b""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of so many articles that a run is not over before it can be broken off."""
    folder = tmp_path_factory.mktemp("archive")
    articles_generator.write(folder, 5_000)
    return folder


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_leaves_a_clean_terminal(archive: Path, jobs: int) -> None:
    code, output, shown = watched(archive, "-f", "json", "--jobs", jobs, stop=True)

    assert (code, output) == (130, b"")
    assert screen(shown) == ["", "audit: interrupted", ""]  # the first line is that of ^C


def test_messages_come_on_lines_of_their_own(folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\0")
    try:
        code, _, shown = watched(folder, "-f", "json")
    finally:
        (folder / "broken.txt").unlink()

    assert code == 2
    assert [line.partition(":")[0] for line in screen(shown)] == ["audit", "audit", ""]
    assert "broken.txt" in screen(shown)[0]


@pytest.mark.parametrize("columns", [10, 20, 30, 40, 60, 80, 200])
@pytest.mark.parametrize(("done", "total"), [(1, 3), (0, 10), (999, 10_000), (1_000_000, 1_000_000)])
def test_the_line_fits_the_terminal(columns: int, done: int, total: int) -> None:
    line = progress._line(done, total, 3.0, columns)

    assert len(line) < columns
    assert columns < 40 or f"{done:,} of {total:,} files" in line


def test_a_terminal_that_goes_away_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        encoding = "utf-8"

        def write(self, text: str) -> int:
            raise OSError

        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", Gone())
    monkeypatch.setattr(progress, "_AFTER", 0.0)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")

    with progress.watched(wanted=True, quiet=False) as shown:
        for done in range(1, 4):
            shown.step(done, 3)
            time.sleep(0.001)
