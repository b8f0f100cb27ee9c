"""How sure it is that two spellings are of one name, by what sets them apart and how often each stands."""

from __future__ import annotations

from typing import NamedTuple

from audit.expressions import expression
from audit.model import Confidence
from audit.names.scan import CONSONANTS, DOUBLES, FAR, MARKS, VELARS, WIDE, Place, shuffled

FORMS, CASES = FAR + 1, FAR + 2
"""How far apart forms of one given name in two languages are, and grammatical cases of one name."""
# What two family names are told apart by, so that it takes more than this difference to call them one.
_OWN_ENDING = expression(r"(?:m[ae]nn?|s{0,2}[oe]n|[aeo][sz]|[aeio]tt?|[aeio]ll?|i?er|ie|e?y)$")
SLAVIC = expression(r"sk[iyj]{1,2}$")
_FOREIGN_MARK = expression(r"(?i)[^\W\da-zßàáâãäæçèéêëìíîïñòóôõöœùúûüÿ]")  # to the languages of Western Europe
_EASTERN = expression(
    r"(?:sk[iyj]{1,2}|[vw]ka|nko|(?:ch|sh|ts)[iy]?uk|[oei][vw]|[oe][vw]a|[vw]ili|dze|[iy]an|[oe]vi[cć]h?|[iy]ch|yuk)$"
)
_EASTERN_IN_GERMAN = expression(r"(?:sk[iyj]{1,2}|[oe]wa?|enko|[iy]ts?ch|tschuk|adse|schwili)$")
_ENGLISH_LETTERS = expression(r"(?i)(?<!s)ch|[szk]h|v")  # where German writes tsch, sch, ch and w
_CAPITALS_INSIDE = expression(r"\p{Ll}\p{Lu}{2}\p{Ll}")


class Spelling(NamedTuple):
    """A spelling and where it stands."""

    word: str
    places: list[Place]

    @property
    def is_name(self) -> bool:
        """Whether it is capitalised where an ordinary word would not be."""
        return any(not place.opens for place in self.places)


class Pair(NamedTuple):
    """Two spellings that may be of one name; `apart` is how far one is from the other (see `distance`)."""

    rare: Spelling
    usual: Spelling
    apart: int

    @property
    def length(self) -> int:
        """The letters of the shorter spelling."""
        return min(len(self.rare.word), len(self.usual.word))


def is_no_german(pair: Pair) -> bool:
    """Tell whether both spellings end as family names of Eastern Europe do in German, and no German noun."""
    return all(_EASTERN_IN_GERMAN.search(spelling.word) for spelling in pair[:2])


def in_german(pair: Pair) -> Pair:
    """Return `pair` with the English romanization as the odd one out, where it is not much the more frequent."""
    english, other = (_ENGLISH_LETTERS.search(spelling.word) for spelling in (pair.usual, pair.rare))
    if not english or other or not is_no_german(pair) or len(pair.usual.places) > 2 * len(pair.rare.places):
        return pair
    return Pair(pair.usual, pair.rare, pair.apart)


def are_of_one_family(pair: Pair) -> bool:
    """Tell whether the spellings are so near each other that two relatives bear one name."""
    return pair.apart <= CONSONANTS and pair.length >= 6 and _is_eastern(pair)


def may_be_grammar(pair: Pair) -> bool:
    """Tell whether the spellings differ as two forms of one noun may: Bruder and Brüder, Partei and Party."""
    return pair.apart > VELARS or (pair.apart == MARKS and not is_marked(pair))


def is_marked(pair: Pair) -> bool:
    """Tell whether one of the spellings has a letter that the languages of Western Europe lack."""
    return any(_FOREIGN_MARK.search(spelling.word) for spelling in pair[:2])


def is_mistyped(pair: Pair) -> bool:
    """Tell whether a long name that stands right again and again was mistyped once: Marcon, Kvoshnina."""
    rare, usual = pair.rare.word, pair.usual.word
    if len(pair.rare.places) > 1 or not pair.usual.is_name:
        return False
    often = len(pair.usual.places)
    if shuffled(rare) == shuffled(usual):
        return pair.length >= 6 and often >= 3 and pair.rare.is_name
    differing = _differing_letters(rare, usual)
    if often < 2 or not differing:
        return False
    return pair.length >= (8 if differing <= _VOWELS else 6 if differing <= _PALATAL else 10)


_VOWELS = frozenset("aeiouy")
_PALATAL = frozenset("jg")  # Arabic names from Egypt and Sudan have a g for the j of others


def _differing_letters(one: str, other: str) -> frozenset[str]:
    """Return the two letters that set two words apart, neither first nor in the ending: not Anderson and Andersen."""
    apart = [index for index, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs]
    if len(one) != len(other) or len(apart) != 1 or not 0 < apart[0] < len(one) - 3:
        return frozenset()
    return frozenset((one[apart[0]], other[apart[0]]))


def stands_alone(pair: Pair) -> bool:
    """Tell whether two spellings sound alike, one stands again and again, and no name ever follows either."""
    followed = any(place.after for spelling in pair[:2] for place in spelling.places)
    return pair.apart <= CONSONANTS and len(pair.usual.places) >= 2 and not followed


def together(pair: Pair, given: bool) -> Confidence | None:
    """Judge two spellings that a name beside both makes one."""
    if pair.apart > VELARS:
        return None if given or pair.length < 6 else Confidence.MEDIUM
    return Confidence.HIGH if pair.length >= 6 and not given else Confidence.MEDIUM


def alone(pair: Pair, hinted: bool) -> Confidence:
    """Judge two spellings of which no name beside them says that they are one."""
    often, once = len(pair.usual.places), len(pair.rare.places) == 1
    clear = often >= 4 and once
    names = pair.rare.is_name + pair.usual.is_name
    least = 6 if clear or (often >= 2 and pair.apart <= DOUBLES and _is_eastern(pair)) else 7
    if not names or (names == 1 and pair.length < least):
        return Confidence.LOW
    if pair.apart == MARKS:
        return Confidence.LOW if _differ_in_case(pair) else Confidence.MEDIUM
    if all(SLAVIC.search(spelling.word) for spelling in pair[:2]) and pair.length >= 6:
        return Confidence.HIGH if pair.length >= 8 else Confidence.MEDIUM
    if _differ_in_ending(pair) and not (once and often >= 3):
        return Confidence.LOW
    if pair.apart == WIDE and pair.rare.word[-1] != pair.usual.word[-1]:
        return Confidence.LOW
    enough = pair.length >= _least_length(pair, hinted or clear)
    return Confidence.MEDIUM if enough and (often >= 2 or _is_rare(pair, names)) else Confidence.LOW


def _is_rare(pair: Pair, names: int) -> bool:
    """Tell whether a name is long enough to stand for itself where each of its spellings stands but once."""
    if pair.apart <= VELARS and _is_eastern(pair):
        return pair.length >= 8
    return names == 2 and pair.length >= (7 if pair.apart <= CONSONANTS else 9)


def _is_eastern(pair: Pair) -> bool:
    return all(_EASTERN.search(spelling.word) for spelling in pair[:2])


def _least_length(pair: Pair, hinted: bool) -> int:
    """Return how many letters it takes for two spellings to be of one name without further evidence."""
    harrison_garrison = pair.apart == VELARS and {pair.rare.word[0], pair.usual.word[0]} == {"G", "H"}
    if pair.apart == WIDE or harrison_garrison:
        return 7 if _is_eastern(pair) else 9
    return 5 if pair.apart <= DOUBLES and hinted else 6


def _differ_in_case(pair: Pair) -> bool:
    """Tell whether only a capital inside sets two spellings apart, as in Youtube and YouTube: a matter of style."""
    one, other = pair.rare.word, pair.usual.word
    return one.lower() == other.lower() and not any(_CAPITALS_INSIDE.search(word) for word in (one, other))


def _differ_in_ending(pair: Pair) -> bool:
    one, other = _OWN_ENDING.search(pair.rare.word), _OWN_ENDING.search(pair.usual.word)
    return bool(one and other and pair.rare.word[: one.start()] == pair.usual.word[: other.start()])
