"""Hold findings against the entries of audit-ignore.toml, and tell in the end which are expired or unused."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from audit.accepting.ignorefile import Entry
from audit.configuration import pathglobs
from audit.report import Finding, Notice, Suppression


class Entries:
    """The entries of the file that reports call `path`, and what each of them has met so far."""

    def __init__(self, entries: Sequence[Entry], path: str, today: date) -> None:
        self._entries, self._path, self._today = entries, path, today
        self._named = {entry.fingerprint: entry for entry in entries if entry.fingerprint is not None}
        self._meaning: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.fingerprint is None:
                for rule in entry.rules:
                    self._meaning[rule].append(entry)
        self._met: Counter[int] = Counter()
        self._first: dict[int, Finding] = {}

    def suppression(self, finding: Finding) -> Suppression | None:
        """Return why a finding is accepted, None if it is not."""
        found = None
        for entry in self._meant(finding):
            self._met[id(entry)] += 1
            self._first.setdefault(id(entry), finding)
            if found is None and not self._is_expired(entry):
                found = Suppression("external", entry.reason, self._path, entry.line, entry.expires)
        return found

    def _meant(self, finding: Finding) -> Iterator[Entry]:
        if finding.fingerprint in self._named:
            yield self._named[finding.fingerprint]
        for entry in self._meaning.get(finding.rule, ()):
            if (entry.path is None or pathglobs.matches(finding.path, entry.path)) and (
                entry.text is None or _stands_in(finding, entry.text)
            ):
                yield entry

    def _is_expired(self, entry: Entry) -> bool:
        return entry.expires is not None and entry.expires < self._today

    def notices(self, was_checked: Callable[[Entry], bool]) -> Iterator[Notice]:
        """Yield what there is to say of entries that expired or, if all that they mean was checked, met nothing."""
        for entry in self._entries:
            met = self._met[id(entry)]
            since = f"expired on {entry.expires}" if self._is_expired(entry) else ""
            if since and met:
                first = self._first[id(entry)]
                again = "1 finding is" if met == 1 else f"{met:,} findings are"
                place = f"{first.path}:{first.start.line}{', …' if met > 1 else ''}"
                yield self._notice(entry, f"{since}: {again} no longer ignored ({first.rule} at {place})")
            elif not met and was_checked(entry):
                yield self._notice(entry, f"{since and f'{since}, and '}matches nothing any more: take it out")

    def _notice(self, entry: Entry, message: str) -> Notice:
        return Notice(self._path, entry.line, f"{message}; its reason was “{entry.reason}”")


def _stands_in(finding: Finding, phrase: str) -> bool:
    """Tell whether `phrase` is what was found, or stands around it."""
    if finding.text == phrase:
        return True
    before, after = finding.excerpt
    start = len(before)
    around = f"{before}{finding.text}{after}"
    return around.find(phrase, max(0, start + len(finding.text) - len(phrase)), start + len(phrase)) >= 0
