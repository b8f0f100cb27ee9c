"""Let a baseline only shrink: tell where findings grew in number, and take out what is no longer there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from audit.accepting import baseline
from audit.accepting.baseline import Known
from audit.accepting.rewriting import alone_with, rewrite
from audit.report import Notice, content


def growth(new: Mapping[tuple[str, str], int], resolved: Iterable[Known]) -> Iterator[Notice]:
    """Yield a notice that closes the gate for each file in which a rule finds more than before.

    `new` says how many new findings there are by path and rule.
    """
    grown = Counter(new)
    grown.subtract((entry.path, entry.rule) for entry in resolved)
    for (path, rule), count in sorted(grown.items()):
        if count > 0:
            more = "1 finding more" if count == 1 else f"{count:,} findings more"
            yield Notice(path, None, f"{rule}: {more} than the baseline has of this file", closes_gate=True)


def shrink(path: Path, resolved: Collection[Known]) -> None:
    """Take the entries `resolved` out of the baseline `path`; raise `AuditError` if that cannot be done.

    It is read again before, since another run may have taken out others by now.
    """
    with alone_with(path):
        gone = Counter(_content(entry) for entry in resolved)
        kept = []
        for entry in sorted(baseline.read(path), key=lambda entry: (entry.since, entry.fingerprint), reverse=True):
            if gone[_content(entry)] > 0:
                gone[_content(entry)] -= 1
            else:
                kept.append(entry)
        rewrite(path, partial(baseline.write, baseline.numbered(kept)))


def _content(entry: Known) -> str:
    return content(entry.fingerprint)
