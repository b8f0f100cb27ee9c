"""Find headlines, ledes, paragraphs and sentences that an article prints twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from audit.expressions import expression
from audit.likeness import Likeness, compare, near_pairs, sharing_ends, squeeze, squeeze_sentences, weight
from audit.model import Block, Confidence, Document, Edit, Hit, Kind, Related, Sighting
from audit.text import Sentence, folded, removal, sentences

_PROSE = {Kind.HEADLINE, Kind.HEADING, Kind.LEDE, Kind.PARAGRAPH}
_BODY = {Kind.LEDE, Kind.PARAGRAPH}
_LISTED = expression(r"(?:[-–—•*·▪►‣§#]|\(?(?:\p{N}{1,3}|\p{L}|[ivxIVX]{1,5})[.)])\s*\S")
_LABELLED = expression(r"(?:[\p{L}\p{M}\p{N}.'’-]+\s?){1,3}[:：]")
_ENDS = tuple(".!?…。！？\"'”’»“)）」』")
_QUESTION = expression(r"[?？]\W*$")
_NAME = expression(r"\p{Ll}[ ,]+\p{Lu}")  # what names somebody is no formula
_LONGEST_DATELINE = 60  # characters
_DATELINE = expression(r"(?:[^\p{Ll}\n(]|\([^()\n]{2,30}\)){4,60}[-–—]\s+(?=\S)")  # before a dash, all in capitals
_QUOTES = tuple("\"“”„«»‘’‚'「」『』")
_OPENERS = (*_QUOTES, "—", "–", "-")
_CLOSING = r"[\"”“»’'’」』)]"
_ATTRIBUTED = expression(rf"{_CLOSING}[\s,–—-]+(?:[\p{{L}}'’]+\s+){{1,6}}[\p{{L}}'’]+\.$")  # “…,” he said.
# An entry of a ticker: its time and two sentences.
_TICKED = expression(r"(?:[01]?\d|2[0-4])(?:[:.h]|\sh\s)[0-5]\d\b.*[.!]\s.*[.!]$")
_LONG_LINE = 60  # characters; a verse is shorter
_LARGEST = 500_000  # characters; whatever is larger is no article, and only its blocks are compared
_ALIKE = 90  # per cent of the letters of two near-copies
_SHORTEST_NEAR = 60  # letters; below the top a near-copy of fewer is no finding
_TOP, _ALIKE_AT_TOP, _SHORTEST_AT_TOP = 5, 80, 40  # units at the top of an article, per cent and number of letters
_LONG = (25, 40)  # words; a paragraph as long, below the first or apart, may differ in a name and yet be a copy
_HEADLINE_CHANGE = 5  # characters; a lede may open with the words of the headline and go on
_BETWEEN = 8  # blocks in front of a copy that have to be copies, too, to make it one of a repeated passage
_QUOTATION, _BARE_QUOTATION = 48, 100  # letters of quoted words that nobody quotes twice, with who said so or without
_LINE = 20  # letters of a sentence, roughly cut, that may be a part of what comes again
_TICK = 40  # letters; an entry as long comes at its time once
_GATE = 24  # letters of a sentence that is worth a closer look when it comes again

What = Literal["headline", "lede", "paragraph", "sentence"]


class Copy(NamedTuple):
    """A stretch of text that came before: its place, that of the first copy, and its block if it is a whole one."""

    what: What
    start: int
    end: int
    first_start: int
    first_end: int
    block: int | None
    likeness: Likeness
    confidence: Confidence


@dataclass(frozen=True)
class Check:
    """Report the copies of one sort; each repetition is of one sort alone, the most telling."""

    what: What = "paragraph"

    literals = ()  # any words may come again

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the later copies, each with the first one beside it."""
        for copy in document.once(copies):
            if copy.what == self.what:
                first = (Related(copy.first_start, copy.first_end, "first printed here"),)
                edits, safe = _mend(document, copy)
                yield Hit(copy.start, copy.end, copy.confidence, edits=edits, safe=safe, related=first)


def _mend(document: Document, copy: Copy) -> tuple[tuple[Edit, ...], bool]:
    if copy.likeness < Likeness.LETTERS:
        return (), False
    if copy.block is not None:
        return (removal(document, copy.block),), copy.likeness is Likeness.VERBATIM
    text, start, end = document.text, copy.start, copy.end
    block = document.block_at(start)
    while block and start > block.start and text[start - 1].isspace():
        start -= 1
    while block and start == block.start and end < block.end and text[end].isspace():
        end += 1
    return (Edit(start, end, ""),), False


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
    return [line for line in lines if len(line) >= _LINE or (len(line) >= _GATE // 3 and not line.isascii())]


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
            if copy := _judge_block(document, (earlier, later), lede, weight(key), adjacent):
                found[later] = copy
    return list(found.values())


def _judge_block(document: Document, pair: tuple[int, int], lede: int | None, size: int, adjacent: bool) -> Copy | None:
    """Tell what the later block of `pair` repeats; `adjacent` if nothing new stands between the two."""
    earlier, later = pair
    first, block = document.blocks[earlier], document.blocks[later]
    text = document.text[block.start : block.end]
    likeness = compare(document.text[first.start : first.end], text, long=_LONG[not adjacent])
    if likeness is Likeness.OTHER or first.kind is Kind.HEADING or size < _GATE:
        return None
    if block.kind not in _BODY and not (first.kind is Kind.HEADLINE and block.kind is Kind.HEADING and adjacent):
        return None
    what: What = "paragraph"
    apart = (50 if _NAME.search(text) else 60, 90)
    confidence = _confidence(likeness, size, (40, 60) if adjacent else apart, 60 if adjacent else 70)
    if first.kind is Kind.HEADLINE:
        what = "headline"
        confidence = _confidence(likeness, size, (_GATE, 40) if adjacent else (40, 60), 40)
        if likeness is Likeness.EDITED and abs(len(text) - (first.end - first.start)) > _HEADLINE_CHANGE:
            confidence = Confidence.LOW
    elif earlier == lede:
        what = "lede"
    if size >= _TICK and likeness is Likeness.VERBATIM and _TICKED.match(text):
        confidence = max(confidence, Confidence.MEDIUM)
    elif _is_refrain(text, size, adjacent or what == "headline"):
        confidence = Confidence.LOW
    return Copy(what, block.start, block.end, first.start, first.end, later, likeness, confidence)


def _confidence(likeness: Likeness, size: int, exact: tuple[int, int], near: int) -> Confidence:
    """Return the confidence for a copy of `size` letters; `exact` and `near` are the sizes where it rises."""
    if likeness is Likeness.EDITED:
        return Confidence.MEDIUM if size >= near else Confidence.LOW
    return Confidence(sum(size >= least for least in exact))


def _is_refrain(text: str, size: int, adjacent: bool) -> bool:
    """Tell whether a text has the shape of what may well come again: a verse, a list item, a turn, a question."""
    if (size < 200 and _LISTED.match(text)) or ("\n" in text and max(map(len, text.split("\n"))) < _LONG_LINE):
        return True
    if adjacent:
        return False
    if _QUESTION.search(text, max(0, len(text) - 5)):
        return True
    return (size < 120 and bool(_LABELLED.match(text))) or (size < 60 and not text.endswith(_ENDS))


def _sentence_copies(document: Document, taken: Collection[int | None]) -> list[Copy]:
    blocks = document.blocks
    units = [unit for unit in document.once(sentences) if blocks[unit.block].kind in _BODY | {Kind.HEADLINE}]
    units = [
        _without_dateline(document.text, unit, blocks[unit.block].start) for unit in units if unit.block not in taken
    ]
    keys = _keys(document, units)
    found: list[Copy] = []
    first: dict[str, int] = {}
    lede, done = _lede(document), 0
    for later, key in enumerate(keys):
        earlier = first.setdefault(key, later)
        if earlier == later or later < done or len(key) < _GATE // 3:
            continue
        length = 1
        while _continues(units, keys, earlier, later, length):
            length += 1
        done = later + length
        size = weight("".join(keys[later:done]))
        run = (_joined(units[earlier : earlier + length]), _joined(units[later:done]))
        if size >= _GATE and (copy := _judge_sentence(document, run, lede, size)):
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
        if copy := _judge_sentence(document, (units[earlier], units[later]), lede, weight(texts[b])):
            found.append(copy)
            taken.add(later)
    return found


def _judge_sentence(document: Document, run: tuple[Sentence, Sentence], lede: int | None, size: int) -> Copy | None:
    first, later = run
    text = document.text[later.start : later.end]
    source, home = document.blocks[first.block], document.blocks[later.block]
    likeness = compare(document.text[first.start : first.end], text)
    if likeness is Likeness.OTHER or home.kind is Kind.HEADLINE:
        return None
    whole = (first.start, first.end) == (source.start, source.end)
    what: What = "sentence"
    confidence = _confidence(likeness, size, (48, 100), 85)
    if source.kind is Kind.HEADLINE:
        what, confidence = "headline", Confidence.LOW
    elif whole and first.block == lede:
        what, confidence = "lede", _confidence(likeness, size, (60, 90), 70)
        if text.startswith(_QUOTES) and text.endswith(_QUOTES):  # words that the text quotes again are no lede
            confidence = Confidence.LOW
    elif _is_quoted(document, later) or _is_quoted(document, first):
        least = _QUOTATION if _ATTRIBUTED.search(text) else _BARE_QUOTATION
        confidence = Confidence.MEDIUM if size >= least and likeness > Likeness.EDITED else Confidence.LOW
    lines = document.text[home.start : home.end]
    if _is_refrain(text, size, False) or _is_refrain(lines, len(lines), True):
        confidence = Confidence.LOW
    return Copy(what, later.start, later.end, first.start, first.end, None, likeness, confidence)


def _is_quoted(document: Document, unit: Sentence) -> bool:
    """Tell whether a sentence begins with a quotation mark or inside quotation marks."""
    start = document.blocks[unit.block].start
    opening = document.text.startswith(_OPENERS, unit.start)
    return opening or document.once(folded).count('"', start, unit.start) % 2 == 1
