"""Shared scan of a document's double quotation marks: which pair they form, and which stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from audit.model import Block, Document
from audit.text import folded

OPENERS = "„‟"  # which open wherever they are used
_MARK = re.compile('"')  # on folded text, where the others look so, too
_KINDS = {mark: kind for kind, marks in enumerate(('"', "“”„‟", "«»")) for mark in marks}
_BEFORE_OPENING = " \u00a0\u202f\u2009\t\n([{—–-/'‘’*_"
_AFTER_CLOSING = " \u00a0\u202f\u2009\t\n.,;:!?)]}…—–-/*_'’"
_CURLY = re.compile(  # re is the faster one on such expressions
    rf"“(?![\s{re.escape(_AFTER_CLOSING)}])[^“”\n]+(?<![\s{re.escape(_BEFORE_OPENING)}])”"
)
_OTHER_MARKS = "„‟«»"
_SENTENCE_MARKS = ",.!?…"
_BEFORE_SPACED = " \u00a0\u202f\u2009\t\n([{'’"  # « these », while »with other marks it closes!«
_AFTER_SPACED = " \u00a0\u202f\u2009\t\n,;:!?)]}"
_NEAR = 20  # marks that are looked at behind one in doubt
MOST_MARKS = 100_000  # of one document: a dump of data must not fill the memory


class Pair(NamedTuple):
    """The offsets of the marks of a quotation; None where its other mark is missing in the block."""

    opening: int | None
    closing: int | None
    block: int


def are_tidy(document: Document) -> bool:
    """Tell whether all marks are straight or “these”, in pairs and close to what they quote.

    Most texts are: this cheap look spares them the closer one. Use as `document.once(are_tidy)`.
    """
    text = document.text
    if '"' in text and not _are_close(text.split('"')):
        return False
    if text.isascii():
        return True
    if any(map(text.__contains__, _OTHER_MARKS)):
        return False
    opening, closing = text.count("“"), text.count("”")
    return opening == closing and (not opening or len(_CURLY.findall(text)) == opening)


def _are_close(parts: list[str]) -> bool:
    """Tell whether every second of the `parts` between marks is a quotation.

    That is words of one line that neither begin with a space or a closing sign nor end with a space or an opening one.
    """
    inside = parts[1::2]
    if len(parts) % 2 == 0 or "" in inside or inside != [*map(str.strip, inside)] or "\n" in "".join(inside):
        return False
    return not any(part[0] in _AFTER_CLOSING or part[-1] in _BEFORE_OPENING for part in inside)


def pairs(document: Document) -> list[Pair]:
    """Return the quotations of a document by block, as they open; use as `document.once(pairs)`."""
    if '"' not in document.once(folded):
        return []
    found: list[Pair] = []
    for index, offsets in _by_block(document):
        block = document.blocks[index]
        kinds: dict[int, list[int]] = {}
        for offset in offsets:
            kinds.setdefault(_KINDS[document.text[offset]], []).append(offset)
        mine = [
            pair
            for kind in kinds.values()
            for pair in _pair(document, block, index, kind)
            if not _is_arrow(document.text, pair)
        ]
        found += mine if len(kinds) == 1 else _mixed(mine)
    return found


def _by_block(document: Document) -> Iterator[tuple[int, list[int]]]:
    """Yield the blocks that have double quotation marks, by index, and where the marks stand."""
    current, end, offsets = -1, -1, list[int]()
    for count, match in enumerate(_MARK.finditer(document.once(folded).replace("‟", '"'))):
        if count >= MOST_MARKS:
            break
        start = match.start()
        if _is_of_seconds(document.text, start):
            continue
        if start >= end:
            index = document.block_index(start)
            if index is None:
                continue
            if offsets:
                yield current, offsets
            current, end, offsets = index, document.blocks[index].end, []
        offsets.append(start)
    if offsets:
        yield current, offsets


def _is_of_seconds(text: str, offset: int) -> bool:
    """Tell whether a mark stands within a time of sports, as Italian and French write it: 2”3, 1’20”54."""
    return text[offset - 1 : offset].isdigit() and text[offset + 1 : offset + 2].isdigit()


def _pair(document: Document, block: Block, index: int, offsets: list[int]) -> list[Pair]:
    """Return the quotations that marks of one kind form in a block; those that nest cleanly are put together."""
    text = document.text
    roles = [_role(document, block, offset) for offset in offsets]
    found: list[Pair] = []
    opened: int | None = None
    for place, (offset, role) in enumerate(zip(offsets, roles, strict=True)):
        if opened is None:
            if role == "close":
                if not text[offset - 1].isdigit() or text[offset] != '"':  # 6'2" are inches
                    found.append(Pair(None, offset, index))
            else:
                opened = offset
        elif role != "open" or _closes_late(text, offset, roles[place + 1 : place + _NEAR]):
            found.append(Pair(opened, offset, index))
            opened = None
        else:
            found.append(Pair(opened, None, index))
            opened = offset
    if opened is not None:
        found.append(Pair(opened, None, index))
    return _nested(found)


def _role(document: Document, block: Block, offset: int) -> str:
    """Return whether the mark at `offset` opens or closes by its form and what touches it; "" where either may be."""
    text, mark = document.text, document.text[offset]
    if mark in OPENERS:
        return "open"
    before = text[offset - 1] if offset > block.start else "\n"
    after = text[offset + 1] if offset + 1 < block.end else "\n"
    if before.isspace() and after.isspace() and (offset == block.start or offset + 1 == block.end):
        return "open" if offset == block.start else "close"
    if mark == "«" and after.isspace() and not before.isalnum():  # « as French sets them », or »as others do.«
        return "open" if before in _BEFORE_SPACED else ""
    if mark == "»" and before.isspace() and not after.isalnum():
        return "close" if after in _AFTER_SPACED else ""
    after_space, before_space = before in _BEFORE_OPENING, after in _AFTER_CLOSING
    if after_space != before_space:
        return "open" if after_space else "close"
    if after.isspace() != before.isspace():
        return "close" if after.isspace() else "open"
    return ""


def _closes_late(text: str, offset: int, following: list[str]) -> bool:
    """Tell whether a mark that looks like an opening one closes: `…, "he said`; before a capital, none may follow."""
    if text[offset - 2 : offset - 1] not in _SENTENCE_MARKS or text[offset - 1] != " ":
        return False
    lower = text[offset + 1 : offset + 2].islower()
    return "close" not in (following[:1] if lower else following)


def _is_arrow(text: str, pair: Pair) -> bool:
    """Tell whether a guillemet without its partner is an arrow, which stands apart from words: Read more »."""
    if pair.opening is not None and pair.closing is not None:
        return False
    offset = _start(pair)
    beside = text[offset + 1 : offset + 2] if pair.closing is None else text[offset - 1]
    return text[offset] in "«»" and not beside.isalpha()


def _nested(found: list[Pair]) -> list[Pair]:
    """Put an opening mark that was left alone together with the next closing one left alone in the same block."""
    lone = [pair for pair in found if pair.opening is None or pair.closing is None]
    if len(lone) < 2:
        return found
    result = [pair for pair in found if pair.opening is not None and pair.closing is not None]
    waiting: Pair | None = None
    for pair in lone:
        if pair.closing is None:
            if waiting is not None:
                result.append(waiting)
            waiting = pair
        elif waiting is not None:
            result.append(Pair(waiting.opening, pair.closing, pair.block))
            waiting = None
        else:
            result.append(pair)
    if waiting is not None:
        result.append(waiting)
    return sorted(result, key=_start)


def _mixed(found: list[Pair]) -> list[Pair]:
    """Return the quotations of a block in order, marks of different kinds that were left alone put together."""
    return _nested(sorted(found, key=_start))


def _start(pair: Pair) -> int:
    return pair.closing or 0 if pair.opening is None else pair.opening
