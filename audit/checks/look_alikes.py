"""Find letters of another alphabet that look like the right one: a Cyrillic о in “word”, a Latin c in “страна”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.expressions import expression
from audit.foreign.scripts import foreign_leads
from audit.model import Confidence, Document, Edit, Hit, Sighting
from audit.text import folded

# Pairs that Unicode's confusables.txt (UTS 39) maps to one shape, for the alphabets of the target languages.
_CYRILLIC = dict(zip("аеорсухіјѕԁһԛԝӏёїАВЕКМНОРСТУХІЈЅԚԜ", "aeopcyxijsdhqwlëïABEKMHOPCTYXIJSQW", strict=True))
_GREEK = dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oABEZHIKMNOPTYX", strict=True))
_TO_LATIN = _CYRILLIC | _GREEK
_SMALL_CAPITALS = {"к": "k", "м": "m", "т": "t"}  # not quite the same, but never meant among Latin letters
_LIKE_LATIN = _TO_LATIN | _SMALL_CAPITALS
_UNCLEAR = frozenset("нв")  # like small capitals, too: an h or n, a b or v is meant
_TO_CYRILLIC = {latin: cyrillic for cyrillic, latin in _CYRILLIC.items()}
_LONGEST = 60  # letters of a word

# Of UTF-8 the first bytes tell the alphabet: a Latin, c Cyrillic, g Greek; the later ones are left out.
_KINDS = bytes(
    ord("a") if (byte < 128 and chr(byte).isalpha()) or 0xC3 <= byte <= 0xC9
    else ord("c") if 0xD0 <= byte <= 0xD4
    else ord("g") if byte in (0xCE, 0xCF)
    else ord("0") if byte in b"0123456789"
    else 32
    for byte in range(256)
)  # fmt: skip
_LATER = bytes(range(0x80, 0xC0))
_MIXTURES = (b"ac", b"ca", b"ag", b"ga")
_SINGLE = (b"0c", b"c0", b" c ", b" g ")
_WORD = expression(r"\p{L}[\p{L}\p{M}]*+")
_MIXED = expression(r"[\p{Cyrillic}\p{Greek}](?=\p{Latin})|\p{Latin}(?=[\p{Cyrillic}\p{Greek}])")
_ALONE = expression(r"(?<!\p{L})[\p{Cyrillic}\p{Greek}](?!\p{L})")
_LATIN = expression(r"\p{Latin}")
_FOREIGN = expression(r"[\p{Cyrillic}\p{Greek}]")
_TWO_FOREIGN = expression(r"[\p{Cyrillic}\p{Greek}]{2}")
_SUFFIXED = expression(r"[A-Z]{2,}[\u0400-\u04ff]+")

_ENDED = expression(r"[A-Za-z]{2,}[\u0400-\u04ff]{1,4}")  # iPhoneа: a foreign name with the ending of a case


_NEAR = 60  # characters around a word in which it may be told that its letters are meant so
_MENTIONED = expression(
    r"\b(?:cyrillic|cyrilli\w+|kyrillisch\w*|cirílic\w+|cirillic\w+|cyrylic\w+|ćirilic\w+|ћирилиц\w+|кирилли\w+|кирилиц\w+"
    r"|homoglyph\w*|homograph\w*|look-?alike (?:letter|character)s?)\b"
)


@dataclass(frozen=True)
class Check:
    """It has no options: the look-alikes are those of Unicode."""

    literals = ()  # letters of two alphabets are told by a translation of the bytes

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield words of mixed letters, and single foreign letters in Latin text; `sightings` are not used."""
        text = document.text
        if text.isascii() or not document.once(foreign_leads):
            return
        kinds = text.encode("utf-8", "surrogatepass").translate(_KINDS, _LATER)
        if b"c" not in kinds and b"g" not in kinds:
            return
        latin = kinds.count(b"a") > kinds.count(b"c") + kinds.count(b"g")
        found: list[Hit] = []
        if any(map(kinds.__contains__, _MIXTURES)):
            found += _mixed(text, latin)
        if latin and any(map(kinds.__contains__, _SINGLE)):
            found += _alone(document)
        roughly = document.once(folded)
        for hit in found:
            mentioned = _MENTIONED.search(roughly, max(0, hit.start - _NEAR), hit.end + _NEAR)
            yield replace(hit, confidence=Confidence.LOW, safe=False) if mentioned else hit


def _mixed(text: str, latin: bool) -> Iterator[Hit]:
    position = 0
    while found := _MIXED.search(text, position):
        start = found.start()
        while start > position and found.start() - start < _LONGEST and text[start - 1].isalpha():
            start -= 1
        end = min(len(text), found.start() + _LONGEST)
        word = _WORD.match(text, start, end)
        position = word.end() if word else found.end()
        if word and (right := _right(word[0], latin)):
            yield _hit(start, word.end(), right, Confidence.HIGH)
        elif word and latin and _is_unclear(word[0]):
            yield Hit(start, word.end(), Confidence.MEDIUM, {"advice": "write it in one of them"})


def _right(word: str, latin: bool) -> str:
    """Return `word` in one alphabet, that of the text if it can be; nothing if both are meant, as in COVIDом."""
    if not latin and _SUFFIXED.fullmatch(word):
        return ""
    foreign = [letter for letter in word if _FOREIGN.match(letter)]
    own = [letter for letter in word if _LATIN.match(letter)]
    in_latin = _LIKE_LATIN if len(foreign) < len(own) and latin and not _SUFFIXED.fullmatch(word) else _TO_LATIN
    as_latin = all(letter in in_latin for letter in foreign)
    as_cyrillic = all(letter in _TO_CYRILLIC for letter in own)
    if not latin and not as_cyrillic and _ENDED.fullmatch(word):
        return ""
    if as_latin and (latin or not as_cyrillic) and (latin or len(foreign) < len(own)):
        return "".join(in_latin.get(letter, letter) for letter in word)
    if as_cyrillic and not any(letter in _GREEK for letter in foreign) and (not latin or len(own) < len(foreign)):
        return "".join(_TO_CYRILLIC.get(letter, letter) for letter in word)
    return ""


def _is_unclear(word: str) -> bool:
    """Tell whether a Latin word holds letters like small capitals that may stand for one of several."""
    foreign = _FOREIGN.findall(word)
    if _SUFFIXED.fullmatch(word):
        return False
    return 2 * len(foreign) < len(word) and all(letter in _UNCLEAR or letter in _LIKE_LATIN for letter in foreign)


def _alone(document: Document) -> Iterator[Hit]:
    """Yield the single letters of another alphabet in blocks that have no other word of it."""
    text = document.text
    for block in document.blocks:
        if _TWO_FOREIGN.search(text, block.start, block.end):
            continue
        for found in _ALONE.finditer(text, block.start, block.end):
            near = text[max(block.start, found.start() - 2) : found.end() + 2]
            if found[0] in _CYRILLIC and _is_in_text(near):
                yield _hit(found.start(), found.end(), _CYRILLIC[found[0]], Confidence.MEDIUM)


def _is_in_text(near: str) -> bool:
    """Tell whether a single letter is a word or part of a formula, not one that is spoken of in quotes."""
    return not any(mark in near for mark in "\"'“”„«»‘’`()[]/,=+")


def _hit(start: int, end: int, right: str, confidence: Confidence) -> Hit:
    advice = f"“{right}” looks the same and is right"
    return Hit(start, end, confidence, {"advice": advice}, (Edit(start, end, right),), True)
