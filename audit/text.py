"""Shared scans of a document's text: folding, words, sentences, and the edits that remove a block."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from audit.expressions import expression
from audit.model import Block, Document, Edit

_PLAIN = (
    *((quote, "'") for quote in "\u2019\u2018\u02bc"),
    *((quote, '"') for quote in "\u201c\u201d\u201e\u00ab\u00bb"),
    *((dash, "-") for dash in "\u2013\u2014\u2011\u2010"),
    *((space, " ") for space in "\u00a0\u202f\u2009"),
    ("\u24d2", "©"),  # ⓒ, which Korean sites write for it
    *((space, " ") for space in "\t\n\r"),
)


def lower(text: str) -> str:
    """Return `text` in lower case, every character at its offset."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)  # İ: i and a dot


def fold(text: str) -> str:
    """Return `text` in lower case with plain apostrophes, quotes, dashes and spaces, character for character.

    Every character stays at its offset, so that a place in the folded text is a place in the text.
    """
    folded = lower(text)
    for typographic, plain in _PLAIN[-3:] if folded.isascii() else _PLAIN:
        folded = folded.replace(typographic, plain)  # a chain of replace is 50 times faster than translate
    return folded


def folded(document: Document) -> str:
    """Return the document's text folded (see `fold`); use as `document.once(folded)`."""
    return fold(document.text)


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether `start:end` does not begin or end inside a word or number."""
    if start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        return False
    return not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


_SPACELESS = expression(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_NOT_A_WORD = expression(r"[^\p{L}\p{M}\p{N}\s'.,’]+")
_SIGNS = "“”„«»‘‚–—…•·№©°§€£¿¡"  # of the signs that are in no word, the usual ones
_INSIDE_WORDS = b"'.,"
_BREAKS = bytes(ord("x") if byte >= 128 or chr(byte).isalnum() else 32 for byte in range(256))
_ASCII = bytes(range(128))
_UP_TO_TWO_BYTES = bytes(range(0xE0))  # all that UTF-8 writes characters before U+0800 with


def count_words(text: str) -> int:
    """Return the number of words as Unicode segments them (UAX 29), in scripts without spaces characters / 2.

    Only a comma or full stop between letters without a space ("word,word") is told apart differently: it joins them.
    """
    spaceless = 0
    if not text.isascii():
        text = text.replace("’", "")
        for sign in _SIGNS:
            text = text.replace(sign, " ")
        if not _is_alphabetic(text):
            spaceless = len(_SPACELESS.findall(text))
            if spaceless:
                text = _SPACELESS.sub(" ", text)
            text = _NOT_A_WORD.sub(" ", text)
    words = b" " + text.encode("utf-8", "surrogatepass").translate(_BREAKS, _INSIDE_WORDS)
    return words.count(b" x") + (spaceless + 1) // 2


def _is_alphabetic(text: str) -> bool:
    """Tell whether what `text` has beyond ASCII are letters and digits of alphabets that set spaces between words.

    These are the Latin, Greek, Cyrillic, Hebrew and Arabic ones; asking `str.isalnum` is ten times as fast as a
    regular expression that asks what every character is.
    """
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    if beyond.translate(None, _UP_TO_TWO_BYTES):
        return False
    return f"x{beyond.decode()}".replace("\u00a0", "x").isalnum()


class Sentence(NamedTuple):
    """A sentence: the span `start:end` of the text, inside one block."""

    start: int
    end: int
    block: int


_STOP = expression(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘„«(\[–—-]*\s*[\p{Lu}\p{Lt}\p{N}])|[。！？]+[」』”]*")
_ABBREVIATION = expression(  # behind which a full stop ends no sentence
    r"\p{Lu}|(?i:mr|mrs|ms|dr|prof|st|no|nr|vs|gen|col|lt|sgt|sen|rep|gov|jr|sr|inc|ltd|co|corp|dept|est|approx|pp?|vols?|eds?|trans|al"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|z|b|d|bzw|ca|usw|str|tel|art|ul|im|ks|św|tys|mln|mlrd|mld"
    r"|млн|млрд|тыс|тис|ул|вул|им|ім|св|гг|г|р|рр|д|ст|см|dj|sv|god|tzv|npr|mil|hilj)"
)
_LONGEST_ABBREVIATION = 6  # letters
_REACH = 12  # characters before a full stop that hold the abbreviation and what opens before it
_OPENING = "([{\"'“‘„«‹—–-/"
# Languages that write ordinals with a full stop; Albanian, Basque … are left out: what follows is in small letters.
_DOTTED_ORDINALS = (
    "de",
    "cs",
    "sk",
    "pl",
    "sl",
    "hr",
    "sr",
    "bs",
    "hu",
    "da",
    "no",
    "nb",
    "nn",
    "fi",
    "et",
    "lv",
    "tr",
    "is",
)


def sentences(document: Document) -> list[Sentence]:
    """Return the sentences of all blocks in reading order; use as `document.once(sentences)`."""
    dotted = (document.target_language or "de").lower().startswith(_DOTTED_ORDINALS)
    return [
        sentence
        for index, block in enumerate(document.blocks)
        for sentence in _split(document.text, block, index, dotted)
    ]


def _split(text: str, block: Block, index: int, dotted: bool) -> Iterator[Sentence]:
    """Yield the sentences of a block; `dotted` says that "13." may be an ordinal, not the end of a sentence."""
    start = block.start
    for stop in _STOP.finditer(text, block.start, block.end):
        if stop.group() == "." and _is_abbreviated(text, start, stop.start(), dotted):
            continue
        yield Sentence(start, stop.end(), index)
        start = stop.end()
        while start < block.end and text[start].isspace():
            start += 1
    if start < block.end:
        yield Sentence(start, block.end, index)


def _is_abbreviated(text: str, start: int, stop: int, dotted: bool) -> bool:
    """Tell whether the full stop at `stop` belongs to the word or ordinal before it, in a sentence from `start` on."""
    ending = text[max(start, stop - _LONGEST_ABBREVIATION - 1) : stop]
    if len(ending) > _LONGEST_ABBREVIATION and ending.isalpha():
        return False  # as mostly
    word = (text[max(start, stop - _REACH) : stop].split() or [""])[-1].lstrip(_OPENING)
    if word.isdecimal():
        return len(word) <= 2 and (dotted or start + len(word) == stop)
    word = word[max(word.rfind(mark) for mark in ".-/’'") + 1 :]
    return _ABBREVIATION.fullmatch(word) is not None


def removal(document: Document, index: int) -> Edit:
    """Return the edit of the document's text that takes out block `index` and the white space that set it off."""
    block = document.blocks[index]
    if index > 0:
        return Edit(document.blocks[index - 1].end, block.end, "")
    if index + 1 < len(document.blocks):
        return Edit(block.start, document.blocks[index + 1].start, "")
    return Edit(block.start, block.end, "")


_LINE_END = expression(r"\r\n|\r|\n")
_SURROGATE = expression("[\ud800-\udfff]")


def line_starts(text: str) -> list[int]:
    """Return the offsets at which the lines of a file start; CR, LF and CR LF end a line."""
    if "\r" in text:
        return [0, *(end.end() for end in _LINE_END.finditer(text))]
    return list(accumulate([len(line) + 1 for line in text.split("\n")[:-1]], initial=0))


def without_surrogates(text: str) -> str:
    """Return `text` with every lone surrogate, which no encoding can write, replaced by U+FFFD."""
    return str(_SURROGATE.sub("\ufffd", text))


def shorten(text: str, limit: int = 80) -> str:
    """Return `text` on one line, cut in the middle when it is longer than `limit`."""
    if len(text) <= limit and text.isprintable() and "  " not in text:  # as nearly always
        return text.strip()
    line = " ".join(text[: 4 * limit].split()) + ("…" if len(text) > 4 * limit else "")
    if len(line) <= limit:
        return line
    head, tail = line[: limit // 2], line[-limit // 4 :]
    head = head[: head.rfind(" ")] if " " in head[limit // 4 :] else head  # between words where there are any
    tail = tail[tail.find(" ") + 1 :] if " " in tail[: limit // 8] else tail
    return f"{head.rstrip()} … {tail.lstrip()}"
