"""How a language writes its numbers: marks, grouping, units and months as CLDR has them, through Babel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from audit.language.cldr import locale_of
from audit.numbers.scan import APOSTROPHES, SPACES

# CLDR's minimumGroupingDigits, which Babel leaves out: these languages write 2500 but 25.000.
_FOUR_DIGITS_TOGETHER = frozenset(
    {"be", "bg", "es", "et", "hu", "hy", "it", "ka", "lv", "pl", "sl", "sq"}
    | {"es_GQ", "es_PH", "it_CH", "pt_AO", "pt_CH", "pt_CV", "pt_MZ", "pt_PT"}
)
_GROUPS = {"fr_CH": "’"}  # as papers and the federal administration print amounts; CLDR has a space
# A bare tag also stands for a region that writes the other way round: "es" may be Mexican, "de" Swiss.
_REGION = {"es": "es_MX", "de": "de_CH", "it": "it_CH", "pt": "pt_PT", "fr": "fr_CH"}


def mark_class(mark: str) -> str:
    """Return `mark` with every kind of space as " " and every apostrophe as "'"."""
    if mark in SPACES:
        return " "
    return "'" if mark in APOSTROPHES else mark


class Convention(NamedTuple):
    """The marks that a language sets into numbers.

    `size` and `step` are the lengths of the last and of the other groups of digits (3 and 2 in India), `minimum` the
    digits that must stand before the last group for a mark to be set; `region` is the convention of a region that a
    bare tag may mean as well, or of the language whose marks a region keeps using beside its own.
    """

    locale: str
    decimal: str
    group: str
    size: int = 3
    step: int = 3
    minimum: int = 1
    region: Convention | None = None

    def role(self, mark: str) -> str:
        """Return what `mark` does in this language: "decimal", "group" or ""."""
        mark = mark_class(mark)
        if mark == self.decimal:
            return "decimal"
        return "group" if mark == mark_class(self.group) else ""

    def reads(self, groups: tuple[str, ...], marks: tuple[str, ...]) -> bool:
        """Tell whether a number with these digits and marks is well written."""
        return _reads(self, tuple(map(len, groups)), marks)

    def doubts(self, groups: tuple[str, ...], marks: tuple[str, ...]) -> bool:
        """Tell whether a number is not well written, or so that its decimal mark may have been meant to group."""
        if len(groups) == 2 and marks[0] == self.decimal:  # most are 3.5
            return len(groups[1]) == 3 and len(groups[0]) <= 3
        return not self.reads(groups, marks)

    def write(self, whole: str, fraction: str = "") -> str:
        """Return the digits of a number with this language's marks."""
        groups = [whole]
        if len(whole) >= self.size + self.minimum:
            groups = [whole[-self.size :]]
            rest = whole[: -self.size]
            while rest:
                groups.insert(0, rest[-self.step :])
                rest = rest[: -self.step]
        return self.group.join(groups) + (self.decimal + fraction if fraction else "")


@lru_cache(maxsize=4096)  # numbers come in few shapes
def _reads(convention: Convention, lengths: tuple[int, ...], marks: tuple[str, ...]) -> bool:
    """Tell whether groups of digits of these `lengths` with these `marks` between them are well written."""
    roles = [convention.role(mark) for mark in marks]
    if "decimal" in roles[:-1] or "" in roles:
        return False
    whole = lengths[:-1] if roles and roles[-1] == "decimal" else lengths
    if len(whole) == 1:
        return True
    inner = set(whole[1:-1])
    return whole[-1] == 3 and whole[0] <= 3 and (inner <= {3} or inner <= {2})


@lru_cache(maxsize=64)
def convention(language: str) -> Convention | None:
    """Return how the BCP 47 tag `language` writes numbers, or None if CLDR does not know it."""
    known = locale_of(language)
    if known is None:
        return None
    locale = str(known)
    own = _read(locale)
    base = locale.partition("_")[0]
    # Swiss papers print 3,5 Prozent and South African ones 3.5 percent whatever CLDR says; Spanish ones are at odds.
    other = _REGION.get(locale) or (base if base not in ("es", locale) else None)
    return own._replace(region=_read(other)) if other else own


def _read(locale: str) -> Convention:
    data = _data(locale)
    symbols = data["number_symbols"]["latn"]
    pattern = str(data["decimal_formats"][None].pattern).partition(".")[0].split(",")
    size = len(pattern[-1]) if len(pattern) > 1 else 3
    step = len(pattern[-2]) if len(pattern) > 2 else size
    minimum = 2 if locale in _FOUR_DIGITS_TOGETHER else 1
    return Convention(locale, symbols["decimal"], _GROUPS.get(locale, symbols["group"]), size, step, minimum)


def _data(locale: str) -> Mapping[Any, Any]:
    from babel import localedata

    return localedata.LocaleDataDict(dict(localedata.load(locale).items()))


def unit_names(language: str) -> Iterator[tuple[str, str]]:
    """Yield the names and abbreviations of units in `language`, each with CLDR's name of the unit (length-meter)."""
    for locale in _scripts(language):
        for unit, lengths in _data(locale)["unit_patterns"].items():
            for forms in lengths.values():
                for pattern in forms.values():
                    if isinstance(pattern, str) and pattern.startswith("{0}"):
                        yield pattern[3:].strip(SPACES + "-."), unit


def scale_names(language: str) -> Iterator[str]:
    """Yield the words that multiply a number in `language`: thousand, Mio, миллиардов."""
    for locale in _scripts(language):
        for forms in _data(locale)["compact_decimal_formats"].values():
            for patterns in forms.values():
                for pattern in patterns.values():
                    name = pattern.pattern.strip("0'." + SPACES)
                    if len(name) > 1:
                        yield name


def month_names(language: str) -> Iterator[str]:
    """Yield the names of the months in `language`, as they stand in a date and alone."""
    for locale in _scripts(language):
        for forms in _data(locale)["months"].values():
            yield from forms["wide"].values()


def _scripts(language: str) -> tuple[str, ...]:
    locale = locale_of(language)
    if locale is None:
        return ()
    return ("sr", "sr_Latn") if locale.language == "sr" else (str(locale),)
