"""A set of words, to be looked for all at once."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick

from audit.text import without_surrogates


class Vocabulary:
    """Words of which a text may hold one; to ask for all at once takes a tenth of the time of one by one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = AhoCorasick(list(words))

    def is_in(self, text: str) -> bool:
        """Tell whether one of the words, be it as part of another word, stands in `text`."""
        try:
            return bool(self._automaton.find_matches_as_indexes(text))
        except UnicodeEncodeError:  # lone surrogates cannot cross into the automaton
            return bool(self._automaton.find_matches_as_indexes(without_surrogates(text)))
