"""Reviewdog Diagnostic Format, for reviews with suggestions on any code host (reviewdog's `proto/rdf`)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO

from audit.model import Failure, Severity
from audit.report import Finding, Fix, Position, RelatedPlace, Report
from audit.reporting.hosting import hosted
from audit.reporting.plain import encoded, for_utf8, laid_out
from audit.text import line_starts

SUFFIXES = (".rdjson",)
SHOWS_ARTICLES = True  # columns are bytes

_SEVERITIES = {Severity.NOTE: "INFO", Severity.WARNING: "WARNING", Severity.ERROR: "ERROR"}


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`.

    The format counts columns in bytes of UTF-8 (`message Position`), those that reviewdog cuts the file's lines by.
    Where the file has changed since it was checked, is stored otherwise, or ends lines as git does not, the columns
    are left out, and with them the suggestions. A fix is one suggestion, since each is accepted by itself.
    """
    report = hosted(report, Path.cwd().as_posix())
    columns = _Columns(report)
    content = {
        "source": {"name": "audit"},
        "severity": "WARNING",
        "diagnostics": map(encoded, _diagnostics(report, columns)),
    }
    stream.writelines(laid_out(content))
    stream.write("\n")


def _diagnostics(report: Report, columns: _Columns) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        yield _diagnostic(finding, columns)
    yield from map(_failure, report.failures)


class _Columns:
    """Counts the bytes in front of a position in its line."""

    def __init__(self, report: Report) -> None:
        self._articles = report.articles
        self._path: str | None = None
        self._text: str | None = None
        self._lines: list[int] = []

    def text(self, path: str) -> str | None:
        """Return the text of a file whose columns are known; they are asked for next."""
        if path != self._path:
            self._path = path
            self._text = self._counted(path)
            self._lines = line_starts(self._text or "")
        return self._text

    def _counted(self, path: str) -> str | None:
        text = self._articles.text(path) if self._articles and self._articles.is_utf8(path) else None
        return None if text is None or text.count("\r") != text.count("\r\n") else text

    def position(self, position: Position) -> dict[str, int]:
        """Return a position in the file that was asked for last."""
        if self._text is None:
            return {"line": position.line}
        start = self._lines[bisect_right(self._lines, position.offset) - 1]
        return {"line": position.line, "column": len(self._text[start : position.offset].encode()) + 1}

    def range(self, start: Position, end: Position) -> dict[str, Any]:
        """Return a range in the file that was asked for last."""
        return {"start": self.position(start), "end": self.position(end)}


def _diagnostic(finding: Finding, columns: _Columns) -> dict[str, Any]:
    text = columns.text(finding.path)
    diagnostic: dict[str, Any] = {
        "message": for_utf8(finding.message),
        "location": {"path": for_utf8(finding.path), "range": columns.range(finding.start, finding.end)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": for_utf8(finding.rule)},
    }
    if text is not None and finding.fix:
        suggestion = _suggestion(finding.fix, text, columns)
        if suggestion["text"] == for_utf8(suggestion["text"]):
            diagnostic["suggestions"] = [suggestion]
    related = [_related(place, columns) for place in finding.related if place.path == finding.path]
    if related:
        diagnostic["relatedLocations"] = related
    return diagnostic


def _suggestion(fix: Fix, text: str, columns: _Columns) -> dict[str, Any]:
    """Return all edits of a fix as one, with the text that stands between them."""
    edits = sorted(fix.edits)
    new = edits[0].text
    for before, after in pairwise(edits):
        new += text[before.end.offset : after.start.offset] + after.text
    return {"range": columns.range(edits[0].start, edits[-1].end), "text": new}


def _related(place: RelatedPlace, columns: _Columns) -> dict[str, Any]:
    location = {"path": for_utf8(place.path), "range": columns.range(place.start, place.end)}
    return {"message": for_utf8(place.message), "location": location}


def _failure(failure: Failure) -> dict[str, Any]:
    location: dict[str, Any] = {"path": for_utf8(failure.path)}
    if failure.line:
        location["range"] = {"start": {"line": failure.line}}
    message = f"could not be checked: {for_utf8(failure.error)}"
    diagnostic = {"message": message, "location": location, "severity": "ERROR"}
    return diagnostic | ({"code": {"value": for_utf8(failure.rule)}} if failure.rule else {})
