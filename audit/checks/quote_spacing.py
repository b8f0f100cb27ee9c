"""Find spaces between a quotation and its marks: `agreed, " he said`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.model import Confidence, Document, Edit, Hit, Sighting
from audit.punctuation.marks import pairs

_SENTENCE_MARKS = ",.!?…"


@dataclass(frozen=True)
class Check:
    """Look at both ends of every quotation."""

    @property
    def literals(self) -> Sequence[str]:
        """A quotation mark beside a space at a place where it may be on the wrong side."""
        return (' "', '" ')

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the spaces with their mark, and with the comma or full stop before them."""
        text = document.text
        for pair in document.once(pairs):
            if pair.opening is None or pair.closing is None or text[pair.opening] in "«»":
                continue  # spaces inside guillemets are somebody's style: « French », or links that look like arrows
            if text[pair.opening + 1] == " " and pair.closing > pair.opening + 2:
                edit = Edit(pair.opening + 1, pair.opening + 2, "")
                yield Hit(pair.opening, pair.opening + 2, Confidence.MEDIUM, {}, (edit,), safe=True)
            if text[pair.closing - 1] == " " and pair.closing > pair.opening + 2:
                start = pair.closing - (2 if text[pair.closing - 2] in _SENTENCE_MARKS else 1)
                mark = text[pair.closing]
                space = " " if text[pair.closing + 1 : pair.closing + 2].isalnum() else ""
                edit = Edit(pair.closing - 1, pair.closing + 1, mark + space)
                yield Hit(start, pair.closing + 1, Confidence.MEDIUM, {}, (edit,), safe=True)
