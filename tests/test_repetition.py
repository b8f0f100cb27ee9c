"""Doubled words, phrases and loops: what is found, what may stand, and that any text is survived."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.engine import Engine
from audit.model import Block, Document, Kind
from audit.offsets import Offsets
from audit.repetition.gate import may_repeat
from audit.rulebook import packs
from audit.text import fold

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


PROSE = "The council met on Monday to talk about a bridge that nobody had asked for, and left without a vote."


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    ("turn", "times"),
    [(["harbour"], 2), (["old", "port"], 4), (["of", "the", "port"], 3), (["we", "wait", "in", "port"], 2)],
)
def test_the_gate_lets_repetition_through(turn: list[str], times: int, language: str) -> None:
    cyrillic = str.maketrans("abdefhiklnoprtuwy", "абдефхиклнопртуши")
    text = f"{PROSE} {' '.join(turn * times)} {PROSE}"
    text = text.translate(cyrillic) if language == "ru" else text

    assert may_repeat(text, fold(text))


def test_the_gate_stops_prose_and_lines_that_are_alike() -> None:
    text = f"{PROSE}\n\nAnna Berg at home in Oslo, a photo by Reuters\nAnna Berg at home in Oslo, a photo by Reuters\n\nYes"

    assert not may_repeat(text, fold(text))


@given(st.lists(st.sampled_from("аbcdefghiklm"), min_size=4, max_size=12, unique=True))
def test_the_gate_sees_every_long_phrase_said_twice(letters: list[str]) -> None:
    text = " ".join(f"{letter}x" for letter in [*letters, *letters])

    assert len(letters) == 12 or may_repeat(text, text)
