"""Find one name that an article spells in two ways, by how names are romanized and by what stands around them."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import regex

from audit.model import Confidence, Document, Hit, Related, Sighting, Table
from audit.names.scan import (
    CONSONANTS,
    DOUBLES,
    FAR,
    MARKS,
    VELARS,
    WIDE,
    Place,
    alike,
    distance,
    places,
    shuffled,
    whole,
    words,
)
from audit.text import folded

_EMPTY = Table("", ())
_MOST_COMPANIONS = 20
# What two family names are told apart by, so that it takes more than this difference to call them one.
_OWN_ENDING = regex.compile(r"(?:m[ae]nn?|s{0,2}[oe]n|[aeo][sz]|[aeio]tt?|[aeio]ll?|i?er|ie|e?y)$")
_SLAVIC = regex.compile(r"sk[iyj]{1,2}$")
_FOREIGN_MARK = regex.compile(r"(?i)[^\W\da-zßàáâãäæçèéêëìíîïñòóôõöœùúûüÿ]")  # to the languages of Western Europe
_EASTERN = regex.compile(r"(?:sk[iyj]{1,2}|[vw]ka|nko|chuk|[oei][vw]|[oe][vw]a|[vw]ili|dze|[iy]an)$")
_SUFFIX_OF_WORD = regex.compile(r"(?:i[sz](?:ations?|e[dsr]?|ing)|ou?rs?|ogu?e?|res?|ers?|[cs]es?)$")
_CAPITALS_INSIDE = regex.compile(r"\p{Ll}\p{Lu}{2}\p{Ll}")
_BETWEEN = regex.compile(r"[\s/(\"']*(?:[/(]|\b(?:or|oder|ou|o|alias|aka)\b)[\s/(\"']*")


class _Spelling(NamedTuple):
    """A spelling and where it stands."""

    word: str
    places: list[Place]

    @property
    def is_name(self) -> bool:
        """Whether it is capitalised where an ordinary word would not be."""
        return any(not place.opens for place in self.places)


class _Pair(NamedTuple):
    """Two spellings that may be of one name; `apart` is how far one is from the other (see `audit.names.scan.distance`)."""

    rare: _Spelling
    usual: _Spelling
    apart: int

    @property
    def length(self) -> int:
        """The letters of the shorter spelling."""
        return min(len(self.rare.word), len(self.usual.word))


class _Company(NamedTuple):
    """What the words beside two spellings say.

    `hinted`: the same word stands beside both, be it a title; `shared`: the same name does; `foreign`: both have names
    on one side, and they are not the same, or one is a first name and one a family name.
    """

    hinted: bool
    shared: bool
    foreign: bool


@dataclass(frozen=True)
class Check:
    """Compare the capitalised words of an article by their consonants, and judge those that agree by evidence.

    `different` lists names that are near each other yet different, `beside` words that stand beside names without
    telling whose they are (titles, directions, kinds of place), `purpose` phrases that introduce another spelling.
    `capitalised_nouns` are the languages in which a capital does not make a name.
    """

    different: Table = _EMPTY
    beside: Table = _EMPTY
    purpose: Table = _EMPTY
    capitalised_nouns: tuple[str, ...] = ("de",)

    @property
    def literals(self) -> tuple[str, ...]:
        """Nothing: any article may hold two spellings."""
        return ()

    @cached_property
    def _rows(self) -> dict[str, dict[int, str]]:
        rows: dict[str, dict[int, str]] = defaultdict(dict)
        for row in self.different.rows:
            for name in row.cells["names"].lower().split():
                rows[name][row.line] = row.cells["kind"]
        return dict(rows)

    @cached_property
    def _beside(self) -> frozenset[str]:
        return frozenset(word for row in self.beside.rows for word in row.cells["words"].lower().split())

    @cached_property
    def _purposes(self) -> regex.Pattern[str]:
        phrases = (regex.escape(row.cells["phrase"].lower()) + r"(?!\p{L})" for row in self.purpose.rows)
        return regex.compile(r"(?<!\p{L})(?:" + "|".join(phrases).replace(r"\*(?!\p{L})", "") + ")")

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the places of the rarer spelling of each name that stands in two; `sightings` are not used."""
        seen: set[int] = set()
        stands: dict[str, list[Place]] = {}
        for one, other, apart in alike(document.once(words)):
            if self._are_different(one.lower(), other.lower()):
                continue
            for word in (one, other):
                if word not in stands:
                    stands[word] = places(document, word)
            pair = _pair(_Spelling(one, stands[one]), _Spelling(other, stands[other]), apart)
            confidence = pair and self._judge(document, pair)
            if pair is None or confidence is None:
                continue
            for place in pair.rare.places:
                if place.start not in seen:
                    seen.add(place.start)
                    yield _hit(place, pair, confidence)

    def _are_different(self, one: str, other: str) -> bool:
        mine, others = self._rows.get(one, {}), self._rows.get(other, {})
        return any(kind != "given" for row, kind in mine.items() if row in others)

    def _judge(self, document: Document, pair: _Pair) -> Confidence | None:
        if _is_a_word(document, pair) or self._is_on_purpose(document, pair):
            return None
        company = self._company(document, pair)
        given = any("given" in self._rows.get(spelling.word.lower(), {}).values() for spelling in pair[:2])
        if company.shared and not (self._capitalises_nouns(document) and _may_be_grammar(pair)):
            return _together(pair, given)
        if company.foreign or (pair.apart == FAR and not _is_mistyped(pair)):
            return None
        if given:
            return Confidence.MEDIUM if _stands_alone(pair) and pair.length >= 6 else Confidence.LOW
        return _alone(pair, company.hinted) if self._could_be_name(document, pair) else Confidence.LOW

    def _capitalises_nouns(self, document: Document) -> bool:
        return (document.target_language or "").lower().startswith(self.capitalised_nouns)

    def _could_be_name(self, document: Document, pair: _Pair) -> bool:
        """Tell whether the capitals and marks of two spellings are no matter of grammar in the language of the text."""
        if self._capitalises_nouns(document):
            return all(_SLAVIC.search(spelling.word) for spelling in pair[:2])
        if pair.apart > MARKS or (document.target_language or "en").startswith("en"):
            return True
        return not _may_be_grammar(pair)

    def _company(self, document: Document, pair: _Pair) -> _Company:
        hinted = shared = foreign = False
        roles = []
        for side in ("before", "after"):
            rare, usual = (_companions(spelling, side) for spelling in pair[:2])
            hinted |= not set(rare).isdisjoint(usual)
            rare, usual = ([name for name in names if self._tells(document, name)] for names in (rare, usual))
            same = any(one == other or distance(one, other) <= CONSONANTS for one in rare for other in usual)
            shared |= same
            foreign |= bool(rare and usual and not same)
            roles.append((bool(rare), bool(usual)))
        first_name_and_family_name = sorted(roles) == [(False, True), (True, False)]
        return _Company(hinted, shared, foreign or first_name_and_family_name)

    def _tells(self, document: Document, name: str) -> bool:
        folded_name = name.lower()
        return len(name) > 2 and folded_name not in self._beside and not _in_lower_case(document, name)

    def _is_on_purpose(self, document: Document, pair: _Pair) -> bool:
        text = document.once(folded)
        starts = [place.start for place in pair.usual.places]
        for place in pair.rare.places:
            if self.purpose.rows and self._purposes.search(text, max(0, place.start - 40), place.end + 30):
                return True
            index = bisect(starts, place.start)
            for other in pair.usual.places[max(0, index - 1) : index + 1]:
                first, last = sorted((place, other))
                if last.start - first.end < 10 and _BETWEEN.fullmatch(text, first.end, last.start):
                    return True
        return False


def _pair(one: _Spelling, other: _Spelling, apart: int) -> _Pair | None:
    if not one.places or not other.places:
        return None
    usual, rare = sorted((one, other), key=lambda spelling: (-len(spelling.places), spelling.places[0]))
    return _Pair(rare, usual, apart)


def _companions(spelling: _Spelling, side: str) -> list[str]:
    names = dict.fromkeys(getattr(place, side) for place in spelling.places)
    return list(islice(filter(None, names), _MOST_COMPANIONS))


def _is_a_word(document: Document, pair: _Pair) -> bool:
    """Tell whether the spellings may be ordinary words with a capital, or two ways to write one."""
    rare, usual = pair.rare.word, pair.usual.word
    if _in_lower_case(document, rare) or (pair.apart > CONSONANTS and _in_lower_case(document, usual)):
        return True
    one, other = _SUFFIX_OF_WORD.search(rare), _SUFFIX_OF_WORD.search(usual)
    return bool(one and other and one[0] != other[0] and rare[: one.start()] == usual[: other.start()])


def _may_be_grammar(pair: _Pair) -> bool:
    """Tell whether the spellings differ as two forms of one noun may: Bruder and Brüder, Partei and Party."""
    marked = any(_FOREIGN_MARK.search(spelling.word) for spelling in pair[:2])
    return pair.apart > VELARS or (pair.apart == MARKS and not marked)


def _in_lower_case(document: Document, word: str) -> bool:
    return next(whole(document.text, word.lower()), None) is not None


def _is_mistyped(pair: _Pair) -> bool:
    """Tell whether two letters changed places, once, in a long name that stands right several times."""
    spellings = pair[:2]
    swapped = shuffled(pair.rare.word) == shuffled(pair.usual.word)
    return (
        swapped
        and pair.length >= 7
        and len(pair.usual.places) >= 3 > 2 * len(pair.rare.places)
        and all(s.is_name for s in spellings)
    )


def _stands_alone(pair: _Pair) -> bool:
    return pair.apart <= CONSONANTS and not any(place.after for spelling in pair[:2] for place in spelling.places)


def _together(pair: _Pair, given: bool) -> Confidence | None:
    """Judge two spellings that a name beside both makes one."""
    if pair.apart > VELARS:
        return None if given or pair.length < 6 else Confidence.MEDIUM
    return Confidence.HIGH if pair.length >= 6 and not given else Confidence.MEDIUM


def _alone(pair: _Pair, hinted: bool) -> Confidence:
    """Judge two spellings of which no name beside them says that they are one."""
    often, once = len(pair.usual.places), len(pair.rare.places) == 1
    clear = often >= 4 and once
    names = pair.rare.is_name + pair.usual.is_name
    if not names or (names == 1 and pair.length < (6 if clear else 7)):
        return Confidence.LOW
    if pair.apart == MARKS:
        return Confidence.LOW if _differ_in_case(pair) else Confidence.MEDIUM
    if all(_SLAVIC.search(spelling.word) for spelling in pair[:2]) and pair.length >= 6:
        return Confidence.HIGH if pair.length >= 8 else Confidence.MEDIUM
    if _differ_in_ending(pair) and not (once and often >= 3):
        return Confidence.LOW
    if pair.apart == WIDE and pair.rare.word[-1] != pair.usual.word[-1]:
        return Confidence.LOW
    enough = pair.length >= _least_length(pair, hinted or clear)
    return Confidence.MEDIUM if enough and (often >= 2 or _is_rare(pair, names)) else Confidence.LOW


def _is_rare(pair: _Pair, names: int) -> bool:
    """Tell whether a name is long enough to stand for itself where each of its spellings stands but once."""
    if pair.apart <= VELARS and _is_eastern(pair):
        return pair.length >= 8
    return names == 2 and pair.length >= (7 if pair.apart <= CONSONANTS else 9)


def _is_eastern(pair: _Pair) -> bool:
    return all(_EASTERN.search(spelling.word) for spelling in pair[:2])


def _least_length(pair: _Pair, hinted: bool) -> int:
    """Return how many letters it takes for two spellings to be of one name without further evidence."""
    harrison_garrison = pair.apart == VELARS and {pair.rare.word[0], pair.usual.word[0]} == {"G", "H"}
    if pair.apart == WIDE or harrison_garrison:
        return 7 if _is_eastern(pair) else 9
    return 5 if pair.apart <= DOUBLES and hinted else 6


def _differ_in_case(pair: _Pair) -> bool:
    """Tell whether only a capital inside sets two spellings apart, as in Youtube and YouTube: a matter of style."""
    one, other = pair.rare.word, pair.usual.word
    return one.lower() == other.lower() and not any(_CAPITALS_INSIDE.search(word) for word in (one, other))


def _differ_in_ending(pair: _Pair) -> bool:
    one, other = _OWN_ENDING.search(pair.rare.word), _OWN_ENDING.search(pair.usual.word)
    return bool(one and other and pair.rare.word[: one.start()] == pair.usual.word[: other.start()])


def _hit(place: Place, pair: _Pair, confidence: Confidence) -> Hit:
    counts = {"count": str(len(pair.rare.places)), "others": str(len(pair.usual.places))}
    other = pair.usual.places[0]
    related = Related(other.start, other.end, "spelled so here")
    return Hit(place.start, place.end, confidence, {"other": pair.usual.word, **counts}, related=(related,))
