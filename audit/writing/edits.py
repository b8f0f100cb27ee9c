"""Turn an edit of a document's text into one of its file."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from audit.model import Block, Document, Edit
from audit.writing.removal import without
from audit.writing.spelling import Place, spelled, with_line_ends


def file_edit(document: Document, source: str, edit: Edit) -> Edit | None:
    """Return `edit` as one of the file's text `source`, its new text written as its place asks.

    A block that is taken out goes with its element, line or place in a list. None is returned where the edit cannot be
    made without breaking something: where it reaches over tags, say.
    """
    if not document.blocks or not document.blocks[0].forms:  # a file of text, or of a format that nobody knows to write
        span = document.offsets.place(edit.start, edit.end)
        return Edit(span.start, span.end, with_line_ends(edit.text, source)) if span.exact else None
    gone = _gone(document, edit)
    if len(gone) == 1:
        return without(document, source, gone[0])
    if gone:
        return None
    block = document.blocks[max(0, bisect_right(document.blocks, edit.start, key=lambda one: one.start) - 1)]
    if edit.start >= block.end and edit.end > block.end:  # it begins in the white space before a block
        block = document.blocks[document.blocks.index(block) + 1]
        edit = _inside(document, block, edit)
    if edit.start > block.end or edit.end > block.end:
        return None
    if not _is_whole(document, source, edit):
        return None
    return _spelled(document, source, block, edit)


def _gone(document: Document, edit: Edit) -> list[int]:
    """Return the blocks that an edit takes out."""
    if edit.text:
        return []
    start = max(0, bisect_right(document.blocks, edit.start, key=lambda block: block.end) - 1)
    found = []
    for index in range(start, len(document.blocks)):
        block = document.blocks[index]
        if block.start >= edit.end:
            break
        if edit.start <= block.start and block.end <= edit.end:
            found.append(index)
    return found


def _inside(document: Document, block: Block, edit: Edit) -> Edit:
    """Return what an edit that begins before a block does in it: the block stays one of its own."""
    end = edit.end
    while not edit.text and end < block.end and document.text[end].isspace():
        end += 1
    return Edit(block.start, end, edit.text)


def _is_whole(document: Document, source: str, edit: Edit) -> bool:
    """Tell whether the edit's span stands in one stretch of the file, without tags or marks in between."""
    offsets = document.offsets
    if offsets.place(edit.start, edit.end).exact:
        return True
    first, last = offsets.index(edit.start), offsets.index(max(edit.start, edit.end - 1))
    run = offsets.pieces[first : last + 1]
    begins = run[0].verbatim or run[0].start == edit.start
    ends = run[-1].verbatim or run[-1].end == edit.end or edit.start == edit.end
    return begins and ends and all(one.file_end == other.file_start for one, other in pairwise(run))


def _spelled(document: Document, source: str, block: Block, edit: Edit) -> Edit | None:
    span = document.offsets.place(edit.start, edit.end)
    first = document.offsets.place(block.start, block.start).start  # of a long block the whole would take long
    last = document.offsets.place(block.end - 1, block.end).end
    written = spelled(edit.text, block, Place(source, span.start, span.end, first, last))
    return None if written is None else Edit(span.start, span.end, written)
