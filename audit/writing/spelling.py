"""Spell text as a file has to write it: escaped for HTML, attributes, JSON, Markdown and YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

from audit.model import Block, Form, Kind
from audit.reading.markup import REFERENCE
from audit.writing.lines import says

_REACH = 40  # characters beside an edit with which it may make a tag or a character reference
_TAG = re.compile(r"<[a-zA-Z/!?]")
_MARKS = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~")
_BLOCK_MARK = re.compile(r"[ \t]*(?:#{1,6}(?:\s|$)|[-+*](?:\s|$)|>|\d{1,9}[.)](?:\s|$)|~~~|```|[=-]+\s*$)")
_NOT_PLAIN = re.compile(r":\s| #|[\n\r]|:$|^[\s?&*!|>'\"%@`#,{}\[\]]|^-\s|\s$")
_NOT_YAML = re.compile(r"[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_OF_FLOW = re.compile(r"[,\[\]{}]")
_ENDS_UNQUOTED = re.compile(r"[\s\"'=<>`]")


class Place(NamedTuple):
    """Where text is to be written: `start:end` of a file's text `source`, in a block that lies at `first:last`."""

    source: str
    start: int
    end: int
    first: int
    last: int


def spelled(text: str, block: Block, place: Place) -> str | None:
    """Return how `text` has to be written to stand at `place`, in `block`.

    None says that it cannot: a line break in an attribute, what would become mark-up with the words beside it.
    """
    written: str | None = text
    for form in block.forms:
        written = None if written is None else _SPELLERS[form](written, block, place)
    if written is None or not block.forms:
        return written
    plain = block.forms[0] is Form.JSON  # a field without tags, which a tag would make one of HTML
    if (plain or block.forms[0] in _MARKUP) and _becomes_markup(written, place, plain):
        return None
    return written


def with_line_ends(text: str, source: str) -> str:
    """Return `text` with the line ends of `source`."""
    if "\n" not in text or "\r" not in source:
        return text
    return text.replace("\n", "\r\n" if "\r\n" in source else "\n" if "\n" in source else "\r")


def _becomes_markup(written: str, place: Place, plain: bool) -> bool:
    """Tell whether a tag or reference would reach from what is written into the words beside it.

    In a `plain` text there must be none in what is written either.
    """
    before = place.source[max(0, place.start - _REACH) : place.start]
    around = before + written + place.source[place.end : place.end + _REACH]
    joints = (len(before), len(before) + len(written))
    found = [one.span() for one in REFERENCE.finditer(around) if unescape(one[0]) != one[0]]
    found += [one.span() for one in _TAG.finditer(around)]
    if plain:
        return any(start < joints[1] and end > joints[0] for start, end in found)
    return any(start < joint < end for start, end in found for joint in joints)


def _html(text: str, _block: Block, _place: Place) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")


def _attribute(quote: str) -> Callable[[str, Block, Place], str | None]:
    def spell(text: str, block: Block, place: Place) -> str | None:
        return None if "\n" in text else _html(text, block, place).replace(quote, f"&#{ord(quote)};")

    return spell


def _unquoted(text: str, _block: Block, _place: Place) -> str | None:
    return None if _ENDS_UNQUOTED.search(text) else text.replace("&", "&amp;")


def _json(text: str, _block: Block, place: Place) -> str:
    """Return `text` for a string of JSON (RFC 8259, section 7); in ASCII where the file keeps to that."""
    return json.dumps(text, ensure_ascii=_keeps_to_ascii(place.source))[1:-1]


@lru_cache(2)
def _keeps_to_ascii(source: str) -> bool:
    return source.isascii() and "\\u" in source


def _markdown(text: str, block: Block, place: Place) -> str | None:
    """Return `text` for a line of Markdown (CommonMark 2.4); None where the line would begin another block."""
    if "\n" in text:
        return None
    written = _MARKS.sub(lambda mark: f"\\{mark[0]}", text)
    written = REFERENCE.sub(
        lambda found: f"&amp;{found[0][1:]}" if unescape(found[0]) != found[0] else found[0], written
    )
    if block.kind is Kind.CELL:
        written = written.replace("|", "\\|")
    if place.source[place.first - 1 : place.first] == '"' and place.source[place.last : place.last + 1] == '"':
        written = written.replace('"', '\\"')  # the title of an image
    line = place.source[max(0, place.start - _REACH) : place.start].rpartition("\n")[2]
    begins = place.start == place.first or (len(line) < _REACH and not line.strip(" \t>"))
    if begins and _BLOCK_MARK.match(written + place.source[place.end : place.last]):
        return None
    return written if says(text, written, place.source, place.start, place.end) else None


def _yaml(text: str, _block: Block, place: Place) -> str | None:
    """Return `text` for a scalar of one line (YAML 1.2, section 7.3); None where it would have to be quoted first."""
    if _NOT_YAML.search(text):
        return None
    line = place.source[place.source.rfind("\n", 0, place.first) + 1 : place.first]
    quote = line.rstrip()[-1:]
    if quote in ("'", '"'):
        return text.replace("'", "''") if quote == "'" else text.replace("\\", "\\\\").replace('"', '\\"')
    if place.source[place.first] in "'\"|>":  # a scalar whose lines or letters are written in another way
        return None
    whole = place.source[place.first : place.start] + text + place.source[place.end : place.last]
    in_flow = "[" in line or "{" in line
    return None if not whole or _NOT_PLAIN.search(whole) or (in_flow and _OF_FLOW.search(whole)) else text


_MARKUP = (Form.HTML, Form.DOUBLE_QUOTED, Form.SINGLE_QUOTED, Form.UNQUOTED, Form.MARKDOWN)
_SPELLERS: Mapping[Form, Callable[[str, Block, Place], str | None]] = MappingProxyType(
    {
        Form.HTML: _html,
        Form.DOUBLE_QUOTED: _attribute('"'),
        Form.SINGLE_QUOTED: _attribute("'"),
        Form.UNQUOTED: _unquoted,
        Form.JSON: _json,
        Form.MARKDOWN: _markdown,
        Form.YAML: _yaml,
    }
)
