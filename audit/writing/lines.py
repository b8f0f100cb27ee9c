"""Whether lines of Markdown say what they should after an edit."""

from __future__ import annotations

import re

from audit.model import Form, Kind
from audit.offsets import Inverse, Offsets
from audit.reading.compose import Composer, Passage
from audit.reading.inlines import Inline

_MARK = re.compile(r"[^\w ,.;:’'–—-]")
_LONGEST = 20_000  # characters of a line that is read again


def says(text: str, written: str, source: str, start: int, end: int) -> bool:
    """Tell whether `written` for `source[start:end]` makes its lines say `text` there, and all else as before."""
    if not _MARK.search(f"{text}{source[max(0, start - 1) : end + 1]}"):
        return True  # as mostly
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", end)
    last = len(source) if last < 0 else last
    if last - first > _LONGEST:
        return False
    before = _read(source[first:last])
    place = Inverse(Offsets(before.pieces)).text_span(start - first, end - first)
    if place is None:
        return False
    meant = before.text[: place[0]] + text + before.text[place[1] :]
    return _read(source[first:start] + written + source[end:last]).text == meant


def _read(line: str) -> Passage:
    composer = Composer(line, (Form.MARKDOWN,))
    Inline(composer, frozenset()).read(0, len(line), Kind.PARAGRAPH)
    return composer.passage()
