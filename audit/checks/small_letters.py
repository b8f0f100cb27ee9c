"""Find names that lost their capital: "christmas Day", "the german capital", "north Korea"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from audit.expressions import expression
from audit.model import NO_TABLE, Confidence, Document, Edit, Hit, Sighting, Table
from audit.text import folded, is_whole

_NEXT = expression(r" (\p{Lu}\p{L}+)")
_ADDRESS = expression(r"[-@#/_&=\\]|[.]\w")
_AROUND = 150  # characters in which English words of grammar are looked for
_FOREIGN_ARTICLES = frozenset(
    ["el", "la", "le", "les", "los", "las", "il", "der", "die", "das", "de", "del", "di", "du", "un", "una", "une"]
)
_QUOTES = "\"'“”„«»‘’"


@dataclass(frozen=True)
class Check:
    """`names` holds kind (word, pair, name), words and, for pairs, the words that follow; see the table."""

    names: Table = NO_TABLE

    @cached_property
    def _known(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for row in self.names.rows:
            for word in row.cells["words"].split():
                if row.cells["kind"] != "pair":
                    known[f" {word}"] = row.cells["kind"]
                known.update(dict.fromkeys((f" {word} {last}" for last in row.cells["next"].split()), "pair"))
        return known

    @property
    def literals(self) -> Sequence[str]:
        """The words and pairs, folded, with the space before them."""
        return list(self._known)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the words written without the capital that they have in English."""
        text = document.text
        for literal, start, end in sightings:
            if text[start + 1].islower():
                word_end = end if " " not in literal[1:] else start + literal.index(" ", 1)
                if self._is_name(document, literal, start + 1, word_end, end):
                    capital = text[start + 1].upper() + text[start + 2 : word_end]
                    edit = Edit(start + 1, word_end, capital)
                    yield Hit(start + 1, word_end, Confidence.HIGH, {"fix": capital}, (edit,))

    def _is_name(self, document: Document, literal: str, start: int, end: int, last: int) -> bool:
        text = document.text
        if self._known[literal] != "word" and not _is_before_name(text, end):
            return False
        if not is_whole(document.once(folded), start, last) or _ADDRESS.match(text, end):
            return False
        return _is_english(document, start) and not _is_mentioned(text, start, end)


def _is_before_name(text: str, end: int) -> bool:
    """Tell whether a word with a capital follows that is no acronym."""
    following = _NEXT.match(text, end)
    return following is not None and following[1] != following[1].upper()


def _is_english(document: Document, start: int) -> bool:
    """Tell whether the block has English words of grammar and begins as a sentence does: no post, no foreign title."""
    block = document.block_at(start)
    if block is None or not document.text[block.start : block.start + 3].lstrip(_QUOTES)[:1].isupper():
        return False
    text = document.once(folded)
    around = text[max(block.start, start - _AROUND) : min(block.end, start + _AROUND)]
    if not _FOREIGN_ARTICLES.isdisjoint(text[max(0, start - 5) : start].split()):
        return False
    return any(map(around.__contains__, (" the ", " of ", " and ", " to ", " with ")))


def _is_mentioned(text: str, start: int, end: int) -> bool:
    """Tell whether the word stands in quotation marks by itself."""
    return text[start - 1] in _QUOTES and text[end : end + 1] in tuple(_QUOTES)
