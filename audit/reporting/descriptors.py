"""What SARIF tells of rules: descriptions with examples, precision, and the categories of MQM."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import regex

from audit.model import Confidence, Example, Rule, Severity
from audit.quality import grade
from audit.reporting.plain import shortened

TAXONOMY = "MQM"
LONGEST_NAME, LONGEST_TEXT = 255, 1_024  # characters, of those that GitHub takes
_MOST_EXAMPLES = 3


def taxonomy(categories: Sequence[str]) -> dict[str, Any]:
    """Return the MQM categories that rules name, as a taxonomy of SARIF."""
    return {
        "name": TAXONOMY,
        "organization": "MQM Council",
        "shortDescription": {"text": "Multidimensional Quality Metrics: kinds of translation errors."},
        "taxa": [{"id": shortened(category, LONGEST_NAME)} for category in categories],
    }


def descriptor(rule: Rule, taxon: int) -> dict[str, Any]:
    """Return what SARIF tells of a rule; `taxon` is the index of its category in the taxonomy."""
    group, _, name = rule.id.rpartition("/")
    title = (f"{group}: {name}" if group else name).replace("-", " ").capitalize()
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in regex.findall(r"[\p{L}\p{N}]+", rule.id))[:LONGEST_NAME],
        "shortDescription": {"text": shortened(title, LONGEST_TEXT)},
        "fullDescription": {"text": shortened(rule.why.strip() or title, LONGEST_TEXT)},
        "help": {"text": _help(rule, _indented), "markdown": _help(rule, _fenced)},
        "defaultConfiguration": {"level": str(rule.severity)},
        "relationships": [
            {
                "target": {
                    "id": shortened(rule.category, LONGEST_NAME),
                    "index": taxon,
                    "toolComponent": {"name": TAXONOMY, "index": 0},
                },
                "kinds": ["superset"],
            }
        ],
        "properties": {
            "tags": ["translation", *dict.fromkeys((group or name, rule.category))],
            "precision": _precision(rule),
            "problem.severity": "recommendation" if rule.severity is Severity.NOTE else str(rule.severity),
        },
    }


def _precision(rule: Rule) -> str:
    """Return how often the rule is right: as measured, else no more than medium, and low where its examples say so."""
    promised = [example.confidence for example in rule.examples if example.spans and example.confidence is not None]
    return grade(rule.id) or str(min((*promised, Confidence.MEDIUM)))


def _help(rule: Rule, block: Callable[[str], str]) -> str:
    bad = [example for example in rule.examples if example.spans][:_MOST_EXAMPLES]
    good = [example for example in rule.examples if not example.spans and not example.known_failure][:_MOST_EXAMPLES]
    parts = [rule.why.strip() or rule.message]
    for example in bad:
        parts += ["Reported, where the brackets stand:", block(_marked(example))]
        if example.fixed is not None:
            parts += ["Mended:", block(example.fixed)]
    for example in good:
        parts += ["Not reported:", block(example.text)]
    return "\n\n".join(parts)


def _marked(example: Example) -> str:
    text = example.text
    for start, end in sorted(example.spans, reverse=True):
        text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
    return text


def _fenced(text: str) -> str:
    fence = "`" * max(3, 1 + max(map(len, regex.findall("`+", text)), default=0))
    return f"{fence}text\n{shortened(text, LONGEST_TEXT)}\n{fence}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in shortened(text, LONGEST_TEXT).split("\n"))
