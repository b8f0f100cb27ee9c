"""Words and lines are counted the same way on the fast path for usual signs and on the exact one for all others."""

from __future__ import annotations

import pytest

from audit.model import Block, Document, Kind
from audit.offsets import Offsets
from audit.text import count_words, line_starts, sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two words", 2),
        ("“Two” – words…", 2),
        ("it’s one’s", 2),
        ("«Два» слова — и № 5", 4),
        ("две\u0301 буквы", 2),  # a combining accent leaves the fast path
        ("10\u00a0000 людей", 2),
        ("½ час", 2),
        ("日本語 text", 3),
        ("", 0),
    ],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize("sign", "“”„«»‘‚–—…•·№©°§€£¿¡")
def test_signs_separate_words_on_either_path(sign: str) -> None:
    assert count_words(f"а{sign}б") == count_words(f"а{sign}б\u0301") == 2


@pytest.mark.parametrize(("text", "starts"), [("", [0]), ("a\nb\n", [0, 2, 4]), ("a\r\nb\rc\nd", [0, 3, 5, 7])])
def test_lines_start_behind_every_line_end(text: str, starts: list[int]) -> None:
    assert line_starts(text) == starts


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "The boat leaves on May 13. The next one follows.", 2),
        ("en", "The boat leaves at 17:00. The next one follows.", 2),
        ("de", "Das Schiff fährt um 17.00. Das nächste folgt.", 2),
        ("de", "Die 13. Armee kam. Sie blieb.", 2),
        ("en", "1. Mix the flour. 2. Add water.", 2),
        ("en", "Mr. Hill left. Dr. Dale stayed.", 2),
        ("en", "“Go!” he said. They went.", 2),
    ],
)
def test_sentences_end_where_a_reader_of_the_language_ends_them(language: str, text: str, count: int) -> None:
    document = Document(
        "a", text, [Block(0, len(text), Kind.PARAGRAPH)], Offsets.identity(len(text)), target_language=language
    )
    assert len(sentences(document)) == count
