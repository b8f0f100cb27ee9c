"""Flag names that are not spelled as the house table has them, judged by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import regex

from audit.gazetteer import Entry, by_literal, entries, house_names, written
from audit.model import Block, Confidence, Document, Edit, Hit, Related, Sighting, Table
from audit.text import fold, folded

LOW, MEDIUM, HIGH = Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH

_SURE = ("", "context", "given")
_NOTHING = Table("", ())
_REACH = 48  # characters before and after a name that may explain it
_TITLE = 80  # characters of a quoted title on each side of the name
_NEAR = 600  # characters before and after a name that say which country it lies in
_QUOTES = 4000  # characters before a name in which quotation marks are counted
_REGION = regex.compile(r"[ -](?:regions?|regional|oblasts?|province|obl)\b")
_AFTER_ADJECTIVE = regex.compile(r"[ -](?:regions?|oblasts?|provinces?|obl|district|npp|nuclear|state|str)\b")
_OF_A_PLACE = regex.compile(
    r"(?:'s)?,? (?:regions?|regional|oblasts?|province|district|city|area|airport|air base|airfield|port|nuclear|npp|front"
    r"|direction|sector|axis|residents?|mayor|governor|suburbs?|bridge|shipyards?|railway|highway|battlefront)\b"
)
_AT_A_PLACE = regex.compile(
    r"(?:\b(?:in|near|outside|around|into|towards?|across|inside|throughout|cit(?:y|ies) of|port of|towns? of|town|city"
    r"|villages? of|village|region of|mayor of|governor of|(?:attacks?|strikes?|advance|assault|shelling) (?:on|of))) $"
)
_INITIAL = regex.compile(r"(?:^|[^\p{L}])\p{Lu}\.\s?$")
_WORD_BEFORE = regex.compile(r"([\p{L}'’]+)\.?[  ]$")
_NEIGHBOUR_BEFORE = regex.compile(r"([\p{L}' ]+?)(?:, and|,| and| or| to)? $")
_NEIGHBOUR_AFTER = regex.compile(r"(?:, and|,| and| or| to) ([\p{L}']+(?: [\p{L}']+)?)")
_SURNAME = regex.compile(r" (\p{Lu}[\p{L}'’-]+)")
_INSTITUTIONS = frozenset(
    "region regional oblast port mayor city governor military state national opera film international university airport"
    " museum district council administration seaport railway military-civilian archaeological and".split()
)
_OLD_YEAR = regex.compile(
    r"\b(?:19(?:[0-8]\d|9[01])|(?:in|of|since|until|by|from|around|circa|before|after) 1[0-8]\d\d(?=[ ,.;)]))\b(?!\.\d)"
)
_NEW_YEAR = regex.compile(r"\b20[12]\d\b")
_OLD_TIMES = regex.compile(
    r"world war|wehrmacht|nazi-occupied|red army|army group|medieval|tsarist|\d(?:th|st) century|\bussr\b|soviet union"
    r"|russian empire|civil war|holocaust|great patriotic"
)


class _Found(NamedTuple):
    """A spelling of the table in the text."""

    start: int
    end: int
    entry: Entry
    block: Block


class _Article(NamedTuple):
    """What the whole article says about its names; `text` is folded, with spaces for hyphens."""

    text: str
    context: bool
    sure: bool
    historic: bool
    people: frozenset[str]
    placed: dict[str, tuple[int, int] | None]
    elsewhere: frozenset[str]


@dataclass(frozen=True)
class Check:
    """Compare names with a house table.

    `table`, `exceptions` and `mentions` (those for all names) are described in their files; `derived` holds the spellings of `table` as `make tables`
    wrote them, so that they need not be derived at every start; `given_names` precede people; `context` holds folded
    words that show an article to speak of the country, without which a doubtful name is left alone.
    """

    table: Table = _NOTHING
    derived: Table = _NOTHING
    exceptions: Table = _NOTHING
    mentions: Table = _NOTHING
    given_names: Table = _NOTHING
    context: tuple[str, ...] = ()

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return entries(self.table, self.derived)

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
    def _phrases(self) -> dict[str, list[tuple[str, str, bool]]]:
        phrases: dict[str, list[tuple[str, str, bool]]] = {}
        for row in (*self.exceptions.rows, *self.mentions.rows):
            left, _, right = row.cells["phrase"].replace("-", " ").partition("~")
            phrases.setdefault(row.cells["names"], []).append((left, right, row.cells["confidence"] == "low"))
        return phrases

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the names that are spelled otherwise."""
        text = document.once(folded).replace("-", " ")
        found = list(self._spellings(document, text, sightings))
        if not found:
            return
        article = self._article(document, text, found)
        for item in found:
            confidence = self._confidence(document, article, item)
            if confidence is not None:
                yield _hit(document, article, item, confidence)

    def _spellings(self, document: Document, text: str, sightings: Sequence[Sighting]) -> Iterator[_Found]:
        reached = 0
        for sighting in sightings:
            start = sighting.start
            if start < reached or (start and _joins(text[start - 1])):
                continue
            for key in self._keys[sighting.literal]:
                capital = start + 4 if key.startswith("the ") else start
                if not text.startswith(key, start) or not document.text[capital].isupper():
                    continue
                entry, end = self._entries[key], start + len(key)
                if not _ends(text, end, entry.kind):
                    continue
                block = document.block_at(start)
                if block is None or _is_address(document.text, start, end):
                    break
                if entry.kind == "adjective" and not _AFTER_ADJECTIVE.match(text, end):
                    break
                reached = end
                yield _Found(start, end, entry, block)
                break

    def _article(self, document: Document, text: str, found: list[_Found]) -> _Article:
        plain = [item.entry for item in found if item.entry.group != "systems" and item.entry.needs in _SURE]
        russian = {entry.house for entry in plain if entry.needs != "context"}
        source = (document.source_language or "").lower().partition("-")[0]
        people = frozenset(text[item.start : item.end] for item in found if self._is_person(document.text, item))
        return _Article(
            text=text,
            context=len(russian) > 1 or any(word in text for word in self.context),
            sure=len({entry.house for entry in plain}) > 1 or source in ("uk", "ru"),
            historic=len(list(islice(_OLD_YEAR.finditer(text), 2))) > 1 and not _NEW_YEAR.search(text),
            people=people,
            placed={name: _place(text, name) for item in found for name in item.entry.accepted},
            elsewhere=frozenset(
                word for word in {word for item in found for word in item.entry.elsewhere} if word in text
            ),
        )

    def _confidence(self, document: Document, article: _Article, item: _Found) -> Confidence | None:
        """Return how sure it is that this should read otherwise; None if it may stand."""
        entry = item.entry
        if self._is_right_form(article.text, item) or _is_explained(article.text, item):
            return None
        allowed = self._allowed(article.text, item)
        if allowed is not None:
            return LOW if allowed else None
        if entry.kind != "person" and self._is_person(document.text, item):
            return None
        if entry.group != "mixed" and _is_title(document, item):
            return None
        confidence = self._evidence(document, article, item)
        if article.text[item.start : item.end] in article.people or _is_elsewhere(article, item):
            return LOW
        if confidence > LOW and (article.historic or _is_historic(article.text, item)):
            return LOW if article.historic else Confidence(confidence - 1)
        return confidence

    def _is_right_form(self, text: str, item: _Found) -> bool:
        """Tell whether the spelling is the oblast's own name: Dnipropetrovsk region."""
        region = fold(item.entry.region)
        return bool(region) and text[item.start : item.end] == region and bool(_REGION.match(text, item.end))

    def _evidence(self, document: Document, article: _Article, item: _Found) -> Confidence:
        entry, text = item.entry, article.text
        if entry.needs == "low":
            return LOW
        both = any(article.placed[name] is not None for name in entry.accepted)
        if entry.group == "systems" or (entry.needs == "weak" and entry.group != "mixed"):
            return MEDIUM if both else LOW
        if entry.needs == "near":
            near = _around(text, item)
            return MEDIUM if any(word in near for word in self.context) else LOW
        if entry.needs == "given":
            return LOW if _is_followed_by_surname(document, item) else self._settled(article, both)
        if entry.needs and not article.context:
            return LOW
        if entry.needs == "place" and not self._is_place(text, item):
            return LOW
        return self._settled(article, both)

    def _settled(self, article: _Article, both: bool) -> Confidence:
        return HIGH if article.context and (both or article.sure) else MEDIUM

    def _is_place(self, text: str, item: _Found) -> bool:
        """Tell whether a name that people bear too is a place here."""
        if _OF_A_PLACE.match(text, item.end) or _AT_A_PLACE.search(text, max(0, item.start - 24), item.start):
            return True
        before = _NEIGHBOUR_BEFORE.search(text, max(0, item.start - 24), item.start)
        after = _NEIGHBOUR_AFTER.match(text, item.end)
        words = [before.group(1).rpartition(" ")[2]] if before else []
        words += [after.group(1), after.group(1).partition(" ")[0]] if after else []
        return any(word in self._names or word in self._entries for word in words)

    def _is_person(self, text: str, item: _Found) -> bool:
        """Tell whether a given name, an initial or a form of address stands right before."""
        before = text[max(item.block.start, item.start - 20) : item.start]
        if _INITIAL.search(before):
            return True
        word = _WORD_BEFORE.search(before)
        return word is not None and word.group(1) in self._people

    def _allowed(self, text: str, item: _Found) -> bool | None:
        """Return None unless a phrase of `exceptions` covers the name, then whether a weak finding remains."""
        before = text[max(item.block.start, item.start - _REACH) : item.start]
        after = text[item.end : min(item.block.end, item.end + _REACH)]
        plain = after[1:] if after.startswith("s") else after
        for names in (item.entry.house.partition("/")[0], "*"):
            for left, right, low in self._phrases.get(names, ()):
                if left and not (before.endswith(left) and _is_edge(before, -len(left) - 1, left[0])):
                    continue
                if not right or any(
                    rest.startswith(right) and _is_edge(rest, len(right), right[-1]) for rest in (after, plain)
                ):
                    return low
        return None


def _hit(document: Document, article: _Article, item: _Found, confidence: Confidence) -> Hit:
    entry, found = item.entry, document.text[item.start : item.end]
    of_region = entry.region and _REGION.match(article.text, item.end)
    house = entry.region if of_region else written(entry, article.text[item.start : item.end])
    house = house.upper() if found.isupper() else house
    related: tuple[Related, ...] = ()
    place = next((at for name in entry.accepted if (at := article.placed[name]) is not None), None)
    if place is not None and not of_region:
        related = (Related(*place, "spelled as the house has it here"),)
    values = {"house": house, "reason": entry.reason}
    return Hit(item.start, item.end, confidence, values, (Edit(item.start, item.end, house),), related=related)


def _joins(character: str) -> bool:
    return character.isalnum() or character in "@#_"


def _ends(text: str, end: int, kind: str) -> bool:
    """Tell whether a word ends at `end`, a plural of people included and the s of "Kievs'" left aside."""
    rest = text[end : end + 3]
    if rest.startswith("s") and (kind == "demonym" or rest[1:2] == "'"):
        rest = rest[1:]
    if rest[:1] == "." and rest[1:2].isalnum():
        return False
    return not rest[:1].isalnum() and rest[:1] not in ("@", "_")


def _is_address(text: str, start: int, end: int) -> bool:
    """Tell whether the name is part of a web or mail address, a tag or a file name."""
    before = text[max(0, start - 60) : start].rsplit(None, 1)[-1:] if start and not text[start - 1].isspace() else []
    after = text[end : end + 60].split(None, 1)[:1] if not text[end : end + 1].isspace() else []
    token = "".join((*before, text[start:end], *after))
    return any(sign in token for sign in ("://", "www.", "@", "#", "_", "\\", ".com", ".org", ".html"))


def _is_edge(text: str, position: int, inner: str = "a") -> bool:
    if not -len(text) <= position < len(text) or not inner.isalnum():
        return True
    return not text[position].isalnum()


def _is_title(document: Document, item: _Found) -> bool:
    """Tell whether the name stands in a short quotation whose long words all have capitals: a title, or a lone word."""
    text = document.once(folded)
    opening = text.rfind('"', max(item.block.start, item.start - _TITLE), item.start)
    closing = text.find('"', item.end, min(item.block.end, item.end + _TITLE))
    if opening < 0 or closing < 0 or text.count('"', max(item.block.start, item.start - _QUOTES), item.start) % 2 == 0:
        return False
    words = document.text[opening + 1 : closing].strip(" ,.").split()
    return all(not word[0].islower() for word in words if len(word) > 3)


def _is_followed_by_surname(document: Document, item: _Found) -> bool:
    """Tell whether a word with a capital follows that names neither an office nor an institution."""
    after = _SURNAME.match(document.text, item.end, item.block.end)
    return after is not None and after.group(1).lower() not in _INSTITUTIONS


def _is_explained(text: str, item: _Found) -> bool:
    """Tell whether the house name stands beside it on purpose: "Bakhmut (Artemovsk)", "Kyiv/Kiev"."""
    before = text[max(item.block.start, item.start - _REACH) : item.start]
    after = text[item.end : min(item.block.end, item.end + _REACH)]
    for name in item.entry.accepted:
        head, found, gap = before.rpartition(name)
        if (
            found
            and _is_edge(head, len(head) - 1)
            and regex.match(r"['\"]? ?(?:\(|/|, or | or |, called |, also )", gap)
        ):
            return True
        gap, found, _ = after.partition(name)
        if found and regex.match(r"['\"]? ?(?:\((?!.*\))|/|, or | or |, now |, today |, officially )", gap):
            return True
    return False


def _is_elsewhere(article: _Article, item: _Found) -> bool:
    words = [word for word in item.entry.elsewhere if word in article.elsewhere]
    if not words or not article.context or item.entry.needs == "near":
        return bool(words)
    near = _around(article.text, item)
    return any(word in near for word in words)


def _around(text: str, item: _Found) -> str:
    return text[max(item.block.start, item.start - _NEAR) : min(item.block.end, item.end + _NEAR)]


def _is_historic(text: str, item: _Found) -> bool:
    start, end = max(item.block.start, item.start - 160), min(item.block.end, item.end + 160)
    return bool(_OLD_YEAR.search(text, start, end) or _OLD_TIMES.search(text, start, end))


def _place(text: str, name: str) -> tuple[int, int] | None:
    """Return where the folded `name` stands as a whole word, the first 20 occurrences looked at."""
    at = -1
    for _ in range(20):
        at = text.find(name, at + 1)
        if at < 0:
            return None
        end = at + len(name)
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            return at, end
    return None
