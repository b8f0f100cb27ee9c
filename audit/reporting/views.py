"""What a page shows of an article: its text with marks where findings stand, and a card for each finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from audit.model import Block, Document, Kind
from audit.offsets import Inverse
from audit.report import FileEdit, Finding, RelatedPlace, Summary
from audit.reporting.marking import Stretch, stretches

_LONGEST_STRETCH = 20_000  # characters; of longer ones only the ends are shown
_ENDS = 2_000
_LONGEST_ARTICLE = 500_000  # of longer ones only blocks with marks are shown
_MOST_CHANGES = 3
_MOST_RELATED = 20
_NOWHERE = (-1, -1)


class Change(NamedTuple):
    """An edit of a fix: what it takes away, None where that is not what was found, and what it puts there."""

    before: str | None
    after: str


class Link(NamedTuple):
    """A place that explains a finding, and the anchor where the page shows it, if it does."""

    anchor: str | None
    place: RelatedPlace


class Card(NamedTuple):
    """A finding as the page tells it; `mark` is the anchor of its mark in the text, if it has one.

    `again` says that an earlier card of the article is of the same rule.
    """

    number: int
    again: bool
    anchor: str
    mark: str | None
    finding: Finding
    changes: list[Change]
    more_changes: int
    related: list[Link]
    more_related: int
    source: str | None


class Piece(NamedTuple):
    """A stretch of text, the marks that cover it, the shortest first, and those that end with it.

    Marks are indices: of cards, and behind those of related places. `left_out` characters stand there in the file.
    """

    text: str
    marks: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()
    anchor: str | None = None
    left_out: int = 0


class Part(NamedTuple):
    """A block as the page shows it, or how many were left out in front of it."""

    block: Block
    pieces: list[Piece]
    skipped: int = 0


class Article(NamedTuple):
    """An article as the page shows it; `runs` are its blocks in runs of one kind, None where its text is not there."""

    anchor: str
    path: str
    record: int | None
    summary: Summary | None
    title: str | None
    language: str | None
    runs: list[tuple[Kind, list[Part]]] | None
    cards: list[Card]


def article(
    anchor: str,
    found: Sequence[tuple[str, Finding]],
    summary: Summary | None,
    document: Document | None,
    files: Mapping[str, str],
) -> Article:
    """Return the view of the article with the findings `found`, each beside its anchor.

    `files` has the anchor of the first article of each file on the page.
    """
    findings = [finding for _, finding in found]
    path, record = findings[0].path, findings[0].record
    others = [place for finding in findings for place in finding.related[:_MOST_RELATED] if place.path == path]
    marks: dict[int, str] = {}
    runs = title = None
    if document is not None:
        parts, marks = _laid_out(document, _spans(document, [*findings, *others]), anchor)
        runs = [(kind, list(run)) for kind, run in groupby(parts, lambda part: part.block.kind)]
        title = next((document.text[b.start : b.end] for b in document.blocks if b.kind is Kind.HEADLINE), None)
    there = {_place(place): marks.get(index) for index, place in enumerate(others, start=len(findings))}
    cards = []
    told: set[str] = set()
    for number, (identifier, finding) in enumerate(found, start=1):
        again = finding.rule in told
        told.add(finding.rule)
        cards.append(_card(number, again, identifier, marks.get(number - 1), finding, there, files))
    language = summary.target_language if summary else None
    return Article(anchor, path, record, summary, title, language, runs, cards)


def _spans(document: Document, places: Sequence[Finding | RelatedPlace]) -> list[tuple[int, int]]:
    inverse = Inverse(document.offsets)
    return [inverse.text_span(place.start.offset, place.end.offset) or _NOWHERE for place in places]


def _laid_out(document: Document, spans: Sequence[tuple[int, int]], prefix: str) -> tuple[list[Part], dict[int, str]]:
    """Return the blocks in pieces, and the anchor where each mark begins."""
    rows = list(stretches(document.blocks, spans))
    anchors: dict[int, str] = {}
    last: dict[int, Stretch] = {}
    begins: dict[Stretch, str] = {}
    for stretch in (stretch for row in rows for stretch in row):
        for mark in stretch.marks:
            if mark not in anchors:
                anchors[mark] = begins.setdefault(stretch, f"{prefix}-{mark + 1}")
            last[mark] = stretch
    parts: list[Part] = []
    skipped = 0
    for block, row in zip(document.blocks, rows, strict=True):
        if len(document.text) > _LONGEST_ARTICLE and not any(stretch.marks for stretch in row):
            skipped += 1
            continue
        pieces = [piece for stretch in row for piece in _pieces(document.text, stretch, begins.get(stretch), last)]
        parts.append(Part(block, pieces, skipped))
        skipped = 0
    return parts, anchors


def _pieces(text: str, stretch: Stretch, anchor: str | None, last: Mapping[int, Stretch]) -> Iterator[Piece]:
    start, end, marks = stretch
    ending = tuple(mark for mark in marks if last[mark] is stretch)
    if end - start <= _LONGEST_STRETCH:
        yield Piece(text[start:end], marks, ending, anchor)
        return
    yield Piece(text[start : start + _ENDS], marks, (), anchor)
    yield Piece("", left_out=end - start - 2 * _ENDS)
    yield Piece(text[end - _ENDS : end], marks, ending)


def _card(
    number: int,
    again: bool,
    anchor: str,
    mark: str | None,
    finding: Finding,
    there: Mapping[tuple[int, int], str | None],
    files: Mapping[str, str],
) -> Card:
    edits = finding.fix.edits if finding.fix else ()
    return Card(
        number,
        again,
        anchor,
        mark,
        finding,
        [_change(edit, finding) for edit in edits[:_MOST_CHANGES]],
        max(0, len(edits) - _MOST_CHANGES),
        [_link(place, finding.path, there, files) for place in finding.related[:_MOST_RELATED]],
        max(0, len(finding.related) - _MOST_RELATED),
        _source(finding.source),
    )


def _change(edit: FileEdit, finding: Finding) -> Change:
    if edit.start == edit.end:
        return Change("", edit.text)
    return Change(finding.text if (edit.start, edit.end) == (finding.start, finding.end) else None, edit.text)


def _link(
    place: RelatedPlace, path: str, there: Mapping[tuple[int, int], str | None], files: Mapping[str, str]
) -> Link:
    anchor = there.get(_place(place)) if place.path == path else None
    return Link(anchor or files.get(place.path), place)


def _place(place: RelatedPlace) -> tuple[int, int]:
    return place.start.offset, place.end.offset


def _source(source: Any) -> str | None:
    """Return the source text that a finding carries: the text itself, or an object that has it as `text`."""
    text = source.get("text") if isinstance(source, Mapping) else source
    return text if isinstance(text, str) else None
