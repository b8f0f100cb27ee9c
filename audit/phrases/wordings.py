"""What a block says, if it consists of nothing but phrases of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from audit.expressions import expression
from audit.model import Confidence, Row, Table
from audit.phrases import keys, notation
from audit.phrases.notation import Node
from audit.text import fold
from audit.vocabulary import Vocabulary

_LONGEST_KNOWN = 120  # characters of a phrase without open places
_MOST_SAYINGS = 4096  # that are kept in mind: a site's articles say the same again and again
_FEW = 6  # strings that are sought one by one faster than all at once
_NOT_PICKLED = ("parsed", "_closed", "_vocabulary")  # functions, and an automaton
_DIGIT = expression(r"[1-9]")
_DIGITS = "123456789"


@dataclass(frozen=True)
class Phrase:
    """A line of the table, its notation folded; `lists` are the words behind the names in it.

    `known` says that the table holds all of its words, none is left open by `…` or `{words}`; `place` is where it
    counts, as the table has it.
    """

    notation: str
    languages: tuple[str, ...]
    confidence: Confidence
    lists: tuple[tuple[str, str], ...]
    known: bool
    place: str = ""

    def __getstate__(self) -> dict[str, Any]:
        """Pickle all but the steps, which are functions."""
        return {name: value for name, value in self.__dict__.items() if name not in _NOT_PICKLED}

    @property
    def inside(self) -> bool:
        """Whether other words may stand before it in its block."""
        return self.notation[0] == "…"

    @property
    def closing(self) -> bool:
        """Whether it stands at the end of its block."""
        return self.notation[-1] != "…"

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The strings of which every text that says the phrase holds one."""
        return keys.needed(self.notation, self.lists)

    @cached_property
    def parsed(self) -> tuple[Node, ...]:
        """The notation read into steps."""
        return notation.parse(self.notation, self.lists)

    @cached_property
    def _closed(self) -> Sequence[Node] | None:
        return notation.without_open(self.parsed)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self.needed)

    def may_stand_in(self, text: str) -> bool:
        """Tell cheaply whether the folded `text` holds what the phrase cannot do without."""
        if len(self.needed) > _FEW:
            return self._vocabulary.is_in(text)
        return any(map(text.__contains__, self.needed))

    def closed(self, text: str, start: int, end: int, limit: int) -> Phrase:
        """Return the phrase without what it leaves open if it reaches `end` without that, else the phrase."""
        if self.known or self._closed is None:
            return self
        places = notation.ends(self._closed, text, start, limit)
        if not any(notation.skip(text, place, end) == end for place in places):
            return self
        open_end = self.notation.rindex("[") if self.notation.endswith("…]") else len(self.notation)
        return replace(self, notation=self.notation[:open_end].rstrip(), known=True)

    def ends(self, text: str, position: int, limit: int) -> set[int]:
        """Return where in the folded `text` the phrase may end that begins at `position`."""
        return notation.ends(self.parsed, text, position, limit)


class Saying(NamedTuple):
    """What a block says: phrases of the table, perhaps in the `company` of others."""

    phrases: tuple[Phrase, ...]
    company: bool


class Wordings:
    """The phrases of a table that stand for whole blocks, and those that may follow one in its block."""

    def __init__(self, phrases: Sequence[Phrase], beside: Sequence[Phrase]) -> None:
        self._phrases, self._beside = _by_head(phrases), _by_head(beside)
        self._openings = frozenset(_openings(self._phrases))
        self._counted = any(_DIGIT.search(phrase.notation) for phrase in (*phrases, *beside))
        self._sayings: dict[tuple[str, str], Saying | None] = {}

    @property
    def counted(self) -> bool:
        """Whether a phrase tells one number from another; if none does, use `uncounted` texts."""
        return self._counted

    def opened(self, openings: Mapping[str, Sequence[int]]) -> set[int]:
        """Return the numbers of those blocks in `openings`, which `opening_keys` gives, that may say something."""
        return {number for key in self._openings.intersection(openings) for number in openings[key]}

    def may_open(self, text: str, start: int, end: int) -> bool:
        """Tell whether what begins at `start` of a folded text may say something."""
        return not self._openings.isdisjoint(opening_keys(text, start, end))

    def said(self, text: str, target: str) -> Saying | None:
        """Return what the folded `text` of a block says in an article in `target`, or None if it says anything else."""
        known = (text, target)
        if known not in self._sayings:
            if len(self._sayings) >= _MOST_SAYINGS:
                self._sayings.clear()
            self._sayings[known] = self._read(text, target)
        return self._sayings[known]

    def _read(self, text: str, target: str) -> Saying | None:
        position, own, company = notation.skip(text, 0, len(text)), list[Phrase](), False
        while position < len(text):
            looked_up = keys.keys(text, position)
            end, phrase = _longest(text, position, len(text), _with_keys(self._phrases, looked_up), target)
            if phrase:
                own.append(phrase)
            elif own:
                end, phrase = _longest(text, position, len(text), _with_keys(self._beside, looked_up), target)
                company = True
            if not phrase:
                return None
            position = notation.skip(text, end, len(text))
        return Saying(tuple(own), company) if own else None


def uncounted(text: str) -> str:
    """Return `text` with a nought for every digit: so one counter says the same as the next, whatever it counts."""
    for digit in _DIGITS:
        text = text.replace(digit, "0")
    return text


def read(table: Table, words: Table) -> Iterator[Phrase]:
    """Yield the phrases of `table`; `words` has the lists that they name (name, language, words)."""
    lists = {(row.cells["name"], language): row.cells["words"] for row in words.rows for language in _languages(row)}
    names = {name for name, _ in lists}
    for row in table.rows:
        wording, languages = fold(row.cells["phrase"]), _languages(row)
        used: tuple[tuple[str, str], ...] = ()
        if "{" in wording:
            used = tuple(
                (name, "|".join(lists[name, language] for language in (*languages, "") if (name, language) in lists))
                for name in sorted(names)
                if f"{{{name}}}" in wording
            )
        known = "…" not in wording and "{words}" not in wording
        confidence = _confidence(table, row)
        yield Phrase(wording, languages, confidence, used, known, row.cells.get("place") or "")


def _confidence(table: Table, row: Row) -> Confidence:
    level = row.cells.get("confidence") or str(Confidence.HIGH)
    try:
        return Confidence.parse(level)
    except KeyError:
        known = ", ".join(map(str, Confidence))
        raise ValueError(f"{table.path}:{row.line}: the confidence “{level}” is none of {known}") from None


def _languages(row: Row) -> tuple[str, ...]:
    return tuple(row.cells["language"].split()) or ("",)


def _by_head(phrases: Sequence[Phrase]) -> dict[str, list[Phrase]]:
    index: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        for key in keys.heads(phrase.notation, phrase.lists) if not phrase.inside else ():
            index[key].append(phrase)
    return dict(index)


def _openings(index: Mapping[str, Sequence[Phrase]]) -> Iterator[str]:
    for key, phrases in index.items():
        yield key
        if not all(phrase.known for phrase in phrases):
            yield f"…{key}"


def opening_keys(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the keys by which a block of the folded `text` is looked up; those of long blocks begin with `…`."""
    first = notation.skip(text, start, end)
    found = keys.keys(text, first)
    return found if end - first <= _LONGEST_KNOWN else tuple(f"…{key}" for key in found)


def _with_keys(index: Mapping[str, list[Phrase]], wanted: tuple[str, ...]) -> list[Phrase]:
    return [phrase for key in wanted for phrase in index.get(key, ())]


def _longest(text: str, start: int, limit: int, phrases: Sequence[Phrase], target: str) -> tuple[int, Phrase | None]:
    """Return the end of the longest phrase that `text` holds at `start`, and the phrase.

    Of several, that in the `target` language; of several of these, the surest.
    """
    best, chosen = (start, False, Confidence.LOW), None
    long = limit - start > _LONGEST_KNOWN
    for phrase in phrases:
        if (long and phrase.known) or not phrase.may_stand_in(text):
            continue
        for end in phrase.ends(text, start, limit):
            rank = (end, not is_foreign(phrase.languages, target), phrase.confidence)
            if end > start and (chosen is None or rank > best):
                best, chosen = rank, phrase
    return best[0], chosen and chosen.closed(text, start, best[0], limit)


def is_foreign(languages: tuple[str, ...], target: str) -> bool:
    """Tell whether a wording in `languages` is none of the language `target`."""
    return bool(target) and languages != ("",) and target.partition("-")[0] not in languages
