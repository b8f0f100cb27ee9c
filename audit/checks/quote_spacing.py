"""Find spaces between a quotation and its marks: `agreed, " he said`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.model import Confidence, Document, Edit, Hit, Sighting
from audit.punctuation.marks import are_tidy, pairs

_SENTENCE_MARKS = ",.!?…"
_QUOTES = "\"'“”„‘’‚"


@dataclass(frozen=True)
class Check:
    """Look at both ends of every quotation."""

    literals = ()  # marks beside spaces are everywhere; that the marks are tidy is known

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the spaces with their mark, and with the comma or full stop before them."""
        if document.once(are_tidy):
            return
        text = document.text
        for pair in document.once(pairs):
            if pair.opening is not None and text[pair.opening] in "«»":
                continue  # spaces inside guillemets are somebody's style: « French », or links that look like arrows
            if pair.opening is not None and pair.closing is not None and pair.closing <= pair.opening + 2:
                continue
            if pair.opening is not None and _is_apart(text, pair.opening, pair.opening + 1, pair.opening + 2):
                edit = Edit(pair.opening + 1, pair.opening + 2, "")
                yield Hit(pair.opening, pair.opening + 2, Confidence.MEDIUM, {}, (edit,), safe=True)
            if pair.closing is None or text[pair.closing] in "«»":
                continue
            if _is_apart(text, pair.closing, pair.closing - 1, pair.closing - 2):
                yield _before_closing(text, pair.closing, balanced=pair.opening is not None)


def _is_apart(text: str, mark: int, space: int, neighbour: int) -> bool:
    """Tell whether a space stands between a mark and words; American printers set two kinds of marks apart by one."""
    if text[space : space + 1] != " ":
        return False
    beside = text[neighbour : neighbour + 1]
    return not beside or beside not in _QUOTES or beside == text[mark]


def _before_closing(text: str, closing: int, balanced: bool) -> Hit:
    """Return the hit of the space before a closing mark, with the comma or full stop that it follows."""
    ended = text[closing - 2] in _SENTENCE_MARKS
    space = " " if text[closing + 1 : closing + 2].isalnum() else ""
    edit = Edit(closing - 1, closing + 1, text[closing] + space)
    confidence = Confidence.MEDIUM if balanced or ended else Confidence.LOW
    return Hit(closing - (2 if ended else 1), closing + 1, confidence, {}, (edit,), safe=True)
