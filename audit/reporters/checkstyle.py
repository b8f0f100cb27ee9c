"""Checkstyle XML, for the many tools that read it: a file per article, an error per finding."""

from __future__ import annotations

from itertools import groupby
from typing import TextIO

from audit.model import Severity
from audit.report import Report
from audit.reporting.hosting import hosted
from audit.reporting.plain import xml_attributes

SUFFIXES = ()

_SEVERITIES = {Severity.NOTE: "info", Severity.WARNING: "warning", Severity.ERROR: "error"}


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream` as Checkstyle's own XMLLogger does; failures are errors of the source `failure`."""
    report = hosted(report)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="10.0">\n')
    for path, findings in groupby(report.findings, key=lambda finding: finding.path):
        stream.write(f"  <file{xml_attributes(name=path)}>\n")
        for finding in findings:
            error = xml_attributes(
                line=finding.start.line,
                column=finding.start.column,
                severity=_SEVERITIES[finding.severity],
                message=finding.message,
                source=f"audit.{finding.rule.replace('/', '.')}",
            )
            stream.write(f"    <error{error}/>\n")
        stream.write("  </file>\n")
    for failure in report.failures:
        error = xml_attributes(line=failure.line or 1, severity="error", message=failure.error, source="audit.failure")
        stream.write(f"  <file{xml_attributes(name=failure.path)}>\n    <error{error}/>\n  </file>\n")
    stream.write("</checkstyle>\n")
