"""The architecture, the types and the style are tests like any other."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ["lint-imports", "--no-cache"],
        ["mypy"],
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
    ],
    ids=" ".join,
)
def test_house_rules_hold(command: list[str]) -> None:
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


HEAVY = {
    "babel",
    "rich",
    "rapidfuzz",
    "langdetect",
    "ftfy",
    "jinja2",
    "yaml",
    "ahocorasick_rs",
    "multiprocessing",
    "importlib.metadata",
    "urllib.request",
}
RUN = """
import sys
from audit.cli import cli
try:
    cli(["run", sys.argv[1], "--format", "json"], standalone_mode=False)
except SystemExit:
    print(*sys.modules)
"""


def test_version_needs_no_heavy_library() -> None:
    code = "import sys, audit.process; print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not HEAVY & set(done.stdout.split())


def test_a_run_over_english_text_needs_no_rich_and_no_detector(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("The talks go on in Geneva, the minister said to the press in the city.\n", encoding="utf-8")

    done = subprocess.run([sys.executable, "-c", RUN, article], capture_output=True, text=True, check=True)

    assert not {"rich", "langdetect", "multiprocessing", "babel", "ftfy", "jinja2", "urllib.request"} & set(
        done.stdout.split()
    )
