"""Marks in an article: every letter of a block is shown once, under exactly the marks that cover it."""

from hypothesis import given
from hypothesis import strategies as st

from audit.model import Block, Kind
from audit.reporting.marking import Stretch, stretches


def paragraph(start: int, end: int) -> Block:
    return Block(start, end, Kind.PARAGRAPH)


def test_overlapping_marks_are_cut_where_one_begins_or_ends() -> None:
    (found,) = stretches([paragraph(0, 20)], [(2, 10), (5, 15), (5, 7)])

    assert found == [
        Stretch(0, 2, ()),
        Stretch(2, 5, (0,)),
        Stretch(5, 7, (2, 0, 1)),
        Stretch(7, 10, (0, 1)),
        Stretch(10, 15, (1,)),
        Stretch(15, 20, ()),
    ]


def test_a_mark_over_several_blocks_is_in_each_of_them() -> None:
    found = [*stretches([paragraph(0, 5), paragraph(7, 9), paragraph(11, 20)], [(3, 14)])]

    assert found == [
        [Stretch(0, 3, ()), Stretch(3, 5, (0,))],
        [Stretch(7, 9, (0,))],
        [Stretch(11, 14, (0,)), Stretch(14, 20, ())],
    ]


def test_a_mark_without_length_is_a_point() -> None:
    found = [*stretches([paragraph(0, 5), paragraph(7, 9)], [(5, 5), (8, 8), (6, 6)])]

    assert found == [
        [Stretch(0, 5, ()), Stretch(5, 5, (0,))],
        [Stretch(7, 8, ()), Stretch(8, 8, (1,)), Stretch(8, 9, ())],
    ]


@given(
    lengths=st.lists(st.integers(1, 12), max_size=5),
    spans=st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)).map(sorted).map(tuple), max_size=8),
)
def test_every_letter_is_shown_once_under_its_marks(lengths: list[int], spans: list[tuple[int, int]]) -> None:
    blocks, at = [], 0
    for length in lengths:
        blocks.append(paragraph(at, at + length))
        at += length + 2

    shown = [*stretches(blocks, spans)]

    for block, found in zip(blocks, shown, strict=True):
        assert [place for one in found for place in range(one.start, one.end)] == [*range(block.start, block.end)]
        for one in found:
            for place in range(one.start, one.end):
                assert set(one.marks) == {index for index, (start, end) in enumerate(spans) if start <= place < end}
        points = {one.marks for one in found if one.start == one.end}
        assert points == {
            (index,) for index, (start, end) in enumerate(spans) if start == end and block.start <= start <= block.end
        }
