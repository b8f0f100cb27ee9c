"""The parts of the JSON report, as `audit/schemas/report.schema.json` describes them, each on one line."""

from __future__ import annotations

from collections import Counter
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any

from audit.model import Confidence, Failure, Severity
from audit.report import (
    WEIGHTS,
    Baseline,
    Finding,
    Fix,
    Notice,
    Position,
    RelatedPlace,
    Report,
    Summary,
    Suppression,
)
from audit.reporting.plain import encoded, writable
from audit.score import formula, penalty, score

if TYPE_CHECKING:
    from datetime import date

VERSION = 1

_SEVERITIES = tuple(map(str, Severity))
_CONFIDENCES = tuple(map(str, Confidence))


class Totals:
    """What the parts of a report come to."""

    def __init__(self, *parts: Report) -> None:
        self._documents = self._words = 0
        self._points = 0.0
        self._severities: Counter[Severity] = Counter()
        self._weights = WEIGHTS
        self._suppressed = 0
        self._baseline: Baseline | None = None
        for part in parts:
            self.add(part)

    def add(self, part: Report) -> None:
        """Count a part of the report."""
        self._documents += len(part.documents)
        self._words += sum(document.words for document in part.documents)
        self._severities.update(finding.severity for finding in part.findings)
        self._points += penalty(part)
        self._weights = part.weights
        self._suppressed += len(part.suppressed)
        self._baseline = part.baseline

    def summary(self) -> dict[str, Any]:
        """Return the summary of the report, its score with the formula."""
        return {
            "documents": self._documents,
            "words": self._words,
            "findings": self._severities.total(),
            "errors": self._severities[Severity.ERROR],
            "warnings": self._severities[Severity.WARNING],
            "notes": self._severities[Severity.NOTE],
            "score": score(self._points, self._words),
            "formula": formula(self._weights),
            "suppressed": self._suppressed,
            "baseline": _baseline(self._baseline) if self._baseline else None,
        }


def tool(report: Report) -> dict[str, str]:
    """Return what wrote the report."""
    return {"name": "audit", "version": report.version}


def document(document: Summary) -> str:
    """Return a checked article as JSON."""
    return writable(
        f'{{"path": {quoted(document.path)}, "record": {_or_null(document.record)}, '
        f'"target_language": {_or_null(document.target_language)}, '
        f'"source_language": {_or_null(document.source_language)}, "words": {document.words}, '
        f'"score": {_or_null(document.score)}}}'
    )


def finding(finding: Finding) -> str:
    """Return a finding as JSON; there are many, and filling in a form takes half the time of encoding a dict."""
    start, end = _position(finding.start), _position(finding.end)
    related = ", ".join(map(_related, finding.related)) if finding.related else ""
    fix = _fix(finding.fix, finding, start, end) if finding.fix else "null"
    suppressed = encoded(_suppression(finding.suppressed)) if finding.suppressed else "null"
    return writable(
        f'{{"rule": {quoted(finding.rule)}, "severity": "{_SEVERITIES[finding.severity]}", '
        f'"confidence": "{_CONFIDENCES[finding.confidence]}", "category": {quoted(finding.category)}, '
        f'"message": {quoted(finding.message)}, "path": {quoted(finding.path)}, "start": {start}, "end": {end}, '
        f'"text": {quoted(finding.text)}, "related": [{related}], "fingerprint": {quoted(finding.fingerprint)}, '
        f'"fix": {fix}, "suppressed": {suppressed}, "baseline": {quoted(finding.baseline)}, '
        f'"source": {_or_null(finding.source)}, "record": {_or_null(finding.record)}}}'
    )


def _position(position: Position) -> str:
    line, column, offset = position
    return f'{{"line": {line}, "column": {column}, "offset": {offset}}}'


def _suppression(suppression: Suppression) -> dict[str, Any]:
    return {**suppression._asdict(), "expires": _day(suppression.expires)}


def _baseline(baseline: Baseline) -> dict[str, Any]:
    return {**baseline._asdict(), "oldest": _day(baseline.oldest)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def notice(notice: Notice) -> str:
    """Return a notice as JSON."""
    return encoded(notice._asdict())


def _or_null(value: Any) -> str:
    if value is None:
        return "null"
    return quoted(value) if isinstance(value, str) else encoded(value)


def _related(place: RelatedPlace) -> str:
    return (
        f'{{"path": {quoted(place.path)}, "start": {_position(place.start)}, "end": {_position(place.end)}, '
        f'"text": {quoted(place.text)}, "message": {quoted(place.message)}}}'
    )


def _fix(fix: Fix, finding: Finding, start: str, end: str) -> str:
    """Return a fix as JSON; most edits replace what was found, of which `start` and `end` are written already."""
    edits = [
        f'{{"start": {start if edit.start is finding.start else _position(edit.start)}, '
        f'"end": {end if edit.end is finding.end else _position(edit.end)}, "text": {quoted(edit.text)}}}'
        for edit in fix.edits
    ]
    return f'{{"safe": {"true" if fix.safe else "false"}, "edits": [{", ".join(edits)}]}}'


def failure(failure: Failure) -> str:
    """Return work that could not be done as JSON."""
    return encoded(
        {
            "path": failure.path,
            "record": failure.record,
            "line": failure.line,
            "rule": failure.rule,
            "error": failure.error,
        }
    )
