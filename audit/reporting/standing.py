"""What a report tells of the baseline, and by which name a finding is called to accept it."""

from __future__ import annotations

from audit.report import Baseline, Finding, Notice
from audit.reporting.plain import on_one_line, printable

_SHORT = 8  # characters; `audit ignore` takes as many as it needs to tell findings apart


def short(finding: Finding) -> str:
    """Return the first digits of a finding's fingerprint, and its rank behind a dash if it has one."""
    content, dash, rank = finding.fingerprint.partition("-")
    return printable(f"{content[:_SHORT]}{dash}{rank}")


def told(notice: Notice) -> str:
    """Return a notice on one line, with its place."""
    line = f":{notice.line}" if notice.line else ""
    return f"{printable(notice.path)}{line}: notice: {on_one_line(notice.message)}"


def told_of_baseline(baseline: Baseline) -> str:
    """Return the sentence that tells what a run found of its baseline."""
    age = f" (the oldest since {baseline.oldest})" if baseline.oldest else ""
    counts = f"{baseline.new:,} new, {baseline.known:,} known{age}, {baseline.resolved:,} resolved"
    return f"Baseline {printable(baseline.path)}: {counts}."
