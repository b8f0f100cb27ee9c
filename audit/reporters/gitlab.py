"""GitLab Code Quality, for the widget of a merge request: an issue per finding (GitLab's docs, “Code Quality”)."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import Any, TextIO

from audit.model import Failure, Finding, Report, Severity
from audit.plain import encoded, laid_out, on_one_line

SUFFIXES = ()

_SEVERITIES = {Severity.NOTE: "info", Severity.WARNING: "minor", Severity.ERROR: "major"}


def render(report: Report, stream: TextIO) -> None:
    """Write an issue per finding and failure to `stream`.

    The rule stands in the description, since the widget shows nothing else of it; equal fingerprints would be shown
    once, so they are told apart by their rank.
    """
    ranks: Counter[str] = Counter()
    issues = [*map(_failure, report.failures)]
    for finding in report.findings:
        ranks[finding.fingerprint] += 1
        critical = finding.rule in report.rules and report.rules[finding.rule].critical
        issues.append(_issue(finding, ranks[finding.fingerprint], critical))
    stream.writelines(laid_out(map(encoded, issues)))
    stream.write("\n")


def _issue(finding: Finding, rank: int, critical: bool) -> dict[str, Any]:
    return {
        "description": f"{finding.rule}: {on_one_line(finding.message)}",
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint if rank == 1 else _hash(f"{finding.fingerprint}\0{rank}"),
        "severity": "critical" if critical else _SEVERITIES[finding.severity],
        "location": {"path": finding.path, "lines": {"begin": finding.start.line, "end": finding.end.line}},
    }


def _failure(failure: Failure) -> dict[str, Any]:
    key = f"{failure.path}\0{failure.record}\0{failure.line}\0{failure.rule}\0{failure.error}"
    return {
        "description": f"could not be checked: {on_one_line(failure.error)}",
        "check_name": failure.rule or "failure",
        "fingerprint": _hash(key),
        "severity": "blocker",
        "location": {"path": failure.path, "lines": {"begin": failure.line or 1}},
    }


def _hash(key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
