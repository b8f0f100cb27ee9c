"""Words and lines are counted the same way on the fast path for usual signs and on the exact one for all others."""

from __future__ import annotations

import pytest

from audit.text import count_words, line_starts


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
