"""Find captions that an article prints twice, perhaps with another credit or a word changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import regex

from audit.expressions import expression
from audit.likeness import Likeness, compare, near_pairs, squeeze, weight
from audit.model import NO_TABLE, Block, Confidence, Document, Hit, Kind, Related, Sighting, Table
from audit.text import fold, folded, lower, removal

_CAPTION_LENGTH = 400  # characters; a paragraph beside a caption that is longer is no caption
_BETWEEN = 8  # blocks in front of a copy that have to be copies, too, for it to count as adjacent
_LONG = 40  # letters; a paragraph of a caption's very words is one, wherever it stands
_OPENING = 24  # characters that such a paragraph shares with the caption
_ALIKE = 70  # per cent of the letters: a short caption with a word more
_SEPARATORS = ",;.|/–—-"  # and white space
_SEPARATOR = rf"[\s{_SEPARATORS}]"
_BRACKETS = expression(r"\s*\(([^()\d]{2,40})\)\.?\s*$|(?<=\.)\s+\p{Lu}{2,12}$")
_WORD = expression(r"\w+")
# Words behind “Photo:” that tell what it shows, not who took it: a sentence, one with a year, or many of them.
_DESCRIBES = expression(
    r"[^:：©]{2,30}[:：]\s*(?=(?:\S+\s+){4})(?!.*©)(?=.*\b(?:1[5-9]|20)\d\d\W*$|.*\p{Ll}{2}\.\W*$|.{70})"
)
_ROUGHLY = 40  # per cent: the same short caption with two long credits
_STOP = tuple(".!?…。！？")


class _Caption(NamedTuple):
    """A caption: its block, whether the reader called it so, its text without the credit, and the letters of that."""

    block: int
    certain: bool
    words: str
    key: str


@dataclass(frozen=True)
class Check:
    """Report the later copy of a caption.

    `credits` lists the words that introduce a credit (label, mark), `telling` those that set two pictures apart (word).
    """

    credits: Table = NO_TABLE
    telling: Table = NO_TABLE

    literals = ()  # any words may come again

    @cached_property
    def _credit(self) -> regex.Pattern[str]:
        labels = {lower(row.cells["label"]) + mark for row in self.credits.rows for mark in _marks(row.cells["mark"])}
        bracketed = r"[(\[][^()\[\]]*(?<!\w)(?:\L<labels>|©)[^()\[\]]*[)\]]"
        bare = r"(?:(?<!\w)\L<labels>|©)[^\n]*"
        return expression(rf"(?<!{_SEPARATOR}){_SEPARATOR}*+(?:{bracketed}|{bare})\s*+", labels=labels)

    @cached_property
    def _signs(self) -> tuple[str, ...]:
        """What credits begin with: a label that begins with another one is sought as that."""
        signs = {"©", *(lower(row.cells["label"]) for row in self.credits.rows)}
        return tuple(sign for sign in signs if not any(sign.startswith(other) for other in signs - {sign}))

    @cached_property
    def _telling(self) -> frozenset[str]:
        return frozenset(fold(row.cells["word"]) for row in self.telling.rows)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the later copies of captions, each with the first one beside it."""
        candidates = _candidates(document)
        if not _any_alike(document, candidates):
            return
        captions = self._captions(document, candidates)
        found: dict[int, Hit] = {}
        for earlier, later in _pairs(captions):
            first, copy = captions[earlier], captions[later]
            if copy.block not in found:
                adjacent = all(index in found for index in range(first.block + 1, copy.block)[-_BETWEEN:])
                if hit := self._judge(document, first, copy, adjacent):
                    found[copy.block] = hit
        yield from found.values()

    def _captions(self, document: Document, indices: Sequence[int]) -> list[_Caption]:
        captions: list[_Caption] = []
        known: dict[str, tuple[str, str]] = {}
        for index in indices:
            start, end, kind, *_ = document.blocks[index]
            text = document.text[start:end]
            if text not in known:  # exact copies are the rule
                words = self._without_credits(text)
                known[text] = words, squeeze(fold(words)).replace("\n", "")
            captions.append(_Caption(index, kind is Kind.CAPTION, *known[text]))
        return captions

    def _without_credits(self, text: str) -> str:
        lowered = lower(text)
        signs = [place for place in map(lowered.find, self._signs) if place >= 0]
        if not signs:
            return self._without_brackets(text)
        position, parts = 0, []
        for credit in self._credit.finditer(lowered, _opening(lowered, min(signs))):
            parts.append(text[position : credit.start()])
            position = credit.end()
        words = "".join([*parts, text[position:]])
        return self._without_brackets(words if words or not _DESCRIBES.match(text) else text)

    def _without_brackets(self, text: str) -> str:
        """Return `text` without the agency in brackets that closes it, or another word that tells no picture apart."""
        last = text.rstrip().rstrip(".")[-1:]
        if last != ")" and not last.isupper():  # spares the pattern, which tries every space
            return text
        found = _BRACKETS.search(text)
        if found is None or any(word in self._telling for word in fold(found.group(1) or "").split()):
            return text
        return text[: found.start()]

    def _judge(self, document: Document, earlier: _Caption, later: _Caption, adjacent: bool) -> Hit | None:
        if not (earlier.certain and later.certain) and not _are_captions(earlier, later, adjacent):
            return None
        first, block = document.blocks[earlier.block], document.blocks[later.block]
        whole, again = document.text[first.start : first.end], document.text[block.start : block.end]
        likeness = compare(whole, again)
        lossless = likeness is Likeness.VERBATIM
        if likeness < Likeness.LETTERS:
            likeness = min(Likeness.EDITED, words := compare(earlier.words, later.words, self._telling))
            lossless = words is Likeness.VERBATIM and set(_WORD.findall(again)) <= set(_WORD.findall(whole))
        if likeness is Likeness.OTHER or not later.key:
            return None
        return Hit(
            block.start,
            block.end,
            _confidence(likeness, weight(later.key), adjacent, earlier.key == later.key),
            edits=(removal(document, later.block),) if lossless or likeness >= Likeness.LETTERS else (),
            safe=lossless,
            related=(Related(first.start, first.end, "first printed here"),),
        )


def _opening(lowered: str, sign: int) -> int:
    """Return where the first credit can begin at the earliest: at its sign or the bracket before, or what separates it.

    The pattern takes long for every character that it is tried at.
    """
    bracket = max(lowered.rfind("(", 0, sign), lowered.rfind("[", 0, sign))
    start = bracket if bracket >= 0 else sign
    while start and (lowered[start - 1] in _SEPARATORS or lowered[start - 1].isspace()):
        start -= 1
    return start


def _marks(mark: str) -> tuple[str, ...]:
    return (mark, f" {mark}", f"\u00a0{mark}") if mark else ("",)


def _are_captions(earlier: _Caption, later: _Caption, adjacent: bool) -> bool:
    """Tell whether a caption makes one of the block that says nearly the same beside it, or exactly so elsewhere."""
    doubtful = earlier if later.certain else later
    if earlier.certain is not later.certain and earlier.key == later.key and weight(later.key) >= _LONG:
        return True
    return adjacent and not doubtful.words.endswith(_STOP)


def _candidates(document: Document) -> list[int]:
    """Return the indices of captions and of short blocks that a reader may have taken wrongly.

    These stand beside a caption, or begin as one does.
    """
    blocks, text = document.blocks, document.text
    captions = [index for index, block in enumerate(blocks) if block.kind is Kind.CAPTION]
    if not captions:
        return []
    found = {near for index in captions for near in (index - 1, index, index + 1) if 0 <= near < len(blocks)}
    openings = [text[block.start : block.start + _OPENING] for block in blocks]
    known = {openings[index] for index in captions}
    if len(set(openings)) < len(openings):
        found.update([index for index, opening in enumerate(openings) if opening in known])
    return [index for index in sorted(found) if _may_be_caption(blocks[index])]


def _may_be_caption(block: Block) -> bool:
    short = block.end - block.start <= _CAPTION_LENGTH
    return block.kind is Kind.CAPTION or (short and block.kind in (Kind.PARAGRAPH, Kind.LEDE))


def _any_alike(document: Document, candidates: Sequence[int]) -> bool:
    """Tell cheaply whether two of the candidates may be copies, credits and all."""
    if len(candidates) < 2:
        return False
    text = document.once(folded)
    lines = [text[document.blocks[index].start : document.blocks[index].end] for index in candidates]
    unique = list(dict.fromkeys(lines))
    return len(unique) < len(lines) or any(True for _ in near_pairs(unique, [range(len(unique))], _ROUGHLY, 1))


def _pairs(captions: Sequence[_Caption]) -> list[tuple[int, int]]:
    """Return the indices of captions that are the same or nearly so, in order of the later one, then the earlier."""
    first: dict[str, int] = {}
    pairs = [(first.setdefault(caption.key, index), index) for index, caption in enumerate(captions)]
    pairs = [(earlier, later) for earlier, later in pairs if earlier != later]
    texts = list(first)
    pairs += [(first[texts[a]], first[texts[b]]) for a, b in near_pairs(texts, [range(len(texts))], _ALIKE, 12)]
    return sorted(pairs, key=lambda pair: (pair[1], pair[0]))


def _confidence(likeness: Likeness, size: int, adjacent: bool, same_words: bool) -> Confidence:
    """Return the confidence for a caption of `size` letters without its credit."""
    if likeness >= Likeness.LETTERS:
        exact = (8, 20) if adjacent else (16, 40)
        return Confidence(sum(size >= least for least in exact))
    least = 20 if same_words else 30
    return Confidence.MEDIUM if size >= least else Confidence.LOW
