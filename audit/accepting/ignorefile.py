"""Read audit-ignore.toml: findings that somebody accepted, each with the reason, some until a day."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from audit.model import AuditError, Rule
from audit.rulebook.rulenames import fits, unknown
from audit.suggest import did_you_mean

NAME = "audit-ignore.toml"
TABLE = "ignore"
_TEXTS = ("fingerprint", "path", "rule", "text", "reason")
_KEYS = (*_TEXTS, "expires")
_FINGERPRINT = re.compile(r"[0-9a-f]{32}(?:-[1-9]\d{0,8})?")
_PLACE = re.compile(r"\(at line (\d+)")
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*'
    r"|^[ \t]*\[\[[ \t]*(?:ignore|\"ignore\"|'ignore')[ \t]*\]\]",
    re.DOTALL | re.MULTILINE,
)


class Entry(NamedTuple):
    """Findings that are accepted: the one of a `fingerprint`, or all that `path`, `rule` and `text` mean.

    `rules` are the ids that the glob `rule` means.
    """

    line: int
    reason: str
    fingerprint: str | None = None
    path: str | None = None
    rule: str | None = None
    text: str | None = None
    expires: date | None = None
    rules: frozenset[str] = frozenset()


def read(path: Path, rules: Sequence[Rule]) -> list[Entry]:
    """Return the entries of the file `path`; raise `AuditError` with file and line for a mistake in it.

    `rules` are all that there are: an entry for a rule that is not among them is a mistake.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return parse(stream.read(), str(path), rules)
    except OSError as error:
        raise AuditError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise AuditError(f"{path}: is not UTF-8 ({error.reason} at byte {error.start})") from None


def parse(text: str, name: str, rules: Sequence[Rule]) -> list[Entry]:
    """Return the entries in the text of the file called `name`; raise `AuditError` as `read` does."""
    tables = _tables(text, name)
    lines = [text.count("\n", 0, found.end()) + 1 for found in _TOKEN.finditer(text) if found[0].endswith("]]")]
    lines = lines if len(lines) == len(tables) else [1] * len(tables)  # they are written as one list
    ends = [*lines[1:], text.count("\n") + 2][: len(tables)]
    source = text.split("\n")
    entries: list[Entry] = []
    named: dict[str, int] = {}
    for table, line, end in zip(tables, lines, ends, strict=True):
        entry = _Reader(f"{name}:", source, line, end, rules).entry(table)
        if entry.fingerprint in named:
            raise AuditError(f"{name}:{line}: the fingerprint stands at line {named[entry.fingerprint]}, too")
        if entry.fingerprint is not None:
            named[entry.fingerprint] = line
        entries.append(entry)
    return entries


def _tables(text: str, name: str) -> list[Any]:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = f":{place[1]}" if place else ""
        raise AuditError(f"{name}{line}: {str(error).partition(' (at ')[0]}") from None
    source = text.split("\n")
    for key, value in tree.items():
        sets = re.compile(rf"""[\s\[\"']*{re.escape(key)}\b""")
        at = next((number for number, row in enumerate(source, 1) if sets.match(row)), 1)
        if key != TABLE:
            raise AuditError(f"{name}:{at}: unknown key “{key}”{did_you_mean(key, (TABLE,))}")
        if not isinstance(value, list):
            raise AuditError(f"{name}:{at}: “{TABLE}” is a list of entries: each begins with [[{TABLE}]]")
    tables: list[Any] = tree.get(TABLE, [])
    return tables


class _Reader:
    """Reads one entry, and tells mistakes with its lines."""

    def __init__(self, name: str, source: Sequence[str], line: int, end: int, rules: Sequence[Rule]) -> None:
        self._name, self._source, self._line, self._end, self._rules = name, source, line, end, rules

    def entry(self, table: Any) -> Entry:
        if not isinstance(table, Mapping):
            raise self._mistake("an entry is a table: {fingerprint = “…”, reason = “…”}")
        for key in table:
            if key not in _KEYS:
                raise self._mistake(f"unknown key “{key}”{did_you_mean(key, _KEYS)}", key)
        values = {key: self._text(table, key) for key in _TEXTS if key in table}
        if "reason" not in values:
            raise self._mistake("an entry needs a reason: reason = “…”")
        self._check(values)
        rules = self._meant(values["rule"]) if "rule" in values else frozenset(rule.id for rule in self._rules)
        return Entry(self._line, expires=self._day(table), rules=rules, **values)

    def _check(self, values: Mapping[str, str]) -> None:
        """Raise an error unless the entry says which findings it means, in one way."""
        if "fingerprint" in values:
            if not _FINGERPRINT.fullmatch(values["fingerprint"]):
                raise self._mistake("“fingerprint” wants one from a report: 32 digits from 0 to f", "fingerprint")
            if "text" in values:
                raise self._mistake("an entry has a fingerprint or a text, not both", "text")
        elif "rule" not in values:
            raise self._mistake("an entry needs a fingerprint or a rule (rule = “*” for all)")

    def _text(self, table: Mapping[str, Any], key: str) -> str:
        value = table[key]
        if not isinstance(value, str) or not value.strip():
            raise self._mistake(f"“{key}” wants a text", key)
        return value

    def _meant(self, glob: str) -> frozenset[str]:
        if problem := unknown(self._rules, glob):
            raise self._mistake(problem, "rule")
        return frozenset(rule.id for rule in self._rules if fits(rule, glob))

    def _day(self, table: Mapping[str, Any]) -> date | None:
        value = table.get("expires")
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise self._mistake("“expires” wants a date without quotation marks: expires = 2026-12-31", "expires")

    def _mistake(self, message: str, key: str | None = None) -> AuditError:
        """Return the error at the line of `key`, or of the entry."""
        rows = range(self._line, min(self._end, len(self._source) + 1)) if key else ()
        sets = re.compile(rf"""[\s{{,]*["']?{re.escape(key or "")}["']?\s*=""")
        line = next((row for row in rows if sets.match(self._source[row - 1])), self._line)
        return AuditError(f"{self._name}{line}: {message}")
