"""SARIF passes Microsoft's validator, by the rules of the standard and of GitHub."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit.model import Report
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
