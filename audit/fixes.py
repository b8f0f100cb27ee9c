"""Apply the fixes of a report to the text of a file."""

from __future__ import annotations

from collections.abc import Iterable

from audit.report import Fix


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Return `text` with `fixes` applied, and the fixes left out because they overlap an earlier one.

    All edits of a fix are applied, or none.
    """
    taken: list[tuple[int, int]] = []
    edits: list[tuple[int, int, str]] = []
    left: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: fix.edits[0].start.offset):
        spans = [(edit.start.offset, edit.end.offset) for edit in fix.edits]
        if any(_overlap(span, other) for span in spans for other in taken[-_RECENT:]):
            left.append(fix)
            continue
        taken += spans
        edits += [(*span, edit.text) for span, edit in zip(spans, fix.edits, strict=True)]
    parts, position = [], 0
    for start, end, replacement in sorted(edits):
        parts += [text[position:start], replacement]
        position = end
    return "".join([*parts, text[position:]]), left


_RECENT = 64  # fixes come sorted, so that only the last ones can overlap the next


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return (one[0] < other[1] and other[0] < one[1]) or one == other
