"""Find marks of tools in the text: tokens of models, tags, placeholders; unless the article is about such things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

import regex
from regex import Match, Pattern

from audit.expressions import expression
from audit.model import AuditError, Confidence, Document, Edit, Hit, Sighting
from audit.text import fold, folded

_REACH = 400  # characters before a sighting in which its match may begin
_MOST_SIGHTINGS = 2_000  # of one document: no article has as many, and a page of code must not take minutes
_MANY = 25  # marks in one article are no leftovers, but its matter: a page of code


@dataclass(frozen=True)
class Check:
    r"""Search for `regex` around the occurrences of `needs`.

    `about`: words (whole, in small letters) of articles that may mean the marks, where findings have low confidence.
    `fix`: what to do with a mark: "delete" it with a space beside it, put a "space" in its place, "join" what its
    first group (repeated) cuts, "unwrap" that group, take out its "line", or "none". `safe` says that the fix cannot
    change the meaning.
    """

    regex: str
    needs: tuple[str, ...]
    about: tuple[str, ...] = ()
    fix: Literal["none", "delete", "space", "join", "unwrap", "line"] = "none"
    safe: bool = False
    confidence: Literal["low", "medium", "high"] = "high"

    def __post_init__(self) -> None:
        """Refuse what is no regular expression."""
        try:
            expression(self.regex)
        except regex.error as error:
            raise AuditError(f"“{self.regex}” is no regular expression: {error}") from None

    @cached_property
    def _pattern(self) -> Pattern[str]:
        return expression(self.regex)

    @cached_property
    def _about(self) -> Pattern[str] | None:
        words = "|".join(map(regex.escape, self.about))
        return expression(rf"(?<![\p{{L}}\p{{N}}])(?:{words})(?![\p{{L}}\p{{N}}])") if words else None

    @cached_property
    def literals(self) -> frozenset[str]:
        """The folded texts of `needs`."""
        return frozenset(map(fold, self.needs))

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the marks around `sightings`."""
        found = list(self._matches(document, sightings))
        if not found:
            return
        confidence = Confidence.parse(self.confidence)
        if len(found) > _MANY or self._is_about(document, found):
            confidence = Confidence.LOW
        for match in found:
            edits = self._edits(document, match)
            yield Hit(match.start(), match.end(), confidence, edits=edits, safe=self.safe and bool(edits))

    def _is_about(self, document: Document, found: Sequence[Match[str]]) -> bool:
        """Tell whether the article says one of the words that may mean the marks, elsewhere than in them."""
        return self._about is not None and any(
            not any(mark.start() <= word.start() < mark.end() for mark in found)
            for word in self._about.finditer(document.once(folded))
        )

    def _matches(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Match[str]]:
        done = 0
        for sighting in islice(sightings, _MOST_SIGHTINGS):
            if sighting.end <= done:
                continue
            block = document.block_at(sighting.start)
            if block is None:
                continue
            first, last = max(done, block.start, sighting.start - _REACH), min(block.end, sighting.end + _REACH)
            for match in self._pattern.finditer(document.text, first, last):
                if match.start() < sighting.end and match.end() > sighting.start:
                    done = match.end()
                    yield match
                    break

    def _edits(self, document: Document, match: Match[str]) -> tuple[Edit, ...]:
        text, (start, end) = document.text, match.span()
        if self.fix == "join":
            return (Edit(start, end, "".join(match[0].split()).replace("@@", "").replace("##", "")),)
        if self.fix == "unwrap":
            return (Edit(start, end, next(filter(None, match.groups()))),)
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if self.fix == "space":
            between = before.strip() and after.strip()
            return (Edit(start, end, " " if between else ""),)
        if self.fix == "delete":
            if before in ("", "\n"):
                end += after == " "
            elif not after or after in " .,;:!?\n":
                start -= before == " "
            return (Edit(start, end, ""),)
        if self.fix == "line":
            return (_line(text, start, end),)
        return ()


def _line(text: str, start: int, end: int) -> Edit:
    """Return the removal of a line and the white space that sets it off from the one before, or else after, it."""
    first = len(text[:start].rstrip()) if start < 100_000 else start
    if first:
        return Edit(first, end, "")
    while end < len(text) and text[end].isspace():
        end += 1
    return Edit(start, end, "")
