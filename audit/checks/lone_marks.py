"""Find quotation marks and brackets whose other half is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from audit.model import Confidence, Document, Hit, Sighting
from audit.punctuation.marks import Pair, are_tidy, pairs

_QUOTES = "\"“”„‟«»'‘’"
_REACH = 30  # blocks over which a quotation may run
_BRACKET = regex.compile(r"[()]")
_NUMBERED = regex.compile(r"(?:^|[\s(,;])(?:\p{L}{1,2}|[ivxIVX]{1,4}|\d{1,3})\.?$")  # a) or 2.)
_STOP = regex.compile(r"[.!?…](?:\s|$)|[.!?…][\"”»)]?$")
_CUT_OFF = ("...", "…")
_FACE = regex.compile(r"(?:[:;=]['-]?|(?<!\w)8-?|\^)[()]*$")
_LONGEST_FACE = 6
_MOST_BRACKETS = 10_000  # left open at once: text is never like that


@dataclass(frozen=True)
class Check:
    """Look for lone `marks`."""

    marks: Literal["quotes", "brackets"] = "quotes"

    @property
    def literals(self) -> Sequence[str]:
        """None: what is missing cannot be looked for."""
        return ()

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the marks that are alone."""
        return self._quotes(document) if self.marks == "quotes" else self._brackets(document)

    def _quotes(self, document: Document) -> Iterator[Hit]:
        if document.once(are_tidy):
            return
        lone = [pair for pair in document.once(pairs) if pair.opening is None or pair.closing is None]
        for place, pair in enumerate(lone):
            offset = pair.opening if pair.opening is not None else pair.closing
            if offset is None or _is_resumed(document, pair):
                continue
            near = lone[max(0, place - 1) : place + 2]
            yield Hit(offset, offset + 1, _confidence(document, pair, near))

    def _brackets(self, document: Document) -> Iterator[Hit]:
        text = document.text
        if text.count("(") == text.count(")"):
            return
        opened: list[int] = []
        for match in _BRACKET.finditer(text):
            offset = match.start()
            if _FACE.search(text, max(0, offset - _LONGEST_FACE), offset):
                continue
            if match.group() == "(":
                opened = [*opened[-_MOST_BRACKETS:], offset] if len(opened) > _MOST_BRACKETS else opened
                opened.append(offset)
            elif opened:
                opened.pop()
            elif not _NUMBERED.search(text, max(0, offset - 6), offset):
                yield Hit(offset, offset + 1, Confidence.MEDIUM)
        for offset in opened:
            yield Hit(offset, offset + 1, Confidence.MEDIUM)


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
    block = document.blocks[pair.block]
    inches = regex.search(r"\d[\"”]", document.text, pos=block.start, endpos=block.end)
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
    return text[pair.closing - 1] == "," and _STOP.search(text, block.start, pair.closing - 1) is not None


def _completes(pair: Pair, other: Pair) -> bool:
    """Tell whether one of two lone marks opens and the other, later one closes."""
    if pair.closing is None:
        return other.opening is None and other.block > pair.block
    return other.closing is None and other.block < pair.block
