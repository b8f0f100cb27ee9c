"""Map spans of a document's text to spans of the file that it was read from, and back."""

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

    def index(self, position: int) -> int:
        """Return the index of the piece that holds the text offset `position`."""
        return max(0, bisect_right(self._starts, position) - 1)

    def place(self, start: int, end: int) -> FileSpan:
        """Return where the text span `start:end` lies in the file."""
        if len(self.pieces) == 1 and self.pieces[0].verbatim:  # plain text: the common case, made fast
            shift = self.pieces[0].file_start - self.pieces[0].start
            return FileSpan(start + shift, end + shift, True)
        if not self.pieces:  # an empty text, such as a page without an article
            return FileSpan(0, 0, False)
        first = self.index(start)
        last = first if end <= start else self.index(end - 1)
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
                step = outer.pieces[outer.index(position)]
                stop = min(step.end, piece.file_end)
                if stop <= position:  # past the end of the outer map: nothing left to place
                    stop = piece.file_end
                placed = outer.place(position, stop)
                start = piece.start + (position - piece.file_start)
                pieces.append(Piece(start, start + stop - position, placed.start, placed.end, step.verbatim))
                position = stop
        return Offsets(pieces)


class Inverse:
    """Map spans of the file back to spans of a document's text: to every span what `Offsets.place` made of it.

    Where the file writes the text in another way (`&amp;`), the span grows to all that stands there.
    """

    __slots__ = ("_begins", "_ends", "_starts", "_verbatim")

    def __init__(self, offsets: Offsets) -> None:
        pieces = [piece for piece in offsets.pieces if piece.end > piece.start]
        self._verbatim = sorted((piece for piece in pieces if piece.verbatim), key=lambda piece: piece.file_start)
        self._starts = [piece.file_start for piece in self._verbatim]
        replaced = [piece for piece in pieces if not piece.verbatim]
        # Between two blocks a made-up blank line may stand for all that the file has there: the narrowest is meant.
        replaced.sort(key=lambda piece: piece.file_start - piece.file_end)
        self._begins = {piece.file_start: piece for piece in replaced}
        self._ends = {piece.file_end: piece for piece in replaced}

    def text_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of the text that stands at `start:end` of the file; None where no text of it begins there."""
        if start == end:
            point = self._begin(start)
            point = self._end(start) if point is None else point
            return None if point is None else (point, point)
        first, last = self._begin(start), self._end(end)
        return None if first is None or last is None or last <= first else (first, last)

    def _begin(self, position: int) -> int | None:
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and position < self._verbatim[index].file_end:
            return self._verbatim[index].start + position - self._verbatim[index].file_start
        return self._begins[position].start if position in self._begins else None

    def _end(self, position: int) -> int | None:
        index = bisect_right(self._starts, position - 1) - 1
        if index >= 0 and position <= self._verbatim[index].file_end:
            return self._verbatim[index].start + position - self._verbatim[index].file_start
        return self._ends[position].end if position in self._ends else None
