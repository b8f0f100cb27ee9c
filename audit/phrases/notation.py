r"""The notation of phrases in tables, read and matched against folded text without regular expressions of their own.

    bonus video                says this and nothing else
    read also: …               begins so; `[: …]` at the end: it may go on after a colon, bar or arrow, or not
    … - dw - {date}            ends so
    … press ctrl+enter …       says so somewhere
    (read|see) also            one of several
    [the] news of [the] day    with or without; a space beside the brackets goes with them
    comment*                   any ending of the word, which has four letters or more
    by … of the {site}         in the middle, between spaces: any words, up to 60 characters, within the sentence
    {number} {date} {time} {name} {words} {site} {phone} {email}     a figure, a date …; name: up to five words
    {day} {year} {dash} {plus}     of a date: 3., 2024; a dash, bar or arrow, a plus, which must be there
    {icon} {star}              nothing: right behind an eye, a heart …; behind an asterisk, as footnotes have it
    {article}                  a word of the list of that name; {article}+ one to twelve of them
    \( \[ \| \* \{             the character itself

Case is ignored, and so is punctuation between words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TypeAlias

import regex

from audit.expressions import expression

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


BEHIND = frozenset(("icon", "star"))  # what is only looked back at, and takes no characters
SPACELESS = "\u2e80"  # from here on scripts that set no spaces between words

_GAP = expression(r"[^\p{L}\p{M}\p{N}]{1,6}")
_TO_SENTENCE_END = expression(r"[^.!?。！？]*")
_EDGE = expression(r"[^\p{L}\p{N}©]*")
WORD = expression(r"[\p{L}\p{M}\p{N}]+|©")
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?"
_MONTH = r"(?:of |de |del |d')?\p{L}[\p{L}\p{M}]{2,}[.,]*"
_SHORT_MONTH = (
    r"(?:jan|feb|mar|mär|apr|may|mai|maj|jun|jul|aug|sept?|oct|okt|nov|dec|dez|янв|фев|мар|апр|май|мая|мај|июн|июл|јун|јул"
    r"|авг|сен|сеп|окт|ноя|нов|дек)"
)
_NAME = expression(
    r"(?<!\s)[, ]{0,2}[\p{L}\p{N}@\"][\p{L}\p{M}\p{N}.'&/@_\"-]*|[\p{L}\p{N}@\"][\p{L}\p{M}\p{N}.'&/@_\"-]*"
)
_PATTERNS = {
    "number": r"\d(?:[\d.,' ]{0,12}\d)?\+?(?: ?(?:k|m|mil|mio|thousand|tausend|tis|tys|tisuća|hiljada"
    r"|тыс|тысяч|тис|тисяч|хил|хиљ|хиляди|к|万|萬)\b\.?)?",
    "date": rf"(?:\p{{L}}{{2,}}[.,]* )?(?:\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?\d{{2,4}}"
    rf"|\d{{4}}[./-] ?\d{{1,2}}[./-] ?\d{{1,2}}|{_DAY} {_MONTH} (?:de |del )?\d{{4}}"
    rf"|\p{{L}}{{3,}}\.? {_DAY},? \d{{4}}|\d{{1,2}}\.? {_SHORT_MONTH}\.? '?\d{{2}}(?![\d:.h])"
    r"|\d{4}[年년] ?\d{1,2}[月월] ?\d{1,2}[日일])"
    r"(?:\.|(?: ?(?:г|р|року|года|год|god|godine|year|r|roku)\b\.?))?",
    "time": r"(?:\d{1,2} ?[:.h] ?\d{2}(?::\d{2})?|\d{1,2}(?= ?[ap]\.?m\b))"
    r"(?: ?(?:h|hrs?|hours?|uhr|[ap]\.?m|часов|ч|год|sati|часа|小时|z))?\b"
    r"(?: ?\(?(?:cet|cest|eet|eest|utc|gmt|est|edt|et|msk|мск|bst|ist|local time)(?:[+-]\d{1,2})?\)?)?",
    "words": r"[^.!?]{1,80}",
    "icon": r"(?<=[👁👀💬🗨❤♥👍👎🔥📖⏱🕒🕓⏳🔁📈💙🖤]\ufe0f?\s{0,2})",
    "star": r"(?<=[*†¹²³]\)?\s{0,2})",
    "dash": r" ?[-|/•·:→➡›>] ?",
    "plus": r"\+",
    "day": r"\d{1,2}(?!\d)(?:st|nd|rd|th|\.)?",
    "year": r"\d{4}\b",
    "site": r"(?:https?://)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,6}\b(?:/\S*)?",
    "phone": r"\+?[(\d][\d ()/.-]{2,22}\d",
    "email": r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+",
}
_TOKEN = expression(r"\\.|\{\w+\}\+?| … | …|: (?!… )|\w+|.", regex.DOTALL)
_OPTIONS = expression(r"\[([^\[\]()]*\|[^\[\]()]*)\]")
_LEADING_OPTIONS = expression(r"(^|[(|])((?:\[[^\[\]]*\] )+)")


def is_inside_word(text: str, position: int) -> bool:
    """Tell whether a word goes on at `position`, in a script that sets spaces between words."""
    before = text[position - 1 : position]
    return before.isalnum() and before < SPACELESS


def skip(text: str, position: int, limit: int) -> int:
    """Return the first letter or digit of `text` from `position` on, or `limit`."""
    return position if position < limit and text[position].isalnum() else int(_EDGE.match(text, position, limit).end())


def ends(phrase: Sequence[Node], text: str, position: int, limit: int) -> set[int]:
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
    return not (text[end - 1].isalnum() and text[end].isalnum()) or text[end] >= SPACELESS


def _matcher(pattern: str) -> Step:
    compiled = expression(pattern)

    def step(text: str, position: int, limit: int) -> Iterable[int]:
        found = compiled.match(text, position, limit)
        return (found.end(),) if found else ()

    return step


def gap(text: str, position: int, limit: int) -> Iterable[int]:
    """Step over what stands between two words."""
    found = _GAP.match(text, position, limit)
    return (found.end(),) if found else ()


def _rest(text: str, position: int, limit: int) -> Iterable[int]:
    return (limit,)


def _rest_of_words(text: str, position: int, limit: int) -> Iterable[int]:
    return (limit,) if position == limit or not text[position].isalnum() else ()


def _words_between(text: str, position: int, limit: int) -> Iterator[int]:
    end = min(limit, position + 64)
    if text[position : position + 1] >= SPACELESS:
        sentence = _TO_SENTENCE_END.match(text, position, end)
        yield from range(position, sentence.end() if sentence else position)
        return
    while found := _GAP.match(text, position, end):
        if any(mark in found.group() for mark in ".!?"):
            return
        yield found.end()
        word = WORD.match(text, found.end(), limit)
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


@lru_cache(maxsize=256)
def _several(choice: Choice | Step) -> Step:
    """Return the step that takes one to twelve of `choice`, one word after the other."""

    def step(text: str, position: int, limit: int) -> Iterable[int]:
        found: set[int] = set()
        places = {position}
        for _ in range(12):
            reached = {end for place in places for end in _step(choice, text, place, limit)} - found
            if not reached:
                break
            found |= reached
            places = {place for end in reached for place in gap(text, end, limit)}
        return found

    return step


def _ending(text: str, position: int, limit: int) -> Iterable[int]:
    found = WORD.match(text, position, limit)
    return (found.end() if found else position,)


_colon = _matcher(" ?[:：→➡›>|]")
_colon_gap = _matcher(r" ?[:：→➡›>|][^\p{L}\p{N}]*")
_STEPS: dict[str, Step] = {
    " ": gap,
    " … ": _words_between,
    " …": _rest_of_words,
    ": ": _colon_gap,
    ":": _colon,
    "…": _rest,
    "*": _ending,
    "{name}": _name,
}


@cache
def placeholder(name: str) -> Step:
    """Return the step over what `{name}` stands for."""
    return _matcher(_PATTERNS[name])


_OPEN = (_words_between, _rest_of_words, _rest, placeholder("words"))


@lru_cache(maxsize=4096)
def parse(notation: str, lists: tuple[tuple[str, str], ...] = ()) -> tuple[Node, ...]:
    """Return `notation` read into steps; a leading or closing `…` that only says where it may stand is left out."""
    named = dict(lists)
    sequences, _ = _sequences(_TOKEN.findall(_spaced(notation)), 0, named)
    return (Choice(sequences),) if len(sequences) > 1 else tuple(sequences[0])


def without_open(phrase: Iterable[Node]) -> list[Node] | None:
    """Return a parsed phrase without the alternatives that leave words open; None if it always does."""
    nodes: list[Node] = []
    for node in phrase:
        if isinstance(node, Choice):
            sequences = [closed for sequence in node.sequences if (closed := without_open(sequence)) is not None]
            if not sequences:
                return None
            node = Choice(sequences)
        elif node in _OPEN:
            return None
        nodes.append(node)
    return nodes


def _spaced(notation: str) -> str:
    """Move the space beside an optional part into its brackets; leave out where the phrase may stand."""
    inside = notation[0] == "…"
    if inside:
        notation = notation[1:].removesuffix("…").strip()
    notation = _OPTIONS.sub(r"[(\1)]", notation)
    notation = _LEADING_OPTIONS.sub(lambda found: found[1] + found[2].replace("] ", " ]"), notation)
    notation = notation.replace(" [", "[ ")
    return notation if inside else notation.rstrip(" .:!?")


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
        name = token.strip("{}+")
        choice = _listed(lists[name]) if name in lists else placeholder(name)
        return _several(choice) if token[-1] == "+" else choice
    return token[-1] if token[0] == "\\" else token


@lru_cache(maxsize=256)
def _listed(words: str) -> Choice:
    return Choice(_sequences(_TOKEN.findall(words), 0, {})[0])
