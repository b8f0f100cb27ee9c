"""Find photo credits that are printed twice in a row."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from audit.expressions import expression
from audit.model import NO_TABLE, Confidence, Document, Edit, Hit, Related, Sighting, Table
from audit.text import fold, folded, lower

_BETWEEN = r"[\s,;.|/()\[\]–—-]"
_SEPARATORS = expression(rf"{_BETWEEN}*+")
_LIST_SIGNS = ",;/|"
_LONGEST = 300  # characters that two credits may take


@dataclass(frozen=True)
class Check:
    """Report the second of two equal credits; `credits` lists the words that introduce one (label, mark)."""

    credits: Table = NO_TABLE

    @cached_property
    def literals(self) -> Collection[str]:
        """The labels, without one of which there is no credit."""
        labels = [(fold(row.cells["label"]), row.cells["mark"]) for row in self.credits.rows]
        return frozenset(label + space + mark for label, mark in labels for space in ("", " ") if mark or not space)

    @cached_property
    def _doubled(self) -> regex.Pattern[str]:
        label = r"\L<labels>"  # a set: the alternation takes 20 ms to compile
        name = r"(?P<name>[\p{L}\p{N}][^:\n]{1,80}?)"
        whole = r"(?=[.,;|)\]]|[^\w/&]*(?:\n|$))"  # "Photo: Jane" is not the credit of Jane Doe
        return expression(
            rf"{label}[ \t]*{name}(?P<again>{_BETWEEN}++{label}[ \t]*(?P=name)|[ \t]*[,;/|][ \t]*(?P=name)){whole}"
            rf"|(?P<label>{label})(?P<again>[ \t]*(?P=label))(?=[ \t]*\w)",
            labels=self.literals,
        )

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the second credit with what separates it from the first."""
        labels: dict[int, list[int]] = {}  # by where they start, where they end
        for _, start, end in sightings:
            labels.setdefault(start, []).append(end)
        ends = {end for _, _, end in sightings}
        roughly, reached = document.once(folded), 0
        for start, own_ends in labels.items():
            if start < reached or (start and roughly[start - 1].isalnum()):
                continue
            limit = min(len(roughly), start + _LONGEST)
            if not any(_may_come_again(roughly, end, limit, labels, ends) for end in own_ends):
                continue
            text = document.once(_lowered)  # which has line breaks
            match = self._doubled.match(text, start, limit)
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


def _may_come_again(text: str, end: int, limit: int, starts: Container[int], ends: Container[int]) -> bool:
    """Tell cheaply whether a label follows the one that ends at `end`, or what follows begins a second credit, too.

    `starts` and `ends` are those of all labels.
    """
    while end < limit and text[end] in " \t":
        end += 1
    if end in starts:
        return True
    again = text.find(text[end : end + 2], end + 2, limit)
    while again >= 0:
        before = again
        while text[before - 1] in " \t":
            before -= 1
        if text[before - 1] in _LIST_SIGNS or before in ends or again in ends:
            return True
        again = text.find(text[end : end + 2], again + 1, limit)
    return False


def _lowered(document: Document) -> str:
    return lower(document.text)


def _confidence(document: Document, start: int, again: str) -> Confidence:
    """Return the confidence for a credit at `start` that comes `again`; pictures in a row may have one each."""
    if "\n" not in again:
        return Confidence.HIGH
    block = document.block_at(start)
    alone = block is not None and block.start == start
    return Confidence.LOW if alone or "\n\n" in again else Confidence.MEDIUM
