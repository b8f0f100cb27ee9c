"""How often each rule is right, as measured on the project's own labelled articles (reports/quality.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from math import sqrt
from pathlib import Path
from typing import NamedTuple

_PACKAGE = Path(__file__).parent
_IN_WHEEL, _IN_CHECKOUT = _PACKAGE / "_quality.json", _PACKAGE.parent / "reports" / "quality.json"
_QUANTILE = 1.2816  # of the normal distribution at 0.9: nine times of ten the true share is no less than the bound
_GRADES = (("very-high", 0.9), ("high", 0.75), ("medium", 0.5))


class Figures(NamedTuple):
    """What came of a rule, or of a group of rules, on the labelled articles.

    `marks`: artifacts that are labelled with it; `found`: those that a finding of the same group overlaps; `right`:
    those that one covers with hardly anything more. `findings`: what it reports; `true`: those of them that overlap
    a mark of the same group.
    """

    marks: int = 0
    found: int = 0
    right: int = 0
    findings: int = 0
    true: int = 0

    @property
    def precision(self) -> float | None:
        """The share of its findings that are true; None if it reports nothing."""
        return share(self.true, self.findings)

    @property
    def recall(self) -> float | None:
        """The share of its marks that are found; None if nothing is labelled with it."""
        return share(self.found, self.marks)


def share(part: int, whole: int) -> float | None:
    """Return what share of `whole` is `part`, or None where there is no whole."""
    return part / whole if whole else None


@cache
def measured() -> Mapping[str, Figures]:
    """Return the committed figures of the rules by their id; a rule without mark and finding has none."""
    return _read("rules")


def groups() -> Mapping[str, Figures]:
    """Return the committed figures of the groups of rules by name."""
    return _read("groups")


def _read(part: str) -> dict[str, Figures]:
    file = _IN_WHEEL if _IN_WHEEL.is_file() else _IN_CHECKOUT
    rows = json.loads(file.read_text(encoding="utf-8"))[part]
    return {row["name"]: Figures(*(row[field] for field in Figures._fields)) for row in rows}


def grade(identifier: str) -> str | None:
    """Return the precision of a rule in the four words of code scanning, or None where too little is known.

    It is graded by the lower end of Wilson's interval (1927), so that few findings promise little: very-high from 0.9
    (15 findings, none wrong), high from 0.75 (5), medium from 0.5 (2), low below. One finding that is true tells
    nothing, one that is false does.
    """
    figures = measured().get(identifier, Figures())
    if figures.findings == figures.true < 2:
        return None
    surely = _lower_bound(figures.true, figures.findings)
    return next((name for name, least in _GRADES if surely >= least), "low")


def _lower_bound(part: int, whole: int) -> float:
    """Return the lower end of Wilson's interval for the share that `part` of `whole` is a sample of."""
    seen, doubt = part / whole, _QUANTILE**2 / whole
    spread = _QUANTILE * sqrt(seen * (1 - seen) / whole + doubt / (4 * whole))
    return (seen + doubt / 2 - spread) / (1 + doubt)
