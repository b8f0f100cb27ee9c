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


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let commands keep results in a folder of the tests, never in that of the user."""
    folder = tmp_path_factory.mktemp("cache")
    os.environ["AUDIT_CACHE_DIR"] = str(folder)
    return folder


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
