"""Apply the fixes of a report to the text of a file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from audit.report import Fix


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Return `text` with `fixes` applied, and the fixes left out because they overlap an earlier one.

    All edits of a fix are applied, or none.
    """
    taken: list[tuple[int, int, str]] = []  # sorted, and none overlaps another
    left: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: fix.edits[0].start.offset):
        edits = [(edit.start.offset, edit.end.offset, edit.text) for edit in fix.edits]
        before = len(taken)
        for edit in edits:
            place = bisect_left(taken, edit)
            if any(_overlap(edit, other) for other in taken[max(0, place - 1) : place + 1]):
                break
            taken.insert(place, edit)
        if len(taken) - before < len(edits):
            for edit in edits[: len(taken) - before]:
                taken.remove(edit)
            left.append(fix)
    parts, position = [], 0
    for start, end, replacement in taken:
        parts += [text[position:start], replacement]
        position = end
    return "".join([*parts, text[position:]]), left


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return (one[0] < other[1] and other[0] < one[1]) or one[:2] == other[:2]
