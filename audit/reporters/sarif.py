"""SARIF 2.1.0, for code scanning dashboards: what GitHub requires, and what other viewers can use besides."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

import regex

from audit.model import Failure, Rule
from audit.report import Articles, Finding, Notice, Report
from audit.reporting.descriptors import LONGEST_TEXT, TAXONOMY, descriptor, taxonomy
from audit.reporting.hosting import hosted
from audit.reporting.plain import encoded, laid_out, shortened
from audit.reporting.results import ROOT, artifact, result

SUFFIXES = (".sarif",)
SHOWS_ARTICLES = HASHES_LINES = True

# GitHub refuses a file with more results or bytes (docs.github.com: SARIF support for code scanning), and shows 5,000.
_MOST_RESULTS = 25_000
_MOST_SHOWN = 5_000
_MOST_BYTES = 9_500_000  # compressed; of 10 MB, so that rules and notifications have room
_SAMPLE, _SPARE = 10, 0.7  # every tenth result, and the part of the bytes that ten times its size may take
_MOST_FAILURES = 1_000


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`; of more results than GitHub takes the worst are kept, and a notification says so."""
    report = hosted(report)
    used = {finding.rule for finding in report.everything()} | {failure.rule for failure in report.failures}
    rules = [report.rules[identifier] for identifier in sorted(report.rules) if identifier in used]
    categories = sorted({rule.category for rule in rules})
    results = _results(report, {rule.id: index for index, rule in enumerate(rules)})
    driver = {
        "name": "audit",
        "version": report.version,
        "semanticVersion": _semantic(report.version),
        "shortDescription": {"text": "Finds what machine translation left behind in articles."},
        "rules": (encoded(descriptor(rule, categories.index(rule.category))) for rule in rules),
        "supportedTaxonomies": [{"name": TAXONOMY, "index": 0}],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "audit/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that the paths of articles start from."}}},
        "invocations": [
            {
                "executionSuccessful": not report.failures,
                "toolExecutionNotifications": map(encoded, _notifications(report, len(results))),
            }
        ],
        "results": iter(results),
        "taxonomies": [taxonomy(categories)],
    }
    content = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    stream.writelines(laid_out(content))
    stream.write("\n")


def _semantic(version: str) -> str:
    """Return a Python version (PEP 440) as semver.org writes it."""
    parts = regex.match(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?\.?([^+]*)\+?(.*)", version)
    if parts is None:
        return "0.0.0"
    major, minor, patch, stage, build = parts.groups()
    return f"{major}.{minor or 0}.{patch or 0}{stage and f'-{stage}'}{build and f'+{build}'}"


def _results(report: Report, indexes: Mapping[str, int]) -> list[str]:
    """Return as many results as GitHub takes, in the order of the report; the worst and surest stay."""
    findings = report.everything()
    worst = sorted(range(len(findings)), key=lambda index: _importance(findings[index]))
    worst = worst[:_MOST_RESULTS]
    hashes = _line_hashes(report.articles, [findings[index] for index in worst]) if report.articles else {}
    silenced, known = bool(report.suppressed), report.baseline is not None
    occurrences: Counter[str] = Counter()
    results: dict[int, str] = {}
    for index in worst:
        finding = findings[index]
        occurrences[finding.fingerprint] += 1
        own = f"{finding.fingerprint}:{occurrences[finding.fingerprint]}"
        known_line = hashes.get((finding.path, finding.start.line), own)
        number = indexes[finding.rule]
        results[index] = result(finding, number, known_line, own, silenced=silenced, known=known)
    kept = len(results)
    if sum(map(len, results.values())) > _MOST_BYTES // 4:  # a code point takes at most four bytes
        kept = _fitting(list(results.values()))
    return [results[index] for index in sorted(list(results)[:kept])]


def _line_hashes(articles: Articles, findings: Iterable[Finding]) -> dict[tuple[str, int], str]:
    """Return GitHub's own hashes of the lines where `findings` begin."""
    lines: dict[str, set[int]] = defaultdict(set)
    for finding in findings:
        lines[finding.path].add(finding.start.line)
    return {
        (path, line): value
        for path, wanted in lines.items()
        for line, value in articles.line_hashes(path, wanted).items()
    }


def _importance(finding: Finding) -> int:
    """Return the rank of a finding among those that may stay, the lowest first: one number is compared fastest."""
    return (finding.suppressed is not None) * 100 - finding.severity * 10 - finding.confidence


def _fitting(results: Sequence[str]) -> int:
    """Return how many of `results` fit into the bytes that GitHub takes, compressed as weakly as gzip can.

    Where a sample, which compresses worse than all together, leaves room to spare, all do.
    """
    sample = zlib.compress("".join(results[::_SAMPLE]).encode(), 1)
    if len(sample) * _SAMPLE < _MOST_BYTES * _SPARE:
        return len(results)
    compressor = zlib.compressobj(1)
    size = count = 0
    for line in results:
        size += len(compressor.compress(line.encode()))
        if size > _MOST_BYTES:
            break
        count += 1
    return count


def _notifications(report: Report, kept: int) -> Iterator[dict[str, Any]]:
    total = len(report.findings) + len(report.suppressed)
    if kept < total:
        text = f"This file holds the worst {kept:,} of {total:,} findings, since GitHub takes 25,000 results and 10 MB."
        yield {"level": "warning", "message": {"text": f"{text} The JSON report holds them all."}}
    if kept > _MOST_SHOWN:
        yield {"level": "note", "message": {"text": f"GitHub shows the worst {_MOST_SHOWN:,} of {kept:,} results."}}
    for notice in report.notices[:_MOST_FAILURES]:
        yield _notice(notice)
    for failure in report.failures[:_MOST_FAILURES]:
        yield _failure(failure, report.rules)
    hidden = len(report.failures) - _MOST_FAILURES
    if hidden > 0:
        yield {"level": "error", "message": {"text": f"{hidden:,} more failures are in the JSON report."}}


def _notice(notice: Notice) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": artifact(notice.path)}
    if notice.line is not None:
        place["region"] = {"startLine": notice.line}
    return {
        "level": "error" if notice.closes_gate else "warning",
        "message": {"text": shortened(notice.message, LONGEST_TEXT)},
        "locations": [{"physicalLocation": place}],
    }


def _failure(failure: Failure, rules: Mapping[str, Rule]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": artifact(failure.path)}
    if failure.line is not None:
        place["region"] = {"startLine": failure.line}
    notification = {
        "level": "error",
        "message": {"text": shortened(failure.error.strip() or "This could not be checked.", LONGEST_TEXT)},
        "locations": [{"physicalLocation": place}],
    }
    if failure.rule in rules:
        notification["associatedRule"] = {"id": failure.rule}
    return notification
