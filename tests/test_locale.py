"""Dates, times and sums in the way of another language: the fine points of the checks."""

from __future__ import annotations

import pytest

from audit.engine import Engine
from audit.model import Block, Document, Kind
from audit.offsets import Offsets
from audit.rulebook import packs

ENGINE = Engine([rule for rule in packs.load() if rule.pack == "locale"])


def found(text: str, language: str) -> list[tuple[str, str]]:
    """Return what is found in an article of one paragraph, and what is to stand instead."""
    document = Document(
        "a.txt", text, [Block(0, len(text), Kind.PARAGRAPH)], Offsets.identity(len(text)), target_language=language
    )
    hits, failures = ENGINE.find(document)
    assert not failures
    return [(text[hit.start : hit.end], "".join(edit.text for edit in hit.edits)) for _, hit in hits]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Am 12/31/2023 war es kalt.", "de", [("12/31/2023", "31.12.2023")]),
        ("Am 12/31/2023 war es kalt.", "de-AT", [("12/31/2023", "31.12.2023")]),
        ("El 12/31/2023 hacía frío.", "es-PR", []),
        ("Am 02/30/2023 war es kalt.", "de", []),
        ("Seite 1/12/31/2023.", "de", []),
        ("Um 12:15 AM begann es.", "de", [("12:15 AM", "00:15")]),
        ("Um 12:15 p.m. begann es.", "de", [("12:15 p.m.", "12:15")]),
        ("Um 10 am Abend und um 13 PM.", "de", []),
        ("A las 8:30 PM empezó.", "es", []),
        ("It begins at 18 Uhr.", "en", [("18 Uhr", "18:00")]),
        ("It begins at 03:49 hours.", "en", []),
        ("It begins at 13:49 hours.", "en", [("13:49 hours", "13:49")]),
    ],
)
def test_dates_and_times(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, language) == expected
