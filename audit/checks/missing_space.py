"""Find a comma or the end of a sentence with no space behind it: word.Word, word?Word, word,word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.expressions import expression
from audit.model import Confidence, Document, Edit, Hit, Sighting

# A look for each mark: an expression that begins with a character of its own is searched for at once.
_GATES = tuple((mark, re.compile(rf"{re.escape(mark)}[^\W\d_]{{2}}")) for mark in ".,?!")
_SPOT = expression(r"[.,?!](?=\p{L}\p{L})(?<=\p{Ll}.)|\.(?=\p{Lu}\p{Ll})(?<=\p{L}[\"”“»)].)")
_LEFT = expression(r"(?:^|[\s\"“„«(])(\p{L}[\p{L}\p{M}'’-]*\p{Ll})$")
_RIGHT = expression(r"(\p{L}[\p{L}\p{M}'’-]+)(?=[\s;:!?)\"”»]|[.,](?:\s|$)|$)")
_LONGEST_WORD = 40
_TOP_LEVEL = "com org net info io ru ua by de fr pl rs me hr ba it es pt uk eu us tv biz gov edu co ai js py app"
_DOMAINS = frozenset(_TOP_LEVEL.split())


@dataclass(frozen=True)
class Check:
    """Words that a mark joins, domains and names written so set aside."""

    literals = ()  # any letters may stand beside the mark

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the marks; little evidence where the first word is a name too: Box.Office."""
        text = document.text
        if not any(mark in text and gate.search(text) for mark, gate in _GATES):
            return
        for spot in _SPOT.finditer(text):
            start, end = spot.span()
            right = _RIGHT.match(text, end, end + _LONGEST_WORD)
            if right is None or right.group(1).lower() in _DOMAINS:
                continue
            if text[start] != "," and not (text[end].isupper() and text[end + 1].islower()):
                continue
            left = _LEFT.search(text[max(0, start - _LONGEST_WORD) : start])
            if left is not None or not text[start - 1].isalpha():
                named = left is not None and text[start] != "," and left.group(1)[0].isupper()
                confidence = Confidence.LOW if named else Confidence.MEDIUM
                yield Hit(start, end, confidence, {}, (Edit(end, end, " "),), safe=True)
