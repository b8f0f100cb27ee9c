"""JUnit XML, for pipelines that show tests: a suite per article, a test case per group of rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TextIO

from audit.model import Failure
from audit.report import Finding, Report, Summary
from audit.reporting.hosting import hosted
from audit.reporting.plain import for_xml, on_one_line, xml_attributes

SUFFIXES = (".xml",)


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`; a test case fails if its group found anything, what could not be done is an error."""
    report = hosted(report)
    groups = sorted({rule.partition("/")[0] for rule in report.rules})
    found: dict[tuple[str, int | None], dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in report.findings:
        found[finding.path, finding.record][finding.rule.partition("/")[0]].append(finding)
    failed = sum(map(len, found.values()))
    total = len(groups) * len(report.documents) + len(report.failures)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(
        f"<testsuites{xml_attributes(name='audit', tests=total, failures=failed, errors=len(report.failures))}>\n"
    )
    for document in report.documents:
        stream.writelines(_suite(document, groups, found[document.path, document.record]))
    if report.failures:
        stream.writelines(_failures(report.failures))
    stream.write("</testsuites>\n")


def _suite(document: Summary, groups: Sequence[str], found: dict[str, list[Finding]]) -> Iterator[str]:
    name = document.path if document.record is None else f"{document.path} record {document.record}"
    yield f"  <testsuite{xml_attributes(name=name, tests=len(groups), failures=len(found), errors=0)}>\n"
    for group in groups:
        case = f"    <testcase{xml_attributes(classname=name, name=group, file=document.path)}"
        if group not in found:
            yield f"{case}/>\n"
            continue
        findings = found[group]
        yield f"{case}>\n      <failure{xml_attributes(message=_headline(findings), type=group)}>"
        yield "\n".join(for_xml(_line(finding)) for finding in findings)
        yield "</failure>\n    </testcase>\n"
    yield "  </testsuite>\n"


def _headline(findings: Sequence[Finding]) -> str:
    more = f" (and {len(findings) - 1:,} more)" if len(findings) > 1 else ""
    return f"{on_one_line(findings[0].message)}{more}"


def _line(finding: Finding) -> str:
    place = f"{finding.path}:{finding.start.line}:{finding.start.column}"
    return on_one_line(f"{place}: {finding.severity} {finding.rule}: {finding.message}")


def _failures(failures: Sequence[Failure]) -> Iterator[str]:
    count = len(failures)
    yield f"  <testsuite{xml_attributes(name='could not be checked', tests=count, failures=0, errors=count)}>\n"
    for failure in failures:
        place = f"{failure.path}:{failure.line}" if failure.line else failure.path
        yield f"    <testcase{xml_attributes(classname=failure.path, name=place, file=failure.path)}>\n"
        yield f"      <error{xml_attributes(message=on_one_line(failure.error), type=failure.rule or 'failure')}/>\n"
        yield "    </testcase>\n"
    yield "  </testsuite>\n"
