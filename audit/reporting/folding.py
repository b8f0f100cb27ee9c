"""Reports for people: a rule that fires over and over in one article becomes one entry, and counts are put in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audit.report import Finding

_FOLDED = 20  # a rule that fires more often in an article becomes one entry
_PLACES = 20


class Entry(NamedTuple):
    """A finding, and the later ones of its rule in the same article when they are folded into it."""

    finding: Finding
    more: Sequence[Finding]


def entries(findings: Sequence[Finding]) -> Iterator[Entry]:
    """Yield the findings in their order, those of a rule that fires too often in an article as one."""
    groups: dict[tuple[str, int | None, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.path, finding.record, finding.rule].append(finding)
    for finding in findings:
        group = groups[finding.path, finding.record, finding.rule]
        if len(group) <= _FOLDED:
            yield Entry(finding, ())
        elif finding is group[0]:
            yield Entry(finding, group[1:])


def places(findings: Sequence[Finding]) -> str:
    """Return how often a rule fired, and the lines and columns of the first places."""
    named = ", ".join(f"{finding.start.line}:{finding.start.column}" for finding in findings[:_PLACES])
    rest = f" and {len(findings) - _PLACES:,} more" if len(findings) > _PLACES else ""
    return f"{len(findings):,} times: {named}{rest}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun: 1 finding, 2,000 findings."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
