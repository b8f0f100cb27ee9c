"""Find days, months and languages with the capital that English gives them: el Lunes, 12 Mars 2024, w Poniedziałek."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import regex

from audit.expressions import expression
from audit.model import NO_TABLE, Block, Confidence, Document, Edit, Hit, Sighting, Table
from audit.text import fold, folded, is_whole

_REACH = 40  # characters before and after a name that are looked at
_STOPS = ".!?:"
_SLAVIC = ("pl", "ru", "uk", "sr-Latn", "sr-Cyrl", "hr", "bs")  # sentences begin so; El Jueves, Le Jeudi are papers
_NEVER = r"(?!)"
_YEAR = r" (?:del? )?(?:1[89]|20)\d\d(?!\d)"
_NO_NAME = r"(?=[,;.!?)](?:\s|$)| \p{Ll})(?! (?:noir|rouge|soixante|negro|rojo|rosa|nero|rosso|vermelho)\b)"
_NUMBER = r"(?<!\d)\d{1,2}(?:er|[.º°])? (?:de )?"


class _Lead(NamedTuple):
    """How what stands before and after a name must look."""

    before: regex.Pattern[str]
    after: regex.Pattern[str]


@dataclass(frozen=True)
class Check:
    """`names` holds the names by language and kind, `leads` the words beside them (see the tables)."""

    names: Table = NO_TABLE
    leads: Table = NO_TABLE

    @cached_property
    def _known(self) -> dict[str, list[tuple[str, str]]]:
        known: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in self.names.rows:
            for name in row.cells["names"].split():
                known[f" {fold(name)}"].append((row.cells["language"], row.cells["kind"]))
        return dict(known)

    @cached_property
    def _leads(self) -> dict[tuple[str, str], list[_Lead]]:
        return {(row.cells["language"], row.cells["kind"]): list(_read(row.cells)) for row in self.leads.rows}

    @property
    def literals(self) -> Sequence[str]:
        """The names, folded, with the space before them."""
        return list(self._known)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the names with a capital that the language of the article does not give them."""
        text, tag = document.text, document.target_language or ""
        for literal, start, end in sightings:
            start += 1
            if not (text[start].isupper() and text[start + 1 : end].islower()):
                continue
            block = document.block_at(start)
            if block is None or not is_whole(document.once(folded), start, end):
                continue
            if any(self._is_led(text, block, start, end, key) for key in self._known[literal] if _holds(key[0], tag)):
                small = text[start].lower() + text[start + 1 : end]
                yield Hit(start, end, Confidence.HIGH, {"fix": small}, (Edit(start, end, small),))

    def _is_led(self, text: str, block: Block, start: int, end: int, key: tuple[str, str]) -> bool:
        for lead in self._leads.get(key, ()):
            before = lead.before.search(text, max(block.start, start - _REACH), start)
            if before is None or lead.after.match(text, end, min(block.end, end + _REACH)) is None:
                continue
            if key[1] == "month" or not _is_named(text, block, before):
                return True
        return False


def _holds(language: str, tag: str) -> bool:
    """Tell whether names of `language` are looked for in an article in `tag`."""
    return tag == language or tag.startswith(f"{language}-")


def _is_named(text: str, block: Block, before: regex.Match[str]) -> bool:
    """Tell whether the word before the lead has a capital that is not owed to the place: CNN en Español."""
    start, end = before.span("word")
    if start == end or not text[start].isupper():
        return False
    return text[start + 1 : end].isupper() or (start > block.start and text[start - 2] not in _STOPS)


def _read(cells: Mapping[str, str]) -> Iterator[_Lead]:
    words = "|".join(map(regex.escape, cells["before"].split())) or _NEVER
    others = "|".join(map(regex.escape, cells["unless_after"].split())) or _NEVER
    streets = "|".join(map(regex.escape, cells["streets"].split())) or _NEVER
    led = rf"(?:(?P<word>[\p{{L}}’'-]+) |(?<!\p{{L}}))(?:{words}) "
    if cells["kind"] in ("day", "month") and cells["language"] in _SLAVIC:
        openings = "|".join(word.capitalize() for word in cells["before"].split())
        led = rf"(?:{led}|(?<![\p{{L}}\p{{N}},;][ \u00a0]?)(?<!\S)(?:{openings}) )"
    if cells["kind"] == "month":
        dated = rf"(?<!\b(?i:{streets}) (?:\p{{Ll}}+ )?){_NUMBER}"
        yield _Lead(expression(rf"(?r)(?:{led}|{dated})\Z"), expression(_YEAR))
        if cells["alone"]:
            yield _Lead(expression(rf"(?r)(?<!\p{{L}})(?:{cells['alone']}) \Z"), expression(_NO_NAME))
    else:
        after = expression(rf"(?! \p{{Lu}}| (?:{others})(?!\p{{L}}))(?![-'’@/]|\.\p{{L}})")
        yield _Lead(expression(rf"(?r){led}\Z"), after)
