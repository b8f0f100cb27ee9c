"""How alike two stretches of text are, cheaply for many and exactly for few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum

import regex

_SPACELESS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD = regex.compile(rf"{_SPACELESS}|(?:(?!{_SPACELESS})[\p{{L}}\p{{M}}\p{{N}}])+")
_WIDE = regex.compile(_SPACELESS)
_PUNCTUATION = bytes(byte for byte in range(128) if byte != ord("\n") and not chr(byte).isalnum())
_BEYOND_ASCII = regex.compile(r"[^\p{L}\p{M}\p{N}\n]+")

_NEIGHBOURS = 32  # how many texts of similar length one is compared with
_LONGEST = 4_000  # characters; above that a comparison costs more than it tells
_BUDGET = 5_000_000  # characters compared in one call: a tenth of a second
_SIMILAR_WORDS = 60.0  # "Kiev" and "Kyiv" are 75, "Kherson" and "Kharkiv" 43


class Likeness(IntEnum):
    """What sets two texts apart, from two different things to be said to the same characters."""

    OTHER = 0
    EDITED = 1
    LETTERS = 2
    VERBATIM = 3


def squeeze(folded: str) -> str:
    """Return the letters, digits and line breaks of a folded text (see `audit.text.fold`)."""
    squeezed = folded.encode("utf-8", "surrogatepass").translate(None, _PUNCTUATION).decode("utf-8", "surrogatepass")
    return squeezed if squeezed.isascii() else _BEYOND_ASCII.sub("", squeezed)


def weight(squeezed: str) -> int:
    """Return the length in letters, a character of a script without spaces counted as three."""
    return len(squeezed) if squeezed.isascii() else len(squeezed) + 2 * len(_WIDE.findall(squeezed))


def near_pairs(texts: Sequence[str], cutoff: float, shortest: int) -> Iterator[tuple[int, int]]:
    """Yield the indices `(earlier, later)` of unequal texts that are alike by `rapidfuzz.fuzz.ratio` of `cutoff` (0-100).

    Only texts of at least `shortest` characters and of similar length are compared, each with a few others.
    """
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    order = [index for index in order if shortest <= len(texts[index]) <= _LONGEST]
    if len(order) < 2:
        return
    from rapidfuzz.fuzz import ratio

    stretch, left = (200 - cutoff) / cutoff, _BUDGET  # a longer text cannot reach the cutoff
    for rank, index in enumerate(order):
        text = texts[index]
        most = len(text) * stretch
        for other in order[rank + 1 : rank + 1 + _NEIGHBOURS]:
            if len(texts[other]) > most or left < 0:
                break
            left -= len(text)
            if ratio(text, texts[other], score_cutoff=cutoff) and text != texts[other]:
                yield (index, other) if index < other else (other, index)


def compare(first: str, later: str, telling: Collection[str] = (), words_per_name: int = 0) -> Likeness:
    """Tell what sets two similar texts apart.

    They say different things where a number differs, a name stands for another one, or one of the folded words in
    `telling` (left, right …) is in one of them alone. A text of `words_per_name` words may differ in one name.
    """
    if first.split() == later.split():
        return Likeness.VERBATIM
    words, others = Counter(_WORD.findall(first)), Counter(_WORD.findall(later))
    total = max(words.total(), others.total())
    here, there = _less(words, others), _less(others, words)
    if not here and not there:
        return Likeness.LETTERS
    if any(word in telling or word.isnumeric() or any(map(str.isdigit, word)) for word in map(str.lower, here + there)):
        return Likeness.OTHER
    here, there = _unlike(here, there)
    swapped, added = min(len(here), len(there)), abs(len(here) - len(there))
    names = max(sum(word[0].isupper() for word in here), sum(word[0].isupper() for word in there)) if swapped else 0
    if names and (not words_per_name or names * words_per_name > total):
        return Likeness.OTHER
    return Likeness.EDITED if 10 * swapped + 5 * added <= total else Likeness.OTHER


def _less(words: Counter[str], others: Counter[str]) -> list[str]:
    """Return the words of `words` that `others` has not, in whatever case."""
    left = list((words - others).elements())
    if not left:
        return left
    known = Counter(word.lower() for word in (others - words).elements())
    lacking = []
    for word in left:
        if known[word.lower()] > 0:
            known[word.lower()] -= 1
        else:
            lacking.append(word)
    return lacking


def _unlike(here: list[str], there: list[str]) -> tuple[list[str], list[str]]:
    """Return both lists without the words that are spelled much like one of the other list."""
    from rapidfuzz.fuzz import ratio

    rest, other = [], list(there)
    for word in here:
        scores = [ratio(word.lower(), candidate.lower()) for candidate in other]
        if scores and max(scores) >= _SIMILAR_WORDS:
            del other[scores.index(max(scores))]
        else:
            rest.append(word)
    return rest, other
