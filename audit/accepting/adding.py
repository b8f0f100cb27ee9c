"""Add an entry to audit-ignore.toml, at its end: what others wrote there stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from audit.accepting import ignorefile
from audit.accepting.rewriting import alone_with, rewrite
from audit.configuration.tomltext import written
from audit.model import AuditError, Rule
from audit.report import Finding
from audit.text import shorten

_MOST_NAMED = 5


def meant(fingerprint: str, findings: Iterable[Finding]) -> Finding:
    """Return the one finding whose fingerprint begins so; raise `AuditError` if there is none, or more than one.

    Behind the dash stands the rank of one among equals: “1a2b3c” is the first of them, “1a2b3c-2” the second.
    """
    content, _, rank = fingerprint.lower().partition("-")
    there = list(findings)
    found = [one for one in there if one.fingerprint.startswith(content) and _rank(one) == (rank or "1")]
    if not content or not found:
        raise AuditError(f"nothing that is found here has the fingerprint “{fingerprint}”{_known(there)}")
    if len(found) > 1:
        raise AuditError(f"“{fingerprint}” begins {len(found):,} fingerprints: {_named(found)}")
    return found[0]


def _rank(finding: Finding) -> str:
    return finding.fingerprint.partition("-")[2] or "1"


def _known(findings: Sequence[Finding]) -> str:
    if not findings:
        return ": nothing is found at all"
    return f"; there are {_named(findings)}" if len(findings) <= _MOST_NAMED else "; `audit run` shows them in brackets"


def _named(findings: Sequence[Finding]) -> str:
    named = [f"{one.fingerprint} ({one.path}:{one.start.line})" for one in findings[:_MOST_NAMED]]
    return ", ".join(named) + (", …" if len(findings) > _MOST_NAMED else "")


def add(path: Path, finding: Finding, reason: str, expires: date | None, rules: Sequence[Rule]) -> int:
    """Add an entry for `finding` to the file `path`, which need not be there; return the line where it begins.

    Raises `AuditError` if the file holds a mistake or an entry for the finding already, or cannot be written.
    """
    if not reason.strip():
        raise AuditError("a finding is ignored for a reason: say it with --reason")
    with alone_with(path):
        before = _text(path)
        for entry in ignorefile.parse(before, str(path), rules):
            if entry.fingerprint == finding.fingerprint:
                raise AuditError(f"{path}:{entry.line}: is there already: “{entry.reason}”; change it there")
        end = "\r\n" if "\r\n" in before else "\n"
        gap = "" if not before else end if before.endswith("\n") else 2 * end
        after = f"{before}{gap}{_entry(finding, reason, expires).replace(chr(10), end)}"
        try:
            line = ignorefile.parse(after, str(path), rules)[-1].line
        except AuditError:
            raise AuditError(f"{path}: its entries are no [[ignore]] tables: add this one by hand") from None
        if any("\ud800" <= letter <= "\udfff" for letter in after):
            raise AuditError("the path or the reason holds half of a letter, which no TOML file can")
        rewrite(path, lambda stream: stream.writelines([after]))
    return line


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return stream.read()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise AuditError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise AuditError(f"{path}: is not UTF-8 ({error.reason} at byte {error.start})") from None


def _entry(finding: Finding, reason: str, expires: date | None) -> str:
    before, after = finding.excerpt
    seen = shorten(f"{before}{shorten(finding.text)}{after}", 110)
    comment = "".join(sign if sign.isprintable() else " " for sign in seen)
    lines = [
        f"# {comment}",
        f"[[{ignorefile.TABLE}]]",
        f"fingerprint = {written(finding.fingerprint)}",
        f"path = {written(finding.path)}",
        f"rule = {written(finding.rule)}",
        f"reason = {written(reason.strip())}",
    ]
    return "\n".join([*lines, *([f"expires = {expires}"] if expires else [])]) + "\n"
