"""Find currency signs behind their amount where the language sets them before it: 500 $, 11 million £."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.expressions import expression
from audit.model import Confidence, Document, Edit, Hit, Sighting

_SIGNS = ("$", "£", "€", "¥", "₽", "₴", "₹")
_SIGN = r"\p{Sc}"
_AMOUNT = expression(
    rf"(?<![\w.,])(?<!{_SIGN}[ \u00a0]?)"
    rf"(\d[\d.,]*(?:[ \u00a0-](?:thousand|million|billion|trillion|mln|bn|m))?)[ \u00a0]?$"
)
_LONGEST_AMOUNT = 32


@dataclass(frozen=True)
class Check:
    """Look before every currency sign."""

    @property
    def literals(self) -> Sequence[str]:
        """The signs."""
        return _SIGNS

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the amounts with the sign behind them."""
        text = document.text
        for sign, start, end in sightings:
            if text[end : end + 1].isalnum() or text[end : end + 1] in _SIGNS:
                continue
            if text[end : end + 1] in (" ", "\u00a0") and text[end + 1 : end + 2].isdigit() and text[start - 1] == " ":
                continue
            if text[start - 2 : start] == " R":  # reals; US$, A$ and C$ stand behind amounts in some house styles
                sign, start = "R$", start - 1
            match = _AMOUNT.search(text[max(0, start - _LONGEST_AMOUNT) : start])
            if match is not None:
                begin = start - (match.end() - match.start())
                fix = sign + match.group(1)
                yield Hit(begin, end, Confidence.MEDIUM, {"fix": fix}, (Edit(begin, end, fix),), safe=True)
