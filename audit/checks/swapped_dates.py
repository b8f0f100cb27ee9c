"""Find dates with the month before the day in languages that set it behind: 12/31/2023."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from audit.expressions import expression
from audit.language.cldr import locale_of
from audit.model import Confidence, Document, Edit, Hit, Sighting

_DATE = expression(r"(?<![\w/.-])(0?[1-9]|1[0-2])/(1[3-9]|2\d|3[01])/((?:19|20)\d\d)(?![\w/-])")
_LONGEST_START = 5  # characters of a date before its year and slash: 12/31


@dataclass(frozen=True)
class Check:
    """Look for American dates that can be nothing else, since there is no thirteenth month."""

    @property
    def literals(self) -> Sequence[str]:
        """The slash and the century of a year."""
        return ("/19", "/20")

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the dates, each with the way in which the article's language writes it in figures."""
        language = document.target_language or "en"
        for _, start, _ in sightings:
            for begin in range(max(0, start - _LONGEST_START), start):
                match = _DATE.match(document.text, begin)
                if match is not None and match.start(3) == start + 1:
                    fix = _written(language, *map(int, match.groups()))
                    if fix is not None:
                        edits = (Edit(match.start(), match.end(), fix),)
                        yield Hit(match.start(), match.end(), Confidence.HIGH, {"fix": fix}, edits)
                    break


def _written(language: str, month: int, day: int, year: int) -> str | None:
    """Return the date as CLDR's short form of `language` has it; None where that begins with the month or is none."""
    locale = locale_of(language)
    pattern = str(locale.date_formats["short"].pattern) if locale else "M"
    if pattern.startswith("M"):
        return None
    from babel.dates import format_date

    in_full = pattern if "yyyy" in pattern else pattern.replace("yy", "y")  # the year with its century
    try:
        return str(format_date(date(year, month, day), in_full, locale))
    except ValueError:  # 30 February
        return None
