"""Find the blocks and sentences of an article that come again, cheaply where nothing does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from audit.duplicates.judging import BODY, GATE, Copy, judge_block, judge_sentence
from audit.expressions import expression
from audit.likeness import near_pairs, sharing_ends, squeeze, squeeze_sentences, weight
from audit.model import Block, Confidence, Document, Kind
from audit.text import Sentence, folded, sentences

_PROSE = {Kind.HEADLINE, Kind.HEADING, Kind.LEDE, Kind.PARAGRAPH}
_LONGEST_DATELINE = 60  # characters
_DATELINE = expression(r"(?:[^\p{Ll}\n(]|\([^()\n]{2,30}\)){4,60}[-–—]\s+(?=\S)")  # before a dash, all in capitals
_LARGEST = 500_000  # characters; whatever is larger is no article, and only its blocks are compared
_ALIKE = 90  # per cent of the letters of two near-copies
_SHORTEST_NEAR = 60  # letters; below the top a near-copy of fewer is no finding
_TOP, _ALIKE_AT_TOP, _SHORTEST_AT_TOP = 5, 80, 40  # units at the top of an article, per cent and number of letters
_BETWEEN = 8  # blocks in front of a copy that have to be copies, too, to make it one of a repeated passage
_LINE = 20  # letters of a sentence, roughly cut, that may be a part of what comes again


def copies(document: Document) -> list[Copy]:
    """Return what the document repeats, in order of the later copies; use as `document.once(copies)`."""
    if len(document.text) > _LARGEST:
        return _block_copies(document)
    lines = _lines(document, [block for block in document.blocks if block.kind in _PROSE])
    unique = list(dict.fromkeys(lines))
    again = [unique[later] for _, later in _near(unique)]
    if len(unique) < len(lines):
        again += _repeated(lines)
    if not again:
        return []
    found = _block_copies(document)
    taken = {copy.block for copy in found}
    explained = _lines(document, [document.blocks[copy.block] for copy in found if copy.block is not None])
    if Counter(again) - Counter(explained):
        found += _sentence_copies(document, taken)
    return sorted(found, key=lambda copy: copy.start)


def _repeated(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines that came before, as often as they come again."""
    seen: set[str] = set()
    for line in lines:
        if line in seen:
            yield line
        seen.add(line)


def _lines(document: Document, blocks: Sequence[Block]) -> list[str]:
    """Return the letters of the sentences of `blocks`, roughly, at the price of a few passes in C."""
    text = document.once(folded)
    parts = [text[block.start : block.end] for block in blocks]
    dashes = "-" in text and " - " in text  # one character is sought much faster than three
    for block in blocks if dashes else ():  # a dateline may stand in front of one copy of the first sentence
        dash = text.find(" - ", block.start, min(block.end, block.start + _LONGEST_DATELINE))
        if dash >= 0:
            stop = text.find(". ", dash, block.end)
            parts.append(text[dash : stop if stop >= 0 else block.end])
    lines = squeeze_sentences("\n".join(parts))
    return [line for line in lines if len(line) >= _LINE or (len(line) >= GATE // 3 and not line.isascii())]


def _near(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the indices of texts that are alike, of the first few also of those less so: the lede, worded anew."""
    groups = sharing_ends(texts)
    if groups:
        yield from near_pairs(texts, groups, _ALIKE, _SHORTEST_NEAR)
        top = [[index for index in group if index < _TOP] for group in groups if group[1] < _TOP]
        yield from near_pairs(texts, top, _ALIKE_AT_TOP, _SHORTEST_AT_TOP)


def _keys(document: Document, units: Sequence[Block | Sentence]) -> list[str]:
    """Return the letters of every unit, at the price of one."""
    text = document.once(folded)  # which has no line breaks
    return squeeze("\n".join([text[unit.start : unit.end] for unit in units])).split("\n") if units else []


def _lede(document: Document) -> int | None:
    """Return the index of the lede: the block called so, else the first paragraph under a headline."""
    kinds = [block.kind for block in document.blocks]
    if Kind.LEDE in kinds:
        return kinds.index(Kind.LEDE)
    return kinds.index(Kind.PARAGRAPH) if Kind.HEADLINE in kinds and Kind.PARAGRAPH in kinds else None


def _block_copies(document: Document) -> list[Copy]:
    indices = [index for index, block in enumerate(document.blocks) if block.kind in _PROSE]
    keys = _keys(document, [document.blocks[index] for index in indices])
    first: dict[str, int] = {}
    pairs = [(index, first.setdefault(key, index), key) for index, key in zip(indices, keys, strict=True)]
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    texts = list(first)
    pairs += [(first[texts[b]], first[texts[a]], texts[b]) for a, b in _near(texts)]
    found: dict[int, Copy] = {}
    lede = _lede(document)
    for later, earlier, key in sorted(pairs):
        if later not in found:
            between = range(earlier + 1, later)[-_BETWEEN:]
            adjacent = all(index in found and found[index].confidence > Confidence.LOW for index in between)
            if copy := judge_block(document, (earlier, later), lede, weight(key), adjacent):
                found[later] = copy
    return list(found.values())


def _sentence_copies(document: Document, taken: Collection[int | None]) -> list[Copy]:
    blocks = document.blocks
    units = [unit for unit in document.once(sentences) if blocks[unit.block].kind in BODY | {Kind.HEADLINE}]
    units = [
        _without_dateline(document.text, unit, blocks[unit.block].start) for unit in units if unit.block not in taken
    ]
    keys = _keys(document, units)
    found: list[Copy] = []
    first: dict[str, int] = {}
    lede, done = _lede(document), 0
    for later, key in enumerate(keys):
        earlier = first.setdefault(key, later)
        if earlier == later or later < done or len(key) < GATE // 3:
            continue
        length = 1
        while _continues(units, keys, earlier, later, length):
            length += 1
        done = later + length
        size = weight("".join(keys[later:done]))
        run = (_joined(units[earlier : earlier + length]), _joined(units[later:done]))
        if size >= GATE and (copy := judge_sentence(document, run, lede, size)):
            found.append(copy)
    return found + _near_sentences(document, units, keys, first, lede)


def _without_dateline(text: str, unit: Sentence, opening: int) -> Sentence:
    """Return a sentence without the "(ANSA) - ROME, NOV 8 -" in front of it; `opening` is where its block begins."""
    dateline = _DATELINE.match(text, opening, unit.end) if unit.start == opening else None
    return unit._replace(start=dateline.end()) if dateline else unit


def _continues(units: Sequence[Sentence], keys: Sequence[str], earlier: int, later: int, length: int) -> bool:
    """Tell whether the run of equal sentences goes on after `length`, in the same two blocks."""
    after, last = later + length, earlier + length
    return (
        after < len(keys)
        and last < later
        and keys[after] == keys[last]
        and units[after].block == units[later].block
        and units[last].block == units[earlier].block
    )


def _joined(units: Sequence[Sentence]) -> Sentence:
    return Sentence(units[0].start, units[-1].end, units[0].block)


def _near_sentences(
    document: Document, units: Sequence[Sentence], keys: Sequence[str], first: dict[str, int], lede: int | None
) -> list[Copy]:
    found: list[Copy] = []
    taken: set[int] = set()
    texts = list(first)
    for a, b in sorted(_near(texts), key=lambda pair: (pair[1], pair[0])):
        earlier, later = first[texts[a]], first[texts[b]]
        if later in taken:
            continue
        if copy := judge_sentence(document, (units[earlier], units[later]), lede, weight(texts[b])):
            found.append(copy)
            taken.add(later)
    return found
