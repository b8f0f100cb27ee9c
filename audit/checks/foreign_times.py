"""Find times of day written as in another language: at 20.30 hours, 22.30 o'clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from audit.expressions import expression
from audit.language.cldr import weekdays
from audit.model import Confidence, Document, Edit, Hit, Sighting

_CLOCK = expression(
    r"(?<![\d.,:$£€])"
    r"(?:(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d)|(?P<hour>1[3-9]|2[0-4])|(?P<early>\d))[ \u00a0]$"
)
_LONGEST_TIME, _LONGEST_BEFORE = 8, 14
_OCLOCK = ("o'clock", "o' clock")
_UHR = "uhr"
_POLICE = expression(r"0\d:")


@dataclass(frozen=True)
class Check:
    """Look before the words that English does not set behind such times."""

    @property
    def literals(self) -> Sequence[str]:
        """The words, folded."""
        return (*_OCLOCK, _UHR, "hours", "hrs")

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the times with their word; before "hours" a preposition of time has to stand: 2.30 hours may last."""
        text = document.text
        for literal, start, end in sightings:
            match = _CLOCK.search(text[max(0, start - _LONGEST_TIME) : start])
            if match is None or text[end : end + 1].isalnum() or (match["early"] and literal != _UHR):
                continue
            begin = start - (match.end() - match.start())
            counted = literal not in (*_OCLOCK, _UHR)
            if counted and not (match["minute"] and _is_clock_time(text[max(0, begin - _LONGEST_BEFORE) : begin])):
                continue
            # Police and armed forces say "at 03:49 hours", in English too.
            confidence = Confidence.LOW if counted and _POLICE.match(match[0]) else Confidence.MEDIUM
            fix = f"{match['hour'] or match['early']}:{match['minute'] or '00'}"
            yield Hit(begin, end, confidence, {"fix": fix}, (Edit(begin, end, fix),))


def _is_clock_time(before: str) -> bool:
    return _before_time().search(before) is not None and "compared to" not in before


@cache
def _before_time() -> regex.Pattern[str]:
    days = "|".join(weekdays("en"))
    words = "at|around|by|from|until|till|since|before|between|and|to|about"
    return expression(rf"\b(?:{words}|on (?:{days}))[ \u00a0]$")
