"""Find short blocks that hold a word of each of several groups: a text, its translation, a machine that made it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from audit.expressions import expression
from audit.model import NO_TABLE, Block, Confidence, Document, Hit, Kind, Sighting, Table
from audit.text import folded, removal

_QUOTES = tuple("\"'“„«‹‘")
_EDGE = 2  # blocks from either end of an article among which notes of the page stand
_MOST_WORDS = 6  # of the first group: an article that has more is about such texts
_KINDS = frozenset({Kind.PARAGRAPH, Kind.LEDE, Kind.CAPTION, Kind.BYLINE})


@dataclass(frozen=True)
class Check:
    """`groups` holds stems (language, group, stems; groups are numbered, the first is the rarest).

    A block of `longest` characters or less with a word of each group in one language is a hit, unless it reports what
    somebody said: `speech` holds words that tell so.
    """

    groups: Table = NO_TABLE
    speech: tuple[str, ...] = ()
    longest: int = 300

    @cached_property
    def _stems(self) -> dict[str, dict[str, tuple[str, ...]]]:
        stems: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for row in self.groups.rows:
            stems[row.cells["language"]][row.cells["group"]] = tuple(row.cells["stems"].split("|"))
        return dict(stems)

    @cached_property
    def _patterns(self) -> list[list[regex.Pattern[str]]]:
        """The groups of each language as patterns of words that begin so."""
        return [
            [
                expression(r"(?<![\p{L}\p{N}])(?:" + "|".join(map(_stem, groups[name])) + ")")
                for name in sorted(groups)[1:]
            ]
            for groups in self._stems.values()
        ]

    @cached_property
    def _speech(self) -> regex.Pattern[str]:
        return expression(r"(?<!\p{L})\L<words>(?!\p{L})", words=list(self.speech))

    @property
    def literals(self) -> frozenset[str]:
        """The stems of the first groups."""
        return frozenset(stem.rstrip("*") for groups in self._stems.values() for stem in groups["1"])

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the blocks that hold a word of each group."""
        if len({sighting.end for sighting in sightings}) > _MOST_WORDS:
            return
        last = -1
        for sighting in sightings:
            number = document.block_index(sighting.start)
            if number is None or number == last:
                continue
            last = number
            block = document.blocks[number]
            if self._is_note(document, block):
                at_edge = number <= _EDGE or number >= len(document.blocks) - _EDGE
                short = block.end - block.start <= self.longest // 2
                confidence = Confidence(max(Confidence.LOW, at_edge + short))
                yield Hit(block.start, block.end, confidence, edits=(removal(document, number),))

    def _is_note(self, document: Document, block: Block) -> bool:
        if block.end - block.start > self.longest or block.kind not in _KINDS:
            return False
        text = document.once(folded)
        if document.text.startswith(_QUOTES, block.start) or self._speech.search(text, block.start, block.end):
            return False
        return any(
            all(pattern.search(text, block.start, block.end) for pattern in patterns) for patterns in self._patterns
        )


def _stem(word: str) -> str:
    """Return the pattern of a word, or of one that begins so if an asterisk ends it."""
    return str(regex.escape(word[:-1])) if word.endswith("*") else rf"{regex.escape(word)}(?![\p{{L}}\p{{N}}])"
