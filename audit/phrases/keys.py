"""What phrases are looked up by: the letters that they begin with, or a string that they cannot do without."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeAlias

from audit.expressions import expression
from audit.phrases.notation import BEHIND, SPACELESS, WORD, Choice, Node, gap, parse, placeholder, skip

Lists: TypeAlias = tuple[tuple[str, str], ...]  # name and alternatives

HEAD = 4  # letters of a phrase's first word by which it is looked up
_CHOICES = 24  # most literals that one phrase may ask for
_TELLING = 8  # letters that make a literal rare enough: then fewer literals are better than longer ones
_COUNTS = ("number", "date", "time", "phone")  # places that a figure opens
_COMMON = {"a", "an", "the", "this", "that", "it", "is", "was", "has", "been", "be", "of", "in", "on", "to", "or"}
_YEARS = ("20",)  # what every {date} of our time holds
_BRACKET = expression(r"[()\[\]]")
_BRACKET_OR_BAR = expression(r"[()\[\]|]")


def keys(text: str, position: int) -> tuple[str, ...]:
    """Return the keys by which a phrase that begins at `position` is looked up: its first letters.

    A number is "#", a script without spaces gives one character; a short word, which many sentences begin with, also
    gives a key with those of the second word.
    """
    key = _key(text[position : position + HEAD])
    if not _is_short(key):
        return (key,)
    following = position + len(key)
    if text[following : following + 1].isspace():
        following += 1
    if not text[following : following + 1].isalnum():
        following = skip(text, following, min(len(text), following + 6))
    second = _key(text[following : following + HEAD])
    return (key, f"{key} {second}") if second else (key,)


def _key(start: str) -> str:
    if not start.isalnum():
        found = WORD.match(start)
        start = found.group() if found else ""
    if start.isascii() and start.isalpha():
        return start
    if start[:1].isdecimal():
        return "#"
    return start[:1] if start[:1] >= SPACELESS else start


def _is_short(key: str) -> bool:
    return len(key) < HEAD and key.isalpha() and key < SPACELESS


def heads(notation: str, lists: Lists, second: bool = True) -> set[str]:
    """Return the keys of all that `notation` may begin with; `lists` are the alternatives behind its names.

    The key is empty where any name may stand. `second` says whether a short word needs its second word in the key, as
    `keys` gives it.
    """
    opening = notation[:1]
    if opening == "{":
        name, _, after = notation[1:].partition("}")
        if name in BEHIND:
            return heads(after, lists, second)
        inside = next((words for listed, words in lists if listed == name), "")
        if not inside:
            return {"#"} if name in _COUNTS else {""}
    elif opening in ("(", "["):
        end = _closing(notation)
        inside, after = notation[1:end], notation[end + 1 :]
    else:
        return _word_heads(notation, lists, second)
    keys, short = _choice_heads(inside)
    found = set(keys)
    for choice in short:
        found |= heads(choice + after, lists, second)
    return found | heads(after.lstrip(), lists, second) if opening == "[" else found


@lru_cache(maxsize=4096)
def _choice_heads(inside: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the keys of alternatives that one word tells, and the other alternatives."""
    found, short = set(), []
    for choice in _choices(inside) if "(" in inside or "[" in inside else inside.split("|"):
        key = _key(choice[:HEAD])
        if len(key) == HEAD or (key and not _is_short(key)):
            found.add(key)
        else:
            short.append(choice)
    return frozenset(found), tuple(short)


def _word_heads(notation: str, lists: Lists, second: bool) -> set[str]:
    start = skip(notation, 0, len(notation))
    key = _key(notation[start : start + HEAD])
    if not second or not _is_short(key):
        return {key}
    after = notation[start + len(key) :]
    following = _second_heads(after.lstrip(), lists) if after[:1] in (" ", "[") else ("",)
    return {f"{key} {word}" if word else key for word in following}


@lru_cache(maxsize=1024)
def _second_heads(notation: str, lists: Lists) -> frozenset[str]:
    """Return what a second word may begin with; cached, since one part follows many short words."""
    return frozenset(heads(notation, lists, second=False))


def _closing(notation: str) -> int:
    depth = 0
    for found in _BRACKET.finditer(notation):
        depth += 1 if found.group() in "([" else -1
        if depth == 0:
            return int(found.start())
    raise ValueError(f"“{notation}” opens a bracket that it does not close")


def _choices(inside: str) -> list[str]:
    choices, depth, start = [], 0, 0
    for found in _BRACKET_OR_BAR.finditer(inside):
        mark = found.group()
        depth += (mark in "([") - (mark in ")]")
        if mark == "|" and depth == 0:
            choices.append(inside[start : found.start()])
            start = found.end()
    return [*choices, inside[start:]]


def literals(phrase: Iterable[Node]) -> tuple[str, ...]:
    """Return strings of which every text of a parsed phrase holds one, as rare and as few as can be told.

    They take a single space for what stands between two words, and a date for one of our time.
    """
    return _best(list(phrase), True)


@lru_cache(maxsize=4096)
def needed(notation: str, lists: Lists) -> tuple[str, ...]:
    """Return parts of words of which every text of a phrase holds one, whatever stands between its words."""
    return _best(list(parse(notation, lists)), False)


def _best(sequence: list[Any], usual: bool) -> tuple[str, ...]:
    best: tuple[str, ...] = ("",)
    current: tuple[str, ...] = ("",)
    for node in (*sequence, None):
        choices = _strings(node, usual)
        if choices and len(current) * len(choices) <= _CHOICES:
            current = tuple(before + after for before in current for after in choices)
            continue
        inner: tuple[str, ...] = _YEARS if usual and node is placeholder("date") else ("",)
        if isinstance(node, Choice) and not choices:
            inner = tuple({literal for choice in node.sequences for literal in _best(choice, usual)})
        best = max(best, tuple({choice.strip() for choice in current}), inner, key=_rarity)
        current = choices if choices and len(choices) <= _CHOICES else ("",)
    return best


def _rarity(choices: tuple[str, ...]) -> tuple[int, int]:
    return min(min(map(_letters, choices)), _TELLING), -len(choices)


@lru_cache(maxsize=1 << 14)
def _letters(choice: str) -> int:
    """Return how many letters of a literal are worth looking for; any company makes a word rarer."""
    words = choice.split()
    return sum(len(word) for word in words if word not in _COMMON) + (len(words) > 1)


def _strings(node: Any, usual: bool) -> tuple[str, ...] | None:
    """Return all strings that a step may match (if `usual`, most likely matches), or None if they cannot be counted."""
    if isinstance(node, str):
        return (node,)
    if not isinstance(node, Choice):
        return (" ",) if usual and node is gap else None
    strings: list[str] = []
    for sequence in node.sequences:
        starts: tuple[str, ...] = ("",)
        for part in sequence:
            tails = _strings(part, usual)
            if not tails or len(starts) * len(tails) > _CHOICES:
                return None
            starts = tuple(before + after for before in starts for after in tails)
        strings += starts
    return tuple(strings)
