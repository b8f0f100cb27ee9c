"""Values of JSON text with the places of their strings."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from audit.offsets import Offsets, Piece

_TOKEN = re.compile(r'[{}\[\]]|"([^"\\]*+(?:\\.[^"\\]*+)*+)"(\s*+:)?|[^\s{}\[\],:"]++', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:[nrt](?:\\[nrt])*+|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)"
)


class Text(NamedTuple):
    """A string: what it says, and the span of the file between its quotes."""

    value: str
    start: int
    end: int

    def offsets(self, source: str) -> Offsets:
        """Return the map from this string's value to the file's text `source`; escapes are not verbatim."""
        if self.end - self.start == len(self.value):
            return Offsets((Piece(0, len(self.value), self.start, self.end, True),))
        pieces: list[Piece] = []
        position, at = self.start, 0
        for escape in _ESCAPE.finditer(source, position, self.end):
            first, last = escape.span()
            if position < first:
                stop = at + first - position
                pieces.append(Piece(at, stop, position, first, True))
                at = stop
            stop = at + ((last - first) // 2 if source[first + 1] in "nrt" else 1)  # white space stays together
            pieces.append(Piece(at, stop, first, last, False))
            at, position = stop, last
        if position < self.end:
            pieces.append(Piece(at, at + self.end - position, position, self.end, True))
        return Offsets(pieces)


Value = Text | dict[str, "Value"] | list["Value"] | None


def parse(source: str, start: int, end: int) -> Value:
    """Return the value that `source[start:end]` holds; numbers, `true`, `false` and `null` become None.

    Raise `json.JSONDecodeError`, whose `pos` counts from `start`, if it is not JSON, and `RecursionError` if it is
    nested too deeply.
    """
    text = source if start == 0 and end == len(source) else source[start:end]
    json.loads(text, parse_int=len)  # what a number says does not count, and long ones are refused by `int`
    root: list[Value] = []
    around: list[dict[str, Value] | list[Value]] = [root]
    key = ""
    for token in _TOKEN.finditer(source, start, end):
        first = source[token.start()]
        if first in "}]":
            around.pop()
            continue
        value: Value = None
        if first == '"':
            value = _text(source, token.start(1), token.end(1), token[1])
            if token[2]:
                key = value.value
                continue
        elif first in "{[":
            value = {} if first == "{" else []
        inside = around[-1]
        if isinstance(inside, dict):
            inside[key] = value
        else:
            inside.append(value)
        if isinstance(value, dict | list):
            around.append(value)
    return root[0]


def _text(source: str, start: int, end: int, written: str) -> Text:
    value = written if "\\" not in written else json.loads(source[start - 1 : end + 1])
    return Text(value, start, end)
