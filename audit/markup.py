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


def tokens(source: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tokens of `source[start:end]`; what lies between them is text."""
    position, stop = start, len(source) if end is None else end
    strays = in_cdata = 0
    while position is not None:
        following = None
        for match in _TOKEN.finditer(source, position, stop):
            name = match[2]
            if name:
                name = name.lower()
                if name in _RAW and not match[1]:
                    following = _raw_end(source, name, match.end(), stop)
                    yield Token(match.start(), following, name, False)
                    break
                yield Token(match.start(), match.end(), name, match[1] == "/")
            elif match.end() - match.start() == 1:  # "<x" that finds no end
                long = _LONG_TAG.match(source, match.start(), stop) if strays < _MOST_STRAYS else None
                if long:
                    following = long.end()
                    yield Token(long.start(), following, long[2].lower(), long[1] == "/")
                    break
                strays += 1
            elif match[4]:
                in_cdata = 1
                yield Token(match.start(), match.end(), CDATA, False)
            elif match[0] != "]]>" or in_cdata:
                yield Token(match.start(), match.end(), match[3] or "!", False)
        position = following  # type: ignore[assignment]


def token_at(source: str, position: int, end: int) -> Token | None:
    """Return the tag or comment that starts at `position`, or None; of a script only its start tag."""
    match = _TOKEN.match(source, position, end)
    if match and match.end() - position == 1:
        match = _LONG_TAG.match(source, position, min(end, position + _LONGEST_INLINE))
        return Token(position, match.end(), match[2].lower(), match[1] == "/") if match else None
    if match is None:
        return None
    return Token(position, match.end(), (match[2] or match[3] or "!").lower(), match[1] == "/")


def _raw_end(source: str, name: str, start: int, stop: int) -> int:
    close = _RAW_END[name].search(source, start, stop)
    return close.end() if close else stop


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
