"""Find characters that nobody sees: zero-width spaces, marks of direction, control characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import name as unicode_name

import regex

from audit.expressions import expression
from audit.model import Confidence, Document, Edit, Hit, Sighting

_CONTROLS = "".join(map(chr, (*range(9), 11, *range(14, 32), 127)))
_C1 = "".join(map(chr, (*range(0x80, 0x85), *range(0x86, 0xA0))))  # without NEL, a line end
_SPACES = "\u200b\u2060\ufeff\u180e"
_JOINERS = "\u200c\u200d"
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ALL = f"{_CONTROLS}{_C1}{_SPACES}{_JOINERS}{_DIRECTIONS}"
_RUN = expression(f"[{regex.escape(_ALL)}]+")
_RIGHT_TO_LEFT = expression(r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}\p{Nko}]")
_SPACELESS = expression(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Mongolian}\p{Javanese}\p{Balinese}]")
_ALPHABET = expression(r"[\p{Latin}\p{Cyrillic}\p{Greek}]")
_ISOLATES = frozenset("\u2066\u2067\u2068\u2069")  # pages set them around names of users, where they do no harm
_LEADS = frozenset("ÂÃÄÅÎÏÐÑ×ØÙâã")  # before a C1 control: mojibake, which another check mends


@dataclass(frozen=True)
class Check:
    """It has no options: which characters a script needs is Unicode's matter."""

    @property
    def literals(self) -> frozenset[str]:
        """The characters."""
        return frozenset(_ALL)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield runs of invisible characters that the script around them does not need, with their removal."""
        text, done = document.text, 0
        for sighting in sightings:
            if sighting.start < done:
                continue
            run = _RUN.match(text, sighting.start)
            if run is None:
                continue
            done = run.end()
            block = document.block_at(run.start())
            if run.start() and block and _is_wrong(text, run.start(), run.end(), block.start, block.end):
                character = run[0][0]
                shown = unicode_name(character, "control character").lower()
                values = {"character": f"U+{ord(character):04X} ({shown})"}
                edits = (Edit(run.start(), run.end(), _instead(run[0])),)
                confidence = Confidence.LOW if _ISOLATES.issuperset(run[0]) else Confidence.HIGH
                yield Hit(run.start(), run.end(), confidence, values, edits, safe=character not in _C1)


def _is_wrong(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Tell whether no script or emoji near `start:end`, in the block `first:last`, needs the characters there."""
    run, before, after = text[start:end], text[max(first, start - 1) : start], text[end : min(last, end + 1)]
    low, high = max(first, start - 200), min(last, end + 200)
    if any(character in _C1 for character in run):
        return _LEADS.isdisjoint(text[max(first, start - 3) : start])
    if all(character in _JOINERS for character in run):
        return all(_ALPHABET.match(character) for character in (before, after) if character) and bool(before and after)
    if any(character in _DIRECTIONS for character in run):
        return not _RIGHT_TO_LEFT.search(text, low, high)
    if any(character in _SPACES for character in run):
        return not _SPACELESS.search(text, low, high)
    return True


def _instead(run: str) -> str:
    """Return what Windows-1252 has at the place of a C1 control, if it has anything; nothing for other characters."""
    bytes_ = bytes(ord(character) for character in run if character in _C1)
    return bytes_.decode("cp1252", "ignore")
