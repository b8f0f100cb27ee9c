"""Scan for words that go round: where they stand, and how long a turn is."""

from __future__ import annotations

from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from audit.expressions import expression
from audit.model import Document
from audit.repetition.gate import LONGEST, may_repeat
from audit.text import folded

TOKEN = expression(r"[^ \t\n\r\x0b\f]*?[^ \t\n\r\x0b\f\"'.,;:!?()\[\]-][^ \t\n\r\x0b\f]*")  # not of marks alone
_PIECE = 500_000  # characters that are looked at together, so that memory stays bounded
_MARKS = b"\"'.,;:!?()[]-"
_first = itemgetter(0)


class Run(NamedTuple):
    """Words that go round: the spans of its words in the text, and of how many words each turn is."""

    words: tuple[tuple[int, int], ...]
    period: int

    @property
    def turns(self) -> int:
        """How many times the phrase is said in full."""
        return len(self.words) // self.period


def repetitions(document: Document) -> list[Run]:
    """Return what might be repetition in `document`, in order, none inside another; for `document.once`."""
    text = document.once(folded)
    found: list[Run] = []
    start = 0
    while start < len(text):
        end = len(text) if start + _PIECE >= len(text) else text.rfind(" ", start, start + _PIECE) + 1 or start + _PIECE
        found += _in_piece(document, text, start, end)
        start = end
    return found


def _in_piece(document: Document, text: str, start: int, end: int) -> list[Run]:
    if not may_repeat(document.text[start:end], text[start:end]):
        return []
    words = text[start:end].encode("utf-8", "surrogatepass").translate(None, _MARKS).split()
    spots = _turning(words)
    if not spots:
        return []
    needed = max(last for _, last, _ in spots)
    spans = [token.span() for token in islice(TOKEN.finditer(text, start, end), needed)]
    runs: list[Run] = []
    reached = -1
    for first, last, period in sorted(spots, key=lambda spot: (spot[0], -spot[1])):
        if last > reached:
            run = _within_block(document, spans[first:last], period)
            reached = last if run is not None and run.turns > 1 else reached
            if run is not None:
                runs.append(run)
    return runs


def _turning(words: list[bytes]) -> list[tuple[int, int, int]]:
    """Return first word, end and period of what comes again at once in `words`.

    Lengths and first letters of words, as bytes of two great integers, are compared with themselves one to twelve words
    on by a shift and an exclusive or, whose zero bytes are equal; so only few places are compared word for word.
    """
    spots: list[tuple[int, int, int]] = []
    count = len(words)
    try:
        lengths = int.from_bytes(bytes(map(len, words)), "little")
    except ValueError:
        lengths = int.from_bytes(bytes(min(len(word), 255) for word in words), "little")
    letters = int.from_bytes(bytes(map(_first, words)), "little")
    for period in range(1, min(LONGEST, count // 2) + 1):
        shift = 8 * period
        differing = ((lengths ^ (lengths >> shift)) | (letters ^ (letters >> shift))).to_bytes(count, "little")
        wanted = bytes(period)
        at = differing.find(wanted)
        while at >= 0:
            if words[at : at + period] == words[at + period : at + 2 * period]:
                spots += _followed(words, [at], period)
                at = spots[-1][1] - period
            at = differing.find(wanted, at + 1)
    return spots


def _followed(words: list[bytes], places: list[int], period: int) -> list[tuple[int, int, int]]:
    """Return for each of `places` how far words are the same as those `period` before, a cut last one included."""
    spots: list[tuple[int, int, int]] = []
    for first in places:
        if spots and first < spots[-1][1] - period:
            continue
        last = first + period
        while last < len(words) and words[last] == words[last - period]:
            last += 1
        spots.append((first, last, period))
    return spots


def _within_block(document: Document, spans: list[tuple[int, int]], period: int) -> Run | None:
    block = document.block_at(spans[0][0])
    if block is None:
        return None
    inside = spans if spans[-1][1] <= block.end else [span for span in spans if span[1] <= block.end]
    return Run(tuple(inside), period) if len(inside) >= 2 * period else None
