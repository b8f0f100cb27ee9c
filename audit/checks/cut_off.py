"""Find articles that stop in mid-sentence: the last paragraph ends in a word or mark with which no sentence ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from audit.expressions import expression
from audit.model import NO_TABLE, Block, Confidence, Document, Hit, Kind, Sighting, Table

_SHORTEST = 80  # characters of a paragraph; shorter ones may be a teaser or a heading
_SHORTEST_LAST = 40  # of the last one, behind which nothing shows that it was one
_NEAR = 3  # paragraphs before one that tell whether it is prose
_LONGEST = 24  # characters of what is looked at: a word of grammar, or the count of what is missing
_PROSE = (Kind.PARAGRAPH, Kind.LEDE)
_STOPS = '.!?…”"»]'
_MARK_ENDS = "]-‐,"
_DOTS = ("…", "...")
# A word that its hyphen leaves unfinished, a comma, and the marks with which feeds shorten what they send
_MARKS = expression(
    r"(?:\p{Ll}{2,}[-‐]|(?<=\p{L}),|\[(?:…|\.\.\.|&hellip;)\]|(?:(?:…|\.\.\.) ?)?\[\+\d+ \p{L}+\]|\[\p{L}* ?…\])$"
)


@dataclass(frozen=True)
class Check:
    """`words` holds by language the words with which no sentence ends."""

    words: Table = NO_TABLE

    @cached_property
    def _last_words(self) -> dict[str, frozenset[str]]:
        return {row.cells["language"]: frozenset(row.cells["words"].split()) for row in self.words.rows}

    literals = ()  # only the ends of blocks are looked at

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the last word of an article that breaks off; `sightings` are not used."""
        text, blocks = document.text, document.blocks
        if len(blocks) < 2:
            return
        if text[blocks[0].end - 1] in "….":
            yield from _dotted(text, blocks[0], self._known(document))
        for index in [index for index, block in enumerate(blocks) if text[block[1] - 1] not in _STOPS]:
            block = blocks[index]
            shortest = _SHORTEST_LAST if index == len(blocks) - 1 else _SHORTEST
            if block.end - block.start < shortest or block.kind not in _PROSE:
                continue
            last = text[max(block.start, block.end - _LONGEST) : block.end].rpartition(" ")[2]
            if last in self._known(document) and _is_cut(document, index):
                yield _hit(block.end - len(last), block.end, text)
        if blocks[-1].kind in _PROSE:
            yield from _dotted(text, blocks[-1], self._known(document))
            yield from _marked(text, blocks[-1])

    def _known(self, document: Document) -> frozenset[str]:
        tag = document.target_language or ""
        return self._last_words.get(tag) or self._last_words.get(tag.partition("-")[0], frozenset())


def _is_cut(document: Document, index: int) -> bool:
    """Tell whether a paragraph that ends in a word of grammar is prose, and what follows does not go on with it."""
    text, blocks = document.text, document.blocks
    before = blocks[max(0, index - _NEAR) : index]
    if not _has_sentence(text, blocks[index]) and not any(_is_sentence(text, block) for block in before):
        return False
    later = range(index + 1, len(blocks))
    if not later or _is_torn(document, index):
        return True
    return not text[blocks[index + 1].start].islower() and not any(_may_go_on(text, blocks[place]) for place in later)


def _may_go_on(text: str, block: Block) -> bool:
    """Tell whether a block is more than a line that was left over from the page."""
    return block.kind in _PROSE and (block.end - block.start >= _SHORTEST or text[block.end - 1] in ".!?")


def _is_sentence(text: str, block: Block) -> bool:
    return block.end - block.start >= _SHORTEST and block.kind in _PROSE and text[block.end - 1] in _STOPS


def _is_torn(document: Document, index: int) -> bool:
    """Tell whether a paragraph without an end stands before one that begins as a sentence does."""
    after = document.blocks[index + 1]
    if after.kind not in _PROSE or not document.text[after.start].isupper():
        return False
    return after.end - after.start >= _SHORTEST and document.text[after.end - 1] in ".!?"


def _dotted(text: str, block: Block, known: frozenset[str]) -> Iterator[Hit]:
    """Yield the word of grammar and the dots after it with which a headline or article is cut."""
    if text[block.end - 1] not in "….":
        return
    for dots in _DOTS:
        if text.endswith(dots, block.start, block.end):
            words = text[max(block.start, block.end - _LONGEST) : block.end - len(dots)].rstrip()
            last = words.rpartition(" ")[2]
            if last in known:
                yield _hit(block.end - len(dots), block.end, text)


def _marked(text: str, block: Block) -> Iterator[Hit]:
    if text[block.end - 1] not in _MARK_ENDS:
        return
    mark = _MARKS.search(text, max(block.start, block.end - _LONGEST), block.end)
    if mark and _has_sentence(text, block):
        yield _hit(mark.start(), block.end, text)


def _has_sentence(text: str, block: Block) -> bool:
    """Tell whether a block is long, and holds the end of another sentence: it is prose."""
    if block.end - block.start < _SHORTEST:
        return False
    return any(f"{mark} " in text[block.start : block.end] for mark in ".!?")


def _hit(start: int, end: int, text: str) -> Hit:
    return Hit(start, end, Confidence.MEDIUM, {"last": text[start:end]})
