"""Measure reports of many findings: the time of SARIF, the memory of JSON lines, how fast HTML is filtered."""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import audit
from audit.reporters import html, sarif
from browser import opened, started

ARTICLES = 10_000
ON_A_PAGE = 200  # articles
ARTICLE = "Harbour news\n\n" + "\n\n".join(
    f"About {number}.500 tonnes of grain left the port." for number in range(11, 21)
)
_MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


# From the event to the frame that shows its outcome; in turn a word and no filter.
_FILTER = """
async () => {
  const { elements: fields } = document.querySelector("form.tools");
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const times = [];
  for (let turn = 0; turn < 30; turn += 1) {
    await painted();
    const start = performance.now();
    fields.words.value = ["14.500", "", "grain 19", ""][turn % 4];
    fields.words.dispatchEvent(new Event("input", { bubbles: true }));
    await painted();
    times.push(performance.now() - start);
  }
  return times;
}
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
            options = [
                "--format",
                "jsonl",
                "--target-language",
                "en",
                "--jobs",
                "1",
                "--fail-on",
                "never",
                "--no-cache",
            ]
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
        yield from _page(_articles(Path(place) / "page", ON_A_PAGE))


def _page(folder: Path) -> Iterator[str]:
    report = audit.run([folder], target_language="en", select=("numbers/thousands-separator",))
    page = folder / "report.html"
    start = time.perf_counter()
    with page.open("w", encoding="utf-8") as stream:
        html.render(report, stream)
    many = f"HTML of {len(report.findings):,} findings"
    yield _row(many, time.perf_counter() - start, "s")
    with started() as browser, opened(browser, page) as shown:
        times = shown.evaluate(_FILTER)
    yield _row(f"{many}, filtered and painted", statistics.median(times), "ms")
    yield _row(f"{many}, the slowest of {len(times)}", max(times), "ms")


def _row(name: str, value: float, unit: str) -> str:
    return f"  {name:76} {value:7.2f} {unit}"
