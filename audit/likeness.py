"""How alike two stretches of text are, cheaply for many and exactly for few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from enum import IntEnum
from functools import cache

from audit.expressions import expression

_SPACELESS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD = expression(rf"{_SPACELESS}|(?:(?!{_SPACELESS})[\p{{L}}\p{{M}}\p{{N}}])+")
_ASCII_WORD = expression("[A-Za-z0-9]+")
_WIDE = expression(_SPACELESS)
_PUNCTUATION = bytes(byte for byte in range(128) if byte != ord("\n") and not chr(byte).isalnum())
_INNER = bytes(set(_PUNCTUATION) - set(b".!? "))
_STOPS = bytes.maketrans(b"!?", b"..")
_BEYOND_ASCII = expression(r"[^\p{L}\p{M}\p{N}\n]+")

_ENDS = 10  # characters that near-copies share at their start or end
_NEIGHBOURS = 32  # how many texts of similar length one is compared with
_LONGEST = 4_000  # characters; above that a comparison costs more than it tells
_LARGEST = 100_000  # characters of a text that is compared word by word
_BUDGET = 5_000_000  # characters compared in one call: a tenth of a second
_MOST_PAIRS = 2_000  # in one call; forms and tables have more, articles never
_SIMILAR_WORDS = 60.0
_SHORT = 3  # letters of a word that says little: of, in, an
_SIMILAR_NAMES = 70.0  # "Kiev" and "Kyiv" are 75, "Харківській" and "Херсонській" 64


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


def squeeze_sentences(folded: str) -> list[str]:
    """Return the letters of every sentence of a folded text, roughly: cut after "Mr." too, signs beyond ASCII kept."""
    if not folded.isascii():
        folded = folded.replace("。", "\n").replace("！", "\n").replace("？", "\n")
    encoded = folded.encode("utf-8", "surrogatepass").translate(_STOPS, _INNER)
    lines = encoded.replace(b". ", b".\n").translate(None, b". ")  # to keep the length spares half of the time
    return lines.decode("utf-8", "surrogatepass").split("\n")


def weight(squeezed: str) -> int:
    """Return the length in letters, a character of a script without spaces counted as three."""
    return len(squeezed) if squeezed.isascii() else len(squeezed) + 2 * len(_WIDE.findall(squeezed))


def sharing_ends(texts: Sequence[str]) -> list[list[int]]:
    """Return the groups of indices, in order, of the texts that begin alike and of those that end alike.

    A copy edited at both ends is rare, and comparing all with all is dear.
    """
    groups: list[list[int]] = []
    for edges in ([text[:_ENDS] for text in texts], [text[-_ENDS:] for text in texts]):
        if len(set(edges)) == len(edges):  # as in most articles
            continue
        last = dict(zip(edges, range(len(edges)), strict=True))
        earlier: dict[int, list[int]] = {}
        for index in [index for index, edge in enumerate(edges) if last[edge] != index]:
            earlier.setdefault(last[edges[index]], []).append(index)
        groups += [[*indices, index] for index, indices in earlier.items()]
    return groups


def near_pairs(
    texts: Sequence[str], groups: Sequence[Sequence[int]], cutoff: float, shortest: int
) -> Iterator[tuple[int, int]]:
    """Yield the indices `(earlier, later)` of unequal texts whose `rapidfuzz.fuzz.ratio` reaches `cutoff` (0 to 100).

    Only texts of at least `shortest` characters are compared, each with a few others of similar length in its group of
    indices (see `sharing_ends`).
    """
    ratio = _ratio()
    found: set[tuple[int, int]] = set()
    left = _BUDGET
    for group in groups:
        suitable = [index for index in group if shortest <= len(texts[index]) <= _LONGEST]
        left -= sum([len(texts[index]) for index in suitable]) * min(len(suitable), _NEIGHBOURS)
        for earlier, later in [suitable] if len(suitable) == 2 else _of_similar_length(suitable, texts, cutoff):
            one, other = texts[earlier], texts[later]
            if ratio(one, other, score_cutoff=cutoff) and one != other and (earlier, later) not in found:
                found.add((earlier, later))
                yield earlier, later
                if len(found) == _MOST_PAIRS:
                    return
        if left < 0:
            return


@cache
def _ratio() -> Callable[..., float]:
    from rapidfuzz.fuzz import ratio  # at first use: most runs that start compare nothing

    return ratio


def _of_similar_length(group: Sequence[int], texts: Sequence[str], cutoff: float) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a group, the lower index first, of which the longer can reach the cutoff."""
    stretch = (200 - cutoff) / cutoff
    ranked = sorted([(len(texts[index]), index) for index in group])
    for rank, (length, index) in enumerate(ranked, 1):
        longest = length * stretch
        for longer, other in ranked[rank : rank + _NEIGHBOURS]:
            if longer > longest:
                break
            yield (index, other) if index < other else (other, index)


def compare(first: str, later: str, telling: Collection[str] = (), long: int = 0, leeway: float = 1.0) -> Likeness:
    """Tell what sets two similar texts apart.

    They say different things where a number differs, a name stands for another one, or one of the folded words in
    `telling` (left, right …) is in one of them alone. A text of `long` words or more may differ in one name, or have a
    number added.
    """
    if first == later or first.split() == later.split():
        return Likeness.VERBATIM
    if max(len(first), len(later)) > _LARGEST:
        return Likeness.OTHER
    written, rewritten = _words(first), _words(later)
    words, others = [word.lower() for word in written], [word.lower() for word in rewritten]
    if words == others:
        return Likeness.LETTERS
    total = max(len(words), len(others))
    here, there = _only(written, words, others), _only(rewritten, others, words)
    lenient = 0 < long <= total
    numbers = [any(any(map(str.isnumeric, word)) for word in side) for side in (here, there)]
    if all(numbers) or (any(numbers) and not lenient) or any(word.lower() in telling for word in here + there):
        return Likeness.OTHER
    here, there = _unlike(here, there)
    swapped, added = min(len(here), len(there)), abs(len(here) - len(there))
    price = 5 if all(len(word) <= _SHORT and word.islower() for word in here + there) else 10
    names = max(sum(word[0].isupper() for word in here), sum(word[0].isupper() for word in there)) if swapped else 0
    if names and (swapped + added > 1 or not lenient):
        return Likeness.OTHER
    moved = _common(words, others) != _common(others, words)
    return Likeness.EDITED if price * swapped + 10 * moved + 5 * added <= total else Likeness.OTHER


def _common(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return those of `words` that stand once in each of two texts, in order."""
    mine, theirs = Counter(words), Counter(others)
    return [word for word in words if mine[word] == theirs[word] == 1]


def _words(text: str) -> list[str]:
    """Return the words of `text`; each character of a script without spaces is one."""
    words: list[str] = (_ASCII_WORD if text.isascii() else _WORD).findall(text)
    return words


def _only(written: Sequence[str], words: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return those of the words `written`, which are `words` in lower case, that `others` lacks, the last one first."""
    lacking = Counter(words) - Counter(others)
    if not lacking:
        return []
    only = []
    for word, as_written in zip(reversed(words), reversed(written), strict=True):
        if lacking[word] > 0:  # of two, the last: the capital of a sentence's first word makes no name
            lacking[word] -= 1
            only.append(as_written)
    return only


def _unlike(here: list[str], there: list[str]) -> tuple[list[str], list[str]]:
    """Return both lists without the words that are spelled much like one of the other list."""
    ratio = _ratio()
    rest, other = [], list(there)
    for word in here:
        scores = [ratio(word.lower(), candidate.lower()) for candidate in other]
        if scores and max(scores) >= (_SIMILAR_NAMES if word[0].isupper() else _SIMILAR_WORDS):
            del other[scores.index(max(scores))]
        else:
            rest.append(word)
    return rest, other
