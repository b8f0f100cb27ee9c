"""SARIF passes Microsoft's validator, by the rules of the standard and of GitHub."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import articles_generator
import audit
from audit.report import Report
from conftest import ROOT
from github_sarif import assert_github_accepts
from reports import rendered, sample
from sarif_validator import validate


def errors(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [result for result in results if result.get("level") == "error"]


@pytest.mark.parametrize("report", [sample(), Report("0.1.0", {})], ids=["sample", "nothing"])
def test_validator_finds_no_error(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.sarif"
    path.write_text(rendered(report, "sarif"), encoding="utf-8")

    results = validate(path)

    assert errors(results) == []
    assert {result["ruleId"] for result in results} <= {"SARIF2005"}  # the tool has no home page to name


def test_validator_would_find_an_error(tmp_path: Path) -> None:
    path = tmp_path / "report.sarif"
    content = json.loads(rendered(sample(), "sarif"))
    del content["runs"][0]["results"][0]["locations"]
    path.write_text(json.dumps(content), encoding="utf-8")

    assert errors(validate(path))


def test_a_run_over_many_articles_and_broken_files_is_valid(tmp_path: Path) -> None:
    folder = tmp_path / "two words" / "naïve#100%"
    articles_generator.write(folder, 40)
    (folder / "broken.jsonl").write_text('{"body": "Kiev"}\n{"body": \n', encoding="utf-8")
    (folder / "binary.txt").write_bytes(b"\0")
    path = tmp_path / "run.sarif"
    command = [sys.executable, "-m", "audit", "run", str(ROOT / "tests" / "articles"), str(folder)]

    done = subprocess.run([*command, "--min-confidence", "low", "--format", "sarif", "-o", str(path)], check=False)

    assert done.returncode == 2
    assert_github_accepts(json.loads(path.read_text(encoding="utf-8")))
    assert errors(validate(path)) == []


def test_sarif_tools_read_every_finding(tmp_path: Path) -> None:
    path, table = tmp_path / "report.sarif", tmp_path / "report.csv"
    report = audit.run([ROOT / "tests" / "articles"])
    path.write_text(rendered(report, "sarif"), encoding="utf-8")
    command = [Path(sys.executable).parent / "sarif", "csv", path, "--output", table]

    subprocess.run(command, check=True, capture_output=True)

    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    read = Counter((row["Severity"], row["Code"], row["Location"], row["Line"]) for row in rows)
    assert read == Counter((str(one.severity), one.rule, one.path, str(one.start.line)) for one in report.everything())
