"""Code hosts get paths that are relative to the repository, all others those of the configuration."""

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from audit.reporting.linehash import line_hashes
from repositories import repository, write
from test_command import audit

ARTICLE = "Talks in Geneva end without a result\n\nAround 250.000 soldiers left Kiev, the ministry said.\n"
FORMATS = ("json", "github", "gitlab", "sarif", "checkstyle", "junit", "rdjson", "markdown")
LANGUAGE = ("--target-language", "en")


def paths(folder: Path, *arguments: object, **environment: str) -> dict[str, set[str]]:
    """Return the paths that reports of each format name."""
    reports = [f"--report={name}:{folder / name}" for name in FORMATS]
    done = audit("run", *arguments, *LANGUAGE, *reports, "-q", cwd=folder, **environment)
    assert done.returncode in (1, 2), done.stderr
    read = {name: (folder / name).read_text() for name in FORMATS}
    content = {name: json.loads(read[name]) for name in ("json", "gitlab", "sarif", "rdjson")}
    locations = [one["locations"][0]["physicalLocation"] for one in content["sarif"]["runs"][0]["results"]]
    return {
        "json": {one["path"] for one in content["json"]["findings"]},
        "github": set(re.findall(r",file=([^,]*)", read["github"])),
        "gitlab": {one["location"]["path"] for one in content["gitlab"]},
        "sarif": {one["artifactLocation"]["uri"] for one in locations},
        "rdjson": {one["location"]["path"] for one in content["rdjson"]["diagnostics"]},
        "checkstyle": {one.get("name", "") for one in ElementTree.fromstring(read["checkstyle"]).iter("file")},
        "junit": {one.get("file", "") for one in ElementTree.fromstring(read["junit"]).iter("testcase")},
        "markdown": set(re.findall(r"blob/x/([^?]*)", read["markdown"])),
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository whose configuration lies in its folder `desk`."""
    files = {"desk/audit.toml": "", "desk/news/a.txt": ARTICLE}
    return repository(tmp_path / "checkout", files)


LINKS = {"GITHUB_SERVER_URL": "https://h", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "x"}


def test_a_configuration_below_the_repository(folder: Path) -> None:
    read = paths(folder, "desk", **LINKS)

    assert read.pop("json") == {"news/a.txt"}
    assert set(map(frozenset, read.values())) == {frozenset({"desk/news/a.txt"})}


def test_reviewdog_is_told_what_its_folder_calls_a_file(folder: Path) -> None:
    read = paths(folder / "desk", "news", **LINKS)

    assert read["rdjson"] == {"news/a.txt"}  # it puts its own folder before it
    assert paths(folder / "desk" / "news", "a.txt", **LINKS)["rdjson"] == {"a.txt"}
    assert read["github"] == {"desk/news/a.txt"}


def test_a_configuration_outside_the_repository(folder: Path, tmp_path: Path) -> None:
    write(tmp_path, {"shared/house.toml": ""})

    read = paths(folder, "desk/news", "--config", tmp_path / "shared" / "house.toml", **LINKS)

    assert read.pop("json") == {str(folder / "desk/news/a.txt")}
    assert set(map(frozenset, read.values())) == {frozenset({"desk/news/a.txt"})}


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_a_checkout_without_its_history(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"desk/audit.toml": "", "desk/news/a.txt": ARTICLE})

    read = paths(tmp_path, "desk", **LINKS, **{name: str(tmp_path)})

    assert read["json"] == {"news/a.txt"}
    assert read["github"] == read["gitlab"] == read["sarif"] == {"desk/news/a.txt"}


def test_files_elsewhere_and_standard_input_keep_their_names(folder: Path, tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere.txt": ARTICLE})

    read = paths(folder, tmp_path / "elsewhere.txt", "desk/gone.txt", "--config", "desk/audit.toml", **LINKS)

    assert read["json"] == {str(tmp_path / "elsewhere.txt")}
    assert read["gitlab"] == {str(tmp_path / "elsewhere.txt"), "desk/gone.txt"}


def test_lines_are_still_hashed_and_columns_counted(folder: Path) -> None:
    paths(folder, "desk", **LINKS)

    results = json.loads((folder / "sarif").read_text())["runs"][0]["results"]
    expected = line_hashes(ARTICLE, {3})[3]
    assert {one["partialFingerprints"]["primaryLocationLineHash"] for one in results} == {expected}
    diagnostics = json.loads((folder / "rdjson").read_text())["diagnostics"]
    assert all("column" in one["location"]["range"]["start"] for one in diagnostics)
