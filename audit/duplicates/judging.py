"""Judge what stands twice in an article: what it repeats, and how surely that is no refrain, list or quotation."""

from __future__ import annotations

from typing import Literal, NamedTuple

from audit.expressions import expression
from audit.likeness import Likeness, compare
from audit.model import Confidence, Document, Kind
from audit.text import Sentence, folded

BODY = {Kind.LEDE, Kind.PARAGRAPH}
_LISTED = expression(r"(?:[-–—•*·▪►‣§#]|\(?(?:\p{N}{1,3}|\p{L}|[ivxIVX]{1,5})[.)])\s*\S")
_LABELLED = expression(r"(?:[\p{L}\p{M}\p{N}.'’-]+\s?){1,3}[:：]")
_ENDS = tuple(".!?…。！？\"'”’»“)）」』")
_QUESTION = expression(r"[?？]\W*$")
_NAME = expression(r"\p{Ll}[ ,]+\p{Lu}")  # what names somebody is no formula
_QUOTES = tuple("\"“”„«»‘’‚'「」『』")
_OPENERS = (*_QUOTES, "—", "–", "-")
_CLOSING = r"[\"”“»’'’」』)]"
_ATTRIBUTED = expression(rf"{_CLOSING}[\s,–—-]+(?:[\p{{L}}'’]+\s+){{1,6}}[\p{{L}}'’]+\.$")  # “…,” he said.
# An entry of a ticker: its time and two sentences.
_TICKED = expression(r"(?:[01]?\d|2[0-4])(?:[:.h]|\sh\s)[0-5]\d\b.*[.!]\s.*[.!]$")
_LONG_LINE = 60  # characters; a verse is shorter
_LONG = (25, 40)  # words; a paragraph as long, below the first or apart, may differ in a name and yet be a copy
_HEADLINE_CHANGE = 5  # characters; a lede may open with the words of the headline and go on
_QUOTATION, _BARE_QUOTATION = 48, 100  # letters of quoted words that nobody quotes twice, with who said so or without
_TICK = 40  # letters; an entry as long comes at its time once
GATE = 24  # letters of a sentence that is worth a closer look when it comes again

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


def judge_block(document: Document, pair: tuple[int, int], lede: int | None, size: int, adjacent: bool) -> Copy | None:
    """Return the copy that the later block of `pair` is, or None if it says something else.

    `lede` is the block of the lede, `size` the letters of the later block; `adjacent` tells that nothing new stands
    between the two.
    """
    earlier, later = pair
    first, block = document.blocks[earlier], document.blocks[later]
    text = document.text[block.start : block.end]
    likeness = compare(document.text[first.start : first.end], text, long=_LONG[not adjacent])
    if likeness is Likeness.OTHER or first.kind is Kind.HEADING or size < GATE:
        return None
    if block.kind not in BODY and not (first.kind is Kind.HEADLINE and block.kind is Kind.HEADING and adjacent):
        return None
    what: What = "paragraph"
    apart = (50 if _NAME.search(text) else 60, 90)
    confidence = _confidence(likeness, size, (40, 60) if adjacent else apart, 60 if adjacent else 70)
    if first.kind is Kind.HEADLINE:
        what = "headline"
        confidence = _confidence(likeness, size, (GATE, 40) if adjacent else (40, 60), 40)
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


def judge_sentence(document: Document, run: tuple[Sentence, Sentence], lede: int | None, size: int) -> Copy | None:
    """Return the copy that the later stretch of `run` is of the earlier one, or None if it says something else."""
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
