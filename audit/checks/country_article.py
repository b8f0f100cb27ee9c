"""Flag a country named with an article that it no longer has: in the Ukraine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from audit.expressions import expression
from audit.model import Confidence, Document, Edit, Hit, Sighting
from audit.text import folded

_INTO = r"\b(?:in|into|to|from|of|across|throughout|within|inside|outside|over|against|with|through|for|around) $"
_VERB = (
    r" (?:is|was|has|had|will|would|can|could|does|did|should|must|may|might|needs?|wants?|became|becomes|remains?"
    r"|said|says|joined|joins|won|lost)\b"
)
_WORD = (
    r" (?:in|on|by|from|to|for|at|as|since|after|before|during|until|but|because|when|while|where|who|is|was|has|had"
    r"|will|would|can|could|does|did|should|must|may|might|this|last|next|today|yesterday|again|alone|also|itself"
    r"|through|into|if|so|without|between|against|amid|about|not|soon|now|more|were|are|have"
    r"|the (?:day|week|month|year|time|moment))\b"
)
_OLD_TIMES = expression(
    r"\b1[0-8]\d\d\b|\b19[0-8]\d\b|soviet|army group|wehrmacht|reichskommissar|tsar|world war|cossack"
)


@dataclass(frozen=True)
class Check:
    """Find one country with its article; `country` is its English name."""

    country: str = "Ukraine"

    @property
    def literals(self) -> Sequence[str]:
        """The country behind its article."""
        return (f"the {self.country.lower()}",)

    @cached_property
    def _after_preposition(self) -> regex.Pattern[str]:
        return expression(rf"(?:[.,;:!?)]|$|{_WORD})")

    @cached_property
    def _after_subject(self) -> regex.Pattern[str]:
        return expression(_VERB)

    @cached_property
    def _preposition(self) -> regex.Pattern[str]:
        return expression(_INTO)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the articles before the country's name where it is no part of a longer name."""
        text = document.once(folded)
        for sighting in sightings:
            start, end = sighting.start, sighting.end
            block = document.block_at(start)
            written = document.text[start + 4 : end]
            if block is None or not written[0].isupper() or (start > block.start and text[start - 1].isalnum()):
                continue
            if not self._is_country(text, block.start, start, end, block.end):
                continue
            near = max(block.start, start - 120), min(block.end, end + 120)
            confidence = Confidence.LOW if _OLD_TIMES.search(text, *near) else Confidence.MEDIUM
            yield Hit(start, end, confidence, {"house": written}, (Edit(start, end, written),))

    def _is_country(self, text: str, block_start: int, start: int, end: int, block_end: int) -> bool:
        first = start == block_start or text[max(block_start, start - 2) : start] in (". ", '" ')
        if first:
            return bool(self._after_subject.match(text, end, block_end))
        if not self._preposition.search(text, max(block_start, start - 16), start):
            return False
        return bool(self._after_preposition.match(text, end, block_end))
