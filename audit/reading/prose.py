"""Split plain text into blocks: a block per line, or per paragraph where lines are wrapped at one width."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model import Block, Form, Kind

_WIDEST_WRAP, _NARROWEST_WRAP = 130, 40
_SENTENCE_ENDS = frozenset('.!?…:;"”»“)]')


def split(text: str, forms: tuple[Form, ...] = ()) -> list[Block]:
    """Return the blocks of `text` as paragraphs written in `forms`, without the white space around them.

    Blank lines separate chunks; inside a chunk each line is a block, unless the chunk is one paragraph that was broken
    into lines of about one width (as e-mails and old text files are).
    """
    spans: list[tuple[int, int]] = []
    following: list[int] = []  # the spans that stand on the line right after another
    position = 0
    adjacent = False  # to the line before
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            start = position if line[0] == stripped[0] else position + len(line) - len(line.lstrip())
            if adjacent:
                following.append(len(spans))
            spans.append((start, start + len(stripped)))
        adjacent = bool(stripped)
        position += len(line)
    if following:
        spans = _unwrap(text, spans, following)
    kind = Kind.PARAGRAPH
    return [Block(start, end, kind, None, None, forms) for start, end in spans]


def _unwrap(text: str, spans: list[tuple[int, int]], following: list[int]) -> list[tuple[int, int]]:
    chunks = [chunk for chunk in _chunks(spans, following) if _could_be_wrapped(text, spans[chunk.start : chunk.stop])]
    widths = [_width(spans, chunk) for chunk in chunks if _runs_on(text, spans, chunk)]
    if not widths:
        return spans
    width = max(widths)
    unwrapped: list[tuple[int, int]] = []
    done = 0
    for chunk in chunks:
        if _is_filled(text, spans, chunk, width if _width(spans, chunk) <= width else _WIDEST_WRAP):
            unwrapped += spans[done : chunk.start]
            unwrapped.append((spans[chunk.start][0], spans[chunk.stop - 1][1]))
            done = chunk.stop
    return unwrapped + spans[done:]


def _chunks(spans: list[tuple[int, int]], following: list[int]) -> Iterator[range]:
    first = stop = 0
    for index in following:
        if index != stop:
            if stop:
                yield range(first, stop)
            first = index - 1
        stop = index + 1
    yield range(first, stop)


def _could_be_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether no line is too long and some line stops in mid-sentence."""
    return all(end - start <= _WIDEST_WRAP for start, end in lines) and any(
        text[end - 1] not in _SENTENCE_ENDS for _, end in lines[:-1]
    )


def _width(spans: list[tuple[int, int]], chunk: range) -> int:
    return max(end - start for start, end in spans[chunk.start : chunk.stop])


def _runs_on(text: str, spans: list[tuple[int, int]], chunk: range) -> bool:
    """Tell whether the lines of a chunk are filled and one of them goes on in lower case on the next."""
    width = _width(spans, chunk)
    return (
        width >= _NARROWEST_WRAP
        and _is_filled(text, spans, chunk, width)
        and any(
            text[spans[index + 1][0]].islower() and text[spans[index][1] - 1] not in _SENTENCE_ENDS
            for index in chunk[:-1]
        )
    )


def _is_filled(text: str, spans: list[tuple[int, int]], chunk: range, width: int) -> bool:
    """Tell whether no line had room for the first word of the next, which is how wrapping breaks lines."""
    for index in chunk[:-1]:
        (start, end), (next_start, next_end) = spans[index], spans[index + 1]
        first_word = text[next_start : min(next_end, next_start + width)].split(None, 1)[0]
        if end - start + 1 + len(first_word) <= width:
            return False
    return True
