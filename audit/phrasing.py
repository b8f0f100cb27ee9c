r"""The notation of phrases in tables, read and matched against folded text without regular expressions of their own.

    bonus video                says this and nothing else
    read also: …               begins so; `[: …]` at the end: it may go on after a colon, or not
    … - dw - {date}            ends so
    … press ctrl+enter …       says so somewhere
    (read|see) also            one of several
    [the] news of [the] day    with or without; a space beside the brackets goes with them
    comment*                   any ending of the word, which has four letters or more
    by … of the {site}         in the middle: any words, up to 60 characters, within the sentence
    {number} {date} {time} {name} {words} {site} {phone} {email}     a figure, a date …; name: up to five words
    {article}                  a word of the list of that name
    \( \[ \| \* \{             the character itself

Case is ignored, and so is punctuation between words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeAlias

import regex

Step: TypeAlias = Callable[[str, int, int], Iterable[int]]  # text, position, limit -> where the step may end
Node: TypeAlias = "str | Step | Choice"


class Choice:
    """One of several sequences of nodes, looked up by the character that each begins with."""

    __slots__ = ("by_first", "others", "sequences")

    def __init__(self, sequences: list[list[Node]]) -> None:
        self.sequences = sequences
        self.by_first: dict[str, list[list[Node]]] = defaultdict(list)
        self.others: list[list[Node]] = []
        for sequence in sequences:
            first = sequence[0] if sequence else None
            (self.by_first[first[0]] if isinstance(first, str) else self.others).append(sequence)

    def at(self, character: str) -> list[list[Node]]:
        """Return the sequences that may match where `character` stands."""
        return self.by_first[character] + self.others if character in self.by_first else self.others


HEAD = 4  # letters of a phrase's first word by which it is looked up
_CHOICES = 24  # most literals that one phrase may ask for
_TELLING = 8  # letters that make a literal rare enough: then fewer literals are better than longer ones
_YEARS = ("20",)  # what every {date} of our time holds
_SPACELESS = "\u2e80"  # from here on scripts that set no spaces between words

_GAP = regex.compile(r"[^\p{L}\p{M}\p{N}]{1,6}")
_EDGE = regex.compile(r"[^\p{L}\p{N}]*")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?"
_MONTH = r"(?:of |de |del |d')?\p{L}[\p{L}\p{M}]{2,}[.,]*"
_NAME = regex.compile(
    r"(?<!\s)[, ]{0,2}[\p{L}\p{N}@\"][\p{L}\p{M}\p{N}.'&/@_\"-]*|[\p{L}\p{N}@\"][\p{L}\p{M}\p{N}.'&/@_\"-]*"
)
_PATTERNS = {
    "number": r"\d(?:[\d.,' ]{0,12}\d)?\+?(?: ?(?:k|m|mil|mio|tis|tys|тыс|тис|хил|хиљ|万|萬)\b\.?)?",
    "date": rf"(?:\p{{L}}{{2,}}[.,]* )?(?:\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?\d{{2,4}}"
    rf"|\d{{4}}[./-] ?\d{{1,2}}[./-] ?\d{{1,2}}|{_DAY} {_MONTH} (?:de |del )?\d{{4}}"
    rf"|\p{{L}}{{3,}}\.? {_DAY},? \d{{4}}|\d{{4}}[年년] ?\d{{1,2}}[月월] ?\d{{1,2}}[日일])"
    r"(?:\.|(?: ?(?:г|р|року|года|год|god|godine|year|r|roku)\b\.?))?",
    "time": r"\d{1,2} ?[:.h] ?\d{2}(?::\d{2})?(?: ?(?:h|hrs?|hours?|uhr|[ap]\.?m|часов|ч|год|sati|часа|小时|z))?\b"
    r"(?: ?\(?(?:cet|cest|eet|eest|utc|gmt|est|edt|et|msk|мск|bst|ist|local time)(?:[+-]\d{1,2})?\)?)?",
    "words": r"[^.!?]{1,80}",
    "site": r"(?:https?://)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,6}\b(?:/\S*)?",
    "phone": r"\+?[(\d][\d ()/.-]{2,22}\d",
    "email": r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+",
}
_TOKEN = regex.compile(r"\\.|\{\w+\}| … | …|: |\w+|.", regex.DOTALL)
_BRACKET = regex.compile(r"[()\[\]]")
_BRACKET_OR_BAR = regex.compile(r"[()\[\]|]")
_OPTIONS = regex.compile(r"\[([^\[\]()]*\|[^\[\]()]*)\]")
_LEADING_OPTIONS = regex.compile(r"(^|[(|])((?:\[[^\[\]]*\] )+)")


def skip(text: str, position: int, limit: int) -> int:
    """Return the first letter or digit of `text` from `position` on, or `limit`."""
    return position if position < limit and text[position].isalnum() else int(_EDGE.match(text, position, limit).end())


def keys(text: str, position: int) -> tuple[str, ...]:
    """Return the keys by which a phrase that begins at `position` is looked up: its first letters.

    A number is "#", a script without spaces gives one character; a short word, which many sentences begin with, also
    gives a key with the first letters of the second word.
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
    return (key, f"{key} {second[:2]}") if second else (key,)


def _key(start: str) -> str:
    if not start.isalnum():
        found = _WORD.match(start)
        start = found.group() if found else ""
    if start.isascii() and start.isalpha():
        return start
    if start[:1].isdecimal():
        return "#"
    return start[:1] if start[:1] >= _SPACELESS else start


def _is_short(key: str) -> bool:
    return len(key) < HEAD and key.isalpha() and key < _SPACELESS


def heads(notation: str, lists: Mapping[str, str]) -> set[str]:
    """Return the keys of all that `notation` may begin with; `lists` are the alternatives behind its names."""
    opening = notation[:1]
    if opening == "{":
        name, _, after = notation[1:].partition("}")
        if name not in lists:
            return {"#"}
        inside = lists[name]
    elif opening in ("(", "["):
        end = _closing(notation)
        inside, after = notation[1:end], notation[end + 1 :]
    else:
        return _word_heads(notation, lists)
    keys, short = _choice_heads(inside)
    found = set(keys)
    for choice in short:
        found |= heads(choice + after, lists)
    return found | heads(after.lstrip(), lists) if opening == "[" else found


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


def _word_heads(notation: str, lists: Mapping[str, str]) -> set[str]:
    start = skip(notation, 0, len(notation))
    key, after = _key(notation[start : start + HEAD]), ""
    if not _is_short(key):
        return {key}
    after = notation[start + len(key) :]
    seconds = heads(after.lstrip(), lists) if after[:1] in (" ", "[") else {""}
    return {f"{key} {second[:2]}" if second else key for second in seconds}


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


def ends(phrase: tuple[Node, ...], text: str, position: int, limit: int) -> set[int]:
    """Return where in the folded `text` a parsed phrase that begins at `position` may end, up to `limit`."""
    return {end for end in _run(phrase, text, position, limit) if end == limit or _breaks(text, end)}


def _step(node: Node, text: str, position: int, limit: int) -> Iterable[int]:
    if isinstance(node, str):
        return (position + len(node),) if text.startswith(node, position, limit) else ()
    if isinstance(node, Choice):
        sequences = node.at(text[position : position + 1])
        return [end for sequence in sequences for end in _run(sequence, text, position, limit)]
    return node(text, position, limit)


def _run(sequence: Sequence[Node], text: str, position: int, limit: int) -> Iterable[int]:
    places: Iterable[int] = (position,)
    for node in sequence:
        if isinstance(node, str):
            places = [place + len(node) for place in places if text.startswith(node, place, limit)]
        else:
            places = {end for place in places for end in _step(node, text, place, limit)}
        if not places:
            break
    return places


def _breaks(text: str, end: int) -> bool:
    return not (text[end - 1].isalnum() and text[end].isalnum()) or text[end] >= _SPACELESS


def _matcher(pattern: str) -> Step:
    compiled = regex.compile(pattern)

    def step(text: str, position: int, limit: int) -> Iterable[int]:
        found = compiled.match(text, position, limit)
        return (found.end(),) if found else ()

    return step


def _gap(text: str, position: int, limit: int) -> Iterable[int]:
    found = _GAP.match(text, position, limit)
    return (found.end(),) if found else ()


def _rest(text: str, position: int, limit: int) -> Iterable[int]:
    return (limit,)


def _rest_of_words(text: str, position: int, limit: int) -> Iterable[int]:
    return (limit,) if position == limit or not text[position].isalnum() else ()


def _words_between(text: str, position: int, limit: int) -> Iterator[int]:
    end = min(limit, position + 64)
    while found := _GAP.match(text, position, end):
        if any(mark in found.group() for mark in ".!?"):
            return
        yield found.end()
        word = _WORD.match(text, found.end(), limit)
        if not word:
            return
        position = word.end()


def _name(text: str, position: int, limit: int) -> Iterator[int]:
    for _ in range(5):
        found = _NAME.match(text, position, limit)
        if not found or found.end() == position:
            return
        position = found.end()
        yield position


def _ending(text: str, position: int, limit: int) -> Iterable[int]:
    found = _WORD.match(text, position, limit)
    return (found.end() if found else position,)


_colon = _matcher(" ?[:：]")
_colon_gap = _matcher(r" ?[:：][^\p{L}\p{N}]*")
_STEPS: dict[str, Step] = {
    " ": _gap,
    " … ": _words_between,
    " …": _rest_of_words,
    ": ": _colon_gap,
    ":": _colon,
    "…": _rest,
    "*": _ending,
    "{name}": _name,
}


@cache
def _placeholder(name: str) -> Step:
    return _matcher(_PATTERNS[name])


@lru_cache(maxsize=4096)
def parse(notation: str, lists: tuple[tuple[str, str], ...] = ()) -> tuple[Node, ...]:
    """Return `notation` read into steps; a leading or closing `…` that only says where it may stand is left out."""
    named = dict(lists)
    sequences, _ = _sequences(_TOKEN.findall(_spaced(notation)), 0, named)
    return (Choice(sequences),) if len(sequences) > 1 else tuple(sequences[0])


def _spaced(notation: str) -> str:
    """Move the space beside an optional part into its brackets."""
    notation = _OPTIONS.sub(r"[(\1)]", notation)
    notation = _LEADING_OPTIONS.sub(lambda found: found[1] + found[2].replace("] ", " ]"), notation)
    notation = notation.replace(" [", "[ ")
    if notation[0] == "…":
        return notation[1:].removesuffix("…").strip()
    return notation.rstrip(" .:!?")


def _sequences(tokens: list[str], start: int, lists: Mapping[str, str]) -> tuple[list[list[Node]], int]:
    sequences: list[list[Node]] = [[]]
    while start < len(tokens):
        token = tokens[start]
        start += 1
        if token in (")", "]"):
            break
        if token == "|":
            sequences.append([])
        elif token in ("(", "["):
            inner, start = _sequences(tokens, start, lists)
            sequences[-1].append(Choice([*inner, []] if token == "[" else inner))
        else:
            sequences[-1].append(_node(token, lists))
    return sequences, start


def _node(token: str, lists: Mapping[str, str]) -> Node:
    if token in _STEPS:
        return _STEPS[token]
    if token[0] == "{":
        name = token[1:-1]
        return _listed(lists[name]) if name in lists else _placeholder(name)
    return token[-1] if token[0] == "\\" else token


@lru_cache(maxsize=64)
def _listed(words: str) -> Choice:
    return Choice(_sequences(_TOKEN.findall(words), 0, {})[0])


def literals(phrase: Iterable[Node]) -> tuple[str, ...]:
    """Return strings of which every text of a parsed phrase holds one, as rare and as few as can be told."""
    return _best(list(phrase))


def _best(sequence: list[Any]) -> tuple[str, ...]:
    best, current = ("",), ("",)
    for node in (*sequence, None):
        choices = _YEARS if node is _placeholder("date") else _strings(node)
        if choices and len(current) * len(choices) <= _CHOICES:
            current = tuple(before + after for before in current for after in choices)
            continue
        inner = ("",)
        if isinstance(node, Choice):
            inner = tuple({literal for choice in node.sequences for literal in _best(choice)})
        best = max(best, tuple({choice.strip() for choice in current}), inner, key=_rarity)
        current = choices if choices and len(choices) <= _CHOICES else ("",)
    return best


def _rarity(choices: tuple[str, ...]) -> tuple[int, int]:
    return min(min(map(len, choices)), _TELLING), -len(choices)


def _strings(node: Any) -> tuple[str, ...] | None:
    """Return all strings that a step may match, or None if they cannot be counted."""
    if isinstance(node, str):
        return (node,)
    if not isinstance(node, Choice):
        return (" ",) if node is _gap else None
    strings: list[str] = []
    for sequence in node.sequences:
        heads_ = ("",)
        for part in sequence:
            tails = _strings(part)
            if not tails or len(heads_) * len(tails) > _CHOICES:
                return None
            heads_ = tuple(before + after for before in heads_ for after in tails)
        strings += heads_
    return tuple(strings)
