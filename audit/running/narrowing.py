"""Narrow a run to what changed: files that did, and of their findings those in blocks that did."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from re import finditer
from typing import NamedTuple

from audit import plugins
from audit.configuration.config import Config
from audit.folder import changes, files
from audit.folder.changes import Hunk
from audit.model import Document, File
from audit.report import Finding
from audit.running.results import Result

_OTHER_LINES = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # UTF-16 and -32: git cannot count the lines


class _Place(NamedTuple):
    """A block in its file, with its lines as git counts them; `record` tells articles of a file apart."""

    start: int
    end: int
    first: int
    last: int
    record: int | None


class Narrowing:
    """Knows what changed, and keeps that."""

    def __init__(self, paths: Sequence[str], inputs: Iterable[files.Input], config: Config) -> None:
        """Ask git what changed in `paths`; `inputs` are those of the files there that have, or that are not there."""
        self._changes = changes.since(config.changed_since or "", paths, plugins.by_suffix("readers"))
        self._config = config
        self.inputs = [file for file in inputs if self._changes.touch(file.path) or not os.path.lexists(file.path)]
        self._paths = {file.shown: file.path for file in self.inputs}

    def result(self, result: Result) -> Result:
        """Return what came of such files with the findings in changed blocks alone."""
        kept: list[Finding] = []
        for shown, found in groupby(result.findings, key=lambda finding: finding.path):
            kept += self._touching(shown, self._paths[shown], list(found))
        return replace(result, findings=kept)

    def _touching(self, shown: str, path: str, findings: list[Finding]) -> list[Finding]:
        if self._changes.is_new(path) or _counts_otherwise(path):
            return findings
        try:
            text = files.read(path)
            reader = plugins.load("readers", plugins.reader_of(shown))
            documents = [
                document
                for document in reader.read(File(shown, text, True, self._config.fields))
                if isinstance(document, Document)
            ]
        except Exception:  # it changed under our hands: better to show too much
            return findings
        blocks = _Blocks(sorted(_places(documents, text)), self._changes.hunks(path))
        return [finding for finding in findings if blocks.touch(finding)]


def _counts_otherwise(path: str) -> bool:
    with open(path, "rb") as stream:
        return stream.read(4).startswith(_OTHER_LINES)


def _places(documents: Sequence[Document], text: str) -> Iterator[_Place]:
    ends = [found.start() for found in finditer("\n", text)]
    for document in documents:
        for block in document.blocks:
            start, end, _ = document.offsets.place(block.start, block.end)
            last = bisect_left(ends, max(start, end - 1)) + 1
            yield _Place(start, end, bisect_left(ends, start) + 1, last, document.record)


class _Blocks:
    """The blocks of a file in their order, and which of them have changed."""

    def __init__(self, places: Sequence[_Place], hunks: Iterable[Hunk]) -> None:
        self._starts = [place.start for place in places]
        self._ends = [place.end for place in places]
        self._firsts = [place.first for place in places]
        self._lasts = [place.last for place in places]
        self._changed = sorted({index for hunk in hunks for index in self._changed_by(*hunk)})
        self._records = {places[index].record for index in self._changed}

    def _changed_by(self, first: int, size: int) -> range:
        """Return the blocks with a changed line; of lines that are in none, or are gone, the blocks beside them."""
        if size:
            inside = range(bisect_left(self._lasts, first), bisect_right(self._firsts, first + size - 1))
        else:  # between `first` and the next line
            inside = range(bisect_right(self._lasts, first), bisect_right(self._firsts, first))
        return inside if inside else range(max(0, inside.stop - 1), min(inside.start + 1, len(self._starts)))

    def touch(self, finding: Finding) -> bool:
        """Tell whether a finding, or what explains it, reaches into a changed block.

        One that lies in no block is of the article as a whole, which must have changed then.
        """
        own = self._at(finding.start.offset, finding.end.offset)
        related = [self._at(other.start.offset, other.end.offset) for other in finding.related]
        if any(self._has_changed(blocks) for blocks in (own, *related)):
            return True
        return not own and (not self._starts or finding.record in self._records)

    def _at(self, start: int, end: int) -> range:
        """Return the blocks into which a span of the file reaches; one without length is in a block that it borders."""
        if start == end:
            return range(bisect_left(self._ends, start), bisect_right(self._starts, end))
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def _has_changed(self, blocks: range) -> bool:
        return bisect_left(self._changed, blocks.start) < bisect_left(self._changed, blocks.stop)
