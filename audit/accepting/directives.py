"""Do what comments and the front matter of an article say: `audit: ignore RULE, … REASON`, or `ignore-file`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from audit.expressions import expression
from audit.model import Directive, Document, Hit, Rule
from audit.report import Finding, Suppression
from audit.rulebook.rulenames import fits
from audit.suggest import did_you_mean

if TYPE_CHECKING:
    from audit.placing import Placer

_ORDERS = ("ignore", "ignore-file")
_SHAPE = expression(r"audit:\s*(\S*)\s*((?:[^\s,]+\s*,\s*)*[^\s,]*),?\s*(.*)", 0)
_MARKS = " \t:;–—-"  # between the rules and the reason


class Use(NamedTuple):
    """A directive at work: its rules, those of them that silenced something, or the mistake that it is."""

    path: str
    line: int
    globs: tuple[str, ...] = ()
    silenced: frozenset[str] = frozenset()
    mistake: str | None = None


class _Order(NamedTuple):
    whole: bool
    globs: tuple[str, ...]
    reason: str


def apply(
    document: Document, hits: Sequence[tuple[Rule, Hit]], findings: Sequence[Finding], placer: Placer
) -> list[Use]:
    """Suppress the findings that the directives of `document` speak of; `findings` are what `hits` are in its file.

    Returns what became of each directive. Of several that speak of a finding the first gives the reason.
    """
    uses = []
    for directive in document.directives:
        line = placer.line(directive.place)
        order = _parse(directive.text)
        if isinstance(order, str):
            uses.append(Use(document.path, line, mistake=order))
            continue
        start, end = (0, len(document.text) + 1) if order.whole else _next_block(document, directive)
        reason = Suppression("inSource", order.reason, document.path, line)
        silenced = set()
        for (rule, hit), finding in zip(hits, findings, strict=True):
            if start <= hit.start < end and (meant := [glob for glob in order.globs if fits(rule, glob)]):
                finding.suppressed = finding.suppressed or reason
                silenced.update(meant)
        uses.append(Use(document.path, line, order.globs, frozenset(silenced)))
    return uses


def _parse(text: str) -> _Order | str:
    """Return what a directive orders, or what is wrong with it."""
    found = _SHAPE.match(" ".join(text.split()))
    name, rules, reason = found.groups() if found else ("", "", "")
    if name not in _ORDERS:
        return f"“audit: {name}” means nothing{did_you_mean(name, _ORDERS)}"
    globs = tuple(dict.fromkeys(glob.strip(_MARKS) for glob in rules.split(",") if glob.strip(_MARKS)))
    if not globs:
        return f"“audit: {name}” names no rule; it reads “audit: {name} RULE REASON”"
    if not reason.strip(_MARKS):
        return f"“audit: {name} {', '.join(globs)}” gives no reason, so it does not hold"
    return _Order(name == "ignore-file", globs, reason.strip(_MARKS))


def _next_block(document: Document, directive: Directive) -> tuple[int, int]:
    """Return the span of the first block behind a directive, an empty one at the end of the article."""
    index = bisect_left(document.blocks, directive.position, key=lambda block: block.start)
    return document.blocks[index][:2] if index < len(document.blocks) else (0, 0)
