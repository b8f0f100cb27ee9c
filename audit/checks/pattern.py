"""Flag what a regular expression matches, so that a rule of a few lines needs no check of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import process_time
from typing import Any, Literal

import regex
from regex import Match, Pattern

from audit.expressions import expression
from audit.model import AuditError, Block, Confidence, Document, Edit, Hit, Sighting
from audit.text import fold

_SECONDS = 1.0  # that a document may take
_CHARACTERS = 1_000_000  # for each of which it may take a second more


@dataclass(frozen=True)
class Check:
    r"""Search each block for `regex`, in the syntax of the module regex; a match is a hit, its named groups are values.

    `unless`: what a match must not be, as a whole and whatever its case. `replace`: what takes its place, with groups
    as `\g<word>`; `safe` says that this cannot change the meaning. `needs`: texts without one of which the expression
    cannot match, whatever their case and quotation marks: with them it is tried only on blocks that hold one, which
    makes a rule a hundred times faster. A group `language` must be the code of the article's language. Raises
    `TimeoutError` where the expression backtracks without an end.
    """

    regex: str
    unless: str | None = None
    replace: str | None = None
    safe: bool = False
    needs: tuple[str, ...] = ()
    confidence: Literal["low", "medium", "high"] = "medium"

    def __post_init__(self) -> None:
        """Refuse what is no regular expression, and a replacement by groups that it does not have."""
        for pattern in (self.regex, self.unless):
            if pattern is not None:
                _compile(pattern)
        try:
            _compile(f"{self.regex}|").sub(
                self.replace or "", ""
            )  # the empty text matches, so that groups are looked up
        except (regex.error, IndexError) as error:
            raise AuditError(f"“{self.replace}” cannot replace a match: {error}") from None

    @cached_property
    def _pattern(self) -> Pattern[str]:
        return _compile(self.regex)

    @cached_property
    def _exception(self) -> Pattern[str] | None:
        return None if self.unless is None else _compile(f"(?i:{self.unless})")

    @cached_property
    def literals(self) -> frozenset[str]:
        """The folded texts of `needs`."""
        return frozenset(map(fold, self.needs))

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield every match in the blocks of `document` that hold one of `needs`."""
        deadline = process_time() + _SECONDS + len(document.text) / _CHARACTERS
        for block in self._blocks(document, sightings):
            found = self._pattern.finditer(document.text, block.start, block.end, timeout=_left(deadline))
            for match in found:
                if match.end() == match.start() or not self._is_of_language(match, document.target_language or ""):
                    continue
                if not self._is_exception(match[0], deadline):
                    yield self._hit(match)

    def _blocks(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Block]:
        if not self.needs:
            yield from document.blocks
            return
        last = -1
        for sighting in sightings:
            index = document.block_index(sighting.start)
            if index is not None and index > last:
                last = index
                yield document.blocks[index]

    def _is_of_language(self, match: Match[str], tag: str) -> bool:
        """Tell whether a group `language`, if there is one and it matched, is the code of the language `tag`."""
        code = match["language"] if "language" in self._pattern.groupindex else None
        return code is None or code.lower() == tag.lower().partition("-")[0]

    def _is_exception(self, found: str, deadline: float) -> bool:
        exception = self._exception
        return exception is not None and exception.fullmatch(found, timeout=_left(deadline)) is not None

    def _hit(self, match: Match[str]) -> Hit:
        values: dict[str, Any] = {name: value or "" for name, value in match.groupdict().items()}
        start, end = match.span()
        text = match[0] if self.replace is None else match.expand(self.replace)
        edits = () if text == match[0] else (Edit(start, end, text),)
        return Hit(start, end, Confidence[self.confidence.upper()], values, edits, self.safe)


def _compile(pattern: str) -> Pattern[str]:
    try:
        return expression(pattern)
    except regex.error as error:
        raise AuditError(f"“{pattern}” is no regular expression: {error}") from None


def _left(deadline: float) -> float:
    """Return the seconds until `deadline`; raise `TimeoutError` where none are left."""
    left = deadline - process_time()
    if left <= 0:
        raise TimeoutError
    return left
