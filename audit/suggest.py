"""Offer the word that was probably meant when a name is unknown."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean “…”?` for the known word nearest to `word`, or an empty string if none is near."""
    from rapidfuzz import fuzz, process  # only for a message about a mistake

    best = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"; did you mean “{best[0]}”?" if best else ""
