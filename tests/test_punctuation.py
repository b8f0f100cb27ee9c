"""How quotation marks pair, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Block, Document, Kind
from audit.offsets import Offsets
from audit.punctuation.marks import Pair, are_tidy, pairs


def document(text: str) -> Document:
    return Document("a.txt", text, [Block(0, len(text), Kind.PARAGRAPH)], Offsets.__new__(Offsets))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Go," he said.', [Pair(0, 4, 0)]),
        ("„Go,“ he said.", [Pair(0, 4, 0)]),
        ("„Go,” he said.", [Pair(0, 4, 0)]),
        ('„Go," he said.', [Pair(0, 4, 0)]),
        ("»Go«, he said.", [Pair(0, 3, 0)]),
        ("« Go », he said.", [Pair(0, 5, 0)]),
        ('Go," he said.', [Pair(None, 3, 0)]),
        ("He is 6'2\" tall.", []),
        ('"Go, "he said.', [Pair(0, 5, 0)]),
    ],
)
def test_marks_pair(text: str, expected: list[Pair]) -> None:
    assert pairs(document(text)) == expected


@given(st.text(alphabet='a ,.1"“”„«»\n', min_size=1, max_size=40))
def test_every_mark_is_used_once_at_most(text: str) -> None:
    offsets = [offset for pair in pairs(document(text)) for offset in pair[:2] if offset is not None]

    assert len(offsets) == len(set(offsets))
    assert all(text[offset] in '"“”„«»' for offset in offsets)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("No marks at all.", True),
        ('"Go," he said. "Now."', True),
        ("“Go,” he said. “He called it “home”.”", False),
        ('Go," he said. "Now.', False),
        ('"Go, " he said.', False),
        ("„Go“, he said.", False),
        ("“Go,” he said. ”Now.“", False),
        ("He said go“.”", False),
        ('He said go".', False),
        ('He said go".".', False),
        ("He said (“)” and left.", False),
        ('He said "go("now.', False),
    ],
)
def test_tidy_texts_are_told_apart(text: str, tidy: bool) -> None:
    assert are_tidy(document(text)) is tidy


@given(st.text(alphabet="a ,.!)(-'“”\"„\n", min_size=1, max_size=30))
def test_tidy_texts_have_nothing_alone_and_no_loose_marks(text: str) -> None:
    article = Document("a.txt", text, [Block(0, len(text), Kind.PARAGRAPH)], Offsets.__new__(Offsets))
    if are_tidy(article):
        assert all(None not in pair[:2] for pair in pairs(article))
