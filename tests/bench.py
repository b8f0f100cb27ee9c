"""Measure speed: audit beside codespell and proselint, on the same articles in the same run."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import articles_generator
import bench_reports
import detectors

BIN = Path(sys.executable).parent
COUNT = 10_000
FEW = 200  # articles for a checker that would take minutes over all
RUNS = 3
FIRST_GROUPS = "duplicates,numbers,names,boilerplate"  # what a site adds, which translation itself does not leave


def seconds(command: list[str], runs: int = RUNS, fresh: Path | None = None) -> float:
    """Return the median time of whole processes, in seconds; the first, which warms the disk, is not counted.

    The folder `fresh` is removed before each of them.
    """
    times = []
    for _ in range(runs + 1):
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> None:
    """Print a table of MB/s, start-up times, the cost of reports, and a comparison of language detectors."""
    os.environ["PYTHONWARNINGS"] = "ignore"
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder) / "many", Path(folder) / "few"
        size, small = articles_generator.write(many, COUNT), articles_generator.write(few, FEW)
        out = ["--format", "json", "--output", f"{folder}/report.json", "--no-cache"]
        audit = [str(BIN / "audit"), "run"]
        one_core, two_cores = [*audit, str(many), "--jobs", "1", *out], [*audit, str(many), "--jobs", "2", *out]
        english, first = ["--target-language", "en"], ["--select", FIRST_GROUPS]
        rows = [
            ("audit, one core, --target-language en", [*one_core, *english], size),
            ("audit, one core, language not named", one_core, size),
            ("audit, two cores, --target-language en", [*two_cores, *english], size),
            (f"audit, one core, en, {FIRST_GROUPS} alone", [*one_core, *english, *first], size),
            (f"audit, one core, not named, {FIRST_GROUPS} alone", [*one_core, *first], size),
            ("codespell", [str(BIN / "codespell"), str(many)], size),
            ("proselint", [str(BIN / "proselint"), "check", str(few)], small),
        ]
        print(
            f"{COUNT:,} articles, {size / 1e6:.1f} MB (proselint: {FEW}, {small / 1e6:.2f} MB); median of {RUNS} runs"
        )
        for name, command, amount in rows:
            taken = seconds(command)
            print(f"  {name:76} {amount / 1e6 / taken:7.2f} MB/s {taken:8.2f} s")
        cache = Path(folder) / "cache"
        run = [*audit, str(many), "--output", f"{folder}/report.json", "--cache-dir", str(cache)]
        taken = seconds([*run, "--format", "json", "--jobs", "1"], fresh=cache)
        print(
            f"  {'audit, one core, language not named, results kept':76} {size / 1e6 / taken:7.2f} MB/s {taken:8.2f} s"
        )
        for format_name in ("json", "jsonl", "text", "sarif"):
            run[-1] = (
                f"{folder}/cache-{format_name}"  # one for each, as a pipeline has one: its first run is not counted
            )
            taken = seconds([*run, "--format", format_name])
            print(
                f"  {f'the same again, nothing changed, {format_name}':76} {size / 1e6 / taken:7.2f} MB/s {taken:8.2f} s"
            )
        one = next(many.iterdir())
        for name, command in (
            ("audit --version", [str(BIN / "audit"), "--version"]),
            ("audit run, one article", [*audit, str(one)]),
        ):
            print(f"  {name:76} {1000 * seconds(command, 9):7.0f} ms")
    print("reports")
    print(*bench_reports.rows(), sep="\n")
    print(f"language detectors, {len(detectors.LANGUAGES)} languages: share told right, and time a call")
    print(*detectors.compare(), sep="\n")


if __name__ == "__main__":
    main()
