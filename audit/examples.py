"""Prove rules by their own examples: same spans, same fix, and silence after the fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import NamedTuple

from audit import plugins
from audit.engine import Engine
from audit.fixing import fixes
from audit.model import Confidence, Document, Example, Failure, File, Rule
from audit.placing import Placer
from audit.report import Finding


class Outcome(NamedTuple):
    """What became of an example; `fault` is None where it proved its rule."""

    rule: Rule
    example: Example
    fault: str | None


def prove(rules: Iterable[Rule]) -> Iterator[Outcome]:
    """Yield the outcome of every example of `rules`, each checked with its rule alone."""
    for rule in rules:
        engine = Engine([rule])
        for kind in ("bad", "good"):
            if not any(bool(example.spans) == (kind == "bad") for example in rule.examples):
                yield Outcome(rule, Example("", (), 0), f"{rule.origin}: the rule has no {kind} example")
        for example in rule.examples:
            yield Outcome(rule, example, _judge(engine, rule, example))


def _judge(engine: Engine, rule: Rule, example: Example) -> str | None:
    fault = _fault(engine, rule, example)
    where = f"{rule.origin.rpartition(':')[0]}:{example.line}: {rule.id}"
    if example.known_failure:
        return None if fault else f"{where}: holds by now; take `known_failure` off"
    return f"{where}: {fault}" if fault else None


def _fault(engine: Engine, rule: Rule, example: Example) -> str | None:
    found = _findings(engine, rule, example, example.text)
    if isinstance(found, str):
        return found
    spans = tuple((finding.start.offset, finding.end.offset) for finding in found)
    if spans != example.spans:
        return f"expected {_quote(example.text, example.spans)}, found {_quote(example.text, spans)}"
    if example.confidence is not None and any(finding.confidence != example.confidence for finding in found):
        return f"expected {example.confidence} confidence, found {', '.join(str(f.confidence) for f in found)}"
    unfilled = [name for name in _names(rule.message) if any(f"{{{name}}}" in finding.message for finding in found)]
    if unfilled:
        return f"the check gives no value for {{{unfilled[0]}}} in the message"
    offered = [finding.fix for finding in found if finding.fix]
    if example.fixed is None:
        return f"a fix is offered, but the example lacks `fixed`: {offered[0]}" if offered else None
    mended, left = fixes.apply(example.text, offered)
    if left or mended != example.fixed:
        return f"expected the fixed text {example.fixed!r}, found {mended!r}"
    again = _findings(engine, rule, example, mended)
    return again if isinstance(again, str) else ("the fixed text is not silent" if again else None)


def _names(message: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(message) if name]


def _findings(engine: Engine, rule: Rule, example: Example, text: str) -> list[Finding] | str:
    """Return what the rule finds in an example, or why that could not be told."""
    file = File("example", text, named=True)
    placer = Placer(file)
    findings: list[Finding] = []
    for read in plugins.load("readers", example.format).read(file):
        if isinstance(read, Failure):
            return read.error
        hits, failures = engine.find(_with_languages(read, rule, example))
        if failures:
            return failures[0].error
        findings += [one for one in placer.place(read, hits) if one.confidence >= Confidence.MEDIUM]
    return findings


def _with_languages(document: Document, rule: Rule, example: Example) -> Document:
    document.target_language = example.target_language or (rule.languages[0] if rule.languages else "en")
    document.source_language = example.source_language
    return document


def _quote(text: str, spans: Iterable[tuple[int, int]]) -> str:
    return ", ".join(f"“{text[start:end]}” at {start}" for start, end in spans) or "nothing"
