"""The page of a rule: what it finds, why that matters, and examples."""

from __future__ import annotations

from audit.model import Example, Rule


def explain(rule: Rule) -> str:
    """Return the page of `rule` in Markdown."""
    lines = [f"# {rule.id}", "", rule.message, "", rule.why, ""]
    languages = ", ".join(rule.languages) or "every language"
    lines += [f"Severity {rule.severity}, category {rule.category}, pack {rule.pack}; holds for {languages}.", ""]
    bad = [example for example in rule.examples if example.spans and not example.known_failure]
    good = [example for example in rule.examples if not example.spans and not example.known_failure]
    for title, examples in (("Found", bad), ("Left alone", good)):
        if examples:
            lines += [f"## {title}", "", *(f"- {_quote(example)}" for example in examples), ""]
    return "\n".join(lines).rstrip()


def _quote(example: Example) -> str:
    """Return an example on one line with what is found in bold."""
    parts, position = [], 0
    for start, end in example.spans:
        parts += [example.text[position:start], f"**{example.text[start:end]}**"]
        position = end
    line = " ⏎ ".join("".join([*parts, example.text[position:]]).split("\n\n"))
    return " ".join(line.split())
