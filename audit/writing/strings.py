"""The strings of a JSON file: what they say, where they stand, and how one goes from its list."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from audit.offsets import Inverse, Offsets
from audit.reading.jsonvalues import Text

_STRING_END = re.compile(r'(?:[^"\\]|\\.)*+', re.DOTALL)
_SPACE = " \t\r\n"


@dataclass
class JsonString:
    """A string of a JSON file: its value, its span between the quotes, and where each of its characters stands."""

    value: str
    start: int
    end: int
    offsets: Offsets

    @cached_property
    def _inverse(self) -> Inverse:
        return Inverse(self.offsets)

    def inside(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """Return the span of the value that stands at `span` of the file."""
        return self._inverse.text_span(*span)

    def point(self, position: int) -> int | None:
        """Return the offset of the value that stands at `position` of the file."""
        point = self._inverse.text_span(position, position)
        return None if point is None else point[0]


class _Strings:
    """The strings of one JSON text, of which the last is remembered: many edits are of one string."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._last = JsonString("", -1, -1, Offsets(()))

    def at(self, position: int) -> JsonString:
        if not self._last.start <= position <= self._last.end:
            self._last = self._read(position)
        return self._last

    def _read(self, position: int) -> JsonString:
        start = self._source.rindex('"', 0, position)
        while self._is_escaped(start):
            start = self._source.rindex('"', 0, start)
        found = _STRING_END.match(self._source, start + 1)
        assert found  # it matches anything
        text = Text(json.loads(f'"{found[0]}"'), *found.span())
        return JsonString(*text, text.offsets(self._source))

    def _is_escaped(self, position: int) -> bool:
        before = position
        while before and self._source[before - 1] == "\\":
            before -= 1
        return (position - before) % 2 == 1


_strings = lru_cache(2)(_Strings)


def string_at(source: str, position: int) -> JsonString:
    """Return the string that holds the offset `position` of the JSON text `source`."""
    return _strings(source).at(position)


def member(source: str, start: int, end: int) -> tuple[int, int] | None:
    """Return what has to go from a JSON list with the string between the quotes `start:end`.

    None is returned of a field, and of the only string in its list.
    """
    first, last = start - 1, end + 1
    before = first - 1
    while source[before] in _SPACE:
        before -= 1
    if source[before] == ",":
        return before, last
    after = _behind_space(source, last)
    if source[before] != "[" or source[after] != ",":
        return None
    return first, _behind_space(source, after + 1)


def _behind_space(source: str, position: int) -> int:
    while source[position] in _SPACE:
        position += 1
    return position
