"""Values of TOML files that know their file, key and line, so that every mistake can be told with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from audit.model import AuditError

Keys: TypeAlias = "tuple[str | int, ...]"  # from the top of a file down to a value; a number is a place in a list

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_AT_LINE = re.compile(r"\(at line (\d+)")


class Value:
    """A value of a TOML file."""

    def __init__(self, path: Path, value: Any, lines: Mapping[Keys, int], keys: Keys) -> None:
        self.path, self.value = path, value
        self._lines, self._keys = lines, keys

    @property
    def key(self) -> str:
        """The name under which the value stands."""
        return next((key for key in reversed(self._keys) if isinstance(key, str)), "")

    @property
    def line(self) -> int:
        """The line on which the value's key stands, or that of what holds it."""
        keys = self._keys
        while keys and keys not in self._lines:
            keys = keys[:-1]
        return self._lines.get(keys, 1)

    def error(self, message: str) -> AuditError:
        """Return a mistake at the line of this value."""
        return AuditError(f"{self.path}:{self.line}: {message}")

    def wants(self, what: str) -> AuditError:
        """Return the mistake that the value is none of those that its key wants."""
        return self.error(f"“{self.key}” {what}")

    def pairs(self) -> Iterator[tuple[str, Value]]:
        """Yield keys and values of the table that stands here."""
        if not isinstance(self.value, dict):
            raise self.wants("wants a table")
        for key, value in self.value.items():
            yield key, Value(self.path, value, self._lines, (*self._keys, key))

    def items(self) -> list[Value]:
        """Return the members of the list that stands here."""
        if not isinstance(self.value, list):
            raise self.wants('wants a list: ["…", "…"]')
        return [Value(self.path, one, self._lines, (*self._keys, number)) for number, one in enumerate(self.value)]

    def text(self) -> str:
        """Return the word, number or text that stands here as it would stand in a pack."""
        if isinstance(self.value, bool):
            return str(self.value).lower()
        if not isinstance(self.value, str | int | float):
            raise self.wants("wants a single value")
        return str(self.value)

    def choice(self, choices: Mapping[str, Any]) -> Any:
        """Return what the word here stands for in `choices`."""
        if self.text() not in choices:
            raise self.wants(f"wants one of {', '.join(choices)}")
        return choices[self.text()]


def read(path: Path, *below: str) -> Value:
    """Return the table that a TOML file holds, or that stands in it under the keys `below`, empty if it is not there.

    Raises `AuditError` with file and line if the file cannot be read or is no TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree: Any = tomllib.loads(text)
    except OSError as error:
        raise AuditError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise AuditError(f"{path}: is not UTF-8 ({error.reason} at byte {error.start})") from None
    except RecursionError:
        raise AuditError(f"{path}: its values are nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = f":{place.group(1)}" if place else ""
        raise AuditError(f"{path}{line}: {str(error).partition(' (at ')[0]}") from None
    for key in below:
        tree = tree.get(key, {}) if isinstance(tree, dict) else {}
    return Value(path, tree, lines_of(text), below)


def lines_of(text: str) -> dict[Keys, int]:
    """Return the line of every key of a TOML text, which its parser does not tell; the text must be sound."""
    return _Lines(text).found


class _Lines:
    """Goes through a sound TOML text (TOML 1.0) and notes where each key stands."""

    def __init__(self, text: str) -> None:
        self.found: dict[Keys, int] = {}
        self._text, self._position, self._line, self._counted = text.replace("\r\n", "\n"), 0, 1, 0
        self._lists: dict[Keys, int] = {}
        table: Keys = ()
        while self._skip() < len(self._text):
            if self._text[self._position] != "[":
                self._statement(table)
                continue
            listed = self._text.startswith("[[", self._position)
            self._position += 1 + listed
            self._skip()
            table = self._within(self._keys())
            if listed:
                number = self._lists[table] = self._lists.get(table, -1) + 1
                self._note(table)
                table = (*table, number)
            self._note(table)
            self._position = self._text.index("]", self._position) + 1 + listed

    def _within(self, keys: Keys) -> Keys:
        """Return the keys of a header with the places in the lists that it goes on."""
        found: Keys = ()
        for index, key in enumerate(keys):
            found = (*found, key)
            if found in self._lists and index < len(keys) - 1:
                found = (*found, self._lists[found])
        return found

    def _skip(self) -> int:
        found = _BLANK.match(self._text, self._position)
        self._position = found.end() if found else self._position
        return self._position

    def _note(self, keys: Keys) -> None:
        self._line += self._text.count("\n", self._counted, self._position)
        self._counted = self._position
        for length in range(1, len(keys) + 1):
            self.found.setdefault(keys[:length], self._line)

    def _keys(self) -> Keys:
        keys: list[str] = []
        while True:
            found = _STRING.match(self._text, self._position) or _BARE.match(self._text, self._position)
            assert found  # the text is sound
            keys.append(_plain(found[0]))
            self._position = found.end()
            dot = _DOT.match(self._text, self._position)
            if dot is None:
                return tuple(keys)
            self._position = dot.end()

    def _statement(self, table: Keys) -> None:
        keys = (*table, *self._keys())
        self._note(keys)
        equals = _EQUALS.match(self._text, self._position)
        self._position = equals.end() if equals else self._position
        self._value(keys)

    def _value(self, keys: Keys) -> None:
        opening = self._text[self._position]
        if opening not in "[{":
            found = _STRING.match(self._text, self._position) or _SCALAR.match(self._text, self._position)
            self._position = found.end() if found else self._position
            return
        self._position += 1
        number = 0
        while self._text[self._skip()] not in "]}":
            if opening == "{":
                self._statement(keys)
            else:
                self._note((*keys, number))
                self._value((*keys, number))
                number += 1
            if self._text[self._skip()] == ",":
                self._position += 1
        self._position += 1


def _plain(key: str) -> str:
    return str(next(iter(tomllib.loads(f"{key} = 0")))) if key[0] in "\"'" else key
