"""Find people named twice: "students and students", where the source has a word for women and one for men."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from audit.expressions import expression
from audit.model import NO_TABLE, Confidence, Document, Edit, Hit, Sighting, Table
from audit.text import folded, is_whole

_BEFORE = 30  # characters before a pair that may explain it
_ATTACHED = ("'", '"', "-")  # quoted, or a part of non-voters
_NEXT = expression(r",? ?([^\W\d_]+)")


class _Pair(NamedTuple):
    """What a literal looks for: the word, and the words around it that make two parties of a pair."""

    word: str
    between: tuple[str, ...]
    apart: frozenset[str]


@dataclass(frozen=True)
class Check:
    """`people` holds words for people by language, the words that join two, and those that set them apart (see it)."""

    people: Table = NO_TABLE

    @cached_property
    def _pairs(self) -> dict[str, dict[str, _Pair]]:
        """The pairs of each literal by language."""
        pairs: dict[str, dict[str, _Pair]] = {}
        for row in self.people.rows:
            between = tuple(f" {word} " for word in row.cells["between"].split())
            apart = frozenset(row.cells["apart"].split())
            for word in row.cells["people"].split():
                for joint in row.cells["joints"].split():
                    pair = _Pair(word, between, apart)
                    pairs.setdefault(f" {joint} {word}", {})[row.cells["language"]] = pair
        return pairs

    @property
    def literals(self) -> Sequence[str]:
        """The second halves of the pairs."""
        return list(self._pairs)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the pairs of one word, with the removal of its second half."""
        language = (document.target_language or "").partition("-")[0]
        text = document.once(folded)
        for literal, joint, end in sightings:
            pair = self._pairs[literal].get(language)
            start = joint - len(pair.word) if pair else -1
            if pair and start >= 0 and text.startswith(pair.word, start) and _is_said_twice(document, start, end, pair):
                yield Hit(start, end, Confidence.MEDIUM, edits=(Edit(joint, end, ""),))


def _is_said_twice(document: Document, start: int, end: int, pair: _Pair) -> bool:
    """Tell whether nothing around `start:end` makes the two people different ones, or a mention of words."""
    text, block = document.once(folded), document.block_at(start)
    if block is None or end > block.end or not is_whole(text, start, end):
        return False
    before = f" {text[max(block.start, start - _BEFORE) : start]}"
    if before.endswith(_ATTACHED) or text[end : end + 1] in ("'", "-", '"', "/"):
        return False
    if any(map(before.__contains__, (*pair.between, f" {pair.word} "))):
        return False
    following = _NEXT.match(text, end, block.end)
    return following is None or (following[1] not in pair.apart and not text.startswith(pair.word, following.end() + 1))
