"""Accept all that is found today: write a baseline, or write one anew."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from audit.accepting import baseline
from audit.accepting.baseline import Known, Scope
from audit.accepting.rewriting import alone_with, rewrite
from audit.accepting.today import today
from audit.configuration.config import Config
from audit.configuration.schemes import Schemes
from audit.model import Failure
from audit.report import Report
from audit.reporting.folding import count
from audit.running import runner


class Outcome(NamedTuple):
    """What was written: how many entries, how many of them are new, and how many of before are gone."""

    path: Path
    articles: int
    entries: int
    new: int
    gone: int
    failures: Sequence[Failure]

    def told(self) -> str:
        """Return the sentence that tells a person what was written."""
        if not self.articles:
            return f"{self.path}: not written, since no article could be checked"
        changes = f"{self.new:,} new, {self.entries - self.new:,} known, {self.gone:,} no longer there"
        return f"{self.path}: {count(self.entries, 'finding')} accepted ({changes})"


def accept_all(
    paths: Sequence[str], config: Config, output: str | None = None, progress: runner.Progress = runner.NOBODY
) -> Outcome:
    """Write what is found in `paths` and not suppressed to `output`, else to the configured baseline.

    Entries of a file that is there already keep their days; those that this run could not find again stay as long as
    their article and rule are there. Raises `AuditError` if that file is no baseline, or cannot be written.
    """
    target = Path(output or config.baseline or config.root / baseline.NAME)
    settings = replace(config, baseline=None, ratchet=False, shows_articles=False)
    report = runner.run(paths, settings, progress=progress)
    if not report.documents:
        return Outcome(target, 0, 0, 0, 0, report.failures)
    with alone_with(target):
        before = baseline.read(target) if target.exists() and target.is_file() else []
        accepted, left = baseline.accept(report.findings, before, today())
        kept = _kept(left, report, config)
        entries = baseline.numbered([*accepted, *kept])
        rewrite(target, partial(baseline.write, entries))
    new = len(accepted) - (len(before) - len(left))
    return Outcome(target, len(report.documents), len(entries), new, len(left) - len(kept), report.failures)


def _kept(left: Sequence[Known], report: Report, config: Config) -> list[Known]:
    """Return the entries that were not found again because they could not be."""
    failed = {failure.path for failure in report.failures}
    checked = frozenset(document.path for document in report.documents if document.path not in failed)
    scope = Scope(checked, report.rules, config.min_confidence)
    rules = {rule.id for rule in Schemes(config).there}
    return [
        entry
        for entry in left
        if not scope.holds(entry) and entry.rule in rules and os.path.exists(config.root / entry.path)
    ]
