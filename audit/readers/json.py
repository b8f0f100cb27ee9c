"""JSON: an article, or a list of them, in named fields."""

from __future__ import annotations

import json
from collections.abc import Iterator

from audit.model import Document, Failure, File
from audit.reading import records
from audit.reading.jsonvalues import parse
from audit.text import line_starts

SUFFIXES = (".json", ".jsonld")


def read(file: File) -> Iterator[Document | Failure]:
    """Yield the articles of a JSON file; each of several is a record of its own.

    A file without article fields yields nothing, unless the user named it: then it is a failure.
    """
    try:
        value = parse(file.text, 0, len(file.text))
    except json.JSONDecodeError as error:
        yield Failure(file.path, f"is not JSON: {error.msg}", line=_line(file.text, error.pos))
        return
    except RecursionError:
        yield Failure(file.path, "is JSON nested too deeply", line=1)
        return
    members = value if isinstance(value, list) else [value]
    found = [(place, record) for place, member in enumerate(members, 1) for record in records.articles(file, member)]
    if not found and file.named:
        yield Failure(file.path, records.no_article(file), line=1)
    several = len(found) > 1
    for number, (place, record) in enumerate(found, start=1):
        yield records.document(file, record, place if isinstance(value, list) else number if several else None)


def _line(text: str, position: int) -> int:
    return len(line_starts(text[:position]))
