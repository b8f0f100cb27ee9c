"""The hash by which GitHub code scanning knows a line again (codeql-action, `src/fingerprints.ts`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from operator import mul

_BLOCK = 100  # UTF-16 units from the start of the line on, spaces and tabs left out
_END = "\uffff" + "\0" * _BLOCK  # what stands behind the last character
_MASK = (1 << 64) - 1
_POWERS = [pow(37, _BLOCK - 1 - place, 1 << 64) for place in range(_BLOCK)]
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def line_hashes(text: str, lines: Collection[int]) -> dict[int, str]:
    """Return the hashes of some `lines` of a file, the first of which is 1; a number tells equal ones apart."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    plain = plain.replace(" ", "").replace("\t", "")
    if len(plain.encode("utf-16-le", "surrogatepass")) > 2 * len(plain):
        plain = _BEYOND.sub(_surrogates, plain)
    padded, start = plain + _END, 0
    last = max(lines, default=0)
    found: dict[int, str] = {}
    seen: dict[str, int] = {}
    for number, line in enumerate(plain.split("\n"), start=1):
        window = padded[start : start + _BLOCK]
        seen[window] = seen.get(window, 0) + 1
        if number in lines:
            found[number] = f"{sum(map(mul, map(ord, window), _POWERS)) & _MASK:x}:{seen[window]}"
            if number == last:
                break
        start += len(line) + 1
    return found


def written(hashes: Mapping[int, str]) -> str:
    """Return what `line_hashes` found as one text."""
    return " ".join([f"{line} {value}" for line, value in hashes.items()])


def read(text: str) -> dict[int, str]:
    """Return what was `written`."""
    words = text.split(" ") if text else []
    return dict(zip(map(int, words[::2]), words[1::2], strict=True))


def _surrogates(character: re.Match[str]) -> str:
    """Return the two UTF-16 units that stand for a character, as a text of two."""
    high, low = divmod(ord(character[0]) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)
