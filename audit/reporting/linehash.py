"""The hash by which GitHub code scanning knows a line again (codeql-action, `src/fingerprints.ts`)."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection
from operator import mul

_BLOCK = 100  # UTF-16 units from the start of the line on, spaces and tabs left out
_END = "\uffff" + "\0" * _BLOCK  # what stands behind the last character
_MASK = (1 << 64) - 1
_POWERS = [pow(37, _BLOCK - 1 - place, 1 << 64) for place in range(_BLOCK)]
_BLANKS = {ord(" "): None, ord("\t"): None}


def line_hashes(text: str, lines: Collection[int]) -> dict[int, str]:
    """Return the hashes of some `lines` of a file, the first of which is 1; a number tells equal ones apart."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BLANKS)
    units = array("H", f"{plain}{_END}".encode("utf-16-le" if _is_little() else "utf-16-be", "surrogatepass"))
    found: dict[int, str] = {}
    seen: Counter[bytes] = Counter()
    start, newline, last = 0, ord("\n"), plain.count("\n") + 1
    for line in range(1, last + 1):
        window = units[start : start + _BLOCK]
        key = window.tobytes()
        seen[key] += 1
        if line in lines:
            found[line] = f"{sum(map(mul, window, _POWERS)) & _MASK:x}:{seen[key]}"
        if line < last:
            start = units.index(newline, start) + 1
    return found


def _is_little() -> bool:
    return array("H", b"\x01\0")[0] == 1
