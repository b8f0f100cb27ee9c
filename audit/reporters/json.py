"""JSON, for programs: everything that a run found, as `audit/schemas/report.schema.json` describes it."""

from __future__ import annotations

from collections import Counter
from json.encoder import encode_basestring as quoted
from typing import Any, TextIO

from audit.model import Confidence, Failure, FileEdit, Finding, RelatedPlace, Report, Severity, Summary
from audit.plain import encoded, laid_out, writable

SUFFIXES = (".json",)

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


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`, each document, finding and failure on a line of its own."""
    content = {
        "version": 1,
        "tool": {"name": "audit", "version": report.version},
        "summary": _summary(report),
        "documents": map(_document, report.documents),
        "findings": map(_finding, report.findings),
        "failures": map(_failure, report.failures),
    }
    stream.writelines(laid_out(content))
    stream.write("\n")


def _summary(report: Report) -> dict[str, Any]:
    counts = Counter(finding.severity for finding in report.findings)
    return {
        "documents": len(report.documents),
        "words": sum(document.words for document in report.documents),
        "findings": len(report.findings),
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "notes": counts[Severity.NOTE],
        "score": None,
    }


def _document(document: Summary) -> str:
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


def _finding(finding: Finding) -> str:
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
            _or_null(finding.suppressed),
            quoted(finding.baseline),
            _or_null(finding.source),
            _or_null(finding.record),
        )
    )


def _or_null(value: Any) -> str:
    return "null" if value is None else encoded(value)


def _related(place: RelatedPlace) -> str:
    start, end = _POSITION % place.start, _POSITION % place.end
    return _RELATED % (quoted(place.path), start, end, quoted(place.text), quoted(place.message))


def _edit(edit: FileEdit) -> str:
    return _EDIT % (_POSITION % edit.start, _POSITION % edit.end, quoted(edit.text))


def _failure(failure: Failure) -> str:
    return encoded(
        {
            "path": failure.path,
            "record": failure.record,
            "line": failure.line,
            "rule": failure.rule,
            "error": failure.error,
        }
    )
