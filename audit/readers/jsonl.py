"""JSON Lines: a record with an article on every line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from audit.model import Document, Failure, File
from audit.reading import records
from audit.reading.jsonvalues import parse

SUFFIXES = (".jsonl", ".ndjson")


def read(file: File) -> Iterator[Document | Failure]:
    """Yield the article of every line; a broken line is a failure, and the others are read.

    A line without article fields yields nothing, unless the user named the file: then it is a failure.
    """
    record = 0
    for line, (start, end) in enumerate(_lines(file.text), start=1):
        if not file.text[start:end].strip():
            continue
        record += 1
        try:
            value = parse(file.text, start, end)
        except json.JSONDecodeError as error:
            reason = f"is not JSON: {error.msg} (column {error.pos + 1})"
            yield Failure(file.path, reason, record, line)
            continue
        except RecursionError:
            yield Failure(file.path, "is JSON nested too deeply", record, line)
            continue
        found = records.articles(file, value)
        if not found and file.named:
            yield Failure(file.path, records.no_article(file), record, line)
        for article in found:
            yield records.document(file, article, record)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines; only LF ends one, or CR in a file without LF."""
    end_of_line = "\n" if "\n" in text else "\r"
    start = 0
    while start < len(text):
        end = text.find(end_of_line, start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1
