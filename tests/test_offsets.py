"""Laws of `Offsets`: where a span of a text lies in its file, also through a file inside a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.offsets import FileSpan, Inverse, Offsets, Piece

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


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (3, 5, (0, 2)),
        (4, 5, (1, 2)),
        (3, 10, (0, 4)),
        (15, 20, (5, 6)),
        (14, 21, (4, 7)),
        (16, 19, None),  # inside of “&amp;”
        (6, 8, None),  # a tag
        (9, 9, (3, 3)),
        (25, 25, (11, 11)),
        (99, 120, None),
    ],
)
def test_a_place_has_its_span(start: int, end: int, span: tuple[int, int] | None) -> None:
    assert Inverse(MAP).text_span(start, end) == span


def reordered(stretches: list[tuple[int, int, bool]], order: list[int]) -> Offsets:
    """Return a map whose stretches stand in the file in another order, as the fields of a JSON record may."""
    pieces = list(maps(stretches).pieces)
    there, placed = 0, {}
    for index in order:
        length = pieces[index].file_end - pieces[index].file_start
        placed[index] = pieces[index]._replace(file_start=there, file_end=there + length)
        there += length + 1
    return Offsets([placed[index] for index in range(len(pieces))])


@given(stretches=STRETCHES, data=st.data())
def test_what_was_placed_is_found_again(stretches: list[tuple[int, int, bool]], data: st.DataObject) -> None:
    there = reordered(stretches, data.draw(st.permutations(range(len(stretches)))))
    start = data.draw(st.integers(0, there.pieces[-1].end - 1))
    piece = next(piece for piece in there.pieces if piece.start <= start < piece.end)
    end = data.draw(st.integers(start + 1, piece.end))

    place = there.place(start, end)

    assert Inverse(there).text_span(place.start, place.end) == (
        (start, end) if place.exact else (piece.start, piece.end)
    )


@given(stretches=STRETCHES, data=st.data())
def test_a_span_over_several_stretches_is_found_with_all_of_them(
    stretches: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    there = maps(stretches)
    start = data.draw(st.integers(0, there.pieces[-1].end - 1))
    end = data.draw(st.integers(start + 1, there.pieces[-1].end))

    place = there.place(start, end)
    found = Inverse(there).text_span(place.start, place.end)

    assert found is not None
    assert found[0] <= start < end <= found[1]
    assert there.place(*found)[:2] == place[:2]


def test_a_blank_line_that_reaches_over_other_fields_hides_none_of_them() -> None:
    there = Offsets([Piece(0, 5, 5, 10, True), Piece(5, 7, 10, 90, False), Piece(7, 17, 90, 100, True),
                     Piece(17, 19, 100, 100, False), Piece(19, 20, 20, 26, False), Piece(20, 60, 26, 66, True)])  # fmt: skip

    assert Inverse(there).text_span(30, 40) == (24, 34)
    assert Inverse(there).text_span(20, 30) == (19, 24)
    assert Inverse(there).text_span(5, 100) == (0, 17)
