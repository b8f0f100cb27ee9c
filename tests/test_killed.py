"""`kill -9` in the middle of a run leaves of every file either the old or the new one, never half of it."""

import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import audit
from audit.cli import cli

MOMENTS = 20
FILES = 20
PROCESSES = multiprocessing.get_context("fork")  # which has everything loaded, so that moments fall into the work
TEXT = "The the bridge {} was closed at noon .\n\n" + "Nobody on the quay wanted to talk about it. " * 10 + "\n"
FIXED = TEXT.replace("The the", "The").replace("noon .", "noon.")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    for number in range(FILES):
        (tmp_path / f"{number}.txt").write_text(TEXT.format(number))
    audit.fix([tmp_path], write=False, jobs=1)  # loads what both commands need
    return tmp_path


def started(*arguments: object) -> multiprocessing.process.BaseProcess:
    process = PROCESSES.Process(target=_silently, args=([str(one) for one in arguments],))
    process.start()
    return process


def _silently(arguments: list[str]) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    cli(arguments, standalone_mode=False)


def killed(process: multiprocessing.process.BaseProcess) -> None:
    process.kill()
    process.join()
    assert process.exitcode in (-signal.SIGKILL, 0, 1)


def test_fix(articles: Path) -> None:
    in_the_middle = 0
    for moment in range(MOMENTS):
        process = started("fix", articles, "--jobs", "1", "--target-language", "en")
        chosen = random.Random(moment)
        watched = articles / f"{chosen.randrange(FILES)}.txt"
        before = watched.stat().st_ino
        while process.is_alive() and watched.stat().st_ino == before:
            pass
        time.sleep(chosen.random() / 300)  # the next file is being checked, encoded, written, renamed …
        killed(process)

        new = 0
        for number in range(FILES):
            path = articles / f"{number}.txt"
            text = path.read_text()
            assert text in (TEXT.format(number), FIXED.format(number))
            new += text == FIXED.format(number)
            path.write_text(TEXT.format(number))
        in_the_middle += 0 < new < FILES

    assert in_the_middle > MOMENTS / 4


def lengths_of_time(longest: float) -> Iterator[float]:
    chosen = random.Random(8)
    return (longest * chosen.random() for _ in range(MOMENTS))


def test_run_with_a_report(articles: Path) -> None:
    output = articles / "out.sarif"
    old = json.dumps({"old": "x" * 100_000})
    command = ("run", articles, "--jobs", "1", "-o", os.devnull, "--report", output)
    begin = time.perf_counter()
    started(*command).join()
    new = output.read_text()
    assert json.loads(new)["runs"][0]["results"]
    outcomes = set()

    for length in lengths_of_time(1.5 * (time.perf_counter() - begin)):
        output.write_text(old)
        process = started(*command)
        time.sleep(length)
        killed(process)
        outcomes.add(output.read_text())

    assert outcomes == {old, new}
