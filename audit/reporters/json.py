"""JSON, for programs: everything that a run found, as `audit/schemas/report.schema.json` describes it."""

from __future__ import annotations

from typing import TextIO

from audit.report import Report
from audit.reporting import contract
from audit.reporting.plain import laid_out

SUFFIXES = (".json",)


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`, each document, finding and failure on a line of its own."""
    content = {
        "version": contract.VERSION,
        "tool": contract.tool(report),
        "summary": contract.Totals(report).summary(),
        "documents": map(contract.document, report.documents),
        "findings": map(contract.finding, report.everything()),
        "failures": map(contract.failure, report.failures),
        "notices": map(contract.notice, report.notices),
    }
    stream.writelines(laid_out(content))
    stream.write("\n")
