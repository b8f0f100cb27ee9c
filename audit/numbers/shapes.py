"""Read numbers by their shape alone: what "250.000", "1.234,56" and "10 .000" say that were written elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from audit.numbers.locales import Convention, mark_class
from audit.numbers.scan import Number

Wrong = Literal["thousands", "decimal", "space"]


class Reading(NamedTuple):
    """What a number with foreign marks would say: what is wrong, its digits, and what its shape is evidence of."""

    wrong: Wrong
    whole: str
    fraction: str
    shape: frozenset[str]


def read(number: Number, habit: Convention) -> Reading | None:
    """Return what is wrong with a number in a language that writes as `habit` says, or None if that cannot be told."""
    groups, marks = number.groups, [mark_class(mark) for mark in number.marks]
    first, last = marks[0], marks[-1]
    if len(first) > 1:
        return _read_debris(groups) if len(marks) == 1 else None
    if len(marks) > 1 and last != first:
        return _read_mixed(groups, marks, habit)
    if _is_grouped(groups) and set(marks) == {first}:
        is_address = len(groups) == 4 and all(int(group) < 256 for group in groups)
        return None if is_address or habit.role(first) == "group" else _read_grouped(groups, first, habit)
    if len(marks) == 1 and first in ".," and habit.role(first) != "decimal" and len(groups[0]) <= 6:
        return Reading("decimal", groups[0], groups[1], _fraction_shape(groups, first))
    return None


def _is_grouped(groups: Sequence[str]) -> bool:
    return groups[0][0] != "0" and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def _read_debris(groups: Sequence[str]) -> Reading | None:
    if groups[0][0] == "0":
        return None
    ending = "round" if groups[1] == "000" else "debris without zeros"
    return Reading("thousands", "".join(groups), "", frozenset({"debris", ending}))


def _read_mixed(groups: Sequence[str], marks: Sequence[str], habit: Convention) -> Reading | None:
    """Read a number like 1.234,56, which its language writes otherwise."""
    first, last = marks[0], marks[-1]
    if last not in (".", ",") or set(marks[:-1]) != {first} or not _is_grouped(groups[:-1]):
        return None
    whole, fraction = "".join(groups[:-1]), groups[-1]
    if habit.role(first) == "group":
        return Reading("decimal", whole, fraction, frozenset({"fraction"}))
    if first == " ":
        return Reading("space", whole, fraction, frozenset({"space"}))
    foreign = {"second system"} if habit.role(last) == "decimal" and first != "'" else set()
    return Reading("thousands", whole, fraction, frozenset({"both marks"} | foreign))


def _read_grouped(groups: Sequence[str], mark: str, habit: Convention) -> Reading:
    """Read a number like 250.000 or 6.152.524, in whose language that mark is decimal or no mark at all."""
    whole = "".join(groups)
    if mark == " ":
        return Reading("space", whole, "", frozenset({"space"}))
    shape = {"apostrophe"} if mark == "'" else set() if habit.role(mark) else {"second system"}
    if len(groups) > 2:
        shape.add("several groups")
    elif groups[1] == "000":
        shape |= {"round"} if len(groups[0]) > 1 else {"round", "round, one digit"}
    elif groups[1].endswith("00"):
        shape.add("hundreds")
    elif groups[1].endswith("0"):
        shape.add("tens")
    elif len(groups[0]) == 3:
        shape.add("three digits")
    return Reading("thousands", whole, "", frozenset(shape))


def _fraction_shape(groups: Sequence[str], mark: str) -> frozenset[str]:
    shape = {"fraction"}
    if len(groups[1]) > 3:
        shape.add("long fraction")
    if len(groups[0]) == 4 and 1000 <= int(groups[0]) <= 2100:
        shape.add("year")
    if mark == "." and len(groups[1]) == 2 and int(groups[0]) <= 24 and int(groups[1]) < 60:
        shape.add("like a time")
    return frozenset(shape)
