"""Find single words that were left in another language: a function word, a month, the word for "year"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import or_
from typing import NamedTuple

from audit.expressions import expression
from audit.model import Confidence, Document, Hit, Row, Sighting, Table
from audit.text import folded, is_whole

_SUBJECT = 3  # times that a word stands in an article that is about it, or about a band of that name
_REACH = 40  # characters before a word in which it may be introduced or quoted
_BEFORE = expression(r"(\p{Ll}+) $")
_AFTER = expression(r" (\p{Ll}+)(?![\p{L}\p{M}])")
_DAY = expression(r"(?<![\p{N}.,:])(?:[12]?\d|3[01])\.?\s$")
_YEAR_BEFORE = expression(r"(?<!\p{N})(?:1[89]|20)\d\d\.?\s$")
_YEAR_AFTER = expression(r"\s(?:1[89]|20)\d\d(?!\p{N})")
_MENTIONED = expression(
    r"[\"'“”„«‹‘(*_]|\b(?:words?|terms?|called|meaning|means|says?|phrase|wort|mot|palabra|słowo|reč|riječ)\b"
)


class _Word(NamedTuple):
    """A word of another language; `neighbours` are the function words of the target language that are none of its."""

    language: str
    beside: str
    neighbours: frozenset[str]


@dataclass(frozen=True)
class Check:
    """`table` holds the words, described in its head; `target` is the language of the text, a row of `function_words`.

    Words that are of the target language, too, are left out.
    """

    table: Table
    function_words: Table
    target: str

    @cached_property
    def _words(self) -> dict[str, _Word]:
        own = self._function_words(self.target)
        taken = own.union(*(_words(row) for row in self.table.rows if row.cells["language"] == self.target))
        known: dict[str, _Word] = {}
        for row in self.table.rows:
            cells = row.cells
            word_of = _Word(cells["name"], cells["beside"], own - self._function_words(cells["language"]))
            if cells["beside"] != "own":
                known |= {word: word_of for word in _words(row) if word not in taken and word not in known}
        return known

    def _function_words(self, language: str) -> frozenset[str]:
        rows = (row.cells for row in self.function_words.rows if row.cells["language"] == language)
        return frozenset(word for cells in rows for word in f"{cells['words']} {cells['weak']}".split())

    @cached_property
    def literals(self) -> frozenset[str]:
        """The words, with the space before them, and of short ones with that behind them."""
        return frozenset(f" {word} " if len(word) < 5 else f" {word}" for word in self._words)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the words that their surroundings prove to be left over; those that follow each other as one."""
        counts = Counter(sighting.literal for sighting in sightings)
        last: Hit | None = None
        for sighting in sightings:
            start, end = sighting.start + 1, sighting.start + len(sighting.literal.rstrip())
            known = self._words[sighting.literal.strip()]
            if counts[sighting.literal] > _SUBJECT and known.beside == "words":
                continue
            if not is_whole(document.text, start, end) or not self._is_left(document, start, end, known):
                continue
            if last and last.end == start - 1 and last.values["language"] == known.language:
                last = Hit(last.start, end, Confidence.MEDIUM, last.values)
                continue
            if last:
                yield last
            last = Hit(start, end, Confidence.MEDIUM, {"language": known.language})
        if last:
            yield last

    def _is_left(self, document: Document, start: int, end: int, word: _Word) -> bool:
        block = document.block_at(start)
        if block is None:
            return False
        text, first = document.text, max(block.start, start - _REACH)
        if word.beside == "words":
            return self._is_among(document, first, start, end, word)
        if word.beside == "any":
            return text[start].islower() and not _MENTIONED.search(document.once(folded), first, start)
        if word.beside == "year":
            return _YEAR_BEFORE.search(text, first, start) is not None and text[start].islower()
        if _DAY.search(text, first, start):
            return word.beside == "date" or text[start].islower()
        return word.beside == "date" and _YEAR_AFTER.match(text, end, block.end) is not None

    def _is_among(self, document: Document, first: int, start: int, end: int, word: _Word) -> bool:
        """Tell whether a word in small letters stands between function words of the target language.

        Another word of its language may be one of them, so that two words in a row are found; one neighbour is enough
        for a word with letters that English does not have.
        """
        text, small = document.text, document.once(folded)
        before, after = _BEFORE.search(text, first, start), _AFTER.match(text, end)
        if not (before and after and text[start:end].islower()) or _MENTIONED.search(small, first, start):
            return False
        neighbours = (before[1], after[1])
        own = [neighbour in word.neighbours for neighbour in neighbours]
        alike = [
            neighbour in self._words and self._words[neighbour].language == word.language for neighbour in neighbours
        ]
        return any(own) and (all(map(or_, own, alike)) or not text[start:end].isascii())


def _words(row: Row) -> list[str]:
    return row.cells["words"].split()
