"""Shared scan of the capitalised words of a document, and keys under which the romanizations of one name agree."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice
from typing import NamedTuple

from audit.expressions import expression
from audit.model import Block, Document

REACH = 1_000_000
"""How many characters of a document are looked at: more is no article."""

_UPPER, _LOWER = (
    "".join(chr(code) for code in range(0x530) if unicodedata.category(chr(code)) == category)
    for category in ("Lu", "Ll")
)
# Latin, Greek and Cyrillic; with the capital first, and by the standard library, it takes half the time.
_CAPITALISED = re.compile(rf"[{_UPPER}](?<=\b.)[{_LOWER}][^\W\d_]{{2,}}")
_ASCII_CAPITALISED = expression(r"[A-Z](?<=\b.)[a-z][A-Za-z]{2,}")  # takes a third less, where all is ASCII
_CLASSES = str.maketrans("bcdfghklmnpqrstvwxzaeiouyj", "pktfkkklmnpkrktffkk       ")
_DIGRAPHS = (
    ("dzh", "j"),
    ("dsch", "j"),
    ("tsh", "ch"),
    ("tch", "ch"),
    ("th", "t"),
    ("dh", "d"),
    ("rh", "r"),
    ("ph", "f"),
)
_RUNS = (("kkkk", "k"), ("kkk", "k"), *((2 * letter, letter) for letter in "kptflmnr"))
_NOT_DECOMPOSED = str.maketrans(
    {"ł": "l", "đ": "d", "ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"}
)
_IN_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "å": "aa", "đ": "dj"})
_SPOKEN = str.maketrans(
    {"č": "ch", "ć": "ch", "ç": "ch", "š": "sh", "ş": "sh", "ș": "sh", "ś": "sh", "ž": "zh", "ż": "zh", "ř": "rzh"}
)
# Each step lets more romanizations agree than the one before it. Letters for й, ы, і and е after a vowel or soft sign:
_GLIDES = ((re.compile(r"[iyj]+(?=e.)|(?<=.{6})[iyj]+(?=e$)"), ""), (re.compile(r"[iyj]+"), "i"))
_DOUBLES = ((re.compile(r"([b-df-hj-np-tv-xz]{1,2})\1+"), r"\1"),)  # also Zaporizhzhia
# Consonants that BGN/PCGN, ISO 9, German, French and Polish habits, or English respelling, write differently:
_CONSONANTS = (
    (re.compile(r"shch|sch"), "sh"),
    (re.compile(r"tsch|tsh|tch|cz"), "ch"),
    (re.compile(r"tz"), "ts"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"c(?=[ei])"), "s"),
    (re.compile(r"c(?!h)"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"(?<=[gdt])h|(?<=^r)h|(?<=o)h(?=[bdgkmnpstz]+[aiou])"), ""),  # Ohkubo
    (re.compile(r"ph"), "f"),
    (re.compile(r"w|f$"), "v"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"(?<=and)er$"), "r"),  # Alexander, Aleksandr
    (re.compile(r"(?<=[csz]h|ts)iu"), "u"),  # Shevchyuk
    (re.compile(r"io(?=.)|(?<=[scz]h)o(?=va?$)"), "e"),
    *_DOUBLES,
)
# г and х, whose letters are g, h, kh, gh and (before the reform, or in Czech) ch, and the q of Arabic:
_VELARS = ((re.compile(r"skh"), "sh"), (re.compile(r"(?<!s)[kc]h|[gq]"), "h"))
# Hissing and guttural sounds for each other, and the short vowels of Arabic, or unstressed ones:
_WIDE = (
    (re.compile(r"ts|[sczkg]h|[sczkghq]"), "k"),
    (re.compile(r"e"), "i"),
    (re.compile(r"o"), "u"),
    (re.compile(r"([aiu])\1+"), r"\1"),
)
# Letters of Hungarian, Polish, Croatian and French that are no letters of other languages, and what those make of them:
_RESPELLED = (("sz", "s"), ("sz", "sh"), ("cs", "ch"), ("zs", "zh"), ("dz", "dj"), ("gue", "ge"), ("gui", "gi"))
_STEPS = (_GLIDES, _DOUBLES, _CONSONANTS, _VELARS, _WIDE)
_LONG = 6  # letters of a word in which a wrong one is told from another word
_MOST_WORDS, _MOST_ALIKE, _MOST_PAIRS = 20_000, 12, 60
MARKS, GLIDES, DOUBLES, CONSONANTS, VELARS, WIDE, FAR = range(1, 8)
"""How far two spellings are apart (see `distance`)."""


def words(document: Document) -> list[str]:
    """Return the distinct capitalised words of four letters and more in order; use as `document.once(words)`."""
    pattern = _ASCII_CAPITALISED if document.text.isascii() else _CAPITALISED
    return list(dict.fromkeys(pattern.findall(document.text, 0, REACH)))


def skeleton(word: str) -> str:
    """Return the classes of the consonants of `word`, and where it begins or ends with a vowel.

    All ways to romanize a name agree in them; the classes are as wide as the ways differ: c, k, g, h, s, z are one.
    """
    letters = word.lower()
    if not letters.isascii():
        letters = strip_marks(letters)
    if "h" in letters:
        for digraph, sound in _DIGRAPHS:
            letters = letters.replace(digraph, sound)
    letters = letters.replace("dz", "d")
    letters = letters.replace("ts", "s").replace("tz", "z").translate(_CLASSES)
    for several, one in _RUNS:
        if several in letters:
            letters = letters.replace(several, one)
    return letters[0] + letters[1:-1].replace(" ", "") + letters[-1:]


def shuffled(word: str) -> str:
    """Return a key of `word` that does not see the order of the letters after the first one."""
    return word[0] + "".join(sorted(word[1:]))


def framed(word: str) -> str:
    """Return a key of `word` that does not see its inner letters, or `word` if it is short.

    It has the first letter, the last three and the length, all of which a single wrong letter inside leaves alone.
    """
    return word if len(word) < _LONG else f"{word[0]}{len(word)}{word[-3:]}"


@lru_cache(maxsize=1 << 16)
def _keys(word: str) -> tuple[str, str, str]:
    """Return the keys under which `word` may meet another spelling, all at once: to remember takes time too."""
    return skeleton(word), shuffled(word), framed(word)


def strip_marks(word: str) -> str:
    """Return the lower-case `word` without diacritics: č becomes c, ł l, ß ss."""
    decomposed = unicodedata.normalize("NFD", word.translate(_NOT_DECOMPOSED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=1 << 14)
def distance(one: str, other: str) -> int:
    """Return the first step, from `MARKS` to `WIDE`, after which two spellings agree, or `FAR` if none makes them."""
    ones, others = _readings(one.lower()), _readings(other.lower())
    apart = min(_distance(a, b) for a in ones for b in others)
    if apart <= CONSONANTS:
        return apart
    respelled = [
        _distance(a.replace(letters, sound), b.replace(letters, sound))
        for letters, sound in _RESPELLED
        for a in ones
        for b in others
        if (letters in a) != (letters in b)
    ]
    return max(CONSONANTS, min([apart, *respelled]))


def _readings(word: str) -> set[str]:
    word = word.replace("dzh", "j").replace("dsch", "j")
    if word.isascii():
        return {word}
    in_two_letters = word.translate(_IN_TWO_LETTERS)
    return {strip_marks(word), strip_marks(in_two_letters), strip_marks(in_two_letters.translate(_SPOKEN))}


def _distance(one: str, other: str) -> int:
    if one == other:
        return MARKS
    for step, substitutions in enumerate(_STEPS, MARKS + 1):
        for pattern, replacement in substitutions:
            one, other = pattern.sub(replacement, one), pattern.sub(replacement, other)
        if one == other:
            return step
    return FAR


def alike(found: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield the pairs of distinct words that could be spellings of one name, and their `distance`; never quadratic."""
    if not found:
        return
    found = found[:_MOST_WORDS]
    for keys in zip(*map(_keys, found), strict=True):
        if len(set(keys)) == len(found):
            continue
        groups: dict[str, list[str]] = defaultdict(list)
        for word, key in zip(found, keys, strict=True):
            groups[key].append(word)
        alike = (pair for group in groups.values() for pair in combinations(group[:_MOST_ALIKE], 2))
        for one, other in islice(alike, _MOST_PAIRS):
            apart = distance(one, other)
            if apart < FAR or _is_slip(one.lower(), other.lower()):
                yield one, other, apart


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two long words differ by one letter, or two that changed places, neither first nor last."""
    from rapidfuzz.distance import OSA

    if min(len(one), len(other)) < _LONG or one[0] != other[0] or one[-1] != other[-1]:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


class Place(NamedTuple):
    """Where a name stands: `start:end` of the text, and the capitalised words right beside it, or "".

    A name before it that follows "in", or "From" at the head of a sentence, is a place, and does not count. `opens`
    says that the capital may be owed to the place (start of a sentence, headline), not to the word.
    """

    start: int
    end: int
    opens: bool
    before: str
    after: str


_NAME = r"(\p{Lu}\p{L}+(?:['’-]\p{Lu}\p{L}*)*)"
_PARTICLES = r"(?:(?:bin|ibn|ben|van(?: de[rn]?)?|ter|ten) )?(?:(?:al|el|as|ash|an|ar)-)?"
_IN = r"((?:(?i:in|near|im|en|em)|From|To|Via|Aus|Nach|Depuis|Desde) (?:\p{Lu}\p{L}+ )?)?"
_BEFORE = expression(r"(?<![\p{L}\p{N}'’-])" + _IN + _NAME + " " + _PARTICLES + "$")
_AFTER = expression(" " + _PARTICLES + _NAME + r"(?![\p{L}\p{N}])")
_OPENING = expression(r"(?:^|[.!?…:;•|\n])[\s\"'“”„‘’«»()\[\]–—-]*$")
_ABBREVIATION = expression(r"(?<!\p{L})(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St)\. $")
_LONG_WORD = expression(r"(?<![\p{L}])\p{L}{4,}")
_LOOK_BACK = 40
_ADDRESS = ("@", "#", "/", "_", ".")
_IN_ADDRESS = expression(r"[@/_€]|\.\p{L}")


def places(document: Document, word: str) -> list[Place]:
    """Return where `word` stands as a whole word, but not in an address, handle or hashtag, in order."""
    text = document.text
    return [
        _place(text, block, start, start + len(word))
        for start in whole(text, word)
        if not (text[start - 1 : start] in _ADDRESS or _IN_ADDRESS.match(text, start + len(word)))
        and (block := document.block_at(start)) is not None
    ]


def whole(text: str, word: str) -> Iterator[int]:
    """Yield where `word` stands in `text` as a whole word."""
    end = min(len(text), REACH)
    start = text.find(word, 0, end)
    while start >= 0:
        stop = start + len(word)
        if not (text[start - 1 : start].isalnum() or text[stop : stop + 1].isalnum()):
            yield start
        start = text.find(word, stop, end)


def _place(text: str, block: Block, start: int, end: int) -> Place:
    if _is_title_case(text, block):
        return Place(start, end, True, "", "")
    cut = max(block.start, start - _LOOK_BACK)
    head = text[cut:start] if cut > block.start else f"\n{text[cut:start]}"
    opens = _OPENING.search(head) is not None and _ABBREVIATION.search(head) is None
    before, after = _BEFORE.search(head), _AFTER.match(text, end, block.end)
    return Place(start, end, opens, before[2] if before and not before[1] else "", after[1] if after else "")


def _is_title_case(text: str, block: Block) -> bool:
    """Tell whether a short block without a full stop has capitals on most of its longer words, as headlines may."""
    if block.end - block.start > 200 or text[block.end - 1] in '.!?…"”»':
        return False
    capitals = [word[0].isupper() for word in _LONG_WORD.findall(text, block.start, block.end)[1:]]
    return len(capitals) >= 2 and sum(capitals) > 0.6 * len(capitals)
