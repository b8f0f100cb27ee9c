"""The baseline file: the findings that a team has for now, by their content, each with the day it was accepted."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from audit.model import AuditError, Confidence
from audit.report import Finding, content
from audit.text import shorten

NAME = "audit-baseline.json"
VERSION = 1
_HOW = "`audit baseline PATH… -o FILE` writes a new one"
_FINGERPRINT = re.compile(r"[0-9a-f]{32}(?:-[1-9]\d{0,8})?")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Known(NamedTuple):
    """A finding of the baseline; `since` is the day on which it was first accepted, `text` is there for people."""

    path: str
    rule: str
    fingerprint: str
    confidence: Confidence
    text: str
    since: date


def read(path: Path) -> list[Known]:
    """Return the entries of a baseline; raise `AuditError` with file and line if it is none, or of another version."""
    try:
        text = path.read_text(encoding="utf-8")
        tree = json.loads(text)
    except FileNotFoundError:
        raise AuditError(f"{path}: there is no such baseline; {_HOW}") from None
    except OSError as error:
        raise AuditError(f"{path}: {error.strerror or error}") from None
    except json.JSONDecodeError as error:
        raise AuditError(f"{path}:{error.lineno}: is not JSON: {error.msg}; {_HOW}") from None
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise AuditError(f"{path}: is no baseline: {error}; {_HOW}") from None
    if not isinstance(tree, dict) or not isinstance(tree.get("baseline"), list):
        raise AuditError(f"{path}:1: is no baseline of audit; {_HOW}")
    if tree.get("version") != VERSION or isinstance(tree["version"], bool):
        line = _line(text, r'"version"', 0)
        told = f"is a baseline of version {tree.get('version')!r}, and this audit reads version {VERSION}"
        raise AuditError(f"{path}:{line}: {told}; {_HOW}")
    known = []
    for number, entry in enumerate(tree["baseline"]):
        try:
            known.append(_known(entry))
        except (KeyError, TypeError, ValueError):
            line = _line(text, r"^[ \t]*\{", number + 1)
            raise AuditError(f"{path}:{line}: holds an entry that is none of audit’s; {_HOW}") from None
    return known


def _known(entry: Any) -> Known:
    texts = [entry[key] for key in ("path", "rule", "fingerprint", "text")]
    if not all(isinstance(text, str) for text in texts) or not _FINGERPRINT.fullmatch(entry["fingerprint"]):
        raise ValueError
    path, rule, fingerprint, text = texts
    return Known(
        path, rule, fingerprint, Confidence.parse(entry["confidence"]), text, date.fromisoformat(entry["since"])
    )


def _line(text: str, pattern: str, number: int) -> int:
    """Return the line of match `number` of a pattern in `text`, 1 if there are fewer."""
    found = [match.start() for match in re.finditer(pattern, text, re.MULTILINE)]
    return text.count("\n", 0, found[number]) + 1 if number < len(found) else 1


def write(known: Iterable[Known], stream: TextIO) -> None:
    """Write a baseline, an entry on each line, sorted, so that changes of two people merge."""
    stream.write(f'{{"version": {VERSION}, "baseline": [')
    lines = ",\n".join(map(_encoded, sorted(known)))
    stream.write(f"\n{lines}\n]}}\n" if lines else "]}\n")


def _encoded(known: Known) -> str:
    entry = {**known._asdict(), "confidence": str(known.confidence), "since": known.since.isoformat()}
    line = json.dumps(entry, ensure_ascii=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


class Multiset:
    """The entries of a baseline by content, each of which stands for one finding: the oldest are taken first."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._left: dict[str, list[Known]] = defaultdict(list)
        self._taken: list[Known] = []
        for entry in sorted(known, key=lambda entry: (entry.since, entry.fingerprint), reverse=True):
            self._left[content(entry.fingerprint)].append(entry)

    def take(self, finding: Finding) -> Known | None:
        """Return an entry that stands for `finding` and for no other one, None if there is none."""
        left = self._left.get(content(finding.fingerprint))
        if not left:
            return None
        self._taken.append(left.pop())
        return self._taken[-1]

    def put_back(self) -> None:
        """Have all entries again, as in the beginning."""
        while self._taken:
            entry = self._taken.pop()
            self._left[content(entry.fingerprint)].append(entry)

    def left(self) -> Iterator[Known]:
        """Yield the entries that were not taken."""
        for entries in self._left.values():
            yield from entries


def accept(findings: Iterable[Finding], before: Iterable[Known], today: date) -> tuple[list[Known], list[Known]]:
    """Return `findings` as entries, and those of `before` that stand for none of them.

    A finding that `before` knows keeps the day on which it was first accepted.
    """
    old = Multiset(before)
    pairs = [(finding, old.take(finding)) for finding in findings]
    accepted = [_entry(finding, entry.since if entry else today) for finding, entry in pairs]
    return numbered(accepted), list(old.left())


def numbered(known: Iterable[Known]) -> list[Known]:
    """Return the entries with their ranks among those of equal content counted anew."""
    ranks: defaultdict[str, int] = defaultdict(int)
    result = []
    for entry in sorted(known, key=lambda entry: (entry.since, entry.fingerprint)):
        key = content(entry.fingerprint)
        ranks[key] += 1
        result.append(entry._replace(fingerprint=key if ranks[key] == 1 else f"{key}-{ranks[key]}"))
    return result


def _entry(finding: Finding, since: date) -> Known:
    text = shorten(finding.text)
    return Known(finding.path, finding.rule, finding.fingerprint, finding.confidence, text, since)


class Scope(NamedTuple):
    """What a run could find: in the files `paths`, by `rules`, at least as sure as `least`."""

    paths: frozenset[str]
    rules: Mapping[str, object]
    least: Confidence

    def holds(self, known: Known) -> bool:
        """Tell whether the run would have found an entry again if it were still there."""
        return known.path in self.paths and known.rule in self.rules and known.confidence >= self.least
