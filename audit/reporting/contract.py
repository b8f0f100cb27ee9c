"""The parts of the JSON report, as `audit/schemas/report.schema.json` describes them, each on one line."""

from __future__ import annotations

from collections import Counter
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any

from audit.model import Confidence, Failure, Severity
from audit.report import WEIGHTS, Baseline, FileEdit, Finding, Notice, RelatedPlace, Report, Summary, Suppression
from audit.reporting.plain import encoded, writable
from audit.score import formula, penalty, score

if TYPE_CHECKING:
    from datetime import date

VERSION = 1

_SEVERITIES = tuple(map(str, Severity))
_CONFIDENCES = tuple(map(str, Confidence))

# Of findings there are many: filling in a form takes half the time of encoding a dict.
_FINDING = (
    '{"rule": %s, "severity": "%s", "confidence": "%s", "category": %s, "message": %s, "path": %s, "start": %s, '
    '"end": %s, "text": %s, "related": [%s], "fingerprint": %s, "fix": %s, "suppressed": %s, "baseline": %s, '
    '"source": %s, "record": %s}'
)
_POSITION = '{"line": %d, "column": %d, "offset": %d}'
_RELATED = '{"path": %s, "start": %s, "end": %s, "text": %s, "message": %s}'
_FIX = '{"safe": %s, "edits": [%s]}'
_EDIT = '{"start": %s, "end": %s, "text": %s}'


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
    return encoded(
        {
            "path": document.path,
            "record": document.record,
            "target_language": document.target_language,
            "source_language": document.source_language,
            "words": document.words,
            "score": document.score,
        }
    )


def finding(finding: Finding) -> str:
    """Return a finding as JSON."""
    fix = finding.fix
    return writable(
        _FINDING
        % (
            quoted(finding.rule),
            _SEVERITIES[finding.severity],
            _CONFIDENCES[finding.confidence],
            quoted(finding.category),
            quoted(finding.message),
            quoted(finding.path),
            _POSITION % finding.start,
            _POSITION % finding.end,
            quoted(finding.text),
            ", ".join(map(_related, finding.related)),
            quoted(finding.fingerprint),
            _FIX % ("true" if fix.safe else "false", ", ".join(map(_edit, fix.edits))) if fix else "null",
            encoded(_suppression(finding.suppressed)) if finding.suppressed else "null",
            quoted(finding.baseline),
            _or_null(finding.source),
            _or_null(finding.record),
        )
    )


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
    return "null" if value is None else encoded(value)


def _related(place: RelatedPlace) -> str:
    start, end = _POSITION % place.start, _POSITION % place.end
    return _RELATED % (quoted(place.path), start, end, quoted(place.text), quoted(place.message))


def _edit(edit: FileEdit) -> str:
    return _EDIT % (_POSITION % edit.start, _POSITION % edit.end, quoted(edit.text))


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
