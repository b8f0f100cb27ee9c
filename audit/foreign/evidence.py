"""Weigh how much of a stretch of words is in another language than the target's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audit.expressions import expression
from audit.foreign.lexicon import Language, Lexicon

_WORD = expression(r"[\p{L}\p{M}]+(?:['’\u00ad-][\p{L}\p{M}]+)*")
_LONGEST = 20_000  # words of one block that are looked at

STRONG, WEAK, LETTER = 1.0, 0.5, 0.75


class Word(NamedTuple):
    """A word of the text: its span, and how it reads folded; `name`: it has a capital inside a sentence."""

    start: int
    end: int
    folded: str
    name: bool


class Evidence(NamedTuple):
    """What speaks for a language in a stretch of words.

    `strong`: words that tell of it; `weight`: all that speaks for it; `own`: words of the target language.
    """

    language: Language
    strong: int
    weight: float
    own: int


def words_of(text: str, folded: str, start: int, end: int) -> list[Word]:
    """Return the words of a sentence; in one all in capitals none counts as a name."""
    capitals = text[start:end].isupper()
    found: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        first, last = match.span()
        name = bool(found) and not capitals and text[first].isupper()
        found.append(Word(first, last, folded[first:last], name))
        if len(found) == _LONGEST:
            break
    return found


def weigh(word: Word, language: Language) -> float:
    """Return what a word says for `language`: nothing, or one of STRONG, LETTER and WEAK."""
    if word.folded in language.words:
        return WEAK if word.name else STRONG
    if word.folded in language.weak:
        return 0.0 if word.name else WEAK
    if not word.name and not language.letters.isdisjoint(word.folded):
        return LETTER
    return 0.0


def best(words: Sequence[Word], lexicon: Lexicon) -> Evidence:
    """Return the evidence for the language that most speaks for; of equals the first of the table."""
    read = {word.folded for word in words}
    likely = [language for language in lexicon.languages if not read.isdisjoint(language.words)]
    weighed = [([weigh(word, language) for word in words], language) for language in likely or lexicon.languages[:1]]
    weights, language = max(weighed, key=lambda pair: sum(pair[0]))
    own = sum([is_own(word, language) for word in words])
    strong = weights.count(STRONG) + (0 if language.latin else weights.count(LETTER))  # é stands in names, ы does not
    return Evidence(language, strong, sum(weights), own)


def is_own(word: Word, language: Language) -> bool:
    """Tell whether a word is one of the target language, by itself, its letters, or a script `language` has not."""
    if word.folded in language.own or (language.latin and word.folded[0] > "\u0370"):
        return True
    return not word.name and not language.own_letters.isdisjoint(word.folded)
