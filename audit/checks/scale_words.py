"""Find scale words of another language after a number: 105.8 mln tenge, two milliards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from audit.expressions import expression
from audit.model import Confidence, Document, Edit, Hit, Row, Sighting, Table
from audit.text import is_whole

_ABBREVIATED = frozenset(("mio", "mln", "mrd", "mld", "mlrd", "tsd"))  # which German writes with a capital
_COUNTED = expression(
    r"\d[ \u00a0\u202f-]?$|(?<!\p{L})(?:one|two|three|four|five|six|seven|eight|nine|ten|half|several)[ -]$"
)


@dataclass(frozen=True)
class Check:
    """Words of the table `words` (columns word, means, confidence), where a number stands before them."""

    words: Table

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {row.cells["word"]: row for row in self.words.rows}

    @property
    def literals(self) -> tuple[str, ...]:
        """Return the scale words."""
        return tuple(self._rows)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the words that follow a number, with the words that this language has for them."""
        text = document.text
        for literal, start, end in sightings:
            if not is_whole(text, start, end) and not text[start - 1 : start].isdigit():
                continue
            if (text[start].isupper() and not _is_abbreviated(text, start, end)) or not _COUNTED.search(
                text[max(0, start - 8) : start]
            ):
                continue
            if end < len(text) and (text[end].isalnum() or text[end] in "-’'/"):
                continue
            if text[end : end + 1] == "." and text[end - 1] != "." and text[end + 1 : end + 3].strip()[:1].islower():
                end += 1  # 3 tys. people
            cells = self._rows[literal].cells
            space = " " if text[start - 1].isdigit() else ""
            edits = () if " or " in cells["means"] else (Edit(start, end, space + cells["means"]),)
            yield Hit(start, end, Confidence.parse(cells["confidence"]), {"fix": cells["means"]}, edits)


def _is_abbreviated(text: str, start: int, end: int) -> bool:
    """Tell whether a word with a capital is a German short form with its full stop behind a figure: 320 Mio. francs."""
    before = text[max(0, start - 2) : start]
    figure = before[-1:].isdigit() or (before[:1].isdigit() and before[1:].isspace())
    written = text[start + 1 : end].islower() and text[end : end + 1] == "."
    return figure and written and text[start:end].lower() in _ABBREVIATED
