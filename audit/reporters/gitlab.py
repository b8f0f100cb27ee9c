"""GitLab Code Quality, for the widget of a merge request: an issue per finding (GitLab's docs, “Code Quality”)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, TextIO

from audit.model import Failure, Rule, Severity
from audit.report import Finding, Report
from audit.reporting.hosting import hosted
from audit.reporting.plain import encoded, for_utf8, laid_out, on_one_line

SUFFIXES = ()

_SEVERITIES = {Severity.NOTE: "info", Severity.WARNING: "minor", Severity.ERROR: "major"}


def render(report: Report, stream: TextIO) -> None:
    """Write an issue per finding and failure to `stream`.

    The rule stands in the description, since the widget shows nothing else of it; issues of equal fingerprints would
    be shown as one, so they are told apart by their rank.
    """
    report = hosted(report)
    ranks: Counter[str] = Counter()
    issues = []
    for issue in (*map(_failure, report.failures), *(_issue(finding, report.rules) for finding in report.findings)):
        fingerprint = issue["fingerprint"]
        ranks[fingerprint] += 1
        if ranks[fingerprint] > 1:
            issue["fingerprint"] = _hash(f"{fingerprint}\0{ranks[fingerprint]}")
        issues.append(encoded(issue))
    stream.writelines(laid_out(iter(issues)))
    stream.write("\n")


def _issue(finding: Finding, rules: Mapping[str, Rule]) -> dict[str, Any]:
    critical = finding.rule in rules and rules[finding.rule].critical
    return {
        "description": f"{finding.rule}: {on_one_line(finding.message)}",
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": "critical" if critical else _SEVERITIES[finding.severity],
        "location": {
            "path": for_utf8(finding.path),
            "lines": {"begin": finding.start.line, "end": finding.end.line},
        },
    }


def _failure(failure: Failure) -> dict[str, Any]:
    key = f"{failure.path}\0{failure.record}\0{failure.line}\0{failure.rule}\0{failure.error}"
    return {
        "description": f"could not be checked: {on_one_line(failure.error)}",
        "check_name": failure.rule or "failure",
        "fingerprint": _hash(key),
        "severity": "blocker",
        "location": {"path": for_utf8(failure.path), "lines": {"begin": failure.line or 1}},
    }


def _hash(key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
