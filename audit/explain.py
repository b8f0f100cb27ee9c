"""The page of a rule: what it finds, why that matters, and examples."""

from __future__ import annotations

from audit.model import Example, Rule
from audit.quality import grade, measured


def explain(rule: Rule) -> str:
    """Return the page of `rule` in Markdown."""
    lines = [f"# {rule.id}", "", rule.message, "", rule.why, ""]
    languages = ", ".join(rule.languages) or "every language"
    lines += [f"Severity {rule.severity}, category {rule.category}, pack {rule.pack}; holds for {languages}.", ""]
    lines += [_measured(rule), ""]
    bad = [example for example in rule.examples if example.spans and not example.known_failure]
    good = [example for example in rule.examples if not example.spans and not example.known_failure]
    for title, examples in (("Found", bad), ("Left alone", good)):
        if examples:
            lines += [f"## {title}", "", *(f"- {_quote(example)}" for example in examples), ""]
    return "\n".join(lines).rstrip()


def _measured(rule: Rule) -> str:
    """Return how often the rule is right, with the counts, since few of them prove little."""
    figures = measured().get(rule.id)
    if figures is None:
        return "Not measured: the labelled articles hold nothing that it reports."
    shares = (figures.precision, figures.recall)
    precision, recall = ("" if part is None else f" ({part:.0%})" for part in shares)
    true = f"{figures.true} of {figures.findings} findings are true{precision}"
    found = f"{figures.found} of {figures.marks} artifacts are found{recall}"
    graded = grade(rule.id)
    return f"On the labelled articles {true}, {found}; " + (f"graded {graded}." if graded else "too few to grade.")


def _quote(example: Example) -> str:
    """Return an example on one line with what is found in bold."""
    parts, position = [], 0
    for start, end in example.spans:
        parts += [example.text[position:start], f"**{example.text[start:end]}**"]
        position = end
    line = " ⏎ ".join("".join([*parts, example.text[position:]]).split("\n\n"))
    return " ".join(line.split())
