"""Offer the word that was probably meant when a name is unknown."""

from __future__ import annotations

from collections.abc import Iterable

_FEW = 20


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean “…”?` for the known word nearest to `word`; if none is near, the known words if few.

    Of a rule's id the part behind the slash counts alone, too.
    """
    from rapidfuzz import fuzz, process  # only for a message about a mistake

    names = sorted(known)
    meant = {**{name.rpartition("/")[2]: name for name in names}, **{name: name for name in names}}
    best = process.extractOne(word.lower(), list(meant), scorer=fuzz.ratio, score_cutoff=60)
    if best:
        return f"; did you mean “{meant[best[0]]}”?"
    return f"; known are {', '.join(names)}" if 0 < len(names) <= _FEW else ""
