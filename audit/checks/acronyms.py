"""Find acronyms that came over letter by letter: BPLA for UAV, OTAN for NATO."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import regex

from audit.expressions import expression
from audit.model import NO_TABLE, Confidence, Document, Edit, Hit, Sighting, Table
from audit.names.surroundings import REACH, Spot, is_address, is_covered, is_title
from audit.text import fold, folded

_SHORT = 4  # letters of an acronym that words begin with, too
_WORD_BEFORE = expression(r"(?r)(?<!\p{L})(\p{L}+) \Z")
_JOINED_BEFORE = tuple("@#/_&.-")
_JOINED_AFTER = expression(r"[@/_&]|[-.]\p{N}|-\p{Lu}\b|\.\p{L}|\p{N}")
_NAME_AFTER = expression(r" \p{Lu}\p{Ll}")
_LONG_ENOUGH = 250  # characters of English among which at least one such word stands
_PLURAL = expression(r"s(?![\p{L}\p{N}])")
_SHOUTING = 40  # characters to either side; where most letters are capitals, a capital tells nothing


class _Acronym(NamedTuple):
    """A line of the table (which see)."""

    english: str
    sources: frozenset[str]
    evidence: tuple[str, ...]
    unless: tuple[str, ...]
    before: frozenset[str]
    kept: bool


@dataclass(frozen=True)
class Check:
    """`table` holds the acronyms and what the article must or must not say, `mentions` phrases that tell of one."""

    table: Table = NO_TABLE
    mentions: Table = NO_TABLE

    @cached_property
    def _known(self) -> dict[str, _Acronym]:
        return {written: _read(row.cells) for row in self.table.rows for written in row.cells["acronym"].split()}

    @cached_property
    def _phrases(self) -> list[tuple[str, str]]:
        phrases = (row.cells["phrase"].partition("~") for row in self.mentions.rows)
        return [(left, right) for left, _, right in phrases]

    @cached_property
    def _edges(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What the phrases have before an acronym, and what the others have after it: to sort out most at once."""
        lefts = tuple(left for left, _ in self._phrases if left)
        return lefts, tuple(right for left, right in self._phrases if not left)

    @property
    def literals(self) -> frozenset[str]:
        """The acronyms, folded; short ones with what stands before a word."""
        words = set(map(fold, self._known))
        return frozenset(
            f"{before}{word}" for word in words for before in ((" ", "(", '"') if len(word) <= _SHORT else ("",))
        )

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the acronyms that English has another word for."""
        text = document.text
        if not sightings or not _is_english(document.once(folded)):
            return
        judged: dict[str, Confidence | None] = {}
        for literal, start, end in sightings:
            start += literal[0] in ' ("'
            word = text[start:end]
            acronym = self._known.get(word)
            if acronym is None or not _is_alone(text, start, end):
                continue
            if word not in judged:
                judged[word] = None if _is_introduced(text, word, acronym.kept) else _confidence(document, acronym)
            confidence = judged[word]
            if confidence is not None and self._stands(document, start, end, acronym):
                yield _hit(text, start, end, acronym.english, confidence)

    def _stands(self, document: Document, start: int, end: int, acronym: _Acronym) -> bool:
        """Tell whether the acronym stands in running text, neither mentioned as a word nor introduced to readers."""
        block = document.block_at(start)
        if block is None or _is_shouted(document.text[max(block.start, start - _SHOUTING) : end + _SHOUTING]):
            return False
        spot = Spot(document, document.once(folded), start, end, block)
        if acronym.before and (not _is_governed(spot, acronym.before) or _NAME_AFTER.match(document.text, end)):
            return False
        if is_title(spot) or is_address(document.text, start, end):
            return False
        lefts, rights = self._edges
        if not (spot.before(REACH).endswith(lefts) or spot.after(REACH).startswith(rights)):
            return True
        return not any(is_covered(spot, left, right) for left, right in self._phrases)


def _read(cells: Mapping[str, str]) -> _Acronym:
    return _Acronym(
        cells["english"],
        frozenset(cells["sources"].split()),
        _several(cells["evidence"]),
        _several(cells["unless"]),
        frozenset(cells["before"].split()),
        cells["kept"] == "yes",
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _is_english(text: str) -> bool:
    """Tell whether a folded text has the English words of grammar that prose has: it may be a page not translated."""
    return _LONG_ENOUGH * sum(map(text.count, (" the ", " of ", " to "))) >= len(text) - _LONG_ENOUGH


def _is_alone(text: str, start: int, end: int) -> bool:
    """Tell whether `start:end` is a word by itself, its plural s left aside: no part of ZSU-23-4, a tag or a name."""
    if start and (text[start - 1].isalnum() or text[start - 1] in _JOINED_BEFORE):
        return False
    if _JOINED_AFTER.match(text, end):
        return False
    return not text[end : end + 1].isalpha() or _PLURAL.match(text, end) is not None


def _confidence(document: Document, acronym: _Acronym) -> Confidence | None:
    """Return how sure the language of the source or the words of the article make it; None: it is another acronym."""
    text = document.once(folded)
    if any(map(text.__contains__, acronym.unless)):
        return None
    if (document.source_language or "").partition("-")[0].lower() in acronym.sources:
        return Confidence.HIGH
    if not acronym.evidence:
        return Confidence.HIGH
    return Confidence.MEDIUM if any(map(text.__contains__, acronym.evidence)) else Confidence.LOW


def _is_governed(spot: Spot, words: frozenset[str]) -> bool:
    before = _WORD_BEFORE.search(spot.before(20))
    return before is not None and before[1] in words


def _is_shouted(around: str) -> bool:
    letters = [character for character in around if character.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters)


def _hit(text: str, start: int, end: int, english: str, confidence: Confidence) -> Hit:
    plural = "s" if _PLURAL.match(text, end) else ""
    edit = Edit(start, end + len(plural), english + plural)
    return Hit(start, edit.end, confidence, {"english": edit.text}, (edit,))


def _is_introduced(text: str, acronym: str, kept: bool) -> bool:
    """Tell whether the article says what the acronym stands for; in brackets alone only those `kept` are introduced."""
    if kept and f"({acronym})" in text:
        return True
    signs = (f"{acronym} (", f"({acronym},", f"({acronym} ", f"({acronym};", f" {acronym})")
    if any(map(text.__contains__, signs)):
        return True
    return regex.search(rf"{regex.escape(acronym)}, or (?:the )?\p{{Lu}}\p{{Ll}}", text) is not None
