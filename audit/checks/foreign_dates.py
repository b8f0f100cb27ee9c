"""Find dates written with dots, as another language writes them: on Friday (18.6.), 21.12.2024."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from audit.expressions import expression
from audit.language.cldr import months, weekdays
from audit.model import Confidence, Document, Edit, Hit, Sighting
from audit.numbers.scan import Number, marked_numbers

_LONGEST_WEEKDAY = 12
_NUMBERING = ("version ", "release ", "build ", "v. ", "firmware ")
_AFTER = expression(r"\.(?=[’']s|[,;)]|\s+\p{Ll})")
_YEARS = range(1800, 2101)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Check:
    """Look among the numbers of English text: a year makes a date, and without one brackets behind a weekday do."""

    literals = ()  # the numbers of a document are known

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the dates, with the full stop that ends them in some languages."""
        text = document.text
        for number in document.once(marked_numbers):
            _, end, _, marks = number
            if marks == (".",):
                hit = _bracketed(text, number) if text[end : end + 1] == "." else None
            elif marks == (".", "."):
                hit = _dated(document, number)
            else:
                continue
            if hit is not None:
                yield hit


def _written(groups: tuple[str, ...]) -> str | None:
    """Return the date that day, month and year (if any) are, as English writes it; None if they are none."""
    if len(groups[0]) > 2 or len(groups[1]) > 2:
        return None
    day, month = int(groups[0]), int(groups[1])
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return None
    return " ".join((str(day), months("en")[month - 1], *groups[2:]))


@cache
def _behind_weekday() -> regex.Pattern[str]:
    return expression(rf"(?:{'|'.join(weekdays('en'))}),? ?\(?$")


def _dated(document: Document, number: Number) -> Hit | None:
    text, start, end = document.text, number.start, number.end
    if len(number.groups[2]) != 4 or int(number.groups[2]) not in _YEARS:
        return None
    written = _written(number.groups)
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if text[max(0, start - 9) : start].lower().endswith(_NUMBERING):
        return None
    if written is None or before.isalnum() or before in tuple("/-_.@#") or after.isalnum() or after in tuple("/-_@"):
        return None
    stop = _AFTER.match(text, end)
    end = stop.end() if stop else end
    sure = int(number.groups[0]) > 12 or document.source_language is not None
    edits = (Edit(start, end, written),) if sure else ()
    return Hit(start, end, Confidence.HIGH if sure else Confidence.MEDIUM, {"fix": written}, edits)


def _bracketed(text: str, number: Number) -> Hit | None:
    """Return the hit of a day and a month, which may be anything but behind a weekday: on Friday (18.6.)."""
    start, end = number.start, number.end
    if text[end : end + 1] != "." or (written := _written(number.groups)) is None:
        return None
    end += 1
    if not _behind_weekday().search(text[max(0, start - _LONGEST_WEEKDAY) : start]):
        return None
    edits = (Edit(start, end, written),)
    if text[start - 1] != "(":
        goes_on = text[end : end + 3].strip()[:1].islower()
        return Hit(start, end, Confidence.MEDIUM, {"fix": written}, edits) if goes_on else None
    if text[end : end + 1] != ")":
        return None
    return Hit(start - 1, end + 1, Confidence.HIGH, {"fix": f"({written})"}, edits)
