"""Part what a run finds into what it shows and what is accepted: the one place for suppressions and baseline."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from audit.accepting import baseline, ignorefile, ratchet
from audit.accepting.baseline import Known, Multiset, Scope
from audit.accepting.directives import Use
from audit.accepting.entries import Entries
from audit.accepting.ignorefile import Entry
from audit.accepting.today import today
from audit.configuration import pathglobs
from audit.configuration.config import Config
from audit.folder import files
from audit.model import AuditError, Failure, Rule
from audit.report import Baseline, Finding, Notice, Report
from audit.rulebook.rulenames import unknown


class Rules(NamedTuple):
    """The rules that there are, and those of them that run, by id."""

    there: Sequence[Rule]
    running: Sequence[Rule]


class Acceptance:
    """Sees the pieces of a run go by, and tells in the end what became of suppressions and baseline.

    Raises `AuditError` where the file of either holds a mistake.
    """

    def __init__(self, config: Config, paths: Sequence[str], rules: Rules) -> None:
        self._config, self._rules = config, rules
        self._folders = [files.shown(path, config.root) for path in paths if os.path.isdir(path)]
        self._checked: set[str] = set()
        self._failed: set[str] = set()
        self._entries = _entries(config, rules.there) if config.ignores else None
        self._path = Path(config.baseline) if config.baseline else None
        self._known = Multiset(baseline.read(self._path)) if self._path else None
        self._matches = 0
        self._oldest: date | None = None
        self._new: Counter[tuple[str, str]] = Counter()  # by file and rule
        self._unknown: dict[str, str | None] = {}

    def part(self, piece: Report, uses: Sequence[Use]) -> Report:
        """Return a piece of the report with its findings parted; `uses` are the directives in its articles."""
        if self._entries is not None or self._known is not None:  # as nearly always neither is there
            self._checked.update(document.path for document in piece.documents)
            self._failed.update(failure.path for failure in piece.failures)
        if uses and not self._config.ignores:
            for finding in piece.findings:
                finding.suppressed = None
        elif uses:
            piece.notices += [notice for use in uses for notice in self._told(use)]
        if self._entries is not None or self._known is not None or uses:
            found, piece.findings = piece.findings, []
            for finding in found:
                if self._is_suppressed(finding):
                    piece.suppressed.append(finding)
                elif not self._is_known(finding):
                    piece.findings.append(finding)
        return piece

    def again(self, piece: Report, uses: Sequence[Use]) -> Report:
        """Return a piece with its findings parted as if none had been seen before: a file is checked once more."""
        if self._known is not None:
            self._known.put_back()
        return self.part(piece, uses)

    def _is_suppressed(self, finding: Finding) -> bool:
        if self._entries is not None:
            said = self._entries.suppression(finding)
            finding.suppressed = finding.suppressed or said
        return finding.suppressed is not None

    def _is_known(self, finding: Finding) -> bool:
        known = self._known.take(finding) if self._known is not None else None
        if known is None:
            self._new[finding.path, finding.rule] += 1
            return False
        self._matches += 1
        self._oldest = min(self._oldest or known.since, known.since)
        return True

    def _told(self, use: Use) -> list[Notice]:
        """Return what there is to say of a directive: what is wrong with it, or that it silences nothing."""
        say: Callable[[str], Notice] = partial(Notice, use.path, use.line)
        if use.mistake:
            return [say(use.mistake)]
        notices = []
        for glob in use.globs:
            if glob not in self._unknown:
                self._unknown[glob] = unknown(self._rules.there, glob)
            problem = self._unknown[glob]
            if problem:
                notices.append(say(f"“audit: ignore” is for nothing here: {problem}"))
            elif glob not in use.silenced and not self._config.narrowed:
                notices.append(say(f"“audit: ignore {glob}” silences nothing: take it out"))
        return notices

    def close(self, piece: Report) -> Report:
        """Return the last piece of the report, with what there is to say of the whole; shrink the baseline if asked."""
        self.part(piece, ())
        if self._entries is not None:
            piece.notices += self._entries.notices(self._was_checked)
        if self._known is not None and self._path is not None:
            scope = Scope(
                frozenset(self._checked - self._failed),
                {rule.id: rule for rule in self._rules.running},
                self._config.min_confidence,
            )
            whole = self._config.changed_since is None  # else the findings of unchanged blocks are not here
            resolved = [entry for entry in self._known.left() if whole and scope.holds(entry)]
            shown = files.shown(str(self._path), self._config.root)
            piece.baseline = Baseline(shown, self._new.total(), self._matches, len(resolved), self._oldest)
            if self._config.ratchet:
                self._ratchet(piece, self._path, resolved)
        return piece

    def _ratchet(self, piece: Report, path: Path, resolved: list[Known]) -> None:
        piece.notices += ratchet.growth(self._new, resolved)
        better = [entry for entry in resolved if (entry.path, entry.rule) not in self._new]
        try:
            if better:
                ratchet.shrink(path, better)
        except AuditError as error:
            piece.failures.append(Failure(files.shown(str(path), self._config.root), str(error)))

    def _was_checked(self, entry: Entry) -> bool:
        """Tell whether all was checked that an entry can mean."""
        if self._config.narrowed:
            return False
        if self._failed:  # of a folder, perhaps
            return entry.path in self._checked - self._failed
        return pathglobs.covered(entry.path or "**", self._checked, self._folders)


def _entries(config: Config, rules: Sequence[Rule]) -> Entries | None:
    path = ignore_file(config)
    if config.ignore_file is None and not path.is_file():
        return None
    return Entries(ignorefile.read(path, rules), files.shown(str(path), config.root), today())


def ignore_file(config: Config) -> Path:
    """Return the file that lists what is accepted: the configured one, else audit-ignore.toml at the root."""
    return Path(config.ignore_file) if config.ignore_file else config.root / ignorefile.NAME
