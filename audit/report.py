"""The types of a finished report: findings placed in their files, articles with their scores."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from audit.model import Confidence, Document, Failure, Rule, Severity

if TYPE_CHECKING:
    from datetime import date


class Position(NamedTuple):
    """A place in a decoded file: line and column start at 1, offset at 0; columns and offsets count code points."""

    line: int
    column: int
    offset: int


class RelatedPlace(NamedTuple):
    """Another place that explains a finding."""

    path: str
    start: Position
    end: Position
    text: str
    message: str


class FileEdit(NamedTuple):
    """Replace the file's `start:end` by `text`."""

    start: Position
    end: Position
    text: str


class Fix(NamedTuple):
    """Edits of one file that mend a finding; a safe one cannot change the meaning of the article."""

    safe: bool
    edits: tuple[FileEdit, ...]


class Suppression(NamedTuple):
    """Why a finding is accepted, and where that is said; `expires` is the last day on which it holds.

    `kind` is "external" for an entry of audit-ignore.toml, "inSource" for what the article itself says, as SARIF names
    them.
    """

    kind: str
    reason: str
    path: str
    line: int
    expires: date | None = None


NEW = "new"
"""What a finding of a report is to the baseline: what it knows already is counted there, and not listed."""


@dataclass(slots=True)
class Finding:
    """A hit placed in its file, with all that a reader of the report needs to know."""

    rule: str
    severity: Severity
    confidence: Confidence
    category: str
    message: str
    path: str
    record: int | None
    start: Position
    end: Position
    text: str
    excerpt: tuple[str, str]
    fingerprint: str
    related: tuple[RelatedPlace, ...] = ()
    fix: Fix | None = None
    suppressed: Suppression | None = None
    baseline: str = NEW
    source: Any = None


def content(fingerprint: str) -> str:
    """Return what the fingerprints of findings share that are the same but for their place in the file."""
    return fingerprint.partition("-")[0]


class Notice(NamedTuple):
    """What else a run has to say, of the line of a file where there is one."""

    path: str
    line: int | None
    message: str
    closes_gate: bool = False


class Baseline(NamedTuple):
    """What a run found of the findings that were accepted when it was written, the oldest known one on `oldest`."""

    path: str
    new: int
    known: int
    resolved: int
    oldest: date | None


class Weights(NamedTuple):
    """Penalty points of a finding, by its severity or because its rule is critical (see `audit.score`)."""

    note: float = 0
    warning: float = 1
    error: float = 5
    critical: float = 25


WEIGHTS = Weights()
"""What findings weigh where nobody says otherwise: the usual multipliers of MQM."""


@dataclass(slots=True)
class Summary:
    """What the report says of a document as a whole; `words` as Unicode segments them, `score` from 0 to 100.

    `digest` is that of its file; the first document of a file may have the `line_hashes` of all that was found there,
    as `audit.reporting.linehash` writes them.
    """

    path: str
    record: int | None
    target_language: str | None
    source_language: str | None
    words: int
    score: float | None = None
    digest: int | None = None
    line_hashes: str | None = None


class Articles(Protocol):
    """The checked files, for a reporter that shows them; what has gone or changed since then is not given."""

    def text(self, path: str) -> str | None:
        """Return the decoded text of the file `path` of the report."""

    def is_utf8(self, path: str) -> bool:
        """Tell whether the file `path` of the report holds its text in UTF-8 and nothing else, such as a BOM."""

    def line_hashes(self, path: str, lines: Collection[int]) -> Mapping[int, str]:
        """Return GitHub's hashes of these lines of the file `path` of the report, at least."""

    def documents(self, path: str) -> Sequence[Document]:
        """Return the articles that the file `path` of the report holds."""


class Checkout(NamedTuple):
    """Where a report's paths lie: below `root`, in the first of `folders` that holds them, all with forward slashes."""

    root: str
    folders: tuple[str, ...]

    def path(self, shown: str, start: str | None = None) -> str:
        """Return a path of the report as a code host knows it: relative to its repository, or to `start` in there."""
        if shown == "-":
            return shown
        absolute = shown if shown.startswith("/") or shown[1:3] == ":/" else f"{self.root}/{shown}"
        folder = next((folder for folder in self.folders if absolute.startswith(f"{folder}/")), None)
        if folder is None:
            return shown
        return posixpath.relpath(absolute, start) if start else absolute[len(folder) + 1 :]


NO_CHECKOUT = Checkout("", ())
"""Where nobody knows of a repository: paths stay as they are."""


@dataclass(slots=True)
class Report:
    """The outcome of a run, or of a part of one.

    `suppressed` are the findings that somebody accepted with a reason: they count for nothing. `score` and those of
    its documents are reckoned with `weights`; `articles` are there if somebody may ask for them.
    `checkout` knows what code hosts call the paths.
    """

    version: str
    rules: Mapping[str, Rule]
    documents: list[Summary] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    weights: Weights = WEIGHTS
    score: float | None = None
    articles: Articles | None = None
    checkout: Checkout = NO_CHECKOUT
    suppressed: list[Finding] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    baseline: Baseline | None = None

    def everything(self) -> list[Finding]:
        """Return all findings, the suppressed among the others, in the order of their files."""
        if not self.suppressed:
            return self.findings
        found = [*self.findings, *self.suppressed]
        paths = [document.path for document in self.documents] + [finding.path for finding in found]
        order = {path: index for index, path in enumerate(dict.fromkeys(paths))}
        return sorted(found, key=lambda finding: (order[finding.path], finding.start.offset, finding.end.offset))
