"""A cheap look at a text that tells whether words may be said again at once in it."""

from __future__ import annotations

import re

LONGEST = 12  # words of a phrase that is said again and again
_TWICE = re.compile(rb" ([^ ]++) \1[^a-z\x80-\xff]")  # re takes a fifth of the time that regex does
_ALIKE = 4  # initials in a row that make it worth a closer look, at least
# Bits of as many initials beyond the fourth as must be alike at a distance: all words of a phrase, up to eight.
_BEYOND = {distance: 4 * min(distance - 4, 4) if distance > 3 else 8 for distance in range(3, LONGEST + 1)}
_ENCODING = "cp1251"  # one byte for a letter, Latin or Cyrillic; accented Latin letters are left out
_OTHERS = bytes(code for code in range(256) if not bytes((code,)).decode(_ENCODING, "replace").isupper() and code != 10)
_DIGITS = bytes(b"123456789abcdef"[code % 15] for code in range(256))
# English initials get digits so that all of them are about equally frequent.
_FREQUENT = dict(zip(b"TASHWOIBMFCDLPNEGRYUVKJQXZ\n", b"123456789abcdeffecdbad9cfa\n", strict=True))
_SIGNATURE = bytes(_FREQUENT.get(code, digit) for code, digit in enumerate(_DIGITS))
_BREAK = b"1357"  # for the end of a line, so that few lines that begin alike look like one phrase said twice


def may_repeat(text: str, folded: str) -> bool:
    """Tell whether `text` may hold a word twice in a row, or a phrase that comes again at once.

    A phrase of four words or more is seen when it comes twice in a line, a shorter one when six words more than one
    turn are said.
    """
    if _TWICE.search(b" %b " % folded.encode("utf-8", "surrogatepass")):
        return True
    written = text.encode("utf-8", "surrogatepass")
    latin = 4 * len(written) < 5 * len(text)
    titled = written.title() if latin else text.title().encode(_ENCODING, "ignore")
    initials = titled.translate(_SIGNATURE, _OTHERS)
    return _comes_again(initials.replace(b"\n\n", b"\n").replace(b"\n", _BREAK))


def _comes_again(initials: bytes) -> bool:
    """Tell whether some of `initials` (hexadecimal digits but 0) in a row stand at one distance from their like.

    All are compared at once, as the digits of one great number: exclusive or makes zeros of equal ones.
    """
    if len(initials) <= _ALIKE:
        return False
    number, ones = int(initials, 16), int(b"1" * len(initials), 16)
    for distance, beyond in _BEYOND.items():  # what comes again after one or two words does so after four, too
        unlike = number ^ (number >> 4 * distance)
        unlike |= unlike >> 1
        unlike |= unlike >> 2
        unlike &= ones  # a digit is now 1 where the initials differ, else 0
        unlike |= unlike >> 4
        unlike |= unlike >> 8
        if unlike | unlike >> beyond != ones:  # some digit is 0, and those before it
            return True
    return False
