"""Find names of which the first half lost its capital: "lakewood Church" beside "Lakewood"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from audit.expressions import expression
from audit.model import NO_TABLE, Confidence, Document, Edit, Hit, Related, Sighting, Table
from audit.names.scan import Place, places, whole
from audit.text import fold

_LONGEST = 30  # characters of the first half
_MOST = 50  # first halves that are looked for
_BEFORE = expression(r"(?r)(?<![\p{L}\p{N}@#/_.-])(\p{Ll}{4,})\Z")


@dataclass(frozen=True)
class Check:
    """`nouns` holds the words that close names of places and institutions (noun)."""

    nouns: Table = NO_TABLE

    @cached_property
    def literals(self) -> frozenset[str]:
        """The nouns, folded, with the space before them."""
        return frozenset(f" {fold(row.cells['noun'])}" for row in self.nouns.rows)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the first halves in small letters that have a capital everywhere else."""
        text = document.text
        halves: dict[str, list[int]] = {}
        for _, start, end in sightings:
            if text[start + 1].isupper() and text[start + 2 : end].islower() and not text[end : end + 1].isalpha():
                before = _BEFORE.search(text, max(0, start - _LONGEST), start)
                if before:
                    halves.setdefault(before[1], []).append(before.start())
        for word, starts in islice(halves.items(), _MOST):
            capital = _capital(document, word, len(starts))
            if capital:
                related = (Related(capital.start, capital.end, "here it has its capital"),)
                yield from (_hit(text, start, start + len(word), related) for start in starts)


def _capital(document: Document, word: str, count: int) -> Place | None:
    """Return where a word has the capital of a name, if it stands in small letters those `count` times alone."""
    if sum(1 for _ in whole(document.text, word)) > count:
        return None
    return next((place for place in places(document, word.capitalize()) if not place.opens), None)


def _hit(text: str, start: int, end: int, related: tuple[Related, ...]) -> Hit:
    capital = text[start:end].capitalize()
    return Hit(start, end, Confidence.MEDIUM, {"fix": capital}, (Edit(start, end, capital),), related=related)
