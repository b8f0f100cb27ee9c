"""How much work a call does, counted instead of timed: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def effort(call: Callable[[], object]) -> int:
    """Return how often `call` enters a function, of Python or of a library, and how many of its lines run."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += 1
        return counted

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(counted)
    sys.setprofile(lambda frame, event, argument: counted(frame, event, argument) and None)
    try:
        call()
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
    return count
