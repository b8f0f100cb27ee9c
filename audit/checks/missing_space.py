"""Find a full stop or comma between two words with no space behind it: word.Word, word,word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from audit.model import Confidence, Document, Edit, Hit, Sighting

_SHAPES = bytes(
    ord("x")
    if chr(byte).islower() and byte < 128
    else ord("X")
    if chr(byte).isupper() and byte < 128
    else ord("u")
    if byte >= 128
    else byte
    for byte in range(256)
)
_STOPS = (b"x.X", b"x.u", b"u.X", b"u.u")
_COMMAS = (b"x,x", b"x,X", b"x,u", b"u,x", b"u,X", b"u,u")
_TOKEN = regex.compile(r"(?<![^\s\"“„«(])(\p{L}[\p{L}\p{M}'’-]*\p{Ll})(\.(?=\p{Lu}\p{Ll})|,(?=\p{L}{2}))"
                       r"[\p{L}\p{M}'’-]+(?=[\s;:!?)\"”»]|[.,](?:\s|$)|$)")  # fmt: skip
_TOP_LEVEL = "com org net info io ru ua by de fr pl rs me hr ba it es pt uk eu us tv biz gov edu co ai js py app"
_DOMAINS = frozenset(_TOP_LEVEL.split())


@dataclass(frozen=True)
class Check:
    """Words that a full stop or comma joins, domains and names written so set aside."""

    @property
    def literals(self) -> Sequence[str]:
        """None: any letters may stand beside the mark."""
        return ()

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the marks; little evidence where the first word is a name too: Box.Office."""
        shape = document.text.encode("utf-8", "surrogatepass").translate(_SHAPES)
        if not any(map(shape.__contains__, (*_STOPS, *_COMMAS))):
            return
        for match in _TOKEN.finditer(document.text):
            start, end = match.span(2)
            if match.group()[end - match.start() :].lower() in _DOMAINS:
                continue
            sure = match.group(1)[0].islower()
            yield Hit(start, end, Confidence.MEDIUM if sure else Confidence.LOW, {}, (Edit(end, end, " "),), safe=True)
