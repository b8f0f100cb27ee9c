"""Persons: signs that two spellings are of two people, of relatives, or of one name in a grammatical case."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Collection, Iterator, Sequence

import regex

from audit.model import Document
from audit.names.pairs import CASES, Pair, is_marked
from audit.names.scan import CONSONANTS, MARKS, VELARS

# The patterns are of rare use: compiled at first use, by the library.
_CASE_SIGNS = ("skogo", "skoho", "skomu", "inym", "ovym", "evym", "enka", "enku")
_CASE = r"(?<=\p{L}{2}[st][sk])(?:o[gh]o|omu)$|(?<=(?:in|ov|ev))ym$|(?<=\p{L}{2}enk)[au]$"
_NOMINATIVES = ("y", "iy", "yi", "yy", "i", "ii", "ij", "yj", "o", "")
_STREET = r"(?i) (?:str|square|avenue|lane|boulevard|prosp|st\b|quarter|district|raion|museum|school|univ)"
_MOST_WORDS, _MOST_PLACES = 20_000, 20
_RELATIVE = (
    r"(?:mother|father|brother|sister|wife|husband|son|daughter|widow|parents|mutter|vater|bruder|schwester|frau|sohn|tochter"
    r"|m[èe]re|p[èe]re|fr[èe]re|s[oœ]e?ur|madre|padre|herman[oa]|esposa|moglie|marito|irm[ãa]o?|mãe|pai)\b[,:]?"
    r" (?:\p{L}+ )?$"
)
_SPOKEN_OF = r"(?:[.!?…\n][\s\"'“”„‘’«»]*|\b(?:to|with|by|from|for|of|that|says|said|when|while|if|because|where) )$"
_COMPANION = (  # his partner, …
    r"\b(?:his|her|their|son|sa|leur|seine?[nmr]?|ihre?[nmr]?|su|suo|sua|seu|jego|jej|ich|его|её|ее|их|його|її|їхній"
    r"|njegov\p{Ll}*|njezin\p{Ll}*|njen\p{Ll}*|његов\p{Ll}*|њен\p{Ll}*) \p{Ll}+(?: \p{Ll}+)?,? (?:\p{Lu}[\p{L}'’-]+ )?$"
)
_END = r"[.!?…]['\"’”»)]* |\n"
_WORD_BEFORE = r"(\p{L}+|[^\s\p{L}])\s[\"“„«‘(]*$"
_SHORTEST = {True: 5, False: 6}  # letters of a name, by whether it has a letter that the language of the text lacks
_ONE_SENTENCE = 160  # characters within which two persons of one name would be told apart by their spelling


def inflected(found: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Yield the names that stand in a Russian or Ukrainian case, each with its nominative if that is among `found`."""
    cases = [word for word in found[:_MOST_WORDS] if word.endswith(_CASE_SIGNS)]
    known = frozenset(found) if cases else frozenset()
    for word in cases:
        stem = regex.sub(_CASE, "", word)
        base = next((stem + ending for ending in _NOMINATIVES if stem + ending in known), word)
        if base != word:
            yield word, base, CASES


def is_of_a_street(document: Document, pair: Pair) -> bool:
    """Tell whether the case is owed to a street or school called after the person, or stands more often than not."""
    if not pair.rare.word.endswith(_CASE_SIGNS):
        return True
    return any(regex.match(_STREET, document.text, pos=place.end) for place in pair.rare.places)


def is_newcomer(document: Document, pair: Pair) -> bool:
    """Tell whether the rare given name may be another's, introduced by a word for him, or beside the usual one."""
    starts = [place.start for place in pair.usual.places]
    for place in pair.rare.places:
        if not regex.search(_SPOKEN_OF, document.text, pos=max(0, place.start - 12), endpos=place.start):
            return True
        index = bisect(starts, place.start)
        if any(abs(start - place.start) < _ONE_SENTENCE for start in starts[max(0, index - 1) : index + 1]):
            return True
    return False


def is_a_companion(document: Document, pair: Pair) -> bool:
    """Tell whether "his partner" or the like brings in one of the two in the sentence of the other: they are two."""
    starts = [place.start for place in pair.usual.places]
    for place in pair.rare.places[:_MOST_PLACES]:
        index = bisect(starts, place.start)
        for other in pair.usual.places[max(0, index - 1) : index + 1]:
            first, last = sorted((place, other))
            between = document.text[first.end : last.start] if last.start - first.end < _ONE_SENTENCE else ""
            if regex.search(_COMPANION, between) and not regex.search(rf"{_END}|{_RELATIVE}", between):
                return True
    return False


def are_relatives(document: Document, pair: Pair) -> bool:
    """Tell whether "his mother" or the like stands right before one of the two."""
    text = document.text
    return any(
        regex.search(_RELATIVE, text, pos=max(0, place.start - 60), endpos=place.start)
        for spelling in pair[:2]
        for place in spelling.places[:_MOST_PLACES]
    )


def is_named_before(
    document: Document,
    pair: Pair,
    saying: Collection[str],
    tells: Callable[[Document, str], bool],
    may_be_word: bool,
) -> bool:
    """Tell whether one spelling brings a person in by the full name, and the other takes over later, always bare.

    Somebody new would be introduced: the first bare name opens a sentence, or follows a comma or one of the verbs
    `saying`, which alone tells where the name `may_be_word`. `tells` says whether a word beside a name tells whose
    it is.
    """
    full, bare = sorted(pair[:2], key=lambda spelling: spelling.places[0].start)
    first, later = full.places[0], bare.places[0]
    alike = pair.apart <= CONSONANTS or (pair.apart == VELARS and full.word[0] == bare.word[0])
    if not alike or not first.before or pair.length < _SHORTEST[pair.apart > MARKS or is_marked(pair)]:
        return False
    if any(place.before or place.after for place in bare.places) or document.text.startswith(",", later.end):
        return False  # the judge, Meyer, …
    before = regex.search(_WORD_BEFORE, document.text, pos=max(0, later.start - 24), endpos=later.start)
    spoken = before is not None and before[1].lower() in saying
    opens = later.opens or (before is not None and before[1] == ",")
    return (spoken or (opens and not may_be_word)) and tells(document, first.before)
