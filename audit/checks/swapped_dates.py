"""Find dates with the month before the day in languages that set it behind: 12/31/2023; Juni 18, 2025."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import regex

from audit.expressions import expression
from audit.language.cldr import locale_of, months
from audit.model import Confidence, Document, Edit, Hit, Sighting

_IN_FIGURES = expression(r"(?<![\w/.-])(0?[1-9]|1[0-2])/(1[3-9]|2\d|3[01])/((?:19|20)\d\d)(?![\w/-])")
_IN_WORDS = expression(r"(?<![\p{L}\p{N}])(\p{L}{3,12}) ([1-9]|[12]\d|3[01]), ((?:19|20)\d\d)(?!\d)")
_LONGEST_START = 5  # characters of a date in figures before its year and slash: 12/31
_LONGEST_MONTH = 16  # characters before the comma: the longest name of a month, and a day
_YEAR_BEHIND = expression(r"\s?(?:г|р)\.$")  # which CLDR writes in Russian and Ukrainian
_ITS_WORD = expression(r" (?:год|рок)|\.")  # as the text has it, or the end of the sentence


@dataclass(frozen=True)
class Check:
    """Look for American dates that can be nothing else: there is no thirteenth month, and no name behind a comma."""

    @property
    def literals(self) -> Sequence[str]:
        """The century of a year, behind what stands before it."""
        return ("/19", "/20", ", 19", ", 20")

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the dates, each with the way in which the article's language writes it."""
        language = document.target_language or "en"
        for literal, start, _ in sightings:
            named = literal[0] == ","
            match = _ending_at(document.text, start, named)
            fix = _in_words(language, match) if match and named else _in_figures(language, match) if match else None
            if match and fix:
                if _ITS_WORD.match(document.text, match.end()):
                    fix = _YEAR_BEHIND.sub("", fix).removesuffix(".")
                edits = (Edit(match.start(), match.end(), fix),)
                yield Hit(match.start(), match.end(), Confidence.HIGH, {"fix": fix}, edits)


def _ending_at(text: str, mark: int, named: bool) -> regex.Match[str] | None:
    """Return the date whose year stands behind the slash or comma at `mark`."""
    pattern, longest, behind = (_IN_WORDS, _LONGEST_MONTH, 2) if named else (_IN_FIGURES, _LONGEST_START, 1)
    for begin in range(max(0, mark - longest), mark):
        match = pattern.match(text, begin)
        if match is not None and match.start(3) == mark + behind:
            return match
    return None


def _in_figures(language: str, match: regex.Match[str]) -> str | None:
    """Return the date as CLDR's short form of `language` has it; None where that begins with the month or is none."""
    locale = locale_of(language)
    pattern = str(locale.date_formats["short"].pattern) if locale else "M"
    in_full = pattern if "yyyy" in pattern else pattern.replace("yy", "y")  # the year with its century
    return _written(language, in_full, int(match[1]), int(match[2]), int(match[3]))


def _in_words(language: str, match: regex.Match[str]) -> str | None:
    """Return the date as CLDR's long form of `language` has it; None where that begins with the month or is none."""
    month = _month_names(language).get(match[1].lower())
    locale = locale_of(language)
    if month is None or locale is None:
        return None
    return _written(language, str(locale.date_formats["long"].pattern), month, int(match[2]), int(match[3]))


def _written(language: str, pattern: str, month: int, day: int, year: int) -> str | None:
    if pattern.startswith("M"):
        return None
    from babel.dates import format_date

    try:
        return str(format_date(date(year, month, day), pattern, locale_of(language)))
    except ValueError:  # 30 February
        return None


@lru_cache(maxsize=64)
def _month_names(language: str) -> dict[str, int]:
    """Return the numbers of the months by their names in `language` and in English, in small letters."""
    names = [months("en"), months(language, alone=True), months(language)]
    if language.lower().startswith(("sr", "bs")):  # whose genitives CLDR does not have
        names.append(tuple(map(_genitive, months(language))))
    return {name.lower(): number for row in names for number, name in enumerate(row, 1)}


def _genitive(month: str) -> str:
    """Return the genitive of a month in Serbian: decembra, juna."""
    stem = month[:-2] + month[-1] if month.endswith(("bar", "бар")) else month.rstrip("iи")
    return f"{stem}{'a' if stem.isascii() else 'а'}"
