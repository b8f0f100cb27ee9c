"""Find quotation marks of another language: „ “ or « » in English, “ ” in German, 「 」 in either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import regex

from audit.expressions import expression
from audit.model import Confidence, Document, Edit, Hit, Sighting, Table
from audit.punctuation.marks import Pair, are_tidy, pairs

_LETTER = expression(r"\p{L}")
_OWN_SCRIPT = {"ru": r"\p{Cyrillic}", "uk": r"\p{Cyrillic}", "sr": r"[\p{Cyrillic}\p{Latin}]"}
_LONGEST_LOOK = 300  # characters of a quotation that tell its script
_RARE = "‚‹›「『《〈"
_SINGLE = expression(
    r"(?<![\p{L}\p{N}])(?:(?P<mark>‚)(?=\p{L})[^‚‘’\n]{1,200}(?P<end>[‘’])|(?P<mark>[‹›])\S[^‹›\n]{0,200}(?P<end>[‹›])"
    r"|(?P<mark>[「『《〈])[^「」『』《》〈〉\n]{1,200}(?P<end>[」』》〉]))(?!\p{L})"
)


class _Convention(NamedTuple):
    """The pairs of marks that a language uses, the most usual ones first."""

    double: tuple[str, ...]
    single: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """Compare the marks of every quotation with those that `table` (columns language, double, single) allows.

    Straight marks are allowed in every language.
    """

    table: Table

    literals = ()  # the marks themselves are looked for, which folding hides

    @cached_property
    def _conventions(self) -> dict[str, _Convention]:
        return {
            row.cells["language"]: _Convention(tuple(row.cells["double"].split()), tuple(row.cells["single"].split()))
            for row in self.table.rows
        }

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the marks of quotations that are not set as the language sets them."""
        text = document.text
        if text.isascii():
            return
        language = (document.target_language or "en").lower().partition("-")[0]
        own = self._conventions.get(language)
        if own is None:
            return
        if not (document.once(are_tidy) and ("“”" in own.double or "“" not in text)):
            yield from _double(document, own.double, language)
        if any(map(text.__contains__, _RARE)):
            yield from _single(document, own, language)


def _double(document: Document, own: tuple[str, ...], language: str) -> Iterator[Hit]:
    text = document.text
    quotations = document.once(pairs)
    foreign = [pair for pair in quotations if _is_foreign(text, pair, own) and not _is_arrow(document, pair)]
    if not foreign:
        return
    letters = expression(_OWN_SCRIPT.get(language, r"\p{Latin}"))
    confidence = Confidence.HIGH if len(quotations) > len(foreign) else Confidence.MEDIUM
    style = _style(text, quotations, foreign, own, language)
    for pair in foreign:
        if _is_own_script(text, pair, letters):
            yield from _hits(text, pair, own, style, confidence, language)


def _style(text: str, quotations: list[Pair], foreign: list[Pair], own: tuple[str, ...], language: str) -> str:
    """Return the pair of marks that the article uses most of the language's own; straight ones in doubt."""
    straight = sum(pair.opening is not None and text[pair.opening] == '"' for pair in quotations)
    others = set(quotations).difference(foreign)
    native = [text[pair.opening] for pair in quotations if pair.opening is not None and pair in others]
    typographic = [mark for mark in native if mark != '"']
    if straight >= len(typographic) and (straight or language == "en"):
        return '""'
    return next((pair for pair in own if typographic and pair[0] == typographic[0]), own[0])


def _is_foreign(text: str, pair: Pair, own: tuple[str, ...]) -> bool:
    opening = "" if pair.opening is None else text[pair.opening]
    closing = "" if pair.closing is None else text[pair.closing]
    if opening == '"' and closing in ('"', ""):
        return False
    return not any(opening in ("", '"', mine[0]) and closing in ("", '"', mine[1]) for mine in own)


def _is_arrow(document: Document, pair: Pair) -> bool:
    """Tell whether guillemets stand for arrows: « back, all »»» or the ends of a line of links."""
    if pair.opening is None or pair.closing is None or document.text[pair.opening] not in "«»":
        return False
    block = document.blocks[pair.block]
    whole = block.start == pair.opening and block.end == pair.closing + 1
    return pair.closing == pair.opening + 1 or (whole and _is_spaced(document.text, pair))


def _is_own_script(text: str, pair: Pair, letters: regex.Pattern[str]) -> bool:
    """Tell whether what is quoted is written in the letters of the article's language."""
    if pair.opening is None or pair.closing is None:
        return True
    inside = text[pair.opening + 1 : min(pair.closing, pair.opening + _LONGEST_LOOK)]
    return 2 * len(letters.findall(inside)) >= len(_LETTER.findall(inside))


def _hits(
    text: str, pair: Pair, own: tuple[str, ...], style: str, confidence: Confidence, language: str
) -> Iterator[Hit]:
    """Yield the marks of a quotation that are wrong: where one is right, the other alone."""
    opening = "" if pair.opening is None else text[pair.opening]
    closing = "" if pair.closing is None else text[pair.closing]
    begun = [mine for mine in own if opening == mine[0] and mine in (*own[:2], style)]
    ended = [mine for mine in own[:2] if closing == mine[1]]
    style = (*begun, *ended, style)[0]
    for offset, mark in ((pair.opening, style[0]), (pair.closing, style[1])):
        if offset is None or text[offset] == mark or (offset == pair.opening and text[offset] == '"'):
            continue
        certain = not (language == "fr" and mark in "«»") and not _is_spaced(text, pair)
        edits = (Edit(offset, offset + 1, mark),) if certain else ()
        yield Hit(offset, offset + 1, confidence, {"fix": mark}, edits, safe=True)


def _is_spaced(text: str, pair: Pair) -> bool:
    """Tell whether spaces stand inside the marks, as in « French »: then more than the marks has to change."""
    return pair.opening is not None and text[pair.opening + 1 : pair.opening + 2].isspace()


def _single(document: Document, own: _Convention, language: str) -> Iterator[Hit]:
    """Yield single marks and brackets of East Asia around words in the letters of the article's language."""
    text = document.text
    letters = expression(_OWN_SCRIPT.get(language, r"\p{Latin}"))
    for match in _SINGLE.finditer(text):
        first, last = match.start("mark"), match.start("end")
        if text[first] + text[last] in own.single or not _is_own_script(text, Pair(first, last, 0), letters):
            continue
        style = own.single[0] if text[first] in "‚‹›" and "’" in text else '""'
        for offset, mark in ((first, style[0]), (last, style[1])):
            if text[offset] != mark:
                yield Hit(offset, offset + 1, Confidence.MEDIUM, {"fix": mark}, (Edit(offset, offset + 1, mark),), True)
