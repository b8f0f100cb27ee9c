"""Compose the text of an article from stretches of its file, keeping the place of every character."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from audit.model import Block, Directive, Form, Kind
from audit.offsets import Offsets, Piece

SEPARATOR = "\n\n"
_LONGEST_GAP = 8


class Passage(NamedTuple):
    """Readable text with its blocks, the pieces of the source that it came from, and the directives in between."""

    text: str
    blocks: list[Block]
    pieces: list[Piece]
    directives: list[Directive]

    def through(self, outer: Offsets) -> Passage:
        """Return the same text placed in the file that `outer` maps this passage's source to."""
        directives = [told._replace(place=outer.place(told.place, told.place).start) for told in self.directives]
        pieces = list(Offsets(self.pieces).through(outer).pieces) if self.pieces else []
        return self._replace(pieces=pieces, directives=directives)


class Composer:
    """Build a `Passage` block by block from copied and replaced stretches of `source`, which is written in `forms`."""

    __slots__ = ("_before", "_blocks", "_directives", "_forms", "_parts", "_pieces", "is_open", "length", "source")

    def __init__(self, source: str, forms: tuple[Form, ...]) -> None:
        self.source = source
        self._forms = forms
        self.length = 0
        self.is_open = False
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._blocks: list[Block] = []
        self._directives: list[Directive] = []
        self._before: tuple[int, int, int, Piece | None] = (0, 0, 0, None)

    def copy(self, start: int, end: int) -> None:
        """Add the source's `start:end` as it stands."""
        if not self.is_open:
            self._begin(start)
        self._append_copy(start, end)

    def _append_copy(self, start: int, end: int) -> None:
        begin = self.length
        self.length = stop = begin + end - start
        self._parts.append(self.source[start:end])
        if self._pieces:
            last = self._pieces[-1]
            if last.file_end == start and last.verbatim:
                self._pieces[-1] = Piece(last.start, stop, last.file_start, end, True)
                return
        self._pieces.append(Piece(begin, stop, start, end, True))

    def put(self, text: str, start: int, end: int) -> None:
        """Add `text`, which stands for the source's `start:end`."""
        if not text:
            return
        if not self.is_open:
            self._begin(start)
        self._append_put(text, start, end)

    def _append_put(self, text: str, start: int, end: int) -> None:
        self._parts.append(text)
        self._pieces.append(Piece(self.length, self.length + len(text), start, end, False))
        self.length += len(text)

    def _begin(self, start: int) -> None:
        """Open a block after a separator: the source's own white space if it has a blank line, else one made up."""
        pieces = self._pieces
        self._before = (len(self._parts), len(pieces), self.length, pieces[-1] if pieces else None)
        self.is_open = True
        if not pieces:
            return
        end = pieces[-1].file_end
        gap = self.source[end:start] if end <= start <= end + _LONGEST_GAP else ""
        if gap.count("\n") > 1 and gap.isspace():
            self._append_copy(end, start)
        else:
            self._append_put(SEPARATOR, end, max(end, start))

    def ends_with_space(self) -> bool:
        """Tell whether the open block is empty or ends with white space."""
        return not self.is_open or self._parts[-1][-1].isspace()

    def close(self, kind: Kind, language: str | None = None, forms: tuple[Form, ...] | None = None) -> None:
        """End the open block, which is written in `forms` of its own or in those of all; white space is taken back."""
        if not self.is_open:
            return
        self.is_open = False
        parts, pieces, start, last = self._before
        added = self._parts[parts:]
        text = added[0] if len(added) == 1 else "".join(added)
        stripped = text.strip()
        if stripped:
            start += len(text) - len(text.lstrip())
            self._blocks.append(Block(start, start + len(stripped), kind, language, None, forms or self._forms))
            return
        del self._parts[parts:], self._pieces[pieces:]
        if last is not None:
            self._pieces[-1] = last
        self.length = start

    def direct(self, text: str, place: int) -> None:
        """Note a directive to the tool at `place` of the source: before the open block if there is one, else here."""
        self._directives.append(Directive(self._before[2] if self.is_open else self.length, text, place))

    def passage(self) -> Passage:
        """Return what was composed."""
        return Passage("".join(self._parts), self._blocks, self._pieces, self._directives)


def join(passages: Iterable[Passage]) -> Passage:
    """Return `passages`, which are placed in one file, as one, a blank line between them."""
    texts: list[str] = []
    whole = Passage("", [], [], [])
    length = 0
    for passage in passages:
        if not passage.text:
            whole.directives.extend([told._replace(position=length) for told in passage.directives])
            continue
        if texts:
            end = whole.pieces[-1].file_end
            whole.pieces.append(
                Piece(length, length + len(SEPARATOR), end, max(end, passage.pieces[0].file_start), False)
            )
            texts.append(SEPARATOR)
            length += len(SEPARATOR)
        texts.append(passage.text)
        _shift(passage, length, whole)
        length += len(passage.text)
    return whole._replace(text="".join(texts))


def _shift(passage: Passage, by: int, into: Passage) -> None:
    if not by and not into.pieces:
        into.blocks.extend(passage.blocks)
        into.pieces.extend(passage.pieces)
    else:  # much faster than `_replace`
        into.blocks.extend([Block(block[0] + by, block[1] + by, *block[2:]) for block in passage.blocks])
        into.pieces.extend([Piece(a + by, b + by, c, d, verbatim) for a, b, c, d, verbatim in passage.pieces])
    into.directives.extend([told._replace(position=told.position + by) for told in passage.directives])
