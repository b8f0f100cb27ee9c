"""Find articles that stop in mid-sentence: the last paragraph ends in a word with which no sentence ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from audit.model import Confidence, Document, Hit, Kind, Sighting, Table

_NOTHING = Table("", ())
_SHORTEST = 80  # characters of a paragraph; shorter ones may be a teaser or a heading
_LONGEST = 12  # characters of a word of grammar


@dataclass(frozen=True)
class Check:
    """`words` holds by language the words with which no sentence ends."""

    words: Table = _NOTHING

    @cached_property
    def _last_words(self) -> dict[str, frozenset[str]]:
        return {row.cells["language"]: frozenset(row.cells["words"].split()) for row in self.words.rows}

    @property
    def literals(self) -> tuple[str, ...]:
        """Nothing: only the last block is looked at."""
        return ()

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the last word of an article that breaks off; `sightings` are not used."""
        if len(document.blocks) < 2 or document.blocks[-1].kind not in (Kind.PARAGRAPH, Kind.LEDE):
            return
        block, text = document.blocks[-1], document.text
        last = text[max(block.start, block.end - _LONGEST) : block.end].rpartition(" ")[2]
        tag = document.target_language or ""
        known = self._last_words.get(tag) or self._last_words.get(tag.partition("-")[0], frozenset())
        sentence = any(f"{mark} " in text[block.start : block.end] for mark in ".!?")
        if last in known and sentence and block.end - block.start >= _SHORTEST:
            yield Hit(block.end - len(last), block.end, Confidence.MEDIUM, {"last": last})
