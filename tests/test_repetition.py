"""Doubled words, phrases and loops: what is found, what may stand, and that any text is survived."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import packs
from audit.engine import Engine
from audit.model import Block, Document, Kind
from audit.offsets import Offsets

PACKS = ("repetition", "capitalization", "truncation")
ENGINE = Engine([rule for rule in packs.load(("repetition",)) if rule.pack in PACKS])


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Return rule and text of what is found in an article of one paragraph."""
    blocks = [Block(0, len(text), Kind.PARAGRAPH)] if text else []
    document = Document("a.txt", text, blocks, Offsets.identity(len(text)), target_language=language)
    hits, failures = ENGINE.find(document)
    assert not failures
    return [(rule.id, text[hit.start : hit.end]) for rule, hit in hits]


@pytest.mark.parametrize(
    "text",
    [
        "He sang that we had had it, that that boat was gone.",
        "He came in, in the end. The end. End of story.",
        "Over and over and over and over again, year after year after year.",
        "It scored 3 1 3 1 3 1 and left.",
        "The vote was yes, yes, yes, yes from all.",
    ],
)
def test_silent(text: str) -> None:
    assert found(text) == []


def test_loop_is_one_finding() -> None:
    loop = "of the old port of the old port of the old port of the old"
    assert found(f"They spoke {loop}") == [("repetition/loop", loop)]


@given(
    st.lists(st.sampled_from(["harbour", "of", "the", "lights", "“old", "sea,"]), min_size=3, max_size=12, unique=True),
    st.integers(3, 6),
)
def test_every_period_is_found(turn: list[str], times: int) -> None:
    results = found(f"Now comes {' '.join(turn * times)}")
    assert [rule for rule, _ in results] == ["repetition/loop"] or any("“" in word for word in turn)


@given(st.text("ab .,\n\u00e9“”\ud800", max_size=200))
def test_any_text_is_survived(text: str) -> None:
    found(text)
