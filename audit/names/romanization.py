"""The Latin spellings that a Russian or Ukrainian name may get, by the standard tables and by press practice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from audit.expressions import expression

_MOST = 64  # spellings of one word: the usual ones come first, the rest are combinations nobody writes


class Alphabet(NamedTuple):
    """How to write a language in Latin letters.

    `marks` replace what is romanized by its place (endings, letters after vowels) by capitals, `single` holds the
    letters with one spelling, `several` those with more: the first is the main system's.
    """

    marks: tuple[tuple[regex.Pattern[str], str], ...]
    single: Mapping[int, str]
    several: tuple[tuple[str, tuple[str, ...]], ...]


def _alphabet(marks: Sequence[tuple[str, str]], single: str, several: Mapping[str, str]) -> Alphabet:
    pairs = (pair.split(":") for pair in single.split())
    return Alphabet(
        tuple((expression(pattern), mark) for pattern, mark in marks),
        {ord(letter): latin for letter, latin in pairs},
        tuple(
            (letter, tuple("" if latin == "-" else latin for latin in text.split())) for letter, text in several.items()
        ),
    )


_RUSSIAN_MARKS = (
    (r"ый\b", "Ы"),
    (r"ий\b", "И"),
    (r"ия\b", "Я"),
    (r"(?<=[аеёиоуыэюя])е|\bе", "Е"),
    (r"ье", "Ь"),
    (r"(?<=[жчшщ])ё", "Ё"),
    (r"кс", "К"),
)
# BGN/PCGN 1947, ICAO 9303 (passports), BS 2979, the road signs of GOST R 52290, and what the press makes of them.
RUSSIAN = _alphabet(
    _RUSSIAN_MARKS,
    "а:a б:b в:v г:g д:d е:e з:z и:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f ч:ch ш:sh ъ: э:e",
    {
        "Ы": "y iy yi yy i yj",
        "И": "y iy i ii ij yi yy",
        "Я": "iya ia ija iia",
        "Е": "ye e je",
        "Ь": "ye ie 'ye 'e je e",
        "Ё": "yo e o io",
        "К": "ks x",
        "ж": "zh j",
        "й": "y i j",
        "ё": "yo e io jo",
        "х": "kh h x ch",
        "ц": "ts tz",
        "щ": "shch sch",
        "ы": "y i",
        "ь": "- '",
        "ю": "yu iu ju",
        "я": "ya ia ja",
    },
)
# ISO 9:1968 and the scholarly system, as also in Serbian and Croatian; marks may get lost on the way.
RUSSIAN_SCHOLARLY = _alphabet(
    (*_RUSSIAN_MARKS[3:4], (r"ье", "Ь")),
    "а:a б:b в:v г:g д:d е:e Е:je ё:jo ж:ž з:z и:i й:j к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f ц:c ч:č ш:š щ:šč"
    " ъ: ы:y э:e ю:ju я:ja Ь:je",
    {"х": "ch h x", "ь": "- '"},
)
_UKRAINIAN_MARKS = (
    (r"ий\b", "И"),
    (r"ій\b", "Й"),
    (r"ія\b", "Я"),
    (r"(?<![\w'])є", "Є"),
    (r"(?<![\w'])ї", "Ї"),
    (r"(?<![\w'])й", "У"),
    (r"(?<![\w'])ю", "Ю"),
    (r"(?<![\w'])я", "А"),
    (r"зг", "Г"),
    (r"жж", "Ж"),
)
_UKRAINIAN_SINGLE = "а:a б:b в:v ґ:g д:d е:e ж:zh з:z і:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f ц:ts ч:ch ш:sh"
_UKRAINIAN_SEVERAL = {
    "И": "yi y yy yj",
    "Й": "ii iy ij y",
    "Я": "iia ia iya ija",
    "Є": "ye ie",
    "Ї": "yi i",
    "У": "y i",
    "Ю": "yu iu",
    "А": "ya ia",
    "Г": "zgh zh",
    "Ж": "zhzh zh",
    "є": "ie ye je",
    "ї": "i yi ji",
    "й": "i y j",
    "щ": "shch sch",
    "ь": "- '",
    "'": "- '",
    "ю": "iu yu ju",
    "я": "ia ya ja",
}
# The national system (Cabinet of Ministers, resolution 55 of 27 January 2010) first, then BGN/PCGN 1965, the national
# system of 1996 and the simplified endings of the press.
UKRAINIAN = _alphabet(_UKRAINIAN_MARKS, f"{_UKRAINIAN_SINGLE} г:h и:y х:kh", _UKRAINIAN_SEVERAL)
# Russian habits in a Ukrainian name (g for г, i for и), and h or ch for х as other Slavic languages write it.
UKRAINIAN_MIXED = _alphabet(
    _UKRAINIAN_MARKS,
    _UKRAINIAN_SINGLE,
    {"г": "h g", "и": "y i", "х": "kh h ch", **_UKRAINIAN_SEVERAL, "И": "yi y iy yy i", "Ж": "zhzh zh zzh"},
)
# English forms that no system gives.
_ENGLISH = {"александр": ("alexander", "aleksander")}
_BARE = str.maketrans("žčš", "zcs")


def spellings(word: str, alphabet: Alphabet) -> list[str]:
    """Return the lower-case Latin spellings of the Cyrillic `word`, the main system's first."""
    word = word.lower().replace("’", "'")
    for pattern, mark in alphabet.marks:
        word = pattern.sub(mark, word)
    found = [word.translate(alphabet.single)]
    for letter, options in alphabet.several:
        if letter in found[0]:
            found = [text.replace(letter, option) for option in options for text in found][:_MOST]
    return found


def russian(word: str) -> Iterator[str]:
    """Yield the lower-case Latin spellings of a Russian word; the scholarly ones with marks and without."""
    yield from spellings(word, RUSSIAN)
    yield from _ENGLISH.get(word.lower(), ())
    for text in spellings(word, RUSSIAN_SCHOLARLY):
        if len(text) > 5:  # short ones are other words: Luck, Buca
            yield text
        if len(text) > 6:
            yield text.translate(_BARE)


def national(word: str) -> str:
    """Return the lower-case romanization of a Ukrainian word by the national system of 2010."""
    return spellings(word, UKRAINIAN)[0]
