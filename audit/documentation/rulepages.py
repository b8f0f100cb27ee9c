"""The pages of rules: what each finds, why that matters, examples, and how often it is right."""

from __future__ import annotations

import re

from audit.model import Example, Pack, Rule
from audit.quality import grade, measured

_MARKS = re.compile(r"[\\`*_\[\]<>#&|~]")


_QUIET = "`audit ignore FINGERPRINT --reason …` accepts a single finding"


def page(rule: Rule, pack: Pack | None = None) -> str:
    """Return the page of `rule` in Markdown; `pack` is its pack, if that comes with audit."""
    lines = [f"# {rule.id}", "", rule.message, "", rule.why, "", *_facts(rule, pack), "", _measured(rule), ""]
    bad = [example for example in rule.examples if example.spans and not example.known_failure]
    good = [example for example in rule.examples if not example.spans and not example.known_failure]
    for title, examples in (("Found", bad), ("Left alone", good)):
        if examples:
            lines += [f"## {title}", "", *(line for example in examples for line in _shown(example)), ""]
    lines += ["## Silence it", "", _silence(rule), ""]
    return "\n".join(lines).rstrip() + "\n"


def _facts(rule: Rule, pack: Pack | None) -> list[str]:
    switch = "" if pack is None or pack.default else f" (off by default; `--pack {pack.name}` switches it on)"
    critical = "; critical: it makes the whole article worthless" if rule.critical else ""
    facts = [
        f"- severity: {rule.severity}{critical}",
        f"- MQM category: {rule.category}",
        f"- languages: {', '.join(rule.languages) or 'every language'}",
        f"- pack: {rule.pack}{switch}",
        f"- check: {rule.check}",
    ]
    kinds = [f"- looks at: {', '.join(rule.kinds)}"] if rule.kinds else []
    aliases = [f"- former names: {', '.join(rule.aliases)}"] if rule.aliases else []
    return [*facts, *kinds, *aliases]


def _silence(rule: Rule) -> str:
    return (
        f"{_QUIET}; `<!-- audit: ignore {rule.id} REASON -->` stands before a block of HTML or Markdown; "
        f'`ignore = ["{rule.id}"]` in the configuration, or `--ignore {rule.id}`, switches the rule off.'
    )


def _shown(example: Example) -> list[str]:
    """Return an example, and what becomes of it if it is fixed."""
    fixed = example.fixed
    lines = [f"- {_quote(example)}"]
    if fixed is not None and fixed != example.text:
        lines.append(f"  - fixed: {_on_one_line(fixed) or '(nothing is left)'}")
    return lines


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
        found = example.text[start:end]
        parts += [_escaped(example.text[position:start]), f"**{_escaped(found)}**" if found.strip() else "**▯**"]
        position = end
    return _joined("".join([*parts, _escaped(example.text[position:])]))


def _on_one_line(text: str) -> str:
    return _joined(_escaped(text))


def _joined(text: str) -> str:
    return " ".join(" ⏎ ".join(text.split("\n\n")).split())


def _escaped(text: str) -> str:
    """Return `text` so that Markdown shows it as it stands; what nobody sees is named."""
    shown = "".join(sign if sign.isprintable() or sign == "\n" else f"<U+{ord(sign):04X}>" for sign in text)
    return _MARKS.sub(lambda mark: f"\\{mark[0]}", shown)
