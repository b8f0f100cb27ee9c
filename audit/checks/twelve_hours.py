"""Find times of day with a.m. or p.m. in languages that count twenty-four hours: 8.30 p.m."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time

import regex

from audit.expressions import expression
from audit.language.cldr import locale_of
from audit.model import Confidence, Document, Edit, Hit, Sighting

_TIME = expression(
    r"(?<![\w.,:])(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))?[ \u00a0]?(?:([ap])\.[ \u00a0]?m\.?+|([AP])M|(?<=\d)([ap])m)(?!\w)"
)
_REACH = 9  # characters between the start of a time and its letters


@dataclass(frozen=True)
class Check:
    """Look at every a.m. and p.m.; "am", a word of German, counts in capitals or close to its figure alone."""

    @property
    def literals(self) -> Sequence[str]:
        """The letters, folded, those without dots behind a figure."""
        close = (f"{digit}{between}{half}m" for digit in range(10) for between in ("", " ") for half in "ap")
        return ("a.m", "p.m", "a. m", "p. m", *close)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the times, each with the way in which the article's language writes it."""
        language = document.target_language or "en"
        done = 0
        for sighting in sightings:
            for begin in range(max(done, sighting.start - _REACH), sighting.end):
                match = _TIME.match(document.text, begin)
                if match is not None and match.end() >= sighting.end:
                    done = match.end()
                    hit = _hit(language, match)
                    if hit is not None:
                        yield hit
                    break


def _hit(language: str, match: regex.Match[str]) -> Hit | None:
    locale = locale_of(language)
    pattern = str(locale.time_formats["short"].pattern) if locale else "a"
    if "a" in pattern:  # the language counts twelve hours
        return None
    from babel.dates import format_time

    afternoon = (match[3] or match[4] or match[5]).lower() == "p"
    hour = int(match[1]) % 12 + 12 * afternoon
    fix = str(format_time(time(hour, int(match[2] or 0)), pattern, locale=locale))
    return Hit(match.start(), match.end(), Confidence.MEDIUM, {"fix": fix}, (Edit(match.start(), match.end(), fix),))
