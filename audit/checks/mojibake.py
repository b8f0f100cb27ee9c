"""Find text that was decoded with the wrong encoding: â€™ for an apostrophe, Ð´Ð° for да."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from audit.expressions import expression
from audit.model import Confidence, Document, Edit, Hit, Sighting
from audit.text import fold

_LEADS = "ÂÃÄÅÎÏÐÑ×ØÙâãð"  # the first bytes of UTF-8, read as Windows-1252
_LONGEST = 80  # characters of a word that is repaired at once
_FEWEST = 3  # Cyrillic pairs that make a word of Р and С suspicious


def _continuations(encoding: str) -> str:
    """Return what the later bytes of UTF-8, 80 to BF, look like in `encoding`; undefined ones as C1 controls."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in range(0x80, 0xC0))


_AFTER = "".join({*_continuations("cp1252"), *map(chr, range(0x80, 0xC0))})
_AFTER_CYRILLIC = _continuations("cp1251")
_WORD = expression(r"[^ \n\r\t]")
_LATIN = expression(f"[{_LEADS}][{regex.escape(_AFTER)}]")
_LOST_SPACE = expression(r"(?<=\p{Ll})Ã(?= )")  # à, whose second byte reads as a space that editors make a plain one
_CYRILLIC = expression(rf"вЂ|(?:[РС][{regex.escape(_AFTER_CYRILLIC)}]){{{_FEWEST}}}")
_SINGLE = expression(rf"[\"'“”„«»‘’‹›(]+[{_LEADS}][\"'“”«»’‹›)…,.;:]+")


@dataclass(frozen=True)
class Check:
    """It has no options: ftfy knows the encodings."""

    @cached_property
    def literals(self) -> frozenset[str]:
        """The pairs of characters that the bytes of one become, and the most frequent Cyrillic ones."""
        latin = {fold(lead + after) for lead in _LEADS for after in _AFTER}
        return frozenset(latin | {fold(pair) for pair in ("вЂ", "Рѕ", "Рµ", "Р°", "РЅ", "Рё")})

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the words that ftfy repairs, only their wrong characters, neighbours joined."""
        last: Hit | None = None
        for hit in self._words(document, sightings):
            if last and document.text[last.end : hit.start] == " " and _is_long(last) and _is_long(hit):
                last = _merged(document, last, hit)
                continue
            if last:
                yield last
            last = hit
        if last:
            yield last

    def _words(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        text, done = document.text, 0
        for sighting in sightings:
            at = sighting.start
            if _LOST_SPACE.match(text, at):
                yield Hit(at, at + 1, Confidence.HIGH, {"right": "à"}, (Edit(at, at + 1, "à"),))
            if at < done or not (_LATIN.match(text, at) or _CYRILLIC.match(text, at)):
                continue
            block = document.block_at(at)
            if block is None:
                continue
            start, end = _word(text, at, max(done, block.start), block.end)
            done = end
            right = _repaired(text[start:end])
            if right is not None and not _is_single(text[start:end]):
                yield _hit(text, start, end, right)


def _word(text: str, at: int, first: int, last: int) -> tuple[int, int]:
    start, end = at, at
    while start > first and at - start < _LONGEST and _WORD.match(text, start - 1):
        start -= 1
    while end < last and end - at < _LONGEST and _WORD.match(text, end):
        end += 1
    return start, end


def _is_single(word: str) -> bool:
    """Tell whether `word` is a lone letter in quotation marks, as in “Ã”."""
    return bool(_SINGLE.fullmatch(word))


@lru_cache(maxsize=1024)
def _repaired(word: str) -> str | None:
    """Return what ftfy makes of `word`; None if it is right as it stands."""
    from ftfy import fix_encoding

    right = fix_encoding(word)
    return right if right != word and "\ufffd" not in right else None


def _shared(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _hit(text: str, start: int, end: int, right: str) -> Hit:
    wrong = text[start:end]
    head = _shared(wrong, right)
    tail = _shared(wrong[head:][::-1], right[head:][::-1])
    first, last = start + head, end - tail
    mended = right[head : len(right) - tail]
    return Hit(first, last, Confidence.HIGH, {"right": mended}, (Edit(first, last, mended),))


def _is_long(hit: Hit) -> bool:
    return hit.end - hit.start > 4


def _merged(document: Document, first: Hit, second: Hit) -> Hit:
    between = document.text[first.end : second.start]
    mended = f"{first.values['right']}{between}{second.values['right']}"
    edit = Edit(first.start, second.end, mended)
    return Hit(first.start, second.end, Confidence.HIGH, {"right": mended}, (edit,))
