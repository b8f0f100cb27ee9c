"""Find quotation marks and brackets whose other half is missing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.expressions import expression
from audit.model import Confidence, Document, Hit, Sighting
from audit.punctuation.marks import Pair, are_tidy, pairs

_QUOTES = "\"“”„‟«»'‘’"
_REACH = 30  # blocks over which a quotation may run
_BRACKET = expression(r"[()]")
_NUMBERED = expression(r"(?:^|[\s(,;])(?:\p{L}{1,2}|[ivxIVX]{1,4}|\d{1,3})\.?$")  # a) or 2.)
_STOP = expression(r"[.!?…](?:\s|$)|[.!?…][\"”»)]?$")
_INCHES = expression(r"\d[\"”]")
_AROUND = 2000  # characters of a paragraph that are looked at on either side of a mark
_CUT_OFF = ("...", "…")
_FACE = expression(r"(?:[:;=]['-]?|(?<!\w)8-?|\^)[()]*$")
_DRAWN = ")))"  # a laugh in Eastern Europe, waves in a name
_LONGEST_FACE = 6
_MOST_BRACKETS = 10_000  # left open at once: text is never like that


@dataclass(frozen=True)
class Check:
    """Look for lone `marks`."""

    marks: Literal["quotes", "brackets"] = "quotes"

    literals = ()  # what is missing cannot be looked for

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the marks that are alone."""
        return self._quotes(document) if self.marks == "quotes" else self._brackets(document)

    def _quotes(self, document: Document) -> Iterator[Hit]:
        if document.once(are_tidy):
            return
        lone = [pair for pair in document.once(pairs) if pair.opening is None or pair.closing is None]
        for place, pair in enumerate(lone):
            if not _is_resumed(document, pair):
                near = lone[max(0, place - 1) : place + 2]
                yield Hit(_offset(pair), _offset(pair) + 1, _confidence(document, pair, near))

    def _brackets(self, document: Document) -> Iterator[Hit]:
        text = document.text
        if ("(" not in text and ")" not in text) or text.count("(") == text.count(")"):
            return  # "in" takes a tenth of the time that counting does
        opened: deque[int] = deque(maxlen=_MOST_BRACKETS)
        for match in _BRACKET.finditer(text):
            offset = match.start()
            if _FACE.search(text, max(0, offset - _LONGEST_FACE), offset):
                continue
            if match.group() == "(":
                opened.append(offset)
            elif opened:
                opened.pop()
            elif _DRAWN not in text[max(0, offset - 2) : offset + 3] and not _is_numbered(text, offset):
                yield Hit(offset, offset + 1, Confidence.MEDIUM)
        for offset in opened:
            yield Hit(offset, offset + 1, Confidence.MEDIUM)


def _is_numbered(text: str, offset: int) -> bool:
    return _NUMBERED.search(text, max(0, offset - 6), offset) is not None


def _offset(pair: Pair) -> int:
    return pair.closing or 0 if pair.opening is None else pair.opening


def _is_resumed(document: Document, pair: Pair) -> bool:
    """Tell whether a quotation left open goes on in the next paragraph, which opens it again."""
    following = pair.block + 1
    return (
        pair.closing is None
        and following < len(document.blocks)
        and document.text[document.blocks[following].start] in _QUOTES
    )


def _confidence(document: Document, pair: Pair, near: list[Pair]) -> Confidence:
    """Return how sure it is that the mark is alone: little where a quotation may run over several paragraphs."""
    for other in near:
        if other is not pair and abs(other.block - pair.block) <= _REACH and _completes(pair, other):
            return Confidence.LOW
    if _may_run_on(document, pair):
        return Confidence.LOW
    block, offset = document.blocks[pair.block], _offset(pair)
    inches = _INCHES.search(document.text, max(block.start, offset - _AROUND), min(block.end, offset + _AROUND))
    return Confidence.LOW if inches else Confidence.MEDIUM


def _may_run_on(document: Document, pair: Pair) -> bool:
    """Tell whether whole sentences are quoted that may come from a paragraph before, or go on after the text's end.

    Not so the first sentence of a paragraph that says after its comma who speaks: there the first mark is missing.
    """
    text, block = document.text, document.blocks[pair.block]
    if pair.opening is not None:
        following = text[pair.opening + 1 : pair.opening + 2]
        if text.endswith(_CUT_OFF, block.start, block.end):
            return True
        last = pair.block + 1 == len(document.blocks)
        return last and following.isupper() and _STOP.search(text, block.end - 2, block.end) is not None
    assert pair.closing is not None
    if text[pair.closing - 1] in ".!?…":
        return True
    start = max(block.start, pair.closing - _AROUND)
    return text[pair.closing - 1] == "," and _STOP.search(text, start, pair.closing - 1) is not None


def _completes(pair: Pair, other: Pair) -> bool:
    """Tell whether one of two lone marks opens and the other, later one closes."""
    if pair.closing is None:
        return other.opening is None and other.block > pair.block
    return other.closing is None and other.block < pair.block
