"""Tokens of HTML with their places in the source: tags, comments, attributes and character references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

COMMENT, CDATA = "!--", "![CDATA["
_LONGEST_INLINE = 2000  # characters of a tag with "<" in a quoted attribute
_MOST_STRAYS = 1000  # "<x" without an end, after which no more are looked into: bounds the work on hostile files

# `re` is four times faster than `regex` here. A quote counts only after "=", as in the standard; quoted values with
# "<" are left to `_LONG_TAG`, so that a quote which is never closed cannot swallow the text behind it.
_TOKEN = re.compile(
    r"""<(?:(/?)([a-zA-Z][^\s/><]*+)(?:[^<>=]++|=\s*+"[^"<]*+"|=\s*+'[^'<]*+'|=)*+>"""
    r"""|(!--)(?:-?>|.*?(?:--!?>|\Z))|(!\[CDATA\[)|[!?/][^>]*+>|(?=/?[a-zA-Z]))|\]\]>""",
    re.DOTALL,
)
_LONG_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/><]*+)(?:[^<>=]++|=\s*+"[^"]{0,20000}+"|=\s*+'[^']{0,20000}+'|=)*+>""")
_RAW = frozenset(("script", "style", "textarea", "iframe", "noembed", "noframes", "xmp"))
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE) for name in _RAW}
_LEAP_END = {
    name: re.compile(rf"(</{name}[\s>])|<(?:{name}[\s>]|!--|script|style)", re.IGNORECASE)
    for name in ("nav", "footer", "aside", "svg", "noscript")
}
_ATTRIBUTE = re.compile(r"""([^\s=>"'/<][^\s=>/]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?""")
REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,8};?|#[0-9]{1,8};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")


class Token(NamedTuple):
    """A tag (or comment) at `start:end` of the source; `name` is in lower case, `!--` for a comment.

    An element whose content is not text, such as a script, is one token to its end.
    """

    start: int
    end: int
    name: str
    closing: bool


def tokens(source: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `source[start:end]`; what lies between them is text.

    Of an element such as `nav`, whose text nobody reads as part of an article, only the two tags are returned where
    they can be told at once.
    """
    found: list[Token] = []
    stop = len(source) if end is None else end
    scan = _Scan(source, stop, found)
    position: int | None = start
    while position is not None:
        position = scan.run(position)
    return found


class _Scan:
    """One pass over a source; what is remembered of it keeps the work linear on hostile files."""

    def __init__(self, source: str, stop: int, found: list[Token]) -> None:
        self._source, self._stop, self._found = source, stop, found
        self._strays = 0
        self._in_cdata = False
        self._leap_over = dict(_LEAP_END)

    def run(self, position: int) -> int | None:
        """Add tokens from `position` on; return where to start again, or None at the end."""
        append, leaps = self._found.append, self._leap_over
        for match in _TOKEN.finditer(self._source, position, self._stop):
            closing, name = match.group(1, 2)
            start, end = match.span()
            if not name:
                again = self._other(match, start, end)
                if again is not None:
                    return again
                continue
            name = name.lower()
            if closing:
                append(Token(start, end, name, True))
            elif name in _RAW:
                close = _RAW_END[name].search(self._source, end, self._stop)
                append(Token(start, close.end() if close else self._stop, name, False))
                return self._found[-1].end
            else:
                append(Token(start, end, name, False))
                if name in leaps:
                    again = self._leap(name, end)
                    if again is not None:
                        return again
        return None

    def _other(self, match: re.Match[str], start: int, end: int) -> int | None:
        if end - start == 1:  # "<x" that finds no end
            long = _LONG_TAG.match(self._source, start, self._stop) if self._strays < _MOST_STRAYS else None
            if long:
                self._found.append(Token(start, long.end(), long[2].lower(), long[1] == "/"))
                return long.end()
            self._strays += 1
        elif match[4]:
            self._in_cdata = True
            self._found.append(Token(start, end, CDATA, False))
        elif match[0] != "]]>" or self._in_cdata:
            self._found.append(Token(start, end, match[3] or "!", False))
        return None

    def _leap(self, name: str, end: int) -> int | None:
        """Return the start of the end tag of the element, or None if it has to be read tag by tag."""
        close = self._leap_over[name].search(self._source, end, self._stop)
        if close and close[1]:
            return close.start()
        del self._leap_over[name]  # nested, unclosed or with a script: from now on this name is read tag by tag
        return None


def token_at(source: str, position: int, end: int) -> Token | None:
    """Return the tag or comment that starts at `position`, or None; of a script only its start tag."""
    match = _TOKEN.match(source, position, end)
    if match and match.end() - position == 1:
        match = _LONG_TAG.match(source, position, min(end, position + _LONGEST_INLINE))
        return Token(position, match.end(), match[2].lower(), match[1] == "/") if match else None
    if match is None:
        return None
    return Token(position, match.end(), (match[2] or match[3] or "!").lower(), match[1] == "/")


def attributes(source: str, token: Token) -> dict[str, tuple[str, int, int]]:
    """Return the attributes of a tag by their names in lower case: raw value and its span, the first of each name."""
    found: dict[str, tuple[str, int, int]] = {}
    for match in _ATTRIBUTE.finditer(source, token.start + 1 + token.closing + len(token.name), token.end - 1):
        group = match.lastindex or 1
        value = match[group] if group > 1 else ""
        start, end = match.span(group) if group > 1 else (match.end(), match.end())
        found.setdefault(match[1].lower(), (value, start, end))
    return found


def references(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the character references in `source[start:end]`, with and without a semicolon, and what they stand for."""
    for match in REFERENCE.finditer(source, start, end):
        written = match[0]
        meant = unescape(written)
        if meant != written:
            yield match.start(), match.end(), meant
