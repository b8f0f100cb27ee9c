"""Fixtures of all tests."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True)  # a run in CI says the same twice; elsewhere new texts are tried
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the samples in reports/ instead of comparing them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that compares a text with a committed file, or writes the file when run with --golden."""

    def compare(name: str, text: str) -> None:
        path = ROOT / name
        if request.config.getoption("--golden"):
            path.write_text(text, encoding="utf-8", newline="")
        with path.open(encoding="utf-8", newline="") as stream:
            assert stream.read() == text, (
                f"{name} is not what the tool writes now; see the difference with `make golden`"
            )

    return compare
