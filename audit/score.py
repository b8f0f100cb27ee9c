"""How good an article is, in one number: penalty points for its findings, per word, as MQM reckons them.

After the MQM scoring model (themqm.org, “The MQM Scoring Models”): severities weigh 0, 1, 5 and 25, and the score is
what the points leave of 100. It is triage, telling which article to read first; a human evaluation it is not, so it
must not be called an MQM score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from audit.model import Rule
from audit.report import Finding, Report, Weights

_HIGHEST = 100


def rate(report: Report) -> None:
    """Fill in the score of each document in `report`, and that of all of them together."""
    points: defaultdict[tuple[str, int | None], float] = defaultdict(float)
    for finding, weight in _weighed(report.findings, report.rules, report.weights):
        points[finding.path, finding.record] += weight
    for document in report.documents:
        document.score = score(points[document.path, document.record], document.words)
    report.score = score(sum(points.values()), sum(document.words for document in report.documents))


def penalty(report: Report) -> float:
    """Return the penalty points of all findings in `report`."""
    return sum(weight for _, weight in _weighed(report.findings, report.rules, report.weights))


def score(points: float, words: int) -> float | None:
    """Return what `points` in so many `words` leave of 100, to a tenth; None where there is nothing to rate."""
    if not words:
        return 0.0 if points else None
    return round(max(0.0, _HIGHEST - _HIGHEST * points / words), 1)


def formula(weights: Weights) -> str:
    """Return the sentence that tells a reader how scores were reckoned."""
    named = ", ".join(f"{name} {points:g}" for name, points in weights._asdict().items())
    return f"audit score (MQM-style weights) = 100 − 100 × penalty points ÷ words, at least 0; points: {named}"


def _weighed(
    findings: Iterable[Finding], rules: Mapping[str, Rule], weights: Weights
) -> Iterable[tuple[Finding, float]]:
    by_severity = weights[:3]
    critical = {rule.id for rule in rules.values() if rule.critical}
    for finding in findings:
        yield finding, weights.critical if finding.rule in critical else by_severity[finding.severity]
