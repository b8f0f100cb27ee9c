"""Find sentences that begin with a small letter, or whose first letter got lost: "the talks", "fter the talks"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from audit.expressions import expression
from audit.model import NO_TABLE, Block, Confidence, Document, Edit, Hit, Kind, Sighting, Table
from audit.text import folded

_PROSE = (Kind.PARAGRAPH, Kind.LEDE)
_SHORTEST = 60  # characters of a block that is a paragraph, no line of a list or poem
_SMALL = "".join(letter for letter in map(chr, range(0x530)) if letter.islower())  # Latin, Greek and Cyrillic
_LONGEST = 5000  # characters of a paragraph
_INSIDE = re.compile(rf"\. [{_SMALL}]")  # the standard library's takes half the time
_BEFORE = expression(r"(?r)(?<=[\s(“„«])(\p{L}\p{Ll}{4,})\. \Z")
_WORD = expression(r"([\p{Ll}][\p{L}']*)(?= [\p{L}\p{N}“„«\"'])")
_SMALL_AFTER = expression(r" \p{Ll}")
_STOPS = tuple(".!?")
_VOWELS = "aeiouyąęěаеиоуыіїєюяѐ"  # words of one letter in one language or another
_MOST = 3  # starts in small letters; with more of them it is a way to write


class _Openers(NamedTuple):
    """What begins sentences by what is written, and the other columns of the table."""

    whole: dict[str, str]
    abbreviations: frozenset[str]
    before_capitals: frozenset[str]


@dataclass(frozen=True)
class Check:
    """`openers` holds by language the words that begin sentences (see the table)."""

    openers: Table = NO_TABLE

    @cached_property
    def _known(self) -> dict[str, _Openers]:
        return {row.cells["language"]: _read(row.cells) for row in self.openers.rows}

    literals = ()  # beginnings of blocks and full stops are quickly looked at

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the first words in small letters; `sightings` are not used."""
        tag = document.target_language or ""
        known = self._known.get(tag) or self._known.get(tag.partition("-")[0])
        if known is None:
            return
        yield from self._of_blocks(document, known)
        if _INSIDE.search(document.text):
            most = max(_MOST, len(document.blocks) // 4)
            inside = list(islice(self._of_sentences(document, known), most + 1))
            if len(inside) <= most:
                yield from inside

    def _of_blocks(self, document: Document, known: _Openers) -> Iterator[Hit]:
        text = document.text
        starts = "".join([text[block[0]] for block in document.blocks])
        if starts.isupper():  # no small letter is among them
            return
        small = [index for index, start in enumerate(starts) if start.islower()]
        if len(small) > 1 and starts.islower():  # nothing begins with a capital: so do poems
            return
        if len(small) > _MOST and len(small) > len(document.blocks) // 4:
            return
        for index in small:
            block = document.blocks[index]
            if _is_beginning(document, index, block):
                word = _WORD.match(text, block.start, block.end)
                capital = word and known.whole.get(word[1])
                if word and capital and (_SMALL_AFTER.match(text, word.end()) or word[1] in known.before_capitals):
                    yield _hit(word.start(), word.end(), capital)

    def _of_sentences(self, document: Document, known: _Openers) -> Iterator[Hit]:
        text = document.text
        for stop in _INSIDE.finditer(text):
            start = stop.end() - 1
            before = _BEFORE.search(text, max(0, start - 30), start)
            word = _WORD.match(text, start)
            if before is None or word is None or before[1].lower() in known.abbreviations or word[1] not in known.whole:
                continue
            capital = known.whole[word[1]]
            follows = _SMALL_AFTER.match(text, word.end()) or word[1] in known.before_capitals
            if follows and capital.lower() == word[1] and _is_prose(document, start):
                yield _hit(start, word.end(), capital)


def _read(cells: Mapping[str, str]) -> _Openers:
    words = cells["words"].split()
    whole = {word: word.capitalize() for word in words}
    for word in words:
        if len(word) > 3 or (len(word) == 2 and word[1] not in _VOWELS):
            whole.setdefault(word[1:], word.capitalize())
    before_capitals = words if cells["before_capitals"] == "all" else cells["before_capitals"].split()
    return _Openers(whole, frozenset(cells["abbreviations"].split()), frozenset(before_capitals))


def _is_beginning(document: Document, index: int, block: Block) -> bool:
    """Tell whether a block is a paragraph, or the headline, that does not go on with what stands before it."""
    text = document.text
    if block.kind is Kind.HEADLINE:
        return index == 0 and len(document.blocks) > 2
    if block.kind not in _PROSE or block.end - block.start < _SHORTEST or text[block.end - 1] not in '.!?"”»':
        return False
    if index == 0:
        return True
    before = document.blocks[index - 1]
    if before.kind is Kind.HEADLINE:
        return True
    return before.kind in _PROSE and text[before.end - 1] in _STOPS and not text[before.start].islower()


def _is_prose(document: Document, start: int) -> bool:
    """Tell whether a sentence starts in a paragraph with a capital, and not in a quotation, which may keep its ways."""
    block = document.block_at(start)
    if block is None or block.kind not in _PROSE or start - block.start > _LONGEST:
        return False
    if document.text[block.start].islower():
        return False
    return document.once(folded).count('"', block.start, start) % 2 == 0


def _hit(start: int, end: int, capital: str) -> Hit:
    edits = (Edit(start, end, capital),) if end - start > 1 or len(capital) == 1 else ()
    return Hit(start, end, Confidence.MEDIUM, {"fix": capital}, edits)
