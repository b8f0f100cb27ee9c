"""Map spans of a document's text to spans of the file that it was read from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Self


class Piece(NamedTuple):
    """A stretch of a document's text and the stretch of the file that it was read from.

    `verbatim` says that both hold the same characters, so that positions inside can be counted.
    """

    start: int
    end: int
    file_start: int
    file_end: int
    verbatim: bool


class FileSpan(NamedTuple):
    """A span of the decoded file; `exact` says that it holds the text's own characters, letter for letter."""

    start: int
    end: int
    exact: bool


class Offsets:
    """Map spans of a document's text to spans of its file.

    `pieces` cover the text from its start to its end without gaps or overlaps.
    """

    __slots__ = ("_starts", "pieces")

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self._starts = [piece.start for piece in pieces]

    @classmethod
    def identity(cls, length: int) -> Self:
        """Return the map of a text that is its file, character for character."""
        return cls((Piece(0, length, 0, length, True),))

    def _piece_at(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def place(self, start: int, end: int) -> FileSpan:
        """Return where the text span `start:end` lies in the file."""
        if len(self.pieces) == 1 and self.pieces[0].verbatim:  # plain text: the common case, made fast
            shift = self.pieces[0].file_start - self.pieces[0].start
            return FileSpan(start + shift, end + shift, True)
        if not self.pieces:  # an empty text, such as a page without an article
            return FileSpan(0, 0, False)
        first = self._piece_at(start)
        last = first if end <= start else self._piece_at(end - 1)
        head, tail = self.pieces[first], self.pieces[last]
        file_start = head.file_start + (start - head.start) if head.verbatim else head.file_start
        if end <= start:
            return FileSpan(file_start, file_start, head.verbatim)
        file_end = tail.file_start + (end - tail.start) if tail.verbatim else tail.file_end
        run = self.pieces[first : last + 1]
        exact = all(piece.verbatim for piece in run) and file_end - file_start == end - start
        return FileSpan(file_start, max(file_start, file_end), exact)

    def through(self, outer: Offsets) -> Offsets:
        """Return this map continued by `outer`, which maps this map's file (a field of JSON, say) to the real file."""
        pieces: list[Piece] = []
        for piece in self.pieces:
            if not piece.verbatim or piece.end == piece.start:
                placed = outer.place(piece.file_start, piece.file_end)
                pieces.append(Piece(piece.start, piece.end, placed.start, placed.end, False))
                continue
            position = piece.file_start
            while position < piece.file_end:
                step = outer.pieces[outer._piece_at(position)]
                stop = min(step.end, piece.file_end)
                if stop <= position:  # past the end of the outer map: nothing left to place
                    stop = piece.file_end
                placed = outer.place(position, stop)
                start = piece.start + (position - piece.file_start)
                pieces.append(Piece(start, start + stop - position, placed.start, placed.end, step.verbatim))
                position = stop
        return Offsets(pieces)
