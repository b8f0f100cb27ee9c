"""Find words and phrases that are said again at once: "the the", and the loops in which a decoder is caught."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from audit.expressions import expression
from audit.model import NO_TABLE, Confidence, Document, Edit, Hit, Sighting, Table
from audit.repetition.runs import TOKEN, Run, repetitions
from audit.text import folded

_LOOP = 3  # times that make a loop
_EMPHASIS = 3  # words that are said three times for their weight: I know, I know, I know
_CLAUSE = 6  # words that nobody repeats behind a comma for their weight
_CHANT = 6  # times that nobody sings or shouts, not even in quotes
_WORD = expression(r"[\p{L}\p{M}]+")
_LAST_MARKS = expression(r"[^\p{L}\p{M}\p{N}]*\Z")
_LETTERS = 4  # of a word that is no word of grammar: shorter ones are often sounds
_AROUND = 400  # characters in which a quotation is looked for


class _Language(NamedTuple):
    function: frozenset[str]
    legitimate: frozenset[str]
    link: frozenset[str]
    slips: frozenset[str] = frozenset()  # words of an article that may quote slips


@dataclass(frozen=True)
class Check:
    """`what`: words said twice, phrases said twice or loops; `words` holds words by language and kind (see there)."""

    what: Literal["word", "phrase", "loop"] = "word"
    words: Table = NO_TABLE

    literals = ()  # any word may come twice

    @cached_property
    def _languages(self) -> dict[str, _Language]:
        found: dict[str, dict[str, frozenset[str]]] = {}
        for row in self.words.rows:
            found.setdefault(row.cells["language"], {})[row.cells["kind"]] = frozenset(row.cells["words"].split())
        return {language: _Language(**kinds) for language, kinds in found.items()}

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the repetitions of this kind; `sightings` are not used."""
        runs = document.once(repetitions)
        if not runs:
            return
        tag = document.target_language or "en"
        language = self._languages.get(tag) or self._languages.get(tag.partition("-")[0])
        if language is None:
            language = self._languages.get(f"{tag}-Latn", _Language(frozenset(), frozenset(), frozenset()))
        for run in runs:
            hit = _KINDS[self.what](document, run, language)
            if hit is not None:
                yield hit


def _vocabulary(document: Document) -> frozenset[str]:
    return frozenset(_WORD.findall(document.once(folded)))


def _double(document: Document, run: Run, language: _Language) -> Hit | None:
    """Return the hit of a word said twice; None where that may be."""
    if run.period != 1 or len(run.words) != 2:
        return None
    (first, _), (second, end) = run.words
    text, plain = document.text, document.once(folded)
    while first < second and text[first] in "\"'“„«‘([":
        first += 1
    found = _WORD.match(plain, second)
    if found is None or plain[first : first + len(found[0])] != found[0] or found.end() < end - 3:
        return None
    word, end = found[0], found.end()
    if text[first + len(word) : second].strip(" \n\r\t\u00a0") or text.startswith(("-", "–", "’", "'"), end):
        return None
    if text[second].isupper() or word in language.legitimate or _is_mentioned(text, first, end):
        return None
    known = word in language.function
    if not known and (len(word) < _LETTERS or text[first].isupper() or _is_quoted(document, first, end)):
        return None
    edit = Edit(first + len(word), end, "")
    if _is_quoted(document, first, end) and not language.slips.isdisjoint(document.once(_vocabulary)):
        return Hit(first, end, Confidence.LOW, edits=(edit,))
    return Hit(first, end, Confidence.HIGH if known else Confidence.MEDIUM, edits=(edit,), safe=known)


def _phrase(document: Document, run: Run, language: _Language) -> Hit | None:
    """Return the hit of a phrase said twice with no mark between, or a clause with a comma; None where that may be."""
    if run.period < 2 or len(run.words) != 2 * run.period:
        return None  # "the best of the best of the best" goes on with its first word
    start, end = _bounds(document.text, run)
    between = run.words[run.period - 1][1]
    text, plain = document.text, document.once(folded)
    words = _WORD.findall(plain, start, between)
    if run.period == 2 and not all(word in language.function for word in words):
        return None
    if len(words) < run.period or text[between : run.words[run.period][0]].strip() or _is_quoted(document, start, end):
        return None
    named = all(word[:1].isupper() for word in text[start:between].split())
    joined = text[between - 1].isalpha() or (text[between - 1] == "," and run.period >= _CLAUSE)
    if named or not joined or text[run.words[run.period][0]].isupper():
        return None
    if text[between - 1] == ",":  # goes with what is taken out, and the one behind it stays
        between, end = between - 1, end - (text[end - 1] == ",")
    return Hit(start, end, Confidence.MEDIUM, edits=(Edit(between, end, ""),))


def _loop(document: Document, run: Run, language: _Language) -> Hit | None:
    """Return the hit of a loop, up to where it is cut off; None for chants, refrains and lists."""
    if run.turns < _LOOP:
        return None
    start, end = _bounds(document.text, run)
    text, plain = document.text, document.once(folded)
    words = _WORD.findall(plain, start, run.words[run.period - 1][1])
    raw = text[start : run.words[run.period - 1][1]]
    if sum(map(len, words)) < 2 or len(words) < run.period / 2:
        return None
    if run.turns < _CHANT and (_is_lively(text[start:end], raw, run.period) or _is_quoted(document, start, end)):
        return None
    if run.turns == _LOOP and run.period <= _EMPHASIS and raw.endswith(",") and _is_sentence(text, start, end):
        return None
    sound = run.turns < _CHANT or words[0] in language.legitimate or len(words[0]) < _LETTERS
    if run.period == 1 and sound and words[0] not in language.function:
        return None
    if run.turns < _CHANT and _goes_on(run, words, language):
        return None
    return Hit(start, _cut_end(document, run, end), Confidence.HIGH)


def _bounds(text: str, run: Run) -> tuple[int, int]:
    """Return where the first turn starts and the last one ends, without marks around that the other turns lack."""
    (start, _), (_, end) = run.words[0], run.words[-1]
    if text[start] != text[run.words[run.period][0]] and not text[start].isalnum():
        start += 1
    marks, before = (_LAST_MARKS.search(text, *run.words[place])[0] for place in (-1, -1 - run.period))
    shared = marks
    while not before.startswith(shared):
        shared = shared[:-1]
    return start, end - len(marks) + len(shared)


def _is_lively(text: str, turn: str, period: int) -> bool:
    """Tell whether a phrase is shouted, sung line by line or listed as names are."""
    named = all(word[:1].isupper() or not word[:1].isalpha() for word in turn.split())
    sentence = turn[:1].isupper() and turn.endswith((".", "?"))
    return "!" in text or named or sentence or text.count("\n") >= 2 or (period == 1 and "," in text)


def _is_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether `start:end` begins with a capital and ends with its sentence, which a decoder's loop rarely does."""
    return text[start].isupper() and text[end : end + 1] in tuple(".!?…")


def _goes_on(run: Run, words: list[str], language: _Language) -> bool:
    """Tell whether it is said that something goes on and on and on, or day after day after day."""
    if run.period != 2 or language.link.isdisjoint(words) or language.function.issuperset(words):
        return False
    return len(run.words) % 2 == 1 or run.turns == _LOOP


def _cut_end(document: Document, run: Run, end: int) -> int:
    """Return the end of a loop with the piece of a word in which it stops."""
    text = document.once(folded)
    following = TOKEN.match(text, end + 1) if text[end : end + 1] == " " else None
    if following is None:
        return end
    expected = text[slice(*run.words[len(run.words) - run.period])]
    block = document.block_at(end - 1)
    if block is None or following.end() != block.end or not expected.startswith(following[0].rstrip(".…")):
        return end
    return int(following.end())


def _is_mentioned(text: str, start: int, end: int) -> bool:
    """Tell whether the words stand in quotation marks by themselves: they are spoken of, or a title."""
    return text[start - 1 : start] in tuple("\"'“„«‘") and text[end : end + 1] in tuple("\"'”“»’")


def _is_quoted(document: Document, start: int, end: int) -> bool:
    """Tell whether the span stands inside quotation marks of its block."""
    block = document.block_at(start)
    if block is None:
        return False
    text = document.text
    before, after = text[max(block.start, start - _AROUND) : start], text[end : min(block.end, end + _AROUND)]
    for opening, closing in ("“”", "„“", "«»", "„”"):
        if before.rfind(opening) > before.rfind(closing) and closing in after:
            return True
    return before.count('"') % 2 == 1 and '"' in after


_KINDS = {"word": _double, "phrase": _phrase, "loop": _loop}
