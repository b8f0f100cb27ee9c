"""Tell headline, lede, captions, bylines and counters among the blocks of an article by their shape."""

from __future__ import annotations

from audit.expressions import expression
from audit.model import Block, Document, Kind
from audit.reading import credits, labels
from audit.text import folded, without_surrogates

_LONGEST_HEADLINE, _LONGEST_CAPTION, _LONGEST_LABEL, _SHORTEST_LEDE = 160, 400, 120, 40
_LONGEST_STOPPED = 40  # a label that ends with a full stop is a short one ("3 Min.")
_TOP = 12  # blocks among which the headline, the lede and captions without a credit are looked for

_LABEL = expression(r"\p{Lu}[\p{L}-]{2,20}(?: \p{L}{1,12})?:")
_WORD = expression(r"\p{L}{2}")


def settle(document: Document) -> None:
    """Give the paragraphs of `document` that are something else by their shape their right kind, in place.

    A block whose kind is known already stays as it is.
    """
    blocks, text = document.blocks, document.text
    _find_captions(document)
    paragraph = Kind.PARAGRAPH
    short = [index for index, block in enumerate(blocks) if block.end - block.start <= _LONGEST_LABEL]
    for index in short:
        start, end, kind, *_ = blocks[index]
        if kind is paragraph and (text[end - 1] != "." or end - start <= _LONGEST_STOPPED):
            named = labels.kind_of(text[start:end], index == 0)
            if named is not None:
                _name(blocks, index, named)
    _find_headline(document)


def _name(blocks: list[Block], index: int, kind: Kind) -> None:
    start, end, _, language, source, forms = blocks[index]
    blocks[index] = Block(start, end, kind, language, source, forms)  # much faster than `_replace`


def _find_captions(document: Document) -> None:
    text, blocks = document.once(folded), document.blocks
    try:
        sightings = credits.markers().find_matches_as_indexes(text)
    except UnicodeEncodeError:  # a lone surrogate
        sightings = credits.markers().find_matches_as_indexes(without_surrogates(text))
    for _, marker, _ in sightings:
        index = document.block_index(marker)
        if index is None:
            continue
        start, end, kind, *_ = blocks[index]
        if (
            kind is Kind.PARAGRAPH
            and end - start <= _LONGEST_CAPTION
            and credits.is_credit(document.text, text, start, end, marker, index == len(blocks) - 1)
        ):
            _name(blocks, index, Kind.CAPTION)


def _find_headline(document: Document) -> None:
    """Name the headline, the captions without credit near the top, and the lede, where they can be told."""
    blocks, text = document.blocks, document.text
    kinds = [block.kind for block in blocks[:_TOP]]
    prose = [index for index, kind in enumerate(kinds) if kind is Kind.PARAGRAPH]
    headline = kinds.index(Kind.HEADLINE) if Kind.HEADLINE in kinds else None
    if headline is None and len(prose) > 1 and _reads_as_headline(text, blocks[prose[0]]):
        headline = prose.pop(0)
        _name(blocks, headline, Kind.HEADLINE)
    for index in [index for index in prose if _stands_among_captions(text, blocks, index)]:
        _name(blocks, index, Kind.CAPTION)
        prose.remove(index)
    if headline is None or Kind.LEDE in kinds:
        return
    lede = next((index for index in prose if index > headline), None)
    if lede is not None and _reads_as_lede(text, blocks, lede):
        _name(blocks, lede, Kind.LEDE)


def _reads_as_headline(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    return (
        len(words) <= _LONGEST_HEADLINE
        and words[-1] not in ".:;,…"
        and words[-2:] not in ('."', ".”", ".»", ".“", ".)")
        and "\n" not in words.strip()
        and _WORD.search(words) is not None
    )


def _stands_among_captions(text: str, blocks: list[Block], index: int) -> bool:
    """Tell whether a line without a full stop stands right beside a caption, as a second picture's text does."""
    block = blocks[index]
    if text[block.end - 1] in '.!?:"”' or block.end - block.start > _LONGEST_CAPTION:
        return False
    for other in (index - 1, index + 1):
        if 0 <= other < len(blocks) and blocks[other].kind is Kind.CAPTION:
            gap = text[blocks[min(index, other)].end : blocks[max(index, other)].start]
            if len(gap.splitlines()) == 1:
                return True
    return False


def _reads_as_lede(text: str, blocks: list[Block], index: int) -> bool:
    """Tell whether a paragraph opens the article: a sentence, no label, and more to come."""
    block = blocks[index]
    return (
        block.end - block.start >= _SHORTEST_LEDE
        and any(later.kind in (Kind.PARAGRAPH, Kind.QUOTE) for later in blocks[index + 1 : index + _TOP])
        and _LABEL.match(text, block.start, block.end) is None
    )
