"""Markdown, for the summary of a CI step and the comment on a pull request: counts, and the findings to unfold."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TextIO
from urllib.parse import quote

from audit.expressions import expression
from audit.model import Failure, Severity
from audit.report import Finding, Fix, Report
from audit.reporting.folding import count, entries, places
from audit.reporting.hosting import hosted
from audit.reporting.plain import on_one_line, shortened
from audit.score import formula

SUFFIXES = (".md",)

_LONGEST = 60_000  # characters: GitHub takes 65,536 in a comment, and 1 MiB in the summary of a step
_LONGEST_CELL = 300
_LONGEST_FAILURES = 15_000
_SPECIAL = expression(r"[\\`*_\[\]<>&|~!$^]")  # what Markdown, HTML or a table could take for its own
_CALLING = expression(r"@(?=\w)|(?<!&)#(?=\d)|(?i:\bgh)-(?=\d)|:(?=//)|(?i:\bwww)(?=\.)")  # people, issues, pages
_JOINER = "\u2060"  # it is not seen, and parts what stands to its sides
_HEAD = "| place | | what | fix |\n| --- | --- | --- | --- |\n"


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`, the articles with most errors first, as much as a comment on GitHub may hold.

    Places are links in a run of GitHub Actions, which says in its environment where the files are.
    """
    report = hosted(report)
    stream.write(_counts(report))
    left = _LONGEST
    if report.failures:
        text = _failures(report.failures)
        stream.write(text)
        left -= len(text)
    articles: dict[tuple[str, int | None], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        articles[finding.path, finding.record].append(finding)
    ranked = sorted(articles.items(), key=lambda article: (*_ranked(article[1]), str(article[0])))
    for number, ((path, record), findings) in enumerate(ranked):
        article = _article(path, record, findings, left)
        if article is None:
            missing = sum(len(rest) for _, rest in ranked[number:])
            held = f"{count(missing, 'finding')} in {count(len(ranked) - number, 'article')}"
            stream.write(f"\n{held} did not fit in here; the other reports hold them all.\n")
            break
        stream.write(article)
        left -= len(article)


def _counts(report: Report) -> str:
    articles = count(len(report.documents), "article")
    if not report.findings:
        failed = f", {count(len(report.failures), 'failure')}" if report.failures else ""
        return f"## audit: nothing found in {articles}{failed}\n"
    touched = len({(finding.path, finding.record) for finding in report.findings})
    fixes = [finding.fix for finding in report.findings if finding.fix]
    told = [_levels(report.findings)]
    if fixes:
        told.append(f"{len(fixes):,} can be fixed, {sum(fix.safe for fix in fixes):,} safely")
    if report.failures:
        told.append(count(len(report.failures), "failure"))
    text = f"## audit: {count(len(report.findings), 'finding')} in {touched:,} of {articles}\n\n{' · '.join(told)}\n"
    if report.score is None:
        return text
    return f"{text}\n<sub>Score {report.score:g} of 100, for triage. {_escaped(formula(report.weights))}.</sub>\n"


def _levels(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(count(counts[level], str(level)) for level in reversed(Severity) if counts[level])


def _ranked(findings: Sequence[Finding]) -> tuple[int, ...]:
    counts = Counter(finding.severity for finding in findings)
    return tuple(-counts[level] for level in reversed(Severity))


def _failures(failures: Sequence[Failure]) -> str:
    left = _LONGEST_FAILURES
    text = "\n### Could not be checked\n\n"
    for number, failure in enumerate(failures):
        line = f"- <b>{_escaped(_where(failure))}</b>: {_cell(failure.error)}\n"
        left -= len(line)
        if left < 0:
            return f"{text}- {len(failures) - number:,} more did not fit in here; the other reports hold them all.\n"
        text += line
    return text


def _where(failure: Failure) -> str:
    return shortened(on_one_line(failure.path), _LONGEST_CELL) + (f":{failure.line}" if failure.line else "")


def _article(path: str, record: int | None, findings: Sequence[Finding], room: int) -> str | None:
    """Return an article's findings to unfold, as many as fit into `room` characters; None if none does."""
    name = shortened(on_one_line(path), _LONGEST_CELL) + ("" if record is None else f", record {record}")
    opening = f"\n<details><summary><b>{_escaped(name)}</b>: {_levels(findings)}</summary>\n\n{_HEAD}"
    closing = "\n</details>\n"
    left = room - len(opening) - len(closing) - _LONGEST_CELL
    rows = []
    for row, shown in _rows(findings):
        left -= len(row)
        if left < 0:
            break
        rows.append((row, shown))
    if not rows:
        return None
    missing = len(findings) - sum(shown for _, shown in rows)
    note = f"\n{count(missing, 'more finding')} did not fit in here.\n" if missing else ""
    return f"{opening}{''.join(row for row, _ in rows)}{note}{closing}"


def _rows(findings: Sequence[Finding]) -> Iterator[tuple[str, int]]:
    """Yield the rows of a table, and for how many findings each stands."""
    for finding, more in entries(findings):
        start = finding.start
        place = f"{start.line}:{start.column}"
        link = _link(finding.path, start.line)
        shown = f"[{place}]({link})" if link else place
        folded = f" ({places((finding, *more))})" if more else ""
        what = f"{_cell(finding.message)}{folded} <sub>{_escaped(finding.rule)}</sub>"
        yield f"| {shown} | {finding.severity} | {what} | {_fix(finding.fix)} |\n", 1 + len(more)


def _fix(fix: Fix | None) -> str:
    if fix is None:
        return ""
    edits = [_cell(edit.text) if edit.text.strip() else "remove" for edit in fix.edits[:2]]
    return " … ".join([*edits, "…"] if len(fix.edits) > len(edits) else edits)


def _link(path: str, line: int) -> str | None:
    """Return the address of a line in a run of GitHub Actions (GitHub's docs, “Variables”)."""
    server, repository, commit = (os.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    if not (server and repository and commit) or path.startswith("/") or path == "-" or path[1:2] == ":":
        return None
    address = quote(path.encode("utf-8", "surrogatepass"))
    return f"{server}/{repository}/blob/{commit}/{address}?plain=1#L{line}"


def _cell(text: str) -> str:
    return _escaped(shortened(on_one_line(text), _LONGEST_CELL))


def _escaped(text: str) -> str:
    """Return `text` as words and nothing else: no markup, no cell of a table, nobody mentioned."""
    quiet = _CALLING.sub(lambda found: f"{found.group()}{_JOINER}", on_one_line(text))
    return str(_SPECIAL.sub(lambda found: f"&#{ord(found.group())};", quiet))
