"""Find names in small letters that the article writes with a capital elsewhere: "shiba Inu" beside "Shiba Inu"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from audit.model import Confidence, Document, Edit, Hit, Sighting

_SEAM = regex.compile(r"(?<=[a-z] )[A-Z]")  # the capital after a word in small letters
_WORD = regex.compile(r"\p{L}+")
_SHORTEST = 4  # letters; shorter ones are words of grammar
_LONGEST = 30  # letters
_PIECE = 200_000  # characters of an article that are looked at
_MOST = 1000  # seams that are looked at in one article, so that the work stays bounded


@dataclass(frozen=True)
class Check:
    """`titles`: words that stand before names with and without a capital, as style will have it."""

    titles: tuple[str, ...] = ()

    @cached_property
    def _titles(self) -> frozenset[str]:
        return frozenset(self.titles)

    @property
    def literals(self) -> tuple[str, ...]:
        """Nothing: any name may lose its capital."""
        return ()

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield words in small letters before a capital where both make a name elsewhere."""
        text = document.text[:_PIECE]
        for count, seam in enumerate(_SEAM.finditer(text)):
            if count == _MOST:
                return
            start = text.rfind(" ", max(0, seam.start() - _LONGEST), seam.start() - 1) + 1
            word = "" if start == 0 else text[start : seam.start() - 1]
            if len(word) >= _SHORTEST and word.isalpha() and word.islower() and word not in self._titles:
                capital = word[0].upper() + word[1:]
                if capital in text and _is_name(text, capital, seam.start()):
                    end = start + len(word)
                    yield Hit(start, end, Confidence.MEDIUM, {"fix": capital}, (Edit(start, end, capital),))


def _is_name(text: str, capital: str, following: int) -> bool:
    """Tell whether `capital` and the word at `following` are a name elsewhere, inside a sentence, not other words."""
    last = _WORD.match(text, following)
    if last is None:
        return False
    whole = regex.compile(rf"(?<=[\p{{Ll}},] ){capital} {last[0]}\b")
    if whole.search(text) is None or text.count(f"{capital} {last[0]}") < 2:
        return False
    small = len(regex.findall(rf"\b{capital.lower()}\b", text))
    return small < text.count(f"{capital} {last[0]}")
