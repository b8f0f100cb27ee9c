"""Find foreign names without the capital that they have elsewhere in the article: "dvořáková" beside "Dvořáková"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.expressions import expression
from audit.model import Confidence, Document, Edit, Hit, Related, Sighting
from audit.names.scan import places, whole, words
from audit.text import lower

_LETTERS = "ăąćčđďěęğıķļłľńņňőřśşșšťţțůűźżž"  # with which no word of English is written, as "café" and "naïve" may be
_MOST = 50  # names that are looked for
_LONGEST = 40  # characters of a word
_ADDRESS = expression(r"[@#/_.-]")
_JOINED = ("@", "/", "_", "-")
_WORD_BEFORE = expression(r"(?r)(?<!\p{L})(?:in|at|of|to|from|near|for|with|by|between) (?P<word>\p{L}+)\Z")
_FAMILY_NAMES = ("ová", "ić")  # endings that Czech, Slovak, Croatian … family names have and no English word has
_BEHIND_GIVEN_NAME = expression(r"(?r)(?<!\p{L})\p{Lu}\p{Ll}+ (?P<word>\p{Ll}{3,})\Z")
_NAME_AFTER = expression(r"\p{Ll}* \p{Lu}\p{Ll}+(?!-)")


@dataclass(frozen=True)
class Check:
    """Look for words with letters that English lacks: they are names, or words that no article writes both ways."""

    @property
    def literals(self) -> frozenset[str]:
        """The letters, and the endings of family names."""
        return frozenset((*_LETTERS, *_FAMILY_NAMES))

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the names in small letters that have a capital elsewhere, or stand beside another name."""
        found: dict[int, Hit] = {}
        for hit in (
            *_beside_capitals(document),
            *_before_names(document, sightings),
            *_family_names(document, sightings),
        ):
            found.setdefault(hit.start, hit)
        yield from (found[start] for start in sorted(found))


def _beside_capitals(document: Document) -> Iterator[Hit]:
    text = document.text
    foreign = [word for word in document.once(words) if not set(_LETTERS).isdisjoint(lower(word))]
    for word in foreign[:_MOST]:
        small = [start for start in whole(text, lower(word)) if not _ADDRESS.match(text[start - 1 : start])]
        capital = [place for place in places(document, word) if not place.opens] if small else []
        if len(capital) > len(small):
            related = (Related(capital[0].start, capital[0].end, "here it has its capital"),)
            yield from (_hit(text, start, start + len(word), related) for start in small)


def _before_names(document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
    """Yield the words between an English preposition and another name: in český Krumlov."""
    text = document.text
    for sighting in sightings:
        if not text[sighting.start].islower():
            continue
        before = _WORD_BEFORE.search(text, max(0, sighting.start - _LONGEST), sighting.end)
        after = _NAME_AFTER.match(text, sighting.end, sighting.end + _LONGEST)
        if before and after and before["word"].islower():
            yield _hit(text, before.start("word"), sighting.end + after.group().index(" "))


def _family_names(document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
    """Yield the family names that stand behind a given name somewhere: Hana dvořáková."""
    text = document.text
    known: set[str] = set()
    for literal, start, end in sightings:
        if literal in _FAMILY_NAMES and not text[end : end + 1].isalnum() and len(known) < _MOST:
            behind = _BEHIND_GIVEN_NAME.search(text, max(0, start - _LONGEST), end)
            if behind and text[end : end + 1] not in _JOINED:
                known.add(behind["word"])
    for word in sorted(known):
        yield from (
            _hit(text, start, start + len(word))
            for start in whole(text, word)
            if not _ADDRESS.match(text[start - 1 : start])
        )


def _hit(text: str, start: int, end: int, related: tuple[Related, ...] = ()) -> Hit:
    capital = text[start].upper() + text[start + 1 : end]
    return Hit(start, end, Confidence.MEDIUM, {"fix": capital}, (Edit(start, end, capital),), related=related)
