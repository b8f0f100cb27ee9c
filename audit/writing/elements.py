"""Find what has to go from a page with the words of a paragraph, caption or item: elements that they leave empty."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from audit.reading.markup import Token, tokens
from audit.reading.page import WITHOUT_END, names

_INLINE = names(
    "a abbr b bdi bdo big br center cite code del em font i ins kbd mark q s samp small span strike strong sub sup "
    "time tt u var wbr"
)
_GOES = _INLINE | names("p li dt dd figcaption h1 h2 h3 h4 h5 h6 blockquote div figure ul ol dl address pre aside")
_SPACE = " \t\r\n\f"
_BLANK = re.compile(r"[ \t\r\n\f]*+")
_BREAKS = re.compile(r"(?:[ \t\r\n\f]|<br\s*/?>)*", re.IGNORECASE)
_MOST = 64  # tags beside the words in their element, and elements around them, that are looked at: bounds the work


class _Page:
    """The tags of a source, with the element that each stands in."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.run = tokens(source)
        self.starts = [token.start for token in self.run]
        self._closings: dict[int, int] = {}
        self._openings: list[int | None] = []  # by token, that of the element behind it
        self._parents: dict[int, int | None] = {}
        self._match()

    def _match(self) -> None:
        stack: list[int] = []
        depths: dict[str, int] = {}
        for index, token in enumerate(self.run):
            name = token.name
            if token.closing and depths.get(name):
                while True:
                    opening = stack.pop()
                    depths[self.run[opening].name] -= 1
                    if self.run[opening].name == name:
                        break
                self._closings[opening] = index
            elif not token.closing and name not in WITHOUT_END and name[0] != "!":
                self._parents[index] = stack[-1] if stack else None
                stack.append(index)
                depths[name] = depths.get(name, 0) + 1
            self._openings.append(stack[-1] if stack else None)

    def around(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the indices of the tags of the elements around `start:end`, from the inside out."""
        index = bisect_left(self.starts, start) - 1
        opening = self._openings[index] if index >= 0 else None
        for _ in range(_MOST):
            if opening is None:
                return
            closing = self._closings.get(opening)
            if closing is not None and self.run[opening].end <= start and end <= self.run[closing].start:
                yield opening, closing
            opening = self._parents[opening]

    def holds_words(self, start: int, end: int, run: list[Token]) -> bool:
        """Tell whether `start:end` holds anything beside space and the tags of `run`, or more tags than inline ones."""
        position = start
        for token in run:
            if token.name not in _INLINE or not self._is_blank(position, token.start):
                return True
            position = token.end
        return not self._is_blank(position, end)

    def _is_blank(self, start: int, end: int) -> bool:
        return _BLANK.fullmatch(self.source, start, end) is not None

    def with_space(self, start: int, end: int) -> tuple[int, int]:
        """Return the span with the white space before it, or else behind, if there is other space or a tag beside."""
        if self.source[end : end + 1] in ("", "<", *_SPACE):
            while start and self.source[start - 1] in _SPACE:
                start -= 1
        if start == 0 and (space := _BLANK.match(self.source, end)):
            end = space.end()
        return start, end


_page = lru_cache(4)(_Page)


def element(source: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the outermost element that holds nothing but the words at `start:end`, with the space before.

    None is returned where there is no such element, or where more than words would go with it, such as a picture.
    """
    page = _page(source)
    first, last = bisect_left(page.starts, start), bisect_left(page.starts, end)  # the tags that are inside
    if any(token.name not in _INLINE for token in page.run[first:last]):
        return None
    found: tuple[int, int] | None = None
    for opening, closing in page.around(start, end):
        begin, stop = page.run[opening], page.run[closing]
        if begin.name not in _GOES or closing - last + first - opening > _MOST:
            break
        before, behind = page.run[opening + 1 : first], page.run[last:closing]
        if page.holds_words(begin.end, start, before) or page.holds_words(end, stop.start, behind):
            break
        found = start, end = begin.start, stop.end
        first, last = opening, closing + 1
    return None if found is None else page.with_space(*found)


def is_parted_by_breaks(source: str, start: int, end: int) -> bool:
    """Tell whether `source[start:end]` holds nothing but line breaks and white space."""
    return _BREAKS.fullmatch(source, start, end) is not None
