"""Fix the articles of files: read again, held against what was checked, mended, and written whole."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from audit.configuration.config import Config
from audit.fixing.mending import Mended, Mender, may_be_fixed
from audit.folder import files
from audit.model import AuditError, Failure
from audit.report import Report
from audit.running import articles, runner
from audit.score import rate


class Change(NamedTuple):
    """A file whose text was fixed: its text before and after, what it is written as, and what was fixed, by rule."""

    path: str
    before: str
    after: str
    data: bytes
    fixed: Counter[str]


@dataclass(slots=True)
class Fixing:
    """What came of fixing: the report of what remains, the paths of the files that changed, what was fixed by rule.

    What could not be fixed is among the failures of the report.
    """

    report: Report
    files: list[str] = field(default_factory=list)
    fixed: Counter[str] = field(default_factory=Counter)


class Fixer:
    """Fixes the articles that `paths` name; `unsafe` applies fixes, too, that might change what an article says.

    Without `write` files stay as they are; what came in on standard input has none.
    """

    def __init__(
        self,
        paths: Sequence[str],
        config: Config,
        standard_input: files.StandardInput | None = None,
        progress: runner.Progress = runner.NOBODY,
        *,
        unsafe: bool = False,
        write: bool = True,
    ) -> None:
        config = replace(config, shows_articles=True)  # whose digests tell whether an article has changed since
        self._root, self._unsafe, self._write = config.root, unsafe, write
        self._standard_input = standard_input
        named = [] if config.only_articles else [path for path in paths if not os.path.isdir(path)]
        self._named = {files.shown(path, config.root) for path in named}
        self._check = runner.checker(config)
        self._done: dict[str, bytes] = {}  # what was written, by the real path: several links may lead to one file
        self._found = runner.run(paths, config, standard_input, progress)
        self.fixing = Fixing(replace(self._found, articles=None))

    def changes(self) -> Iterator[Change]:
        """Fix file by file; yield each change after it was written."""
        fixing = self.fixing
        remains = fixing.report
        remains.documents, remains.findings, remains.failures, remains.suppressed = [], [], [], []
        for path, part in _by_path(self._found).items():
            mended, change = self._fix(path, part)
            remains.documents += mended.report.documents
            remains.findings += mended.report.findings
            remains.suppressed += mended.report.suppressed
            remains.failures += [*mended.report.failures, *mended.refused]
            if change is not None:
                fixing.files.append(path)
                fixing.fixed += change.fixed
                yield change
        rate(remains)

    def _fix(self, path: str, part: Report) -> tuple[Mended, Change | None]:
        """Return what came of a file in which `part` was found, and its change."""
        unchanged = Mended("", part)
        if not any(may_be_fixed(finding, unsafe=self._unsafe) for finding in part.findings):
            return unchanged, None
        try:
            given, decoded = self._read(path, part)
            real = os.path.realpath(self._place(path))
            if real in self._done:
                return Mended("", self._check(given._replace(data=self._done[real]))), None
            mended = Mender(given, decoded, self._check, unsafe=self._unsafe).mend(part)
            if mended.text == decoded.text:
                return mended, None
            data = decoded.encode(mended.text)
            if self._write and not self._is_given(path):
                self._store(self._place(path), given.data, data)
            self._done[real] = data
        except AuditError as error:
            unchanged.refused.append(Failure(path, str(error), line=getattr(error, "line", None)))
            return unchanged, None
        return mended, Change(path, decoded.text, mended.text, data, mended.fixed)

    def _read(self, path: str, part: Report) -> tuple[files.StandardInput, files.Decoded]:
        """Return what a file holds, and as which text; raise `AuditError` where that is not what was checked."""
        place = self._place(path)
        if self._standard_input is not None and self._is_given(path):
            given = self._standard_input
        elif os.path.exists(place) and not os.path.isfile(place):
            raise AuditError("cannot be fixed: it is a device or pipe, not a file")
        else:
            given = files.StandardInput(path, files.content(place), path in self._named)
        decoded = files.decoded(given.data)
        is_done = os.path.realpath(place) in self._done
        if not is_done and part.documents[0].digest != articles.digest(decoded.text):
            raise AuditError("was not fixed: it has changed since it was checked")
        if decoded.encode(decoded.text) != given.data:
            raise AuditError(f"was not fixed: it cannot be written again in {decoded.encoding} as it stands")
        return given, decoded

    def _store(self, place: str, before: bytes, after: bytes) -> None:
        if not os.stat(place).st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise AuditError("was not fixed: it is read-only")
        if files.content(place) != before:
            raise AuditError("was not fixed: it has changed since it was checked")
        try:
            files.replace(Path(place), after)
        except OSError as error:
            raise AuditError(f"was not fixed: it cannot be written: {error.strerror or error}") from None

    def _is_given(self, path: str) -> bool:
        return self._standard_input is not None and path == self._standard_input.shown

    def _place(self, path: str) -> str:
        return str(self._root / path)


def _by_path(report: Report) -> dict[str, Report]:
    """Return the parts of a report by the paths of their files."""
    parts: dict[str, Report] = {}

    def part(path: str) -> Report:
        if path not in parts:
            parts[path] = replace(report, documents=[], findings=[], failures=[], suppressed=[])
        return parts[path]

    for document in report.documents:
        part(document.path).documents.append(document)
    for finding in report.findings:
        part(finding.path).findings.append(finding)
    for finding in report.suppressed:
        part(finding.path).suppressed.append(finding)
    for failure in report.failures:
        part(failure.path).failures.append(failure)
    return parts


def fix(
    paths: Sequence[str],
    config: Config,
    standard_input: files.StandardInput | None = None,
    *,
    unsafe: bool = False,
    write: bool = True,
) -> Fixing:
    """Fix all articles that `paths` name and return what came of it; see `Fixer`."""
    fixer = Fixer(paths, config, standard_input, unsafe=unsafe, write=write)
    for _ in fixer.changes():
        pass
    return fixer.fixing
