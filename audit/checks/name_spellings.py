"""Find one name that an article spells in two ways, by how names are romanized and by what stands around them."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, islice
from typing import NamedTuple

import regex

from audit.expressions import expression
from audit.model import NO_TABLE, Confidence, Document, Hit, Related, Sighting, Table
from audit.names.pairs import (
    CASES,
    FORMS,
    Pair,
    Spelling,
    alone,
    are_of_one_family,
    in_german,
    is_marked,
    is_mistyped,
    is_no_german,
    may_be_grammar,
    stands_alone,
    together,
)
from audit.names.persons import are_relatives, inflected, is_a_companion, is_named_before, is_newcomer, is_of_a_street
from audit.names.scan import (
    CONSONANTS,
    FAR,
    MARKS,
    VELARS,
    Place,
    alike,
    distance,
    places,
    whole,
    words,
)
from audit.text import folded

_MOST_COMPANIONS = 20
_MOST_GIVEN_NAMES = 40
_EXPLAINED = 120  # characters after a name within which brackets may open with another spelling of it
_FAR_OFF = 100  # characters between a name and the words that say whose namesake its bearer is
_SUFFIX_OF_WORD = expression(r"(?:i[sz](?:ations?|e[dsr]?|ing)|ou?rs?|ogu?e?|res?|ers?|[cs]es?)$")
_BETWEEN = expression(r"[\s/(\"']*(?:[/(]|\b(?:or|oder|ou|o|alias|aka)\b)[\s/(\"']*")


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

    `forms` lists the forms of given names that stand for one person before one family name, `different` names that
    are near each other yet different, `house` (as `make tables` derives it) names that a rule of their own looks at,
    `beside` words that stand beside names without telling whose they are (titles, directions, kinds of place),
    `purpose` phrases that introduce another spelling, `saying` verbs of speech. `capitalised_nouns` are the languages
    in which a capital does not make a name.
    """

    forms: Table = NO_TABLE
    different: Table = NO_TABLE
    house: Table = NO_TABLE
    beside: Table = NO_TABLE
    purpose: Table = NO_TABLE
    saying: Table = NO_TABLE
    capitalised_nouns: tuple[str, ...] = ("de",)

    literals = ()  # any article may hold two spellings

    @cached_property
    def _rows(self) -> dict[str, dict[int, str]]:
        rows: dict[str, dict[int, str]] = defaultdict(dict)
        for row in self.different.rows:
            for name in row.cells["names"].lower().split():
                rows[name][row.line] = row.cells["kind"]
        return dict(rows)

    @cached_property
    def _forms(self) -> dict[str, int]:
        """The row of each form of a given name."""
        return {name: row.line for row in self.forms.rows for name in row.cells["names"].split()}

    @cached_property
    def _house(self) -> dict[str, int]:
        """The row of each spelling that the house table tells right from wrong."""
        rows: dict[str, int] = {}
        for row in self.house.rows:
            spellings = ",".join(
                [row.cells["house"].replace("/", ","), row.cells["systems"], row.cells["from_russian"]]
            )
            for spelling in spellings.lower().split(","):
                rows.setdefault(spelling.strip(), row.line)
        return rows

    @cached_property
    def _beside(self) -> frozenset[str]:
        return frozenset(word for row in self.beside.rows for word in row.cells["words"].lower().split())

    @cached_property
    def _saying(self) -> frozenset[str]:
        return frozenset(word for row in self.saying.rows for word in row.cells["words"].split())

    @cached_property
    def _purposes(self) -> regex.Pattern[str]:
        return _phrases([row.cells["phrase"] for row in self.purpose.rows])

    @cached_property
    def _far_purposes(self) -> regex.Pattern[str]:
        return _phrases([row.cells["phrase"] for row in self.purpose.rows if row.cells.get("reach")])

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the places of the rarer spelling of each name that stands in two; `sightings` are not used."""
        seen: set[int] = set()
        stands: dict[str, list[Place]] = {}
        found = document.once(words)
        for one, other, apart in chain(alike(found), self._same_given_names(found), inflected(found)):
            if self._are_different(one.lower(), other.lower()):
                continue
            for word in (one, other):
                if word not in stands:
                    stands[word] = places(document, word)
            pair = _pair(Spelling(one, stands[one]), Spelling(other, stands[other]), apart)
            confidence = pair and self._judge(document, pair)
            if pair is None or confidence is None or self._is_house_matter(one.lower(), other.lower()):
                continue
            pair = in_german(pair) if self._capitalises_nouns(document) else pair
            for place in pair.rare.places:
                if place.start not in seen:
                    seen.add(place.start)
                    yield _hit(place, pair, confidence)

    def _same_given_names(self, found: Sequence[str]) -> Iterator[tuple[str, str, int]]:
        """Yield the pairs of given names that are forms of one, of the first few words that are any."""
        given = list(islice(filter(self._forms.__contains__, found), _MOST_GIVEN_NAMES))
        for one, other in combinations(given, 2):
            if self._forms[one] == self._forms[other]:
                yield one, other, FORMS

    def _are_different(self, one: str, other: str) -> bool:
        mine, others = self._rows.get(one, {}), self._rows.get(other, {})
        return any(kind != "given" for row, kind in mine.items() if row in others)

    def _is_house_matter(self, one: str, other: str) -> bool:
        row = self._house.get(one)
        return row is not None and row == self._house.get(other)

    def _judge(self, document: Document, pair: Pair) -> Confidence | None:
        if _is_a_word(document, pair) or _is_bare_capital(document, pair) or self._is_on_purpose(document, pair):
            return None
        if is_a_companion(document, pair):
            return None
        if pair.apart == FORMS:
            return Confidence.MEDIUM if self._have_one_family_name(document, pair) else None
        if pair.apart == CASES:
            return None if is_of_a_street(document, pair) else Confidence.MEDIUM
        company = self._company(document, pair)
        given = any("given" in self._rows.get(spelling.word.lower(), {}).values() for spelling in pair[:2])
        if company.shared and not (self._capitalises_nouns(document) and may_be_grammar(pair)):
            return together(pair, given)
        if are_of_one_family(pair) and are_relatives(document, pair):
            return Confidence.MEDIUM
        if company.foreign or (pair.apart == FAR and not is_mistyped(pair)):
            return None
        if given:
            known = stands_alone(pair) and pair.length >= 6 and (company.hinted or not is_newcomer(document, pair))
            return Confidence.MEDIUM if known else Confidence.LOW
        confidence = alone(pair, company.hinted) if self._could_be_name(document, pair) else Confidence.LOW
        if confidence is Confidence.LOW and self._is_named_before(document, pair):
            return Confidence.MEDIUM
        return confidence

    def _is_named_before(self, document: Document, pair: Pair) -> bool:
        may_be_word = pair.apart == MARKS and not is_marked(pair)
        may_be_word |= self._capitalises_nouns(document) and not is_no_german(pair)
        return is_named_before(document, pair, self._saying, self._tells, may_be_word)

    def _capitalises_nouns(self, document: Document) -> bool:
        return (document.target_language or "").lower().startswith(self.capitalised_nouns)

    def _could_be_name(self, document: Document, pair: Pair) -> bool:
        """Tell whether the capitals and marks of two spellings are no matter of grammar in the language of the text."""
        if self._capitalises_nouns(document):
            return is_no_german(pair)
        if pair.apart > MARKS or (document.target_language or "en").startswith("en"):
            return True
        return not may_be_grammar(pair)

    def _company(self, document: Document, pair: Pair) -> _Company:
        hinted = shared = foreign = False
        roles = []
        for side in ("before", "after"):
            rare, usual = (_companions(spelling, side) for spelling in pair[:2])
            hinted |= not set(rare).isdisjoint(usual)
            rare, usual = ([name for name in names if self._tells(document, name)] for names in (rare, usual))
            same = any(self._agree(one, other) for one in rare for other in usual)
            shared |= same
            foreign |= bool(rare and usual and not same)
            roles.append((bool(rare), bool(usual)))
        first_name_and_family_name = sorted(roles) == [(False, True), (True, False)]
        return _Company(hinted, shared, foreign or first_name_and_family_name)

    def _agree(self, one: str, other: str) -> bool:
        if one == other or distance(one, other) <= CONSONANTS:
            return True
        return one in self._forms and self._forms[one] == self._forms.get(other)

    def _have_one_family_name(self, document: Document, pair: Pair) -> bool:
        rare, usual = (
            [name for name in _companions(spelling, "after") if self._tells(document, name)] for spelling in pair[:2]
        )
        return any(one == other or distance(one, other) <= VELARS for one in rare for other in usual)

    def _tells(self, document: Document, name: str) -> bool:
        folded_name = name.lower()
        return len(name) > 2 and folded_name not in self._beside and not _in_lower_case(document, name)

    def _is_introduced(self, text: str, place: Place) -> bool:
        near = self._purposes.search(text, max(0, place.start - 40), place.end + 30)
        return bool(near or self._far_purposes.search(text, max(0, place.start - _FAR_OFF), place.end + _FAR_OFF))

    def _is_on_purpose(self, document: Document, pair: Pair) -> bool:
        text = document.once(folded)
        starts = [place.start for place in pair.usual.places]
        for place in pair.rare.places:
            if self._is_introduced(text, place):
                return True
            index = bisect(starts, place.start)
            if text[place.start - 1 : place.start] == "(" and index and place.start - starts[index - 1] < _EXPLAINED:
                return True
            for other in pair.usual.places[max(0, index - 1) : index + 1]:
                first, last = sorted((place, other))
                if last.start - first.end < 10 and _BETWEEN.fullmatch(text, first.end, last.start):
                    return True
        return False


def _phrases(phrases: Sequence[str]) -> regex.Pattern[str]:
    """Return the pattern of `phrases`, of none if there are none."""
    whole_phrases = (regex.escape(phrase.lower()) + r"(?!\p{L})" for phrase in phrases)
    return expression(r"(?<!\p{L})(?:" + ("|".join(whole_phrases).replace(r"\*(?!\p{L})", "") or r"(?!)") + ")")


def _pair(one: Spelling, other: Spelling, apart: int) -> Pair | None:
    if not one.places or not other.places:
        return None
    usual, rare = sorted((one, other), key=lambda spelling: (-len(spelling.places), spelling.places[0]))
    return Pair(rare, usual, apart)


def _companions(spelling: Spelling, side: str) -> list[str]:
    names = dict.fromkeys(getattr(place, side) for place in spelling.places)
    return list(islice(filter(None, names), _MOST_COMPANIONS))


def _is_a_word(document: Document, pair: Pair) -> bool:
    """Tell whether the spellings may be ordinary words with a capital, or two ways to write one."""
    rare, usual = pair.rare.word, pair.usual.word
    if _in_lower_case(document, rare) or (pair.apart > CONSONANTS and _in_lower_case(document, usual)):
        return True
    one, other = _SUFFIX_OF_WORD.search(rare), _SUFFIX_OF_WORD.search(usual)
    return bool(one and other and one[0] != other[0] and rare[: one.start()] == usual[: other.start()])


def _is_bare_capital(document: Document, pair: Pair) -> bool:
    """Tell whether French sets the spellings apart, which may leave the mark of a capital out: Etats, États."""
    if pair.apart != MARKS or not (document.target_language or "").startswith("fr"):
        return False
    return pair.rare.word[1:] == pair.usual.word[1:]


def _in_lower_case(document: Document, word: str) -> bool:
    return next(whole(document.text, word.lower()), None) is not None


def _hit(place: Place, pair: Pair, confidence: Confidence) -> Hit:
    counts = {"count": str(len(pair.rare.places)), "others": str(len(pair.usual.places))}
    other = pair.usual.places[0]
    related = Related(other.start, other.end, "spelled so here")
    return Hit(place.start, place.end, confidence, {"other": pair.usual.word, **counts}, related=(related,))
