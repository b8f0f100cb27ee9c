"""Whether a run lets articles pass: no failure, nothing as severe as the gate says, no score too low."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.configuration.config import Config
from audit.model import Failure, Severity
from audit.report import Baseline, Notice, Report, Summary
from audit.score import rate


class Gate:
    """Sees the parts of a report go by, and knows in the end how the process should end."""

    def __init__(self, config: Config) -> None:
        self._fail_on, self._min_score = config.fail_on, config.min_score
        self._worst: Severity | None = None
        self.failures: list[Failure] = []
        self.notices: list[Notice] = []
        self.baseline: Baseline | None = None
        self.too_low: list[Summary] = []

    def watch(self, parts: Iterable[Report]) -> Iterator[Report]:
        """Yield the parts of a report with their scores, each seen."""
        for part in parts:
            rate(part)
            self.see(part)
            yield part

    def see(self, report: Report) -> None:
        """Take a report, or a part of one, into account."""
        severities = [finding.severity for finding in report.findings]
        self._worst = max(severities if self._worst is None else [self._worst, *severities], default=None)
        self.failures += report.failures
        self.notices += report.notices
        self.baseline = report.baseline
        least = self._min_score
        if least is not None:
            self.too_low += [one for one in report.documents if one.score is not None and one.score < least]

    def exit_code(self) -> int:
        """Return 2 if some work could not be done, 1 if something does not pass, else 0."""
        if self.failures:
            return 2
        severe = self._fail_on is not None and self._worst is not None and self._worst >= self._fail_on
        return int(severe or bool(self.too_low) or any(notice.closes_gate for notice in self.notices))
