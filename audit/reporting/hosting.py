"""A report with its paths as code hosts know them: relative to the repository, not to the configuration."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from audit.model import Document
from audit.report import Articles, Finding, Report


def hosted(report: Report, start: str | None = None) -> Report:
    """Return `report` with paths that are relative to its repository, or to the folder `start` in it."""
    findings, failures, suppressed, notices = report.findings, report.failures, report.suppressed, report.notices
    paths = {one.path for part in (report.documents, findings, failures, suppressed, notices) for one in part}
    paths |= {one.suppressed.path for one in suppressed if one.suppressed}
    names = {path: name for path in paths if (name := report.checkout.path(path, start)) != path}
    if not names:
        return report
    return replace(
        report,
        documents=[replace(one, path=names.get(one.path, one.path)) for one in report.documents],
        findings=[_hosted(finding, names) for finding in findings],
        failures=[replace(one, path=names.get(one.path, one.path)) for one in failures],
        suppressed=[_hosted(finding, names) for finding in suppressed],
        notices=[one._replace(path=names.get(one.path, one.path)) for one in notices],
        articles=_Renamed(report.articles, names) if report.articles else None,
    )


def _hosted(finding: Finding, names: Mapping[str, str]) -> Finding:
    related = tuple([other._replace(path=names.get(other.path, other.path)) for other in finding.related])
    said = finding.suppressed and finding.suppressed._replace(
        path=names.get(finding.suppressed.path, finding.suppressed.path)
    )
    return replace(finding, path=names.get(finding.path, finding.path), related=related, suppressed=said)


class _Renamed:
    """The articles of a report by their new names."""

    def __init__(self, articles: Articles, names: Mapping[str, str]) -> None:
        self._articles = articles
        self._names = {name: path for path, name in names.items()}

    def text(self, path: str) -> str | None:
        return self._articles.text(self._names.get(path, path))

    def is_utf8(self, path: str) -> bool:
        return self._articles.is_utf8(self._names.get(path, path))

    def line_hashes(self, path: str, lines: Collection[int]) -> Mapping[int, str]:
        return self._articles.line_hashes(self._names.get(path, path), lines)

    def documents(self, path: str) -> Sequence[Document]:
        return self._articles.documents(self._names.get(path, path))
