"""Place what checks found in a document's text in its file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from hashlib import blake2b

from audit.model import Document, File, Hit, Related, Rule
from audit.report import FileEdit, Finding, Fix, Position, RelatedPlace
from audit.text import line_starts, shorten
from audit.writing.edits import file_edit

_EXCERPT = 60  # characters shown before and after a finding
_SENTENCE = 200  # characters of the sentence around a finding that enter its fingerprint
_SENTENCE_ENDS = (". ", "! ", "? ", "。")


class _Values(dict[str, str]):
    """Values of a message; a name that a check does not give stays as it is written."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


class Placer:
    """Turns the hits in the documents of one file into findings; documents come in the order of the file."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._lines: list[int] = []
        self._ranks: dict[str, int] = {}

    def place(self, document: Document, hits: Sequence[tuple[Rule, Hit]]) -> list[Finding]:
        """Return the findings that `hits` are in the file."""
        if hits and not self._lines:
            self._lines = line_starts(self._file.text)
        return [self._finding(document, rule, hit) for rule, hit in hits]

    def line(self, offset: int) -> int:
        """Return the line of the file in which `offset` lies."""
        self._lines = self._lines or line_starts(self._file.text)
        return bisect_right(self._lines, offset)

    def _position(self, offset: int) -> Position:
        line = bisect_right(self._lines, offset)
        return Position(line, offset - self._lines[line - 1] + 1, offset)

    def _finding(self, document: Document, rule: Rule, hit: Hit) -> Finding:
        start, end = hit.start, hit.end
        found = document.text[start:end]
        span = document.offsets.place(start, end)
        before, after = _around(document, start, end)
        first, last = self._position(span.start), self._position(span.end)
        return Finding(
            rule=rule.id,
            severity=rule.severity,
            confidence=hit.confidence,
            category=rule.category,
            message=rule.message.format_map(_Values({"found": shorten(found), **hit.values})),
            path=document.path,
            record=document.record,
            start=first,
            end=last,
            text=found,
            excerpt=(before[-_EXCERPT:], after[:_EXCERPT]),
            fingerprint=self._fingerprint(document, rule, found, _sentence(before, found, after)),
            related=tuple([self._related(document, other) for other in hit.related]),
            fix=self._fix(document, hit, first, last) if hit.edits else None,
        )

    def _related(self, document: Document, other: Related) -> RelatedPlace:
        span = document.offsets.place(other.start, other.end)
        text = document.text[other.start : other.end]
        return RelatedPlace(document.path, self._position(span.start), self._position(span.end), text, other.message)

    def _fix(self, document: Document, hit: Hit, first: Position, last: Position) -> Fix | None:
        """Return the hit's edits in the file, if all can be made there; the hit itself lies at `first` to `last`."""
        edits = []
        for edit in hit.edits:
            placed = file_edit(document, self._file.text, edit)
            if placed is None:
                return None
            start = first if placed.start == first.offset else self._position(placed.start)
            end = last if placed.end == last.offset else self._position(placed.end)  # most edits end where the hit does
            edits.append(FileEdit(start, end, placed.text))
        return Fix(hit.safe, tuple(edits))

    def _fingerprint(self, document: Document, rule: Rule, found: str, sentence: str) -> str:
        """Return a name for the finding that survives edits elsewhere: it knows no line numbers.

        Findings of equal content share all but the rank behind the dash (see `audit.report.content`).
        """
        key = f"{rule.id}\0{document.path}\0{found}\0{' '.join(sentence.casefold().split())}"
        self._ranks[key] = rank = self._ranks.get(key, 0) + 1
        content = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return content if rank == 1 else f"{content}-{rank}"


def _around(document: Document, start: int, end: int) -> tuple[str, str]:
    """Return what its block has before and after `start:end`, at most `_SENTENCE` characters each."""
    block = document.block_at(start)
    if block is None:
        return "", ""
    low, high = max(block.start, start - _SENTENCE), min(block.end, end + _SENTENCE)
    return document.text[low:start], document.text[end:high]


def _sentence(before: str, found: str, after: str) -> str:
    """Return the sentence in which `found` stands between `before` and `after`."""
    if not (before or after):  # a whole block, as many are
        return found
    first = max([before.rfind(end) for end in _SENTENCE_ENDS]) + 1
    stops = [stop for end in _SENTENCE_ENDS if (stop := after.find(end)) >= 0]
    return before[first:] + found + (after[: min(stops)] if stops else after)
