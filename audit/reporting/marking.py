"""An article cut into stretches wherever a finding begins or ends, so that findings may overlap and cross blocks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from audit.model import Block


class Stretch(NamedTuple):
    """The span `start:end` of a text, and the indices of the marks that cover it, the shortest first."""

    start: int
    end: int
    marks: tuple[int, ...]


def stretches(blocks: Sequence[Block], spans: Sequence[tuple[int, int]]) -> Iterator[list[Stretch]]:
    """Yield the stretches of each of `blocks`, which are in order; `spans` are the marks.

    A mark without length is an empty stretch of its own. What lies between two blocks is not shown.
    """
    cuts = sorted({position for span in spans for position in span})
    waiting = sorted((start, end, index) for index, (start, end) in enumerate(spans) if start < end)
    waiting.reverse()
    points = sorted((start, index) for index, (start, end) in enumerate(spans) if start == end)
    active: list[tuple[int, int, int]] = []  # length, index, end
    for block in blocks:
        found: list[Stretch] = []
        inside = cuts[bisect_right(cuts, block.start) : bisect_left(cuts, block.end)]
        for start, end in pairwise((block.start, *inside, block.end)):
            while waiting and waiting[-1][0] <= start:
                opened, closed, index = waiting.pop()
                active.append((closed - opened, index, closed))
            active = sorted(mark for mark in active if mark[2] > start)
            found += _points_at(points, start)
            found.append(Stretch(start, end, tuple(index for _, index, _ in active)))
        found += _points_at(points, block.end)
        yield found


def _points_at(points: Sequence[tuple[int, int]], position: int) -> Iterator[Stretch]:
    for _, index in points[bisect_left(points, (position, -1)) : bisect_left(points, (position + 1, -1))]:
        yield Stretch(position, position, (index,))
