"""Find short lines of nothing but the words of web pages, whatever their wording: "React to the article"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple, TypeAlias

from audit.expressions import expression
from audit.model import NO_TABLE, Block, Confidence, Document, Hit, Kind, Sighting, Table
from audit.text import folded, removal

_WORD = expression(r"[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*")
_STOP = (".", "?", "!")
_QUOTES = tuple("\"'“„«‹‘")
_LABELS = 0.3  # of the words: a line without a full stop
_LABELS_FOR_READERS = 0.2  # of the words: a sentence that speaks to the reader
_SUBJECT = 3  # times that a label word stands elsewhere in an article that is about such things
_MOST_WORDS = 16
_INTERVIEW = 2  # other questions of a line each
_KINDS = frozenset((Kind.PARAGRAPH, Kind.LEDE, Kind.HEADING))

_Telling: TypeAlias = Callable[[str], bool]


class _Words(NamedTuple):
    labels: Set[str]
    buttons: Set[str]
    readers: Set[str]
    all: Set[str]


@dataclass(frozen=True)
class Check:
    """`vocabulary` holds words (language, weight, words); `longest` is the most characters of a line."""

    vocabulary: Table = NO_TABLE
    longest: int = 110

    literals = ()  # few blocks of an article are as short

    @cached_property
    def _words(self) -> _Words:
        words: dict[str, set[str]] = {"label": set(), "button": set(), "reader": set(), "plain": set()}
        for row in self.vocabulary.rows:
            words[row.cells["weight"]].update(row.cells["words"].split())
        return _Words(words["label"], words["button"], words["reader"], set().union(*words.values()))

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the lines that are made of page words; `sightings` are not used."""
        interview: bool | None = None
        text = document.once(folded)
        is_subject = cache(lambda word: text.count(word) > _SUBJECT)
        for index, block in enumerate(document.blocks):
            if block[1] - block[0] > self.longest or block.kind not in _KINDS:
                continue
            if self._is_of_a_page(document, block, is_subject):
                asks = document.text[block.end - 1] == "?"
                if asks and interview is None:
                    interview = self._is_interview(document, is_subject)
                low = block.kind is Kind.HEADING or (asks and interview)
                confidence = Confidence.LOW if low else Confidence.MEDIUM
                yield Hit(block.start, block.end, confidence, edits=(removal(document, index),))

    def _is_interview(self, document: Document, is_subject: _Telling) -> bool:
        """Tell whether blocks of the article are questions that no page asks: "What do you read?"."""
        questions = (
            block
            for block in document.blocks
            if document.text.endswith("?", block.start, block.end)
            and block.end - block.start <= self.longest
            and not self._is_of_a_page(document, block, is_subject)
        )
        return next(islice(questions, _INTERVIEW - 1, None), None) is not None

    def _is_of_a_page(self, document: Document, block: Block, is_subject: _Telling) -> bool:
        """Tell whether page words alone make the block; `is_subject` tells which of them the article is about."""
        text = document.once(folded)
        if document.text.startswith(_QUOTES, block.start):
            return False
        known = self._words
        for word in text[block.start : block.end].split():
            if word not in known.all and word.isalpha():
                return False  # as nearly always, and soon
        words = _WORD.findall(text, block.start, block.end)
        if not words or len(words) > _MOST_WORDS or not all(word in known.all or word.isdecimal() for word in words):
            return False
        labels = [word for word in words if word in known.labels]
        if not labels or any(map(is_subject, labels)):
            return False
        share = len(labels) / len(words)
        if text[block.end - 1] in _STOP:
            return share >= _LABELS_FOR_READERS and not known.readers.isdisjoint(words)
        return share >= _LABELS or words[0] in known.buttons
