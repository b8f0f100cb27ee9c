"""Shared scan of a document's numbers: where they stand, how their digits are set apart, what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from audit.expressions import expression
from audit.model import Document

SPACES = " \u00a0\u202f\u2009"
APOSTROPHES = "'’"
MOST_NUMBERS = 100_000  # of one document: an article has a few dozen, a dump of data must not fill the memory
LONGEST_NUMBER = 40  # characters; what is longer is no number that anybody reads

# UTF-8 begins the digits beyond ASCII with one of these bytes, but nothing of Latin, Greek or Cyrillic text.
_OTHER_DIGITS = frozenset(b"\xd9\xdb\xdf\xe0\xe1\xea\xef\xf0")
_FAMILIAR = bytes(set(range(256)) - _OTHER_DIGITS)


def _numbers(digit: str, most_marks: str) -> Any:
    """Return the pattern of a number; to begin with its first digit makes it fast."""
    spaced = rf"(?:[{SPACES}]{digit}{{3}}){{1,9}}+(?!{digit})(?:[.,]{digit}++)?"  # 250 000,5
    debris = rf"(?:[{SPACES}][.,]{digit}{{3}}|[.,][{SPACES}]000)(?!{digit})"  # 10 .000, 10. 000
    return expression(
        rf"{digit}(?:(?<=(?<!{digit}){digit}){digit}{{0,2}}(?:{spaced}|{debris})"
        rf"|{digit}*+(?:[.,{APOSTROPHES}]{digit}++){most_marks}+)"
    )


_MARKED, _ASCII_MARKED = _numbers(r"\d", "{1,20}"), _numbers("[0-9]", "{1,20}")
_NUMBER = _numbers(r"\d", "{0,20}")
_MARKS = expression(r"\D+")
# The bytes of a text as Latin-1, in which "?" stands for what is beyond: digits as 0, all that may be a mark as a dot.
_CLASSES = bytes(
    ord("0") if chr(byte).isdecimal() else ord(".") if chr(byte) in f".,?{SPACES}{APOSTROPHES}" else ord("x")
    for byte in range(256)
)
_DIGIT = ord("0")
_AREA = re.compile(rb"0\.\.?0[0.]*")  # begins with a literal, which the library looks for without the rest


class Number(NamedTuple):
    """A number as it is written: `groups` of digits and the `marks` between them ("1.234,5": 1 . 234 , 5)."""

    start: int
    end: int
    groups: tuple[str, ...]
    marks: tuple[str, ...]


def marked_numbers(document: Document) -> list[Number]:
    """Return the numbers of a document that have marks, in order; use as `document.once(marked_numbers)`.

    Most numbers have none: leaving them out spares half the time.
    """
    text = document.text
    familiar = text.isascii() or not text.encode("utf-8", "surrogatepass").translate(None, _FAMILIAR)
    found = _familiar_numbers(text) if familiar else _parsed(_MARKED.finditer(text))
    return [number for number in islice(found, MOST_NUMBERS) if number.end - number.start <= LONGEST_NUMBER]


def _familiar_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers that have marks of a text whose digits are those of ASCII.

    To look for the digits around a mark among bytes, and for the pattern only where more marks follow, takes half the
    time that the pattern alone would take.
    """
    classes = text.encode("latin-1", "replace").translate(_CLASSES)
    for area in _AREA.finditer(classes):
        joint, limit = area.start() + 1, area.end()
        start = joint - 1
        while start and classes[start - 1] == _DIGIT:
            start -= 1
        digits = classes[joint:limit].rstrip(b".")
        if text[joint] in ".," and digits.count(b".") == 1:
            end = joint + len(digits)
            yield Number(start, end, (text[start:joint], text[joint + 1 : end]), (text[joint],))
        else:
            yield from _parsed(_ASCII_MARKED.finditer(text, start, limit))


def _parsed(matches: Iterable[Any]) -> Iterator[Number]:
    return (parse(match.group(), match.start()) for match in matches)


def parse(text: str, start: int = 0) -> Number:
    """Return the number that `text` is, at offset `start`."""
    end = start + len(text)
    if text.isdecimal():
        return Number(start, end, (text,), ())
    for mark in ".,":
        whole, _, fraction = text.partition(mark)
        if whole.isdecimal() and fraction.isdecimal():  # most have one mark
            return Number(start, end, (whole, fraction), (mark,))
    return Number(start, end, tuple(_MARKS.split(text)), tuple(_MARKS.findall(text)))


class Neighbours(NamedTuple):
    """What stands beside a number, on its line.

    `left` and `right` are the characters that touch it ("" for a space or nothing); `sign` a currency or mathematical
    sign before it; `before` and `after` the nearest words, the nearest first; `opens` tells that the word before
    begins a sentence; `range` is the other end of "3,5 to 4 percent", whose words are then this number's as well.
    """

    left: str
    right: str
    sign: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    opens: bool
    range: Number | None


_WIDTH = 60
_WORDS_WIDTH = 240  # of the four words behind a number
_LONGEST_SIGN = 4  # characters: US$ and a space
_SIGN = expression(rf"(?:\b(?:US|AU|CA|HK|NZ|R|A|C|S))?([\p{{Sc}}+±×=<>≤≥−])[{SPACES}]?$")
_WORDS = expression(rf"(?:[{SPACES}-]?([%‰]|[\p{{L}}°][\p{{L}}\p{{M}}]*(?:['’][\p{{L}}\p{{M}}]+)*)){{0,4}}+")
_RANGE = expression(
    rf"[{SPACES}]?(?:[-–—]|[{SPACES}](?:to|and|or|bis|und|oder|à|et|ou|y|a|o|e|до|и|или|і|й|та|або|do|i|ili|ali|lub|oraz"
    rf"|till|och|og|en|of|tot|az|až|nebo)[{SPACES}])[{SPACES}]?(?=[\p{{Sc}}\d])\p{{Sc}}?(?=\d)"
)


def neighbours(text: str, number: Number) -> Neighbours:
    """Return what stands beside `number` in `text`; looks 60 characters back, on its line, and four words on."""
    head = text[max(0, number.start - _WIDTH) : number.start].rpartition("\n")[2]
    other = _other_end(text, number)
    tail = text[number.end : number.end + _WIDTH].partition("\n")[0]
    sign = _SIGN.search(head, max(0, len(head) - _LONGEST_SIGN))
    left = "" if sign else head[-1:].strip()
    tokens = (head[: sign.start()] if sign else head).split()[:-4:-1]
    opens = len(tokens) == 1 or (len(tokens) > 1 and tokens[1][-1] in ".!?:–—")
    end = other.end if other else number.end
    return Neighbours(
        left, tail[:1].strip(), sign.group(1) if sign else "", tuple(tokens), _words(text, end), opens, other
    )


def _other_end(text: str, number: Number) -> Number | None:
    joint = _RANGE.match(text, number.end, min(len(text), number.end + 12))
    match = joint and _NUMBER.match(text, joint.end(), min(len(text), joint.end() + LONGEST_NUMBER))
    return parse(match.group(), match.start()) if match else None


def _words(text: str, position: int) -> tuple[str, ...]:
    return tuple(_WORDS.match(text, position, position + _WORDS_WIDTH).captures(1))
