"""Find dates written with dots, as another language writes them: on Friday (18.6.), 21.12.2024."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from audit.model import Confidence, Document, Edit, Hit, Sighting
from audit.numbers.scan import Number, marked_numbers

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAY = regex.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? ?\(?$")
_LONGEST_WEEKDAY = 12
_NUMBERING = ("version ", "release ", "build ", "v. ", "firmware ")
_AFTER = regex.compile(r"\.(?=[’']s|[,;)]|\s+\p{Ll})")
_YEARS = range(1800, 2101)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Check:
    """Look among the numbers of English text: a year makes a date, and without one brackets behind a weekday do."""

    @property
    def literals(self) -> Sequence[str]:
        """None: the numbers of a document are known."""
        return ()

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the dates, with the full stop that ends them in some languages."""
        for number in document.once(marked_numbers):
            if set(number.marks) != {"."} or len(number.groups) > 3 or len(number.groups[0]) > 2:
                continue
            hit = _dated(document, number) if len(number.groups) == 3 else _bracketed(document.text, number)
            if hit is not None:
                yield hit


def _written(groups: tuple[str, ...]) -> str | None:
    """Return the date that day, month and year (if any) are, as English writes it; None if they are none."""
    if len(groups[1]) > 2:
        return None
    day, month = int(groups[0]), int(groups[1])
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return None
    return " ".join((str(day), _MONTHS[month - 1], *groups[2:]))


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
    return Hit(start, end, Confidence.HIGH if sure else Confidence.MEDIUM, {"fix": written},
               (Edit(start, end, written),) if sure else ())  # fmt: skip


def _bracketed(text: str, number: Number) -> Hit | None:
    start, end = number.start, number.end
    written = _written(number.groups)
    if written is None or text[end : end + 1] != ".":
        return None
    end += 1
    if not _WEEKDAY.search(text[max(0, start - _LONGEST_WEEKDAY) : start]):
        return None
    if text[start - 1] != "(":
        following = text[end : end + 3].strip()
        return Hit(start, end, Confidence.MEDIUM, {"fix": written}, (Edit(start, end, written),)) if (
            following[:1].islower()
        ) else None  # fmt: skip
    if text[end : end + 1] != ")":
        return None
    return Hit(start - 1, end + 1, Confidence.HIGH, {"fix": f"({written})"}, (Edit(start, end, written),))
