"""Measure how reports of many findings are written: the time of SARIF, the memory of JSON lines."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import audit
from audit.reporters import sarif

ARTICLES = 10_000
ARTICLE = "Harbour news\n\n" + "\n\n".join(
    f"About {number}.500 tonnes of grain left the port." for number in range(11, 21)
)
_MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


class _Counting(io.TextIOBase):
    """A stream that forgets what is written."""

    def write(self, text: str) -> int:
        return len(text)


def _articles(folder: Path, number: int) -> Path:
    """Write articles with ten findings each."""
    folder.mkdir()
    for index in range(number):
        (folder / f"{index:05}.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def rows() -> Iterator[str]:
    """Yield the lines of the table."""
    with tempfile.TemporaryDirectory() as place:
        folders = [_articles(Path(place) / str(number), number) for number in (ARTICLES // 10, ARTICLES)]
        report = audit.run([folders[-1]], target_language="en", select=("numbers/thousands-separator",))
        start = time.perf_counter()
        sarif.render(report, _Counting())
        yield _row(f"SARIF of {len(report.findings):,} findings", time.perf_counter() - start, "s")
        for folder in folders:
            options = ["--format", "jsonl", "--target-language", "en", "--jobs", "1", "--fail-on", "never"]
            command = [
                sys.executable,
                "-c",
                _MEASURE,
                str(Path(sys.executable).parent / "audit"),
                "run",
                str(folder),
                *options,
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            yield _row(f"JSON lines of {10 * int(folder.name):,} findings, memory", float(done.stdout), "MB")


def _row(name: str, value: float, unit: str) -> str:
    return f"  {name:42} {value:7.2f} {unit}"
