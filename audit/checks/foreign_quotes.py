"""Find quotation marks of another language: „ “ or « » in English, “ ” in German."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from audit.model import Confidence, Document, Edit, Hit, Sighting, Table
from audit.punctuation.marks import Pair, pairs

_LETTER = regex.compile(r"\p{L}")
_OWN_SCRIPT = {"ru": r"\p{Cyrillic}", "uk": r"\p{Cyrillic}", "sr": r"[\p{Cyrillic}\p{Latin}]"}
_LONGEST_LOOK = 300  # characters of a quotation that tell its script


@dataclass(frozen=True)
class Check:
    """Compare the marks of every quotation with the pairs that `table` (columns language, pairs) allows.

    Straight marks are allowed in every language.
    """

    table: Table

    @property
    def literals(self) -> Sequence[str]:
        """None: the marks themselves are looked for, which folding hides."""
        return ()

    @cached_property
    def _allowed(self) -> dict[str, list[str]]:
        return {row.cells["language"]: row.cells["pairs"].split() for row in self.table.rows}

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the marks of quotations that are not set as the language sets them."""
        text = document.text
        language = (document.target_language or "en").lower().partition("-")[0]
        allowed = self._allowed.get(language)
        if allowed is None or text.isascii():
            return
        quotations = document.once(pairs)
        foreign = [pair for pair in quotations if _is_foreign(text, pair, allowed)]
        if not foreign:
            return
        letters = regex.compile(_OWN_SCRIPT.get(language, r"\p{Latin}"))
        own = len(quotations) > len(foreign)
        style = self._style(text, quotations, foreign, allowed)
        for pair in foreign:
            if _is_own_script(text, pair, letters):
                yield from _hits(text, pair, style, Confidence.HIGH if own else Confidence.MEDIUM, language)

    def _style(self, text: str, quotations: list[Pair], foreign: list[Pair], allowed: list[str]) -> str:
        """Return the pair of marks that the article uses most of the language's own; straight ones in doubt."""
        straight = sum(pair.opening is not None and text[pair.opening] == '"' for pair in quotations)
        native = [text[pair.opening] for pair in quotations if pair.opening is not None and pair not in foreign]
        typographic = [mark for mark in native if mark != '"']
        if straight >= len(typographic) and (straight or allowed[0] == "“”"):
            return '""'
        return next((pair for pair in allowed if typographic and pair[0] == typographic[0]), allowed[0])


def _is_foreign(text: str, pair: Pair, allowed: list[str]) -> bool:
    opening = "" if pair.opening is None else text[pair.opening]
    closing = "" if pair.closing is None else text[pair.closing]
    if opening == '"' and closing in ('"', ""):
        return False
    return not any(opening in ("", '"', own[0]) and closing in ("", '"', own[1]) for own in allowed)


def _is_own_script(text: str, pair: Pair, letters: regex.Pattern[str]) -> bool:
    """Tell whether what is quoted is written in the letters of the article's language."""
    if pair.opening is None or pair.closing is None:
        return True
    inside = text[pair.opening + 1 : min(pair.closing, pair.opening + _LONGEST_LOOK)]
    return 2 * len(letters.findall(inside)) >= len(_LETTER.findall(inside))


def _hits(text: str, pair: Pair, style: str, confidence: Confidence, language: str) -> Iterator[Hit]:
    for offset, mark in ((pair.opening, style[0]), (pair.closing, style[1])):
        if offset is not None and not (offset == pair.opening and text[offset] == '"'):
            certain = mark != text[offset] and not (language == "fr" and mark in "«»") and not _is_spaced(text, pair)
            edits = (Edit(offset, offset + 1, mark),) if certain else ()
            yield Hit(offset, offset + 1, confidence, {"fix": mark}, edits, safe=True)


def _is_spaced(text: str, pair: Pair) -> bool:
    """Tell whether spaces stand inside the marks, as in « French »: then more than the marks has to change."""
    return pair.opening is not None and text[pair.opening + 1 : pair.opening + 2].isspace()
