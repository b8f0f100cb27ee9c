"""Flag names that are not spelled as the house table has them, judged by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from audit.model import NO_TABLE, Confidence, Document, Edit, Hit, Related, Sighting, Table
from audit.names import history, surroundings
from audit.names.gazetteer import Entry, by_literal, entries, house_names, written
from audit.names.surroundings import Spot
from audit.text import fold, folded

LOW, MEDIUM, HIGH = Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH

_SURE = ("", "context", "given")  # what a name may need and yet count as evidence for others
_AGAIN = 2  # words of the country that make an article one of it
_RUSSIAN_SOURCES = ("uk", "ru", "be")


@dataclass
class _Article:
    """What the whole article says about its names; what takes a look at all of it is found out when it is asked for.

    `sure`: it holds several wrong names, or was translated from where they come; `people`: the names that a person
    bears in it; `located`: those that are a place somewhere in it; `placed`: where house names stand; `elsewhere`: the
    words found in it that tell of other places of a name.
    """

    text: str
    words: tuple[str, ...]
    abroad: tuple[str, ...]
    several: bool
    sure: bool
    people: frozenset[str]
    located: frozenset[str]
    placed: dict[str, tuple[int, int] | None]
    elsewhere: frozenset[str]

    @cached_property
    def context(self) -> bool:
        """Whether it speaks of the country."""
        return self.several or any(map(self.text.__contains__, self.words))

    @cached_property
    def domestic(self) -> bool:
        """Whether it names the country and its places more than once, and none across a border."""
        return sum(map(self.text.__contains__, self.words)) >= _AGAIN and not any(
            map(self.text.__contains__, self.abroad)
        )

    @cached_property
    def historic(self) -> bool:
        """Whether it tells of former times."""
        return history.tells_history(self.text)


class _Phrases(NamedTuple):
    """The exceptions of a name: those that begin before it and those that begin with it, to sort out most at once."""

    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    all: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Check:
    """Compare names with a house table.

    `table`, `exceptions` and `mentions` (those for all names) are described in their files; `derived` holds the
    spellings of `table` as `make tables` wrote them, so that they need not be derived at every start; `given_names`
    precede people; `context` holds folded words that show an article to speak of the country, without which a
    doubtful name is left alone, and `abroad` words that show a name to be one of the same places across a border. The
    names of the table `house` are right wherever `table` wants others.
    """

    table: Table = NO_TABLE
    derived: Table = NO_TABLE
    exceptions: Table = NO_TABLE
    mentions: Table = NO_TABLE
    given_names: Table = NO_TABLE
    context: tuple[str, ...] = ()
    abroad: tuple[str, ...] = ()
    house: Table = NO_TABLE

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        found = entries(self.table, self.derived)
        kept = house_names(self.house)
        return {spelled: entry for spelled, entry in found.items() if spelled not in kept} if kept else found

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        return by_literal(self._entries)

    @property
    def literals(self) -> Sequence[str]:
        """The beginnings of all spellings, folded."""
        return list(self._keys)

    @cached_property
    def _names(self) -> frozenset[str]:
        return house_names(self.table)

    @cached_property
    def _people(self) -> frozenset[str]:
        return frozenset(row.cells["name"] for row in self.given_names.rows)

    @cached_property
    def _phrases(self) -> dict[str, _Phrases]:
        phrases: dict[str, list[tuple[str, str, bool]]] = {}
        for row in (*self.exceptions.rows, *self.mentions.rows):
            left, _, right = row.cells["phrase"].replace("-", " ").partition("~")
            phrases.setdefault(row.cells["names"], []).append((left, right, row.cells["confidence"] == "low"))
        return {
            names: _Phrases(
                tuple(left for left, _, _ in mine if left), tuple(right for left, right, _ in mine if not left), mine
            )
            for names, mine in phrases.items()
        }

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the names that are spelled otherwise."""
        text = document.once(folded)
        beginnings = [sighting for sighting in sightings if surroundings.begins(text, sighting.start)]
        if not beginnings:  # industry is no Stry
            return
        text = text.replace("-", " ")
        found = list(self._spellings(document, text, beginnings))
        if not found:
            return
        article = self._article(document, text, found)
        for spot, entry in found:
            confidence = self._confidence(article, spot, entry)
            if confidence is not None:
                yield _hit(article, spot, entry, confidence)

    def _spellings(self, document: Document, text: str, sightings: Sequence[Sighting]) -> Iterator[tuple[Spot, Entry]]:
        reached = 0
        for sighting in sightings:
            if sighting.start < reached:
                continue
            found = self._spelling(document, text, sighting.start, sighting.literal)
            if found is not None:
                reached = found[0].end
                yield found

    def _spelling(self, document: Document, text: str, start: int, literal: str) -> tuple[Spot, Entry] | None:
        for key in self._keys[literal]:
            capital = start + 4 if key.startswith("the ") else start
            if not text.startswith(key, start) or not document.text[capital].isupper():
                continue
            entry, end = self._entries[key], start + len(key)
            if not surroundings.ends(text, end, entry.kind == "demonym"):
                continue
            block = document.block_at(start)
            if block is None or surroundings.is_address(document.text, start, end):
                return None
            spot = Spot(document, text, start, end, block)
            if entry.kind == "adjective" and not surroundings.is_before_region(spot, adjective=True):
                return None
            return spot, entry
        return None

    def _article(self, document: Document, text: str, found: list[tuple[Spot, Entry]]) -> _Article:
        plain = [entry for _, entry in found if entry.group != "systems" and entry.needs in _SURE]
        wrong = {entry.house for entry in plain}
        source = (document.source_language or "").lower().partition("-")[0]
        accepted = {name for _, entry in found for name in entry.accepted}
        elsewhere = {word for _, entry in found for word in entry.elsewhere}
        return _Article(
            text=text,
            words=self.context,
            abroad=self.abroad,
            several=len({entry.house for entry in plain if entry.needs != "context"}) > 1,
            located=frozenset(spot.name for spot, entry in found if entry.needs == "place" and self._is_place(spot)),
            sure=len(wrong) > 1 or source in _RUSSIAN_SOURCES,
            people=frozenset(spot.name for spot, entry in found if self._is_someone(spot, entry)),
            placed={name: surroundings.whole_word(text, name) for name in accepted},
            elsewhere=frozenset(word for word in elsewhere if word in text),
        )

    def _confidence(self, article: _Article, spot: Spot, entry: Entry) -> Confidence | None:
        """Return how sure it is that this should read otherwise; None if it may stand."""
        if _is_region(spot, entry) or surroundings.is_explained(spot, entry.accepted):
            return None
        allowed = self._allowed(spot, entry)
        if allowed is not None:
            return LOW if allowed else None
        if spot.name in article.people and self._is_someone(spot, entry):
            return LOW if entry.kind == "person" else None
        if entry.group != "mixed" and surroundings.is_title(spot):
            return None
        if spot.name in article.people or _is_elsewhere(article, spot, entry):
            return LOW
        both = any(article.placed[name] is not None for name in entry.accepted)
        if history.is_history(history.near(spot)) or article.historic:
            return LOW
        return self._evidence(article, spot, entry, both)

    def _evidence(self, article: _Article, spot: Spot, entry: Entry, both: bool) -> Confidence:
        """Return the confidence that the name's own needs (see the table) allow; `both`: its house form stands too."""
        sure = HIGH if (both or article.sure) and article.context else MEDIUM
        if entry.needs == "low":
            return LOW
        if entry.group == "systems" or (entry.needs == "weak" and entry.group != "mixed"):
            return MEDIUM if both else LOW
        if entry.needs == "near":
            here = surroundings.is_near(spot, self.context) and not surroundings.is_near(spot, self.abroad)
            return MEDIUM if here or article.domestic else LOW
        if entry.needs == "given":
            return LOW if surroundings.is_before_surname(spot) else sure
        if entry.needs and not article.context:
            return LOW
        if entry.needs == "place" and spot.name not in article.located:
            return MEDIUM if both and surroundings.could_be_place(spot) else LOW
        return sure

    def _is_someone(self, spot: Spot, entry: Entry) -> bool:
        """Tell whether a given name makes this a person, and not the one of that family name whom the table means."""
        if entry.kind != "person":
            if surroundings.is_person(spot, self._people):
                return True
            return entry.needs == "place" and surroundings.follows_capital(spot) and not self._is_place(spot)
        return " " not in spot.name and surroundings.is_person(spot, self._people - surroundings.FORMS_OF_ADDRESS)

    def _is_place(self, spot: Spot) -> bool:
        """Tell whether a name that people bear too is a place here."""
        if surroundings.is_at_place(spot):
            return True
        return any(word in self._names or word in self._entries for word in surroundings.neighbours(spot))

    def _allowed(self, spot: Spot, entry: Entry) -> bool | None:
        """Return None unless a phrase of the exceptions covers the name, then whether a weak finding remains."""
        before, after = spot.before(surroundings.REACH), spot.after(surroundings.REACH).removeprefix("s")
        for names in (entry.house.partition("/")[0], "*"):
            phrases = self._phrases.get(names)
            if phrases is None or not (before.endswith(phrases.lefts) or after.startswith(phrases.rights)):
                continue
            for left, right, low in phrases.all:
                if surroundings.is_covered(spot, left, right):
                    return low
        return None


def _is_region(spot: Spot, entry: Entry) -> bool:
    """Tell whether the spelling is the oblast's own name: Dnipropetrovsk region."""
    return bool(entry.region) and spot.name == fold(entry.region) and surroundings.is_before_region(spot)


def _is_elsewhere(article: _Article, spot: Spot, entry: Entry) -> bool:
    """Tell whether another place of the name is meant: where the article speaks of the country, by words close by."""
    words = [word for word in entry.elsewhere if word in article.elsewhere]
    if not words or not article.context or entry.needs == "near":
        return bool(words)
    return surroundings.is_near(spot, words)


def _hit(article: _Article, spot: Spot, entry: Entry, confidence: Confidence) -> Hit:
    of_region = bool(entry.region) and surroundings.is_before_region(spot)
    house = entry.region if of_region else written(entry, spot.name)
    house = house.upper() if spot.document.text[spot.start : spot.end].isupper() else house
    place = next((at for name in entry.accepted if (at := article.placed[name]) is not None), None)
    related = () if place is None or of_region else (Related(*place, "here it is spelled as the house has it"),)
    edit = Edit(spot.start, spot.end, house)
    return Hit(spot.start, spot.end, confidence, {"house": house, "reason": entry.reason}, (edit,), related=related)
