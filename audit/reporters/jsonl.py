"""JSON lines, for programs that read as the work goes on: an article, a finding, a failure on each, the summary last.

The lines hold what `audit/schemas/report.schema.json` describes, each with a `type`: document, finding, failure,
notice or summary.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from audit.report import Report
from audit.reporting import contract
from audit.reporting.plain import encoded

SUFFIXES = (".jsonl", ".ndjson")


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`."""
    render_parts([report], stream)


def render_parts(parts: Iterable[Report], stream: TextIO) -> None:
    """Write the parts of a report to `stream`, each before the next one is asked for."""
    totals = contract.Totals()
    closing: dict[str, Any] = {"version": contract.VERSION}
    for part in parts:
        totals.add(part)
        closing |= {"tool": contract.tool(part)}
        lines = [_line("document", contract.document(document)) for document in part.documents]
        lines += [_line("finding", contract.finding(finding)) for finding in part.everything()]
        lines += [_line("failure", contract.failure(failure)) for failure in part.failures]
        lines += [_line("notice", contract.notice(notice)) for notice in part.notices]
        stream.write("".join(lines))  # at once, since a stream takes longer over many small pieces
    stream.write(_line("summary", encoded(closing | totals.summary())))


def _line(kind: str, content: str) -> str:
    return f'{{"type": "{kind}", {content[1:]}\n'
