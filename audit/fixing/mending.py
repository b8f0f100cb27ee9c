"""Mend one article file in memory: apply fixes until none is left, and hold what comes of it against the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from audit.fixing import fixes
from audit.folder.files import Decoded, StandardInput
from audit.model import Failure
from audit.report import Finding, Fix, Report

_MOST_PASSES = 10  # after which the fixes of a rule are held to have no end


@dataclass(slots=True)
class Mended:
    """What came of a file: its text and the report of what remains, what was fixed by rule, and what could not be."""

    text: str
    report: Report
    fixed: Counter[str] = field(default_factory=Counter)
    refused: list[Failure] = field(default_factory=list)


class Mender:
    """Mends one file, whose content `given` was read as `decoded`; `check` tells what the rules find in another one.

    `unsafe` says that fixes are applied, too, which might change what the article says.
    """

    def __init__(
        self, given: StandardInput, decoded: Decoded, check: Callable[[StandardInput], Report], *, unsafe: bool
    ) -> None:
        self._given, self._decoded, self._check_all, self._unsafe = given, decoded, check, unsafe
        self._whole: Report | None = None
        self._refused: dict[str, Failure] = {}  # by the fingerprint of a finding, or by rule
        self._endless: set[str] = set()

    def mend(self, report: Report) -> Mended:
        """Return what comes of the file, in which `report` is what was found."""
        self._whole = report
        while True:
            mended, endless = self._passes(report)
            if not endless:
                still = {finding.fingerprint for finding in mended.report.findings} | self._endless
                mended.refused = [failure for name, failure in self._refused.items() if name in still]
                return mended
            self._endless |= endless
            for rule in sorted(endless):
                error = "its fixes were left out, since they never come to an end"
                self._refused[rule] = Failure(self._given.shown, error, rule=rule)

    def _passes(self, report: Report) -> tuple[Mended, set[str]]:
        """Fix until nothing changes; return the rules that would go on and on, too."""
        mended = Mended(self._decoded.text, report)
        last: set[str] = set()
        for number in range(_MOST_PASSES):
            chosen = self._without_overlaps(mended.text, self._chosen(mended.report.findings))
            chosen, after = self._largest(mended.text, chosen)
            if not chosen or after is None:
                return mended, set()
            if 2 * number >= _MOST_PASSES:  # by then all others have come to an end; two rules may undo one another
                last.update(finding.rule for finding in chosen)
            mended.fixed.update(finding.rule for finding in chosen)
            mended.text, mended.report = _applied(mended.text, chosen), after
        return mended, last

    def _chosen(self, findings: Sequence[Finding]) -> list[Finding]:
        return [
            finding
            for finding in findings
            if may_be_fixed(finding, unsafe=self._unsafe)
            and finding.rule not in self._endless
            and finding.fingerprint not in self._refused
            and self._can_be_encoded(finding)
        ]

    def _can_be_encoded(self, finding: Finding) -> bool:
        try:
            for edit in finding.fix.edits if finding.fix else ():
                self._decoded.encode(edit.text)
        except UnicodeEncodeError as error:
            letter = error.object[error.start]
            name = self._decoded.encoding
            self._refuse(finding, f"the fix cannot be written: {name} has no “{letter}” (U+{ord(letter):04X})")
            return False
        return True

    def _refuse(self, finding: Finding, reason: str) -> None:
        place = (finding.path, reason, finding.record, finding.start.line, finding.rule)
        self._refused[finding.fingerprint] = Failure(*place)

    def _without_overlaps(self, text: str, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings whose fixes can be applied at once; the others come in the next pass, if they remain."""
        _, left = fixes.apply(text, _fixes(findings))
        late = {id(fix) for fix in left}
        return [finding for finding in findings if id(finding.fix) not in late]

    def _largest(self, text: str, findings: list[Finding]) -> tuple[list[Finding], Report | None]:
        """Return those findings whose fixes leave a file that can be read as before, and what the rules find then."""
        if not findings:
            return [], None
        after = self._check(text, findings)
        if after is not None:
            return findings, after
        if len(findings) == 1:
            self._refuse(findings[0], "the fix was left out: the file could not be read as before")
            return [], None
        half = len(findings) // 2
        first, after_first = self._largest(text, findings[:half])
        second, after_second = self._largest(text, findings[half:])
        if not (first and second):
            return (first, after_first) if first else (second, after_second)
        after = self._check(text, first + second)
        return (first + second, after) if after is not None else (first, after_first)

    def _check(self, text: str, findings: Sequence[Finding]) -> Report | None:
        """Return what the rules find after the fixes of `findings`; None if records are lost or cannot be read."""
        assert self._whole is not None
        after = self._check_all(self._given._replace(data=self._decoded.encode(_applied(text, findings))))
        kept = [document.record for document in after.documents] == [one.record for one in self._whole.documents]
        return after if kept and len(after.failures) <= len(self._whole.failures) else None


def may_be_fixed(finding: Finding, *, unsafe: bool) -> bool:
    """Tell whether a finding has a fix that is asked for."""
    return finding.fix is not None and (finding.fix.safe or unsafe)


def _fixes(findings: Sequence[Finding]) -> list[Fix]:
    return [finding.fix for finding in findings if finding.fix is not None]


def _applied(text: str, findings: Sequence[Finding]) -> str:
    return fixes.apply(text, _fixes(findings))[0]
