"""Laws of `Offsets`: where a span of a text lies in its file, also through a file inside a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.offsets import FileSpan, Offsets, Piece

#        text:  Kiev & Kyiv          file:  <p>Ki<b>ev</b> &amp; Kyiv
MAP = Offsets([Piece(0, 2, 3, 5, True), Piece(2, 4, 8, 10, True), Piece(4, 5, 14, 15, True),
               Piece(5, 6, 15, 20, False), Piece(6, 11, 20, 25, True)])  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "place"),
    [
        (0, 2, FileSpan(3, 5, True)),
        (0, 4, FileSpan(3, 10, False)),
        (1, 2, FileSpan(4, 5, True)),
        (5, 6, FileSpan(15, 20, False)),
        (4, 7, FileSpan(14, 21, False)),
        (7, 11, FileSpan(21, 25, True)),
        (7, 7, FileSpan(21, 21, True)),
        (11, 11, FileSpan(25, 25, True)),
    ],
)
def test_a_span_has_its_place(start: int, end: int, place: FileSpan) -> None:
    assert MAP.place(start, end) == place


@given(length=st.integers(0, 50), data=st.data())
def test_identity_places_every_span_at_itself(length: int, data: st.DataObject) -> None:
    end = data.draw(st.integers(0, length))
    start = data.draw(st.integers(0, end))

    assert Offsets.identity(length).place(start, end) == FileSpan(start, end, True)


def maps(stretches: list[tuple[int, int, bool]]) -> Offsets:
    """Return a map of stretches: length in the text, white space before it in the file, verbatim or one longer."""
    pieces, at, there = [], 0, 0
    for length, gap, verbatim in stretches:
        there += gap
        pieces.append(Piece(at, at + length, there, there + length + (not verbatim), verbatim))
        at, there = at + length, there + length + (not verbatim)
    return Offsets(pieces)


STRETCHES = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3), st.booleans()), min_size=1, max_size=8)


@given(inner=STRETCHES, outer=STRETCHES, data=st.data())
def test_a_map_through_another_places_as_both_in_turn(
    inner: list[tuple[int, int, bool]], outer: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    first, second = maps(inner), maps([*outer, (100, 0, True)])
    length = first.pieces[-1].end
    position = data.draw(st.integers(0, length - 1))

    through = first.through(second)

    step = first.place(position, position + 1)
    placed = second.place(step.start, step.end)
    found = through.place(position, position + 1)
    assert through.pieces[0].start == 0
    assert through.pieces[-1].end == length
    assert found.exact == (step.exact and placed.exact)
    if found.exact:
        assert found == placed
    else:
        assert found.start <= placed.start <= placed.end <= found.end


def test_empty_text_is_at_the_start_of_its_file() -> None:
    assert Offsets(()).place(0, 0) == (0, 0, False)
