"""Annotations of GitHub Actions, for the lines of a pull request (GitHub's docs, “Workflow commands”)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TextIO

from audit.model import Failure, Rule, Severity
from audit.report import Finding, Report
from audit.reporting.folding import count
from audit.reporting.hosting import hosted
from audit.reporting.plain import for_utf8, printable, shortened

SUFFIXES = ()

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_MOST = 10  # of each command in a step are shown; GitHub drops the others
_LONGEST = 4_096  # characters of a message; the runner cuts the rest off without a word
_PLACES = 10
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class _Annotation(NamedTuple):
    """What a line of a pull request shows."""

    title: str
    message: str
    path: str | None = None
    start: tuple[int, int | None] | None = None  # line and column
    end: tuple[int, int] | None = None


def render(report: Report, stream: TextIO) -> None:
    """Write the findings of `report` to `stream` as annotations, at most ten of each level.

    Of more, each rule gets one with the places of its findings, critical rules first, then the most frequent, and what
    is left over is counted by the last.
    """
    report = hosted(report)
    for severity, command in _COMMANDS.items():
        found = [finding for finding in report.findings if finding.severity is severity]
        failures = report.failures if severity is Severity.ERROR else ()
        annotations = [*map(_failure, failures), *map(_single, found)]
        if len(annotations) > _MOST:
            annotations = [*_grouped_failures(failures), *_grouped(found, report.rules)]
        for annotation in _within(annotations):
            stream.write(f"::{command} {_properties(annotation)}::{_data(annotation.message)}\n")


def _within(annotations: Sequence[_Annotation]) -> Iterator[_Annotation]:
    kept = annotations if len(annotations) <= _MOST else annotations[: _MOST - 1]
    yield from kept
    if len(kept) < len(annotations):
        rest = annotations[len(kept) :]
        titles = ", ".join(annotation.title for annotation in rest)
        yield _Annotation(f"{len(rest)} more", f"GitHub shows no more than {_MOST}; there are also: {titles}")


def _single(finding: Finding) -> _Annotation:
    start, end = finding.start, finding.end
    return _Annotation(finding.rule, finding.message, finding.path, (start.line, start.column), (end.line, end.column))


def _failure(failure: Failure) -> _Annotation:
    start = (failure.line, None) if failure.line else None
    return _Annotation("could not be checked", failure.error, failure.path, start)


def _grouped_failures(failures: Sequence[Failure]) -> Iterator[_Annotation]:
    if failures:
        first = _failure(failures[0])
        places = [f"{failure.path}:{failure.line}" if failure.line else failure.path for failure in failures]
        yield first._replace(title=count(len(places), "failure"), message=f"{first.message}\n{_named(places)}")


def _grouped(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> Iterator[_Annotation]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.rule].append(finding)
    critical = {rule for rule in groups if rule in rules and rules[rule].critical}
    for rule, group in sorted(groups.items(), key=lambda item: (item[0] not in critical, -len(item[1]), item[0])):
        first = _single(group[0])
        if len(group) > 1:
            named = _named([f"{finding.path}:{finding.start.line}" for finding in group])
            first = first._replace(
                title=f"{rule} ({count(len(group), 'finding')})", message=f"{first.message}\n{named}"
            )
        yield first


def _named(places: Sequence[str]) -> str:
    rest = f" and {len(places) - _PLACES:,} more" if len(places) > _PLACES else ""
    return f"{', '.join(places[:_PLACES])}{rest}"


def _properties(annotation: _Annotation) -> str:
    values: dict[str, object] = {"title": annotation.title}
    if annotation.path is not None:
        values["file"] = annotation.path
    if annotation.start:
        values["line"], column = annotation.start
        if annotation.end:
            values["endLine"] = annotation.end[0]
            if annotation.end[0] == annotation.start[0] and column:  # GitHub takes columns of one line alone
                values |= {"col": column, "endColumn": max(column, annotation.end[1] - 1)}
    return ",".join(f"{name}={for_utf8(str(value)).translate(_IN_PROPERTY)}" for name, value in values.items())


def _data(message: str) -> str:
    lines = shortened(message, _LONGEST).splitlines() or [""]
    return "\n".join(map(printable, lines)).translate(_IN_DATA)
