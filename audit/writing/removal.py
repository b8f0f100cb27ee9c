"""Take a block of an article out of its file: with its element, its line or its place in a list."""

from __future__ import annotations

import re

from audit.model import Document, Edit, Form, Kind
from audit.reading.markup import tokens
from audit.writing import elements
from audit.writing.strings import member, string_at

_BEFORE_WORDS = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?(?:#{1,6}[ \t]+)?([*_]*)")
_AFTER_WORDS = re.compile(r"([*_]*)[ \t]*(?:#+)?[ \t]*\\?")
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t]*(?=[\r\n]|\Z)")


def without(document: Document, source: str, index: int) -> Edit | None:
    """Return the edit of the file's text `source` that takes out block `index`; None where something would break."""
    forms = document.blocks[index].forms
    span = None
    if forms == (Form.MARKDOWN,):
        span = _lines(document, source, index)
    elif forms == (Form.HTML,):
        span = _stretch(source, *_beside(document, index, 0, len(source)), in_page=True)
        if span and not (source[: span[0]] + source[span[1] :]).strip():  # nothing would be left of the file
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
    return own if text.strip() == text[start:end] else None


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
    if not (string.value[: found[0]] + string.value[found[1] :]).strip():
        return member(source, string.start, string.end)
    return string.offsets.place(*found)[:2]


def _lines(document: Document, source: str, index: int) -> tuple[int, int] | None:
    """Return the lines of a Markdown block with the blank ones before them, if nothing else stands there."""
    start, end = _span(document, index)
    first = source.rfind("\n", 0, start) + 1
    last = end + len(source[end:].split("\n", 1)[0].rstrip("\r"))
    opening, closing = _BEFORE_WORDS.fullmatch(source, first, start), _AFTER_WORDS.fullmatch(source, end, last)
    if not opening or not closing or opening[1] != closing[1][::-1]:
        return None
    above, below = source[:first].rstrip(" \t\r\n"), source[last:].lstrip("\r\n")
    set_off = source[len(above) : first].count("\n") > 1
    followed = below != "" and source[last : len(source) - len(below)].count("\n") < 2
    if _UNDERLINE.match(below) or (above and followed and not set_off and document.blocks[index].kind is not Kind.ITEM):
        return None
    return (first, len(source) - len(below)) if not above or (set_off and followed) else (len(above), last)
