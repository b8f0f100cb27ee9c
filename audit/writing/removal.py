"""Take a block of an article out of its file: with its element, its line or its place in a list."""

from __future__ import annotations

import re

from audit.model import Document, Edit, Form, Kind
from audit.reading.markup import tokens
from audit.writing import elements
from audit.writing.strings import member, string_at

_BEFORE_WORDS = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?(?:#{1,6}[ \t]+)?([*_]*)")
_AFTER_WORDS = re.compile(r"([*_]*)[ \t]*(?:#+)?[ \t]*\\?")
_BLANK = re.compile(r"\s*+")
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t]*(?=[\r\n]|\Z)")


def without(document: Document, source: str, index: int) -> Edit | None:
    """Return the edit of the file's text `source` that takes out block `index`; None where something would break."""
    forms = document.blocks[index].forms
    span = None
    if forms == (Form.MARKDOWN,):
        span = _lines(document, source, index)
    elif forms == (Form.HTML,):
        span = _stretch(source, *_beside(document, index, 0, len(source)), in_page=True)
        if span and _is_all(source, *span):  # nothing would be left of the file
            return None
    elif forms in ((Form.JSON,), (Form.HTML, Form.JSON)):
        span = _in_string(document, source, index)
    return None if span is None else Edit(*span, "")


def _span(document: Document, index: int) -> tuple[int, int]:
    block = document.blocks[index]
    return document.offsets.place(block.start, block.end)[:2]


def _beside(document: Document, index: int, first: int, last: int) -> tuple[int | None, tuple[int, int], int | None]:
    """Return where a block lies in the file, the end of the one before it and the start of the next in `first:last`."""
    own = start, end = _span(document, index)
    before = _span(document, index - 1)[1] if index else -1
    after = _span(document, index + 1)[0] if index + 1 < len(document.blocks) else -1
    return before if first < before <= start else None, own, after if end <= after < last else None


def _stretch(
    text: str, before: int | None, own: tuple[int, int], after: int | None, *, in_page: bool
) -> tuple[int, int] | None:
    """Return what has to go from `text` with the words at `own`: their element, or they and the space beside them."""
    start, end = own
    if in_page:
        found = elements.element(text, start, end)
        if found or tokens(text, start, end):
            return found
    if before is not None and (not in_page or elements.is_parted_by_breaks(text, before, start)):
        return before, end
    if after is not None and (not in_page or elements.is_parted_by_breaks(text, end, after)):
        return start, after
    return own if _is_all(text, start, end) else None


def _is_all(text: str, start: int, end: int) -> bool:
    """Tell whether `text` is white space but for `start:end`."""
    return all(_BLANK.fullmatch(text, *span) for span in ((0, start), (end, len(text))))


def _in_string(document: Document, source: str, index: int) -> tuple[int, int] | None:
    """Return what has to go from a string of JSON, or with the string from its list if nothing is left in it."""
    first, _ = _span(document, index)
    string = string_at(source, first)
    before, own, after = _beside(document, index, string.start, string.end)
    inside = string.inside(own)
    if inside is None:
        return None
    found = _stretch(
        string.value,
        None if before is None else string.point(before),
        inside,
        None if after is None else string.point(after),
        in_page=document.blocks[index].forms[0] is Form.HTML,
    )
    if found is None:
        return None
    if _is_all(string.value, *found):
        return member(source, string.start, string.end)
    return string.offsets.place(*found)[:2]


def _lines(document: Document, source: str, index: int) -> tuple[int, int] | None:
    """Return the lines of a Markdown block with the blank ones before them, if nothing else stands there."""
    start, end = _span(document, index)
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", end)
    last = len(source) if last < 0 else last - (source[last - 1 : last] == "\r")
    opening, closing = _BEFORE_WORDS.fullmatch(source, first, start), _AFTER_WORDS.fullmatch(source, end, last)
    if not opening or not closing or opening[1] != closing[1][::-1]:
        return None
    above, below = first, last
    while above and source[above - 1] in " \t\r\n":
        above -= 1
    while source[below : below + 1] in ("\r", "\n"):
        below += 1
    set_off = source.count("\n", above, first) > 1
    followed = below < len(source) and source.count("\n", last, below) < 2
    joined = above and followed and not set_off and document.blocks[index].kind is not Kind.ITEM
    if joined or _UNDERLINE.match(source, below):
        return None
    return (first, below) if not above or (set_off and followed) else (above, last)
