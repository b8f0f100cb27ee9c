"""CSV, for spreadsheets: a row per finding, and per failure (RFC 4180)."""

from __future__ import annotations

import csv
from typing import Any, TextIO

from audit.report import Finding, Fix, Report
from audit.reporting.plain import shortened, without_controls

SUFFIXES = (".csv",)

_COLUMNS = (
    "path", "record", "line", "column", "end line", "end column", "severity", "confidence", "rule", "category",
    "text", "message", "fix", "safe", "fingerprint",
)  # fmt: skip
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")  # so begins a cell that a spreadsheet runs (OWASP, “CSV Injection”)
_LONGEST = 32_766  # characters: Excel takes one more in a cell


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`; a cell that a spreadsheet would run gets an apostrophe in front.

    Control characters are spelled out, and cells longer than Excel takes are cut, since it would spill the rest.
    `fix` is the new text of a fix of one edit, an empty one for a removal; `safe` says whether it can change the
    meaning. A failure has the severity “failure” and no rule unless one broke.
    """
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for finding in report.findings:
        writer.writerow(map(_cell, _row(finding)))
    for failure in report.failures:
        row = {"path": failure.path, "record": failure.record, "line": failure.line, "severity": "failure"}
        row |= {"rule": failure.rule, "message": failure.error}
        writer.writerow([_cell(row.get(column)) for column in _COLUMNS])


def _row(finding: Finding) -> tuple[Any, ...]:
    start, end = finding.start, finding.end
    return (
        finding.path, finding.record, start.line, start.column, end.line, end.column, finding.severity,
        finding.confidence, finding.rule, finding.category, finding.text, finding.message, *_fix(finding.fix),
        finding.fingerprint,
    )  # fmt: skip


def _fix(fix: Fix | None) -> tuple[str | None, str | None]:
    if fix is None or len(fix.edits) != 1:
        return None, None
    return fix.edits[0].text, "yes" if fix.safe else "no"


def _cell(value: Any) -> str:
    text = "" if value is None else shortened(without_controls(str(value)), _LONGEST)
    return f"'{text}" if text.startswith(_RUNS) else text
