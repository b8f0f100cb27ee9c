"""Find photo credits that are printed twice in a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from audit.model import Confidence, Document, Edit, Hit, Related, Sighting, Table
from audit.text import fold, lower

_BETWEEN = r"[\s,;.|/()\[\]–—-]"
_SEPARATORS = regex.compile(rf"{_BETWEEN}*+")
_LISTED = regex.compile(r"[,;/|]")
_NOTHING = Table("", ())
_LONGEST = 300  # characters that two credits may take


@dataclass(frozen=True)
class Check:
    """Report the second of two equal credits; `credits` lists the words that introduce one (label, mark)."""

    credits: Table = _NOTHING

    @cached_property
    def literals(self) -> Collection[str]:
        """The labels, without one of which there is no credit."""
        labels = [(fold(row.cells["label"]), row.cells["mark"]) for row in self.credits.rows]
        return frozenset(label + space + mark for label, mark in labels for space in ("", " ") if mark or not space)

    @cached_property
    def _doubled(self) -> regex.Pattern[str]:
        label = "(?:" + "|".join(regex.escape(word) for word in sorted(self.literals, key=len, reverse=True)) + ")"
        name = r"(?P<name>[\p{L}\p{N}][^:\n]{1,80}?)"
        whole = r"(?=[.,;|)\]]|[^\w/&]*(?:\n|$))"  # "Photo: Jane" is not the credit of Jane Doe
        return regex.compile(
            rf"{label}[ \t]*{name}(?P<again>{_BETWEEN}++{label}[ \t]*(?P=name)|[ \t]*[,;/|][ \t]*(?P=name)){whole}"
            rf"|(?P<label>{label})(?P<again>[ \t]*(?P=label))(?=[ \t]*\w)"
        )

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the second credit with what separates it from the first."""
        text, reached = document.once(_lowered), 0
        starts = [sighting.start for sighting in sightings]
        for start, following in zip(starts, [*starts[1:], len(text) + _LONGEST], strict=True):
            if start < reached or (start and text[start - 1].isalnum()):
                continue
            if following - start > _LONGEST and not _LISTED.search(text, start, min(len(text), start + _LONGEST)):
                continue
            match = self._doubled.match(text, start, min(len(text), start + _LONGEST))
            if match is None:
                continue
            cut, end = match.span("again")
            separators = _SEPARATORS.match(text, cut, end)
            found = reached = separators.end() if separators else cut  # the second credit may be the first of a pair
            related = (Related(start, cut, "first printed here"),)
            yield Hit(
                found,
                end,
                _confidence(document, start, document.text[cut:end]),
                edits=(Edit(cut, end, ""),),
                safe=True,
                related=related,
            )


def _lowered(document: Document) -> str:
    return lower(document.text)


def _confidence(document: Document, start: int, again: str) -> Confidence:
    """Return the confidence for a credit at `start` that comes `again`; pictures in a row may have one each."""
    if "\n" not in again:
        return Confidence.HIGH
    block = document.block_at(start)
    alone = block is not None and block.start == start
    return Confidence.LOW if alone or "\n\n" in again else Confidence.MEDIUM
