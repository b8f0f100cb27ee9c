"""The built wheel works in an empty environment, away from the checkout, with its rules."""

import json
import subprocess
import sys
import venv
from importlib.metadata import version
from pathlib import Path

import pytest

from conftest import ROOT

ARTICLE = (
    "Talks in Geneva end without a result\n\nAround 250.000 soldiers left Kiev, the ministry said.\n\nBonus video:\n"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the commands of an environment that holds the wheel and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-I", "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    venv.create(folder / "env", with_pip=True)
    binaries = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [str(binaries / "python"), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    compiler = f"regex=={version('regex')}"  # with another one the compiled packs would not be used
    subprocess.run([*pip, *map(str, folder.glob("*.whl")), compiler], check=True, capture_output=True)
    return binaries


def test_installed_command_finds_with_its_rules(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")

    command = [installed / "audit", "run", ".", "--target-language", "en", "--format", "json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 1, done.stderr
    assert {"250.000", "Kiev", "Bonus video:"} <= {finding["text"] for finding in json.loads(done.stdout)["findings"]}


def test_installed_command_writes_a_page_with_its_style(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")

    command = [installed / "audit", "run", ".", "--target-language", "en", "--report", "page.html", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 1, done.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "color-scheme: light dark" in page
    assert ">250.000</a> soldiers left <a" in page


def test_installed_rules_prove_themselves(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run([installed / "audit", "test"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_installed_rules_tell_their_measured_precision(installed: Path, tmp_path: Path) -> None:
    command = [installed / "audit", "explain", "numbers/thousands-separator"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "On the labelled articles" in done.stdout, done.stderr


def test_types_are_shipped(installed: Path) -> None:
    code = "import audit, pathlib; print((pathlib.Path(audit.__file__).parent / 'py.typed').is_file())"

    done = subprocess.run([installed / "python", "-I", "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "True\n"


def test_packs_and_expressions_were_compiled_into_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = (
        "from audit import expressions; from audit.rulebook import packs; "
        "print(set(packs.compiled()) == set(packs.builtin_names()) and len(expressions._ready()) > 200)"
    )

    done = subprocess.run(
        [installed / "python", "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert done.stdout == "True\n"
