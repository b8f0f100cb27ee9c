"""Find what is left of a page around its article: labels, counters, notices, from a table of phrases.

A line of the table is a phrase as `audit.phrases.notation` has it; its columns are `phrase`, `language` (of the
wording; several with spaces between; empty: any) and, if wanted, `confidence` (in an article of that very language;
empty: high). A phrase stands for a block that says it and nothing else, or that consists of several phrases; bullets,
arrows, emoji and punctuation around it do not count. With `…` at both ends it stands anywhere, and the sentence or
the brackets around it are the leftover; with `…` in front only, at the end of a block, and its own words are the
leftover. These two kinds have tables of their own. A column `place` may say "opening": then the phrase must begin its
sentence or brackets; "later": the same, and other sentences stand before it in its block; "title": then it announces
a title or names, and is sure only without a full stop behind them; "alone": it is surer behind a paragraph than where
a picture's caption or a chart may stand; "foreign": it counts in articles of other languages only; "head": it may be
followed by the article in its own block, behind a colon, and where a rule has the option `until` these alone count;
"sentence": it is so surely a sentence of its own that what others say beside it in the paragraph does not matter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from audit.expressions import expression
from audit.model import NO_TABLE, Block, Confidence, Document, Edit, Hit, Sighting, Table
from audit.phrases import keys, notation
from audit.phrases.judging import NEAR, Addressed, Leftover, confidence_in
from audit.phrases.wordings import Phrase, Wordings, opening_keys, read, uncounted
from audit.text import folded, removal, sentences

_LONGEST = 320  # characters of a block that may be a leftover as a whole; longer ones are paragraphs
_TAIL = 32  # characters behind the literal of a phrase that ends its block
_REACH = 120  # characters before a literal in which its phrase may begin
_MOST_SIGHTINGS = 20_000  # of one document: no article has as many

_WORD = expression(r"(?<![\p{L}\p{N}])[\p{L}\p{N}]")
_MARKS = "-|/•·"  # that set off what closes a block
_SET_OFF = expression(rf"(?:^|[{_MARKS}])[^\p{{L}}\p{{N}}]*[\p{{L}}\p{{N}}]")
_FIRST = ("opening", "later")
_QUOTING = tuple('"“„«‹')
_DENIED = expression(
    r"\b(?:not|never|non|nicht|nie|pas|no|não|не|ne|nije|није)(?: \p{L}+)?"
    r" (?:translated|übersetzt|tradu|tradott|przetłumaczon|перекл|перев|preved|превед)"
)


class _Heads(NamedTuple):
    """The keys that a phrase may begin with; their first characters and words sort out most places at once."""

    keys: frozenset[str]
    characters: frozenset[str]
    words: tuple[str, ...]

    @classmethod
    def of(cls, phrase: Phrase) -> _Heads:
        """Return the heads of a phrase that stands inside a block."""
        found = frozenset(keys.heads(phrase.notation[1:].lstrip(), phrase.lists))
        words = {head.partition(" ")[0] for head in found}
        return cls(found, frozenset(head[:1] for head in found), () if words & {"", "#"} else tuple(words))

    def may_stand_in(self, text: str) -> bool:
        """Tell cheaply whether `text` holds one of them."""
        return not self.words or any(map(text.__contains__, self.words))

    def may_begin(self, text: str, start: int) -> bool:
        """Tell whether the phrase may begin at `start`."""
        character = text[start]
        return (character in self.characters or character.isdecimal()) and not self.keys.isdisjoint(
            keys.keys(text, start)
        )


@dataclass(frozen=True)
class Check:
    """`table` holds the phrases, `words` the lists that they name.

    `beside` holds phrases that may follow one of `table` in its block. With `until` a phrase stands at the head of a
    block, up to that mark: "Here is the translation: The bridge …". An open phrase ("If you need …") in the article's
    own language counts only where it is `addressed` to the readers of a page, or to the user of a model.
    """

    table: Table
    words: Table = NO_TABLE
    beside: Table = NO_TABLE
    until: str = ""
    addressed: Addressed = ""

    @cached_property
    def _phrases(self) -> tuple[Phrase, ...]:
        phrases = tuple(read(self.table, self.words))
        if len({phrase.inside for phrase in phrases}) > 1:
            raise ValueError(f"{self.table.path}: phrases that begin with “…” need a table of their own")
        return phrases

    @cached_property
    def _wordings(self) -> Wordings:
        whole = [phrase for phrase in self._phrases if not phrase.inside]
        return Wordings(whole, tuple(read(self.beside, self.words)))

    @cached_property
    def _by_literal(self) -> dict[str, list[tuple[Phrase, _Heads]]]:
        index: dict[str, list[tuple[Phrase, _Heads]]] = defaultdict(list)
        for phrase in self._phrases:
            for literal in keys.literals(phrase.parsed) if phrase.inside else ():
                index[literal].append((phrase, _Heads.of(phrase)))
        return dict(index)

    @property
    def literals(self) -> frozenset[str]:
        """Fixed parts of the phrases that stand inside a block; whole blocks are looked up by their first word."""
        return frozenset(self._by_literal)

    def prepare(self) -> None:
        """Look up all that a run looks up of the phrases, to be compiled with the pack."""
        _ = self._wordings, [phrase.needed for phrase in self._phrases if not phrase.inside]

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterable[Hit]:
        """Return the leftovers of `document`, with their removal."""
        if sightings:
            return _hits(document, self._parts(document, sightings), self.addressed)
        if self.until:
            return _hits(document, self._heads(document), self.addressed)
        numbers = self._wordings.opened(document.once(_openings))
        return _hits(document, self._blocks(document, sorted(numbers)), self.addressed) if numbers else ()

    def _blocks(self, document: Document, numbers: Sequence[int]) -> Iterator[Leftover]:
        text = document.once(folded if self._wordings.counted else _uncounted)
        for number in numbers:
            block = document.blocks[number]
            target = block.language or document.target_language or ""
            saying = self._wordings.said(text[block.start : block.end], target)
            if saying and not _has_text_behind(text, block, saying.phrases):
                yield Leftover(block.start, block.end, number, *saying)

    def _heads(self, document: Document) -> Iterator[Leftover]:
        text = document.once(folded)
        mark, stop = f"{self.until} ", -1
        while (stop := text.find(mark, stop + 1)) >= 0:
            number = document.block_index(stop)
            if number is None or stop - document.blocks[number].start > _REACH:
                continue
            start, _, _, language, *_ = document.blocks[number]
            end = stop + len(self.until)
            if text.find(mark, start, stop) < 0 and self._wordings.may_open(text, start, stop):
                head = text[start:end] if self._wordings.counted else uncounted(text[start:end])
                saying = self._wordings.said(head, language or document.target_language or "")
                if saying and all(phrase.place == "head" for phrase in saying.phrases):
                    yield Leftover(start, end, number, *saying)

    def _parts(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Leftover]:
        found: dict[tuple[int, int], Leftover] = {}
        text = document.once(folded)
        for sighting in islice(sightings, _MOST_SIGHTINGS):
            if notation.is_inside_word(text, sighting.start):
                continue
            number = document.block_index(sighting.start)
            if number is None:
                continue
            near_end = document.blocks[number].end - sighting.end <= _TAIL
            for phrase, heads in self._by_literal[sighting.literal]:
                if phrase.closing and not near_end:
                    continue
                for leftover in _inside(document, number, sighting, phrase, heads):
                    known = found.get(leftover[:2])
                    if known is None or phrase.confidence > known.phrases[0].confidence:
                        found[leftover[:2]] = leftover
        yield from _joined(document, [found[span] for span in sorted(found)])


def _has_text_behind(text: str, block: Block, phrases: Sequence[Phrase]) -> bool:
    """Tell whether an announcement with an open end took the article behind its colon for a part of it."""
    return any(phrase.place == "head" and not phrase.known for phrase in phrases) and (
        text.find(": ", block.start, block.end) >= 0
    )


def _hits(document: Document, leftovers: Iterable[Leftover], addressed: Addressed) -> Iterator[Hit]:
    last = -2
    for leftover in leftovers:
        yield _hit(document, leftover, last == leftover.number - 1, addressed)
        last = leftover.number


def _uncounted(document: Document) -> str:
    return uncounted(document.once(folded))


def _openings(document: Document) -> dict[str, list[int]]:
    """Return the numbers of the blocks that are short enough for a leftover, by the key of their first word."""
    text = document.once(folded)
    openings: dict[str, list[int]] = defaultdict(list)
    for number, (start, end, *_) in enumerate(document.blocks):
        if end - start <= _LONGEST:
            for key in opening_keys(text, start, end):
                openings[key].append(number)
    return openings


def _inside(document: Document, number: int, sighting: Sighting, phrase: Phrase, heads: _Heads) -> Iterator[Leftover]:
    """Yield the leftover around a sighting: its sentence or brackets, or the end of the block."""
    text, block = document.once(folded), document.blocks[number]
    closing = phrase.closing
    first = max(block.start, sighting.start - _REACH)
    before = text[first : sighting.start]
    if not heads.may_stand_in(before + sighting.literal) or (closing and first > 0 and not _holds_mark(before)):
        return
    for opening in (_SET_OFF if closing else _WORD).finditer(text, first, sighting.start + 1):
        start = opening.end() - 1
        if not heads.may_begin(text, start):
            continue
        for end in phrase.ends(text, start, block.end):
            if end < sighting.end or _is_mentioned(text, block.start, start, end):
                continue
            if not closing:
                around = _around(document, start, end)
                if phrase.place in _FIRST and _WORD.search(text, around[0]).start() < start:
                    continue
                if phrase.place == "later" and around[0] == block.start:
                    continue
                yield Leftover(*around, number, (phrase,))
                return
            mark = _set_off(text, block.start, start)
            if mark is not None and notation.skip(text, end, block.end) == block.end:
                yield Leftover(mark, block.end, number, (phrase,))
                return


def _is_mentioned(text: str, first: int, start: int, end: int) -> bool:
    """Tell whether `start:end` is quoted or denied: the words “Read also”, not translated by a machine."""
    if text[first:start].rstrip("([").endswith(_QUOTING):
        return True
    return bool(_DENIED.search(text, max(first, start - 12), end))


def _set_off(text: str, first: int, start: int) -> int | None:
    """Return where the dash, bar or bullet begins that sets off what stands at `start`; None if there is none."""
    before = len(text[first:start].rstrip(f" {_MARKS}")) + first
    return before if before == first or _holds_mark(text[before:start]) else None


def _holds_mark(text: str) -> bool:
    return any(map(text.__contains__, _MARKS))


def _around(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the sentence around `start:end`, or the brackets in it that hold the span."""
    found = document.once(sentences)
    sentence = found[bisect_right(found, start, key=lambda sentence: sentence.start) - 1]
    stop = max(end, sentence.end)
    for opening, closing in ("()", "[]"):
        left = document.text.rfind(opening, max(sentence.start, start - NEAR), start + 1)
        right = document.text.find(closing, end, min(stop, end + NEAR))
        if left >= 0 and right >= 0 and closing not in document.text[left:start]:
            return left, right + 1
    return sentence.start, stop


def _joined(document: Document, leftovers: list[Leftover]) -> Iterator[Leftover]:
    """Yield the leftovers with those joined that follow each other in one block."""
    last: Leftover | None = None
    for leftover in leftovers:
        if (
            last
            and leftover.number == last.number
            and notation.skip(document.text, last.end, leftover.start) >= leftover.start
        ):
            last = Leftover(last.start, max(last.end, leftover.end), last.number, last.phrases + leftover.phrases)
            continue
        if last:
            yield last
        last = leftover
    if last:
        yield last


def _hit(document: Document, leftover: Leftover, beside: bool, addressed: Addressed) -> Hit:
    """Return the hit of a leftover; `beside` says that the block before it is one, too."""
    number, block = leftover.number, document.blocks[leftover.number]
    whole = leftover.end - leftover.start >= block.end - block.start
    confidence = confidence_in(document, leftover, block, beside or number == len(document.blocks) - 1, addressed)
    if not whole:
        return Hit(leftover.start, leftover.end, confidence, edits=(_cut(document, block, leftover),))
    sure = (
        confidence is Confidence.HIGH
        and number > 0
        and not leftover.company
        and all(phrase.known for phrase in leftover.phrases)
    )
    return Hit(leftover.start, leftover.end, confidence, edits=(removal(document, number),), safe=sure)


def _cut(document: Document, block: Block, leftover: Leftover) -> Edit:
    """Return the edit that takes a part of a block out, with the space that set it off."""
    text, start, end = document.text, leftover.start, leftover.end
    while start > block.start and text[start - 1].isspace():
        start -= 1
    while start == block.start and end < block.end and text[end].isspace():
        end += 1
    return Edit(start, end, "")
