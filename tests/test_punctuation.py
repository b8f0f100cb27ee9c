"""How quotation marks pair, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Block, Document, Kind
from audit.offsets import Offsets
from audit.punctuation.marks import Pair, pairs


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
