"""The strings of a JSON file: what they say, where they stand, and how one goes from its list."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from audit.offsets import Inverse, Offsets
from audit.reading.jsonvalues import Text

_STRING_END = re.compile(r'(?:[^"\\]|\\.)*+', re.DOTALL)
_SPACE = " \t\r\n"


class JsonString(NamedTuple):
    """A string of a JSON file: its value, its span between the quotes, and where each of its characters stands."""

    value: str
    start: int
    end: int
    offsets: Offsets

    def inside(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """Return the span of the value that stands at `span` of the file."""
        return Inverse(self.offsets).text_span(*span)

    def point(self, position: int) -> int | None:
        """Return the offset of the value that stands at `position` of the file."""
        point = Inverse(self.offsets).text_span(position, position)
        return None if point is None else point[0]


def string_at(source: str, position: int) -> JsonString:
    """Return the string that holds the offset `position` of the JSON text `source`."""
    start = position
    while True:
        start = source.rindex('"', 0, start)
        before = start - len(source[:start].rstrip("\\")) if source[start - 1 : start] == "\\" else 0
        if before % 2 == 0:
            break
    found = _STRING_END.match(source, start + 1)
    assert found  # it matches anything
    text = Text(json.loads(f'"{found[0]}"'), *found.span())
    return JsonString(*text, text.offsets(source))


def member(source: str, start: int, end: int) -> tuple[int, int] | None:
    """Return what has to go from a JSON list with the string between the quotes `start:end`.

    None is returned of a field, and of the only string in its list.
    """
    first, last = start - 1, end + 1
    before = len(source[:first].rstrip(_SPACE)) - 1
    after = last + len(source[last:]) - len(source[last:].lstrip(_SPACE))
    if source[before] == ",":
        return before, last
    if source[before] != "[" or source[after] != ",":
        return None
    return first, len(source) - len(source[after + 1 :].lstrip(_SPACE))
