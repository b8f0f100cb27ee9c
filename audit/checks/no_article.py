"""Find documents without an article: nothing at all, or a headline and captions with no paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.model import Confidence, Document, Hit, Kind, Sighting

_MOST = 8  # blocks that a page without an article may have
_NO_BODY = frozenset((Kind.HEADLINE, Kind.HEADING, Kind.BYLINE, Kind.CAPTION, Kind.COUNTER, Kind.ALT))


@dataclass(frozen=True)
class Check:
    """Look at the kinds of the blocks."""

    literals = ()  # what is absent cannot be looked for

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the headline that no article follows, or the start of an empty text; `sightings` are not used."""
        blocks = document.blocks
        if not blocks:
            yield Hit(0, 0, Confidence.HIGH)
        elif len(blocks) <= _MOST and blocks[0].kind is Kind.HEADLINE and _NO_BODY.issuperset(b.kind for b in blocks):
            yield Hit(blocks[0].start, blocks[0].end, Confidence.MEDIUM)
