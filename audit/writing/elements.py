"""Find what has to go from a page with the words of a paragraph, caption or item: elements that they leave empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.reading.markup import Token, tokens
from audit.reading.page import WITHOUT_END, names

_INLINE = names(
    "a abbr b bdi bdo big br center cite code del em font i ins kbd mark q s samp small span strike strong sub sup "
    "time tt u var wbr"
)
_GOES = _INLINE | names("p li dt dd figcaption h1 h2 h3 h4 h5 h6 blockquote div figure ul ol dl address pre aside")
_SPACE = " \t\r\n\f"
_BREAKS = re.compile(r"(?:[ \t\r\n\f]|<br\s*/?>)*", re.IGNORECASE)


def element(source: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the outermost element that holds nothing but the words at `start:end`, with the space before.

    None is returned where there is no such element, or where more than words would go with it, such as a picture.
    """
    run = tokens(source)
    if any(not _is_inline(token) for token in run if start <= token.start < end):
        return None
    found: tuple[int, int] | None = None
    first, last = start, end
    for opening, closing in _around(run, start, end):
        rest = [token for token in run if _lies_in(token, opening.end, first) or _lies_in(token, last, closing.start)]
        if opening.name not in _GOES or not all(map(_is_inline, rest)):
            break
        if _words(source, opening.end, first, rest) or _words(source, last, closing.start, rest):
            break
        found = first, last = opening.start, closing.end
    return None if found is None else _with_space(source, *found)


def is_parted_by_breaks(source: str, start: int, end: int) -> bool:
    """Tell whether `source[start:end]` holds nothing but line breaks and white space."""
    return _BREAKS.fullmatch(source, start, end) is not None


def _around(run: Sequence[Token], start: int, end: int) -> Iterator[tuple[Token, Token]]:
    """Yield the tags of the elements around `start:end`, from the inside out."""
    stack: list[Token] = []
    for token in run:
        if token.closing:
            if not any(one.name == token.name for one in stack):
                continue
            while (opening := stack.pop()).name != token.name:
                pass
            if opening.end <= start and end <= token.start:
                yield opening, token
        elif token.name not in WITHOUT_END and token.name[0] != "!":
            stack.append(token)


def _is_inline(token: Token) -> bool:
    return token.name in _INLINE


def _lies_in(token: Token, start: int, end: int) -> bool:
    return start <= token.start < end


def _words(source: str, start: int, end: int, run: Sequence[Token]) -> str:
    """Return what `source[start:end]` holds beside the tags of `run`."""
    parts, position = [], start
    for token in run:
        if _lies_in(token, start, end):
            parts.append(source[position : token.start])
            position = token.end
    return "".join([*parts, source[position:end]]).strip()


def _with_space(source: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with the white space before it, or else behind, if there is other space or a tag beside."""
    if source[end : end + 1] in ("", "<", *_SPACE):
        start = len(source[:start].rstrip(_SPACE))
    return start, end if start else len(source) - len(source[end:].lstrip(_SPACE))
