"""Counts by rule, for a look at many articles: how often each rule fires, and how much of it can be fixed."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from audit.report import Report
from audit.reporting.plain import printable
from audit.score import formula

SUFFIXES = ()

_HEAD = ("findings", "fixable", "safely", "severity", "rule")


def render(report: Report, stream: TextIO) -> None:
    """Write a table of the rules that found something to `stream`, the busiest first, and the score."""
    found = Counter(finding.rule for finding in report.findings)
    fixable = Counter(finding.rule for finding in report.findings if finding.fix)
    safely = Counter(finding.rule for finding in report.findings if finding.fix and finding.fix.safe)
    ranked = sorted(found, key=lambda rule: (-found[rule], rule))
    severities = {finding.rule: str(finding.severity) for finding in report.findings}
    rows = [(f"{found[rule]:,}", f"{fixable[rule]:,}", f"{safely[rule]:,}", severities[rule], rule) for rule in ranked]
    rows.append((f"{found.total():,}", f"{fixable.total():,}", f"{safely.total():,}", "", "all rules"))
    for numbers in (_HEAD, *rows):
        count, fixes, safe, severity, rule = numbers
        stream.write(f"{count:>10} {fixes:>9} {safe:>8}  {severity:8}  {printable(rule)}\n")
    if report.score is not None:
        stream.write(f"\naudit score {report.score:g}\n{formula(report.weights)}\n")
    if report.failures:
        stream.write(f"\n{len(report.failures):,} could not be checked\n")
