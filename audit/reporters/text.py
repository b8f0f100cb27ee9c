"""Text, for people: articles with their findings in place on a terminal, one line per finding anywhere else."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import IO, TextIO, cast

from audit.model import Confidence, Failure, Severity
from audit.report import FileEdit, Finding, Fix, RelatedPlace, Report
from audit.reporting.folding import Entry, count, entries, places
from audit.reporting.logs import Log, unheard
from audit.reporting.plain import on_one_line, printable, shortened
from audit.reporting.standing import short, told, told_of_baseline

SUFFIXES = ()

_RELATED = 5
_EDITS = 3
_WIDEST = 110  # longer lines are hard to read
_INDENT = 10
_CONTEXT = 50  # cells to either side of what was found
_LONGEST_FIX = 60
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold blue"}


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`: laid out if that is a terminal or FORCE_COLOR is set, else a line per finding."""
    forced = os.environ.get("FORCE_COLOR", "0") not in ("", "0")
    if forced or (stream.isatty() and os.environ.get("TERM") != "dumb"):
        _render_terminal(report, stream)
    else:
        stream.writelines(f"{unheard(line)}\n" for line in _plain_lines(report))


def _plain_lines(report: Report) -> Iterator[str]:
    for finding, more in entries(report.findings):
        start = finding.start
        place = f"{printable(finding.path)}:{start.line}:{start.column}"
        folded = f" ({places((finding, *more))})" if more else f" [{short(finding)}]"
        yield f"{place}: {finding.severity} {printable(finding.rule)}: {on_one_line(finding.message)}{folded}"
    yield from map(_failure, report.failures)
    yield from map(told, report.notices)
    yield _summary(report)
    if report.baseline:
        yield told_of_baseline(report.baseline)


def _failure(failure: Failure) -> str:
    line = f":{failure.line}" if failure.line else ""
    record = f" (record {failure.record})" if failure.record is not None else ""
    rule = f" {printable(failure.rule)}:" if failure.rule else ""
    return f"{printable(failure.path)}{line}: failure:{rule} {on_one_line(failure.error)}{record}"


def _summary(report: Report) -> str:
    """Return the sentence that ends a report."""
    silenced = len(report.suppressed)
    return _counts(report, f"; {silenced:,} ignored" if silenced else "")


def _counts(report: Report, silenced: str) -> str:
    articles, findings, failures = report.documents, report.findings, report.failures
    failed = f"; {count(len(failures), 'failure')}" if failures else ""
    if not articles and not findings:
        return f"No article could be checked{failed}." if failures else "There was no article to check."
    words = count(sum(article.words for article in articles), "word")
    if not findings:
        return f"Nothing found in {count(len(articles), 'article')}, {words}{silenced}{failed}."
    counts = Counter(finding.severity for finding in findings)
    levels = ", ".join(count(counts[level], str(level)) for level in reversed(Severity) if counts[level])
    touched = len({(finding.path, finding.record) for finding in findings})
    fixes = [finding.fix for finding in findings if finding.fix]
    safe = sum(fix.safe for fix in fixes)
    fixable = f"; {len(fixes):,} can be fixed" + (f", {safe:,} safely" if safe else "") if fixes else ""
    found = f"{count(len(findings), 'finding')} ({levels}) in {touched:,} of {count(len(articles), 'article')}"
    return f"{found}, {words}{fixable}{silenced}{failed}."


Part = tuple[str, str]  # words and their style


def _render_terminal(report: Report, stream: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=cast("IO[str]", Log(stream)), force_terminal=True, highlight=False, soft_wrap=True)
    width = min(console.width, _WIDEST) - _INDENT
    for (path, record), of_article in groupby(entries(report.findings), key=_article):
        suffix = "" if record is None else f"  record {record}"
        console.print(Text.assemble((printable(path), "bold underline"), (suffix, "dim")))
        for entry in of_article:
            console.print(Text.assemble(*_entry(entry, width)))
    for failure in report.failures:
        console.print(Text(_failure(failure), "red"), soft_wrap=False)
    for notice in report.notices:
        console.print(Text(told(notice), "yellow"), soft_wrap=False)
    apart = "\n" * bool(report.failures or report.notices)
    console.print(Text(apart + _summary(report), "bold"), soft_wrap=False)
    if report.baseline:
        console.print(Text(told_of_baseline(report.baseline)), soft_wrap=False)


def _article(entry: Entry) -> tuple[str, int | None]:
    return entry.finding.path, entry.finding.record


def _entry(entry: Entry, width: int) -> Iterator[Part]:
    """Yield an entry as lines of at most `width` cells beside its position."""
    finding, more = entry
    place = f"{finding.start.line}:{finding.start.column}"
    yield f"{place:>{_INDENT - 2}}  ", ""
    yield f"{finding.severity}", _STYLES[finding.severity]
    yield f"  {printable(finding.rule)}", "cyan"
    if finding.confidence is not Confidence.HIGH:
        yield f"  {finding.confidence} confidence", "dim"
    if not more:
        yield f"  [{short(finding)}]", "dim"
    yield from _paragraph(on_one_line(finding.message), width, "")
    yield from _excerpt(finding, width)
    for other in finding.related[:_RELATED]:
        yield from _line(_related(other, finding.path), "dim")
    if len(finding.related) > _RELATED:
        yield from _line(f"↳ and {len(finding.related) - _RELATED:,} more", "dim")
    if more:
        yield from _paragraph(places((finding, *more)), width, "dim")
    yield "\n", ""


def _line(words: str, style: str) -> Iterator[Part]:
    yield f"\n{' ' * _INDENT}", ""
    yield words, style


def _paragraph(words: str, width: int, style: str) -> Iterator[Part]:
    for line in wrap(words, max(width, 20), break_on_hyphens=False):
        yield from _line(line, style)


def _related(place: RelatedPlace, path: str) -> str:
    elsewhere = "" if place.path == path else f"{printable(place.path)}:"
    return f"↳ {elsewhere}{place.start.line}:{place.start.column} {on_one_line(place.message)}"


def _excerpt(finding: Finding, width: int) -> Iterator[Part]:
    """Yield the line that was found with the place underlined, and the fix beside the underline where there is room."""
    from rich.cells import cell_len

    style = _STYLES[finding.severity]
    found = _middle_cut(finding.text, width * 2 // 3 if any(finding.excerpt) else width)
    room = max(0, width - cell_len(found))
    before = _end_of(on_one_line(finding.excerpt[0]), min(_CONTEXT, room // 2))
    after = _start_of(on_one_line(finding.excerpt[1]), min(_CONTEXT, room - cell_len(before)))
    fix = _fix(finding.fix) if finding.fix else ""
    if before or found or after:
        yield from _line(before, "")
        yield found, style
        yield after, ""
        margin, underline = " " * cell_len(before), "^" * max(1, cell_len(found))
        beside = cell_len(margin + underline + fix) < width
        yield from _line(f"{margin}{underline}", style)
        if fix and beside:
            yield f" {fix}", "green"
            return
    if fix:
        yield from _line(fix, "green")


def _middle_cut(text: str, cells: int) -> str:
    """Return start and end of `text` on one line of at most `cells`."""
    from rich.cells import cell_len

    longest = 4 * cells  # of a megabyte only the ends are looked at
    text = on_one_line(text if len(text) <= 2 * longest else f"{text[:longest]} {text[-longest:]}")
    if cell_len(text) <= cells:
        return text
    return f"{_start_of(text, cells * 2 // 3)} {_end_of(text, cells // 3).lstrip('…')}"


def _start_of(text: str, cells: int) -> str:
    """Return as many whole words from the start of `text` as fit into `cells`, with an ellipsis if that is not all."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= cells:
        return text
    cut = set_cell_size(text, max(cells - 1, 0))
    space = cut.rfind(" ")
    return f"{cut[:space] if space > cells // 2 else cut.rstrip()}…"


def _end_of(text: str, cells: int) -> str:
    """Return as many whole words from the end of `text` as fit into `cells`, with an ellipsis if that is not all."""
    return _start_of(text[::-1], cells)[::-1]


def _fix(fix: Fix) -> str:
    more = f" … {len(fix.edits) - _EDITS:,} more" if len(fix.edits) > _EDITS else ""
    return f"→ {' … '.join(map(_edit, fix.edits[:_EDITS]))}{more}"


def _edit(edit: FileEdit) -> str:
    if not edit.text:
        return "remove"
    text = on_one_line(shortened(edit.text, _LONGEST_FIX))
    text = text if text == text.strip() else f"“{text}”"
    return f"add {text}" if edit.start == edit.end else text
