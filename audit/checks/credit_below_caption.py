"""Find credits that stand alone below a caption which ends with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from audit.expressions import expression
from audit.model import NO_TABLE, Block, Confidence, Document, Hit, Kind, Related, Sighting, Table
from audit.text import fold, removal

_LONGEST = 80  # characters of a credit
_MARKS = ".:,()[]"  # that one of the copies may have around it
_BEFORE_NAME = tuple(".!?…/|(©")  # what sets a photographer's name off from the words of a caption
_WORD = r"\p{Lu}[\p{L}.'’-]*"
_NAME = expression(rf"{_WORD}(?: (?:\p{{Ll}}{{1,3}} )?{_WORD}){{1,3}}(?:[/,] ?\p{{Lu}}[\p{{L}} .-]{{1,30}})?$")
_PROSE = (Kind.LEDE, Kind.PARAGRAPH, Kind.QUOTE)


@dataclass(frozen=True)
class Check:
    """Compare every caption with the line below; `credits` lists the words that introduce a credit (label, mark)."""

    credits: Table = NO_TABLE

    literals = ()  # a photographer may have any name

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        return ("©", *{fold(row.cells["label"]) for row in self.credits.rows})

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the second credit, unless pictures in a row are from one hand."""
        blocks = document.blocks
        captions = [index for index, block in enumerate(blocks) if block.kind is Kind.CAPTION]
        for index in captions:
            caption, below = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else blocks[index]
            if below is caption or below.end - below.start > _LONGEST or below.kind is Kind.HEADING:
                continue
            credit = document.text[below.start : below.end].strip(_MARKS + " ")
            start = _of_the_end(document, caption, credit)
            if start > caption.start and document.text.count(credit) == 2 and self._is_credit(document, index, credit):
                removed = (removal(document, index + 1),)
                related = (Related(start, start + len(credit), "first printed here"),)
                yield Hit(below.start, below.end, Confidence.MEDIUM, edits=removed, safe=True, related=related)

    def _is_credit(self, document: Document, index: int, credit: str) -> bool:
        """Tell whether the line below caption `index` opens as credits do, or is a name inside the article.

        A name above the article or below may be its author's, who took the picture, too.
        """
        blocks, caption = document.blocks, document.blocks[index]
        if fold(credit).startswith(self._labels):
            return True
        before = document.text[caption.start : caption.end].rstrip(_MARKS + " ")[: -len(credit)].rstrip()
        inside = all(any(block.kind in _PROSE for block in side) for side in (blocks[:index], blocks[index + 2 :]))
        return inside and before.endswith(_BEFORE_NAME) and _NAME.match(credit) is not None


def _of_the_end(document: Document, caption: Block, credit: str) -> int:
    """Return where `credit` begins if the caption ends with it as a word of its own, or -1."""
    text = document.text[caption.start : caption.end].rstrip(_MARKS + " ")
    start = caption.start + len(text) - len(credit)
    if not credit or not text.endswith(credit) or document.text[start - 1 : start].isalnum():
        return -1
    return start
