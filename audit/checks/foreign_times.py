"""Find times of day written as in another language: at 20.30 hours, 22.30 o'clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from audit.model import Confidence, Document, Edit, Hit, Sighting

_CLOCK = regex.compile(r"(?<![\d.,:$£€])(?:([01]?\d|2[0-4])[.:]([0-5]\d)|(1[3-9]|2[0-4]))[ \u00a0]$")
_AT = regex.compile(
    r"\b(?:at|around|by|from|until|till|since|before|between|and|to|about"
    r"|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"[ \u00a0]$"
)
_LONGEST_TIME, _LONGEST_BEFORE = 6, 14
_NAMED_BY_HOUR = ("o'clock", "o' clock")


@dataclass(frozen=True)
class Check:
    """Look before the words that English does not set behind such times."""

    @property
    def literals(self) -> Sequence[str]:
        """The words, folded."""
        return ("o'clock", "o' clock", "hours", "hrs")

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the times with their word; before "hours" a preposition of time has to stand: 2.30 hours may last."""
        text = document.text
        for literal, start, end in sightings:
            match = _CLOCK.search(text[max(0, start - _LONGEST_TIME - 2) : start])
            if match is None or text[end : end + 1].isalnum():
                continue
            begin = start - (match.end() - match.start())
            if literal not in _NAMED_BY_HOUR and not (
                match.group(1) and _is_clock_time(text[max(0, begin - _LONGEST_BEFORE) : begin])
            ):
                continue
            fix = f"{match.group(1)}:{match.group(2)}" if match.group(1) else f"{match.group(3)}:00"
            yield Hit(begin, end, Confidence.MEDIUM, {"fix": fix}, (Edit(begin, end, fix),))


def _is_clock_time(before: str) -> bool:
    return _AT.search(before) is not None and "compared to" not in before
