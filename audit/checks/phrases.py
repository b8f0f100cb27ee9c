r"""Find what is left of a page around its article: labels, counters, notices, from a table of phrases.

The table has a phrase a line: columns `phrase`, `language` (of the wording; several with spaces between; empty: any)
and, if wanted, `confidence` (in an article of that very language; empty: high). The notation of a phrase:

    bonus video                a block that says this and nothing else, or that consists of several phrases
    read also: …               a block that begins so; `[: …]` at the end: it may go on after a colon, or not
    … - dw - {date}            a block that ends so; only these words are the leftover
    … press ctrl+enter …       anywhere in a block; the sentence, or the brackets, around it is the leftover
    (read|see) also            one of several
    [the] news of [the] day    with or without; a space beside the brackets goes with them
    comment*                   any ending of the word
    by … of the {site}         in the middle: any words, up to 60 characters, within the sentence
    {number} {date} {time} {name} {words} {site} {phone} {email}     a figure, a date …; name: up to five words
    {article}                  one of the words that the table `words` lists under that name for the phrase's language
    \( \[ \| \* \{             the character itself

Case, and punctuation between words or around a block (bullets, arrows, emoji, colons), are ignored.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import regex

from audit.model import Block, Confidence, Document, Edit, Hit, Kind, Sighting, Table
from audit.text import fold, folded, removal, sentences

_NO_TABLE = Table("", ())
_LONGEST = 320  # characters of a block that may be a leftover as a whole; longer ones are paragraphs
_REACH = 160  # characters around a literal in which its phrase is looked for
_CHOICES = 24  # most literals that one phrase may ask for

_END = r"(?![\p{L}\p{N}])"
_LAST = r"[^\p{L}\p{N}]*\Z"
_EDGE = regex.compile(r"[^\p{L}\p{N}]*")
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?"
_MONTH = r"(?:of |de |del |d')?\p{L}[\p{L}\p{M}]{2,}[.,]*"
_PLACEHOLDERS = {
    "number": r"\d(?:[\d.,' ]{0,12}\d)?\+?(?: ?(?:k|m|mil|mio|tis|tys|тыс|тис|хил|хиљ|万|萬)\b\.?)?",
    "date": rf"(?:\p{{L}}{{2,}}[.,]* )?(?:\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?\d{{2,4}}|\d{{4}}[./-] ?\d{{1,2}}[./-] ?\d{{1,2}}"
    rf"|{_DAY} {_MONTH} (?:de |del )?\d{{4}}|\p{{L}}{{3,}}\.? {_DAY},? \d{{4}}|\d{{4}}[年년] ?\d{{1,2}}[月월] ?\d{{1,2}}[日일])"
    r"(?:\.|(?: ?(?:г|р|року|года|год|god|godine|year|r|roku)\b\.?))?",
    "time": r"\d{1,2} ?[:.h] ?\d{2}(?::\d{2})?(?: ?(?:h|hrs?|hours?|uhr|[ap]\.?m|часов|ч|год|sati|часа|小时|z))?\b"
    r"(?: ?\(?(?:cet|cest|eet|eest|utc|gmt|est|edt|et|msk|мск|bst|ist|local time)(?:[+-]\d{1,2})?\)?)?",
    "name": r"[\p{L}\p{N}@][\p{L}\p{M}\p{N}.'&/@_-]*(?:,? [\p{L}\p{N}@][\p{L}\p{M}\p{N}.'&/@_-]*){0,4}",
    "words": r"[^.!?]{1,80}",
    "site": r"(?:https?://)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[\p{L}]{2,6}\b(?:/\S*)?",
    "phone": r"\+?[(\d][\d ()/.-]{2,22}\d",
    "email": r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+",
}
_KNOWN = {"date": ("20",)}  # literals of placeholders that stand for something never without them
_PLAIN = regex.compile(r"[^\\{}()\[\]|*…:]+")
_TOKEN = regex.compile(r"\\.|\{\w+\}| … |: |\w+|.", regex.DOTALL)
_MARKS = {
    "(": "(?:",
    "[": "(?:",
    "|": "|",
    ")": ")",
    "]": ")?",
    "*": r"[\p{L}\p{M}]*",
    " ": r"[^\p{L}\p{N}]{1,6}",
    " … ": r"[^\p{L}\p{N}.!?][^.!?]{0,60}?(?<![\p{L}\p{N}])",
    ": ": r" ?[:：][^\p{L}\p{N}]*",
    ":": " ?[:：]",
    "…": ".*",
}


class Phrase(NamedTuple):
    """A line of the table: its notation folded and with the words of `{article}` and the like put in."""

    notation: str
    languages: tuple[str, ...]
    confidence: Confidence

    @property
    def floats(self) -> bool:
        """Whether it may stand anywhere in a block."""
        return self.notation[0] == "…" and self.notation[-1] == "…"

    @property
    def trails(self) -> bool:
        """Whether it may stand at the end of a block, after other text."""
        return self.notation[0] == "…" and self.notation[-1] != "…"

    @property
    def goes_on(self) -> bool:
        """Whether it takes in words that the table does not know."""
        return self.notation.endswith(("…", "…]")) or "{words}" in self.notation or "{name}" in self.notation


class Leftover(NamedTuple):
    """The span of a leftover, with the phrases that it consists of; `block` is set when nothing else stands there."""

    start: int
    end: int
    phrases: tuple[Phrase, ...]
    block: int | None


@dataclass(frozen=True)
class Check:
    """`table` holds the phrases, `words` the lists that they name, `beside` phrases that may follow one in its block."""

    table: Table
    words: Table = _NO_TABLE
    beside: Table = _NO_TABLE

    @cached_property
    def _index(self) -> dict[str, tuple[Phrase, ...]]:
        index: dict[str, tuple[Phrase, ...]] = {}
        for phrase in _phrases(self.table, self.words):
            for literal in literals(phrase.notation):
                index[literal] = (*index.get(literal, ()), phrase)
        return index

    @cached_property
    def _inside(self) -> frozenset[str]:
        return frozenset(key for key, phrases in self._index.items() if any(p.notation[0] == "…" for p in phrases))

    @cached_property
    def _beside(self) -> tuple[Phrase, ...]:
        return tuple(_phrases(self.beside, self.words))

    @property
    def literals(self) -> frozenset[str]:
        """A fixed part of every phrase."""
        return frozenset(self._index)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the leftovers of `document`, with their removal where they are blocks or sentences."""
        last: Leftover | None = None
        for number, seen in self._seen_blocks(document, sightings):
            for leftover in self._in_block(document, number, seen):
                beside = last is not None and last.block == number - 1
                yield _hit(document, leftover, beside)
                last = leftover

    def _seen_blocks(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[tuple[int, list[Sighting]]]:
        blocks, inside = document.blocks, self._inside
        number, seen = 0, list[Sighting]()
        for sighting in sightings:
            if number < len(blocks) and sighting.start >= blocks[number].end:
                if seen:
                    yield number, seen
                    seen = []
                while number < len(blocks) and sighting.start >= blocks[number].end:
                    number += 1
            if number == len(blocks):
                return
            block = blocks[number]
            if block.end - block.start <= _LONGEST or sighting.literal in inside:
                seen.append(sighting)
        if seen:
            yield number, seen

    def _in_block(self, document: Document, number: int, seen: list[Sighting]) -> Iterator[Leftover]:
        text, block = document.once(folded), document.blocks[number]
        parts = dict(self._parts(document, block, seen))
        if block.end - block.start <= _LONGEST:
            own = {phrase for sighting in seen for phrase in self._index[sighting.literal] if phrase.notation[0] != "…"}
            phrases = self._tile(text, block, sorted(own, key=lambda phrase: -len(phrase.notation)), parts)
            if phrases:
                yield Leftover(block.start, block.end, phrases, number)
                return
        for (start, end), phrase in sorted(parts.items()):
            yield Leftover(start, end, (phrase,), None)

    def _parts(
        self, document: Document, block: Block, seen: list[Sighting]
    ) -> Iterator[tuple[tuple[int, int], Phrase]]:
        """Yield the sentences and ends of `block` that are leftovers."""
        text = document.once(folded)
        for sighting in seen:
            if sighting.literal not in self._inside:
                continue
            start, end = max(block.start, sighting.start - _REACH), min(block.end, sighting.end + _REACH)
            for phrase in self._index[sighting.literal]:
                if phrase.floats and (found := _pattern(phrase.notation).search(text, start, end)):
                    yield _around(document, found.start(), found.end()), phrase
                elif phrase.trails and (found := _pattern(phrase.notation).search(text, start, block.end)):
                    yield (found.start(), block.end), phrase

    def _tile(
        self, text: str, block: Block, own: list[Phrase], parts: dict[tuple[int, int], Phrase]
    ) -> tuple[Phrase, ...]:
        """Return phrases that make up the whole block, one after the other, or nothing."""
        sentences = {_EDGE.match(text, start).end(): (end, phrase) for (start, end), phrase in parts.items()}
        position, used = _skip(text, block.start, block.end), list[Phrase]()
        while position < block.end:
            end, phrase = sentences.get(position) or _longest(text, position, block.end, own)
            if phrase is None and used:
                end, phrase = _longest(text, position, block.end, self._beside)
            if phrase is None:
                return ()
            used.append(phrase)
            position = _skip(text, end, block.end)
        return tuple(used)


def _phrases(table: Table, words: Table) -> Iterator[Phrase]:
    lists = {(row.cells["name"], language): row.cells["words"] for row in words.rows for language in _languages(row)}
    for row in table.rows:
        notation = fold(row.cells["phrase"])
        languages = _languages(row)
        if "{" in notation:
            notation = _filled(notation, languages, lists)
        level = row.cells.get("confidence")
        yield Phrase(notation, languages, Confidence.parse(level) if level else Confidence.HIGH)


def _languages(row: Any) -> tuple[str, ...]:
    return tuple(row.cells["language"].split()) or ("",)


def _filled(notation: str, languages: tuple[str, ...], lists: dict[tuple[str, str], str]) -> str:
    for name in set(regex.findall(r"\{(\w+)\}", notation)) - _PLACEHOLDERS.keys():
        words = [lists[name, language] for language in (*languages, "") if (name, language) in lists]
        notation = notation.replace(f"{{{name}}}", fold(f"({'|'.join(words)})"))
    return notation


def literals(notation: str) -> tuple[str, ...]:
    """Return strings of which every text that `notation` matches holds one: its longest fixed part, alternatives apart."""
    if _PLAIN.fullmatch(notation):
        return (notation.strip(" .!?"),)
    return _needed(_parse(_TOKEN.findall(_spaced(notation)))[0])


def _spaced(notation: str) -> str:
    """Move the space beside an optional part into its brackets, and drop the marks of the phrase's place."""
    notation = regex.sub(r"(^|[(|])((?:\[[^\[\]]*\] )+)", lambda m: m[1] + m[2].replace("] ", " ]"), notation)
    notation = notation.replace(" [", "[ ")
    if notation[0] == "…":
        notation = notation[1:].removesuffix("…").strip()
    return notation.rstrip(" .:!?")


def _parse(tokens: list[str], start: int = 0) -> tuple[list[list[Any]], int]:
    """Return the alternatives from token `start` to its closing bracket, each a list of text, None and alternatives."""
    sequences: list[list[Any]] = [[]]
    while start < len(tokens):
        token = tokens[start]
        start += 1
        if token in ")]":
            break
        if token == "|":
            sequences.append([])
        elif token in "([":
            inner, start = _parse(tokens, start)
            sequences[-1].append([*inner, []] if token == "[" else inner)
        elif token[0] == "{":
            sequences[-1].append([[known] for known in _KNOWN.get(token[1:-1], ())] or None)
        else:
            sequences[-1].append(token[-1] if token[0] == "\\" else None if token in _MARKS and token != " " else token)
    return sequences, start


def _needed(sequences: list[list[Any]]) -> tuple[str, ...]:
    """Return the best literals of a group: those of each alternative together."""
    return tuple({literal for sequence in sequences for literal in _best(sequence)})


def _best(sequence: list[Any]) -> tuple[str, ...]:
    best, current = ("",), ("",)
    for part in (*sequence, None):
        choices = (part,) if isinstance(part, str) else None if part is None else _strings(part)
        if choices and len(current) * len(choices) <= _CHOICES:
            current = tuple(head + tail for head in current for tail in choices)
            continue
        inner = _needed(part) if part else ("",)
        stripped = tuple({choice.strip() for choice in current})
        best = max(best, stripped, inner, key=lambda literals: min(map(len, literals)))
        current = choices if choices and len(choices) <= _CHOICES else ("",)
    return best


def _strings(sequences: list[list[Any]]) -> tuple[str, ...] | None:
    """Return all strings of a group, or None if they cannot be counted."""
    strings: list[str] = []
    for sequence in sequences:
        heads = [""]
        for part in sequence:
            tails = [part] if isinstance(part, str) else None if part is None else _strings(part)
            if not tails or len(heads) * len(tails) > _CHOICES:
                return None
            heads = [head + tail for head in heads for tail in tails]
        strings += heads
    return tuple(strings)


@lru_cache(maxsize=4096)
def _pattern(notation: str) -> Any:
    """Return the regular expression of a phrase, for folded text."""
    body = "".join(
        _PLACEHOLDERS[token[1:-1]]
        if token[0] == "{"
        else token
        if token[0] == "\\"
        else _MARKS.get(token) or regex.escape(token)
        for token in _TOKEN.findall(_spaced(notation))
    )
    if notation[0] != "…":
        return regex.compile(body + ("" if notation.endswith(("…", "…]")) else _END))
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{body}){_END if notation[-1] == '…' else _LAST}")


def _skip(text: str, position: int, end: int) -> int:
    """Return the first letter or digit from `position` on, or `end`."""
    return int(_EDGE.match(text, position, end).end())


def _longest(text: str, position: int, end: int, phrases: Sequence[Phrase]) -> tuple[int, Phrase | None]:
    """Return the end of the longest phrase that `text` holds at `position`, and the phrase; the surer one if several."""
    best: tuple[int, Phrase | None] = (position, None)
    for phrase in phrases:
        found = _pattern(phrase.notation).match(text, position, end)
        if found and found.end() > position:
            reached = (found.end(), phrase.confidence)
            if best[1] is None or reached > (best[0], best[1].confidence):
                best = (found.end(), phrase)
    return best


def _around(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the sentence around `start:end`, or the brackets in it that hold the span."""
    found = document.once(sentences)
    sentence = found[bisect_right(found, start, key=lambda sentence: sentence.start) - 1]
    stop = max(end, sentence.end)
    for opening, closing in ("()", "[]"):
        left = document.text.rfind(opening, sentence.start, start)
        right = document.text.find(closing, end, stop)
        if left >= 0 and right >= 0 and closing not in document.text[left:start]:
            return left, right + 1
    return sentence.start, stop


def _hit(document: Document, leftover: Leftover, beside: bool) -> Hit:
    """Return the hit of a leftover; `beside` says that the block before it is one, too."""
    index = document.block_index(leftover.start)
    assert index is not None
    block = document.blocks[index]
    confidence = _confidence(document, leftover, block, beside or index == len(document.blocks) - 1)
    if leftover.block is None:
        return Hit(leftover.start, leftover.end, confidence, edits=(_cut(document, block, leftover),))
    sure = confidence is Confidence.HIGH and not any(phrase.goes_on for phrase in leftover.phrases)
    return Hit(leftover.start, leftover.end, confidence, edits=(removal(document, index),), safe=sure and index > 0)


def _confidence(document: Document, leftover: Leftover, block: Block, supported: bool) -> Confidence:
    """Return the surest phrase's confidence, moved by the wording's language, its company and the kind of block."""
    level = max(phrase.confidence for phrase in leftover.phrases)
    target = block.language or document.target_language
    if target and all(_foreign(phrase.languages, target) for phrase in leftover.phrases):
        level += 1
    level += supported or len(leftover.phrases) > 1
    level -= block.kind in (Kind.HEADLINE, Kind.HEADING, Kind.CELL)
    return Confidence(min(max(level, Confidence.LOW), Confidence.HIGH))


def _foreign(languages: tuple[str, ...], target: str) -> bool:
    return languages != ("",) and target.split("-")[0] not in languages


def _cut(document: Document, block: Block, leftover: Leftover) -> Edit:
    """Return the edit that takes a part of a block out, with the space that set it off."""
    text, start, end = document.text, leftover.start, leftover.end
    while start > block.start and text[start - 1].isspace():
        start -= 1
    while start == block.start and end < block.end and text[end].isspace():
        end += 1
    return Edit(start, end, "")
