"""Reviewdog Diagnostic Format, for reviews with suggestions on any code host (reviewdog's `proto/rdf`)."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, TextIO

from audit.model import Failure, Finding, Position, Report, Severity
from audit.plain import encoded, laid_out
from audit.text import line_starts

SUFFIXES = (".rdjson",)
SHOWS_ARTICLES = True  # columns are bytes

_SEVERITIES = {Severity.NOTE: "INFO", Severity.WARNING: "WARNING", Severity.ERROR: "ERROR"}


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`.

    The format counts columns in bytes of UTF-8. Where the file has changed since it was checked, the columns are left
    out, and with them the suggestions.
    """
    columns = _Columns(report)
    content = {
        "source": {"name": "audit"},
        "severity": "WARNING",
        "diagnostics": (
            encoded(diagnostic)
            for diagnostic in (
                *(_diagnostic(finding, columns) for finding in report.findings),
                *map(_failure, report.failures),
            )
        ),
    }
    stream.writelines(laid_out(content))
    stream.write("\n")


class _Columns:
    """Counts the bytes in front of a position in its line."""

    def __init__(self, report: Report) -> None:
        self._articles = report.articles
        self._path: str | None = None
        self._text: str | None = None
        self._lines: list[int] = []

    def know(self, path: str) -> bool:
        """Tell whether the columns of a file are known."""
        if path != self._path:
            self._path = path
            self._text = self._articles.text(path) if self._articles else None
            self._lines = line_starts(self._text or "")
        return self._text is not None

    def position(self, position: Position) -> dict[str, int]:
        """Return a position in the file that was asked for last."""
        if self._text is None:
            return {"line": position.line}
        start = self._lines[bisect_right(self._lines, position.offset) - 1]
        before = self._text[start : position.offset].encode("utf-8", "surrogatepass")
        return {"line": position.line, "column": len(before) + 1}

    def range(self, start: Position, end: Position) -> dict[str, Any]:
        """Return a range in the file that was asked for last."""
        return {"start": self.position(start), "end": self.position(end)}


def _diagnostic(finding: Finding, columns: _Columns) -> dict[str, Any]:
    known = columns.know(finding.path)
    diagnostic: dict[str, Any] = {
        "message": finding.message,
        "location": {"path": finding.path, "range": columns.range(finding.start, finding.end)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
    }
    if known and finding.fix:
        diagnostic["suggestions"] = [
            {"range": columns.range(edit.start, edit.end), "text": edit.text} for edit in finding.fix.edits
        ]
    related = [
        {"message": place.message, "location": {"path": place.path, "range": columns.range(place.start, place.end)}}
        for place in finding.related
        if place.path == finding.path
    ]
    if related:
        diagnostic["relatedLocations"] = related
    return diagnostic


def _failure(failure: Failure) -> dict[str, Any]:
    location: dict[str, Any] = {"path": failure.path}
    if failure.line:
        location["range"] = {"start": {"line": failure.line}}
    diagnostic = {"message": f"could not be checked: {failure.error}", "location": location, "severity": "ERROR"}
    return diagnostic | ({"code": {"value": failure.rule}} if failure.rule else {})
