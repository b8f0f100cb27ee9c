"""Report headlines, ledes, paragraphs and sentences that an article prints twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.duplicates.copies import copies
from audit.duplicates.judging import Copy, What
from audit.likeness import Likeness
from audit.model import Document, Edit, Hit, Related, Sighting
from audit.text import removal


@dataclass(frozen=True)
class Check:
    """Report the copies of one sort; each repetition is of one sort alone, the most telling."""

    what: What = "paragraph"

    literals = ()  # any words may come again

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the later copies, each with the first one beside it."""
        for copy in document.once(copies):
            if copy.what == self.what:
                first = (Related(copy.first_start, copy.first_end, "first printed here"),)
                edits, safe = _mend(document, copy)
                yield Hit(copy.start, copy.end, copy.confidence, edits=edits, safe=safe, related=first)


def _mend(document: Document, copy: Copy) -> tuple[tuple[Edit, ...], bool]:
    if copy.likeness < Likeness.LETTERS:
        return (), False
    if copy.block is not None:
        return (removal(document, copy.block),), copy.likeness is Likeness.VERBATIM
    text, start, end = document.text, copy.start, copy.end
    block = document.block_at(start)
    while block and start > block.start and text[start - 1].isspace():
        start -= 1
    while block and start == block.start and end < block.end and text[end].isspace():
        end += 1
    return (Edit(start, end, ""),), False
