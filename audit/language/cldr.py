"""What CLDR knows of languages, through Babel, which loads when somebody asks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.core import Locale


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale | None:
    """Return the locale that is nearest to the BCP 47 tag `language`, or None if CLDR does not know it."""
    from babel.core import Locale, UnknownLocaleError

    subtags = language.replace("_", "-").split("-")
    if subtags[0] == "sh":
        subtags[:1] = ["sr", "Latn"]
    while subtags:
        try:
            return Locale.parse("-".join(subtags), sep="-")
        except (UnknownLocaleError, ValueError):
            subtags.pop()
    return None


def weekdays(language: str) -> tuple[str, ...]:
    """Return the names of the days in `language`, from Monday on."""
    locale = locale_of(language)
    return tuple(locale.days["format"]["wide"].values()) if locale else ()


def months(language: str, alone: bool = False) -> tuple[str, ...]:
    """Return the names of the months in `language` as they stand in a date, or `alone`, from January on."""
    locale = locale_of(language)
    return tuple(locale.months["stand-alone" if alone else "format"]["wide"].values()) if locale else ()
