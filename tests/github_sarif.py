"""What GitHub code scanning asks of a SARIF file, as far as its validator does not check it.

The lists are those of docs.github.com, "SARIF support for code scanning" and "SARIF results exceed one or more limits".
"""

from __future__ import annotations

import gzip
import json
from typing import Any
from urllib.parse import unquote, urlsplit

LEVELS = {"note", "warning", "error"}


def assert_github_accepts(sarif: dict[str, Any]) -> None:
    """Fail unless every property that GitHub requires is there and no limit is passed."""
    assert len(gzip.compress(json.dumps(sarif).encode())) <= 10_000_000
    assert filled(sarif["$schema"])
    assert sarif["version"] == "2.1.0"
    assert 1 <= len(sarif["runs"]) <= 20
    for run in sarif["runs"]:
        driver = run["tool"]["driver"]
        assert filled(driver["name"])
        assert filled(driver["semanticVersion"])
        assert len(driver["rules"]) <= 25_000
        assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
        assert len(run["results"]) <= 25_000
        for rule in driver["rules"]:
            assert_rule(rule)
        for result in run["results"]:
            assert_result(result, driver["rules"])
        for invocation in run["invocations"]:
            assert isinstance(invocation["executionSuccessful"], bool)
            for notification in invocation["toolExecutionNotifications"]:
                assert filled(notification["message"]["text"])
                assert notification["level"] in LEVELS


def assert_rule(rule: dict[str, Any]) -> None:
    assert filled(rule["id"])
    assert filled(rule["name"])
    assert len(rule["name"]) <= 255
    assert rule["name"] != rule["id"]
    for description in ("shortDescription", "fullDescription"):
        assert filled(rule[description]["text"])
        assert len(rule[description]["text"]) <= 1_024
    assert filled(rule["help"]["text"])
    assert filled(rule["help"]["markdown"])
    assert rule["defaultConfiguration"]["level"] in LEVELS
    properties = rule["properties"]
    assert 1 <= len(properties["tags"]) <= 10
    assert all(filled(tag) for tag in properties["tags"])
    assert properties["precision"] in {"very-high", "high", "medium", "low"}
    assert properties["problem.severity"] in {"error", "warning", "recommendation"}
    assert "security-severity" not in properties  # it would make the rule a security rule


def assert_result(result: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    assert filled(result["message"]["text"])
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in LEVELS
    assert filled(result["partialFingerprints"]["primaryLocationLineHash"])
    related = result.get("relatedLocations", [])
    assert 1 <= len(result["locations"]) <= 10
    assert len(related) <= 1_000
    assert len({location["id"] for location in related}) == len(related)
    for location in [*result["locations"], *related]:
        assert_location(location["physicalLocation"])
    for location in related:
        assert filled(location["message"]["text"])


def assert_location(location: dict[str, Any]) -> None:
    artifact, region = location["artifactLocation"], location["region"]
    uri = artifact["uri"]
    assert filled(uri)
    assert uri.isascii()
    assert uri.isprintable()
    assert not set(uri) & set(' <>"{}|\\^`#?')
    parts = urlsplit(uri)
    if parts.scheme:
        assert parts.scheme == "file"
        assert "uriBaseId" not in artifact
    else:
        assert not unquote(uri).startswith("/")
        assert ":" not in uri.partition("/")[0]
    lines = region["startLine"], region["endLine"]
    columns = region["startColumn"], region["endColumn"]
    assert min(*lines, *columns) >= 1
    assert (lines[0], columns[0]) <= (lines[1], columns[1])


def filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
