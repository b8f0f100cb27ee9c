"""A report made by hand, with one of everything that a reporter must be able to write."""

from __future__ import annotations

import importlib
import io
from typing import Any

from hypothesis import strategies as st

from audit.model import Confidence, Example, Failure, Rule, Severity
from audit.report import FileEdit, Finding, Fix, Position, RelatedPlace, Report, Summary


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def rendered(report: Report, format: str, stream: io.StringIO | None = None) -> str:
    stream = io.StringIO() if stream is None else stream
    importlib.import_module(f"audit.reporters.{format}").render(report, stream)
    return stream.getvalue()


def rule(identifier: str, severity: Severity = Severity.WARNING, **changes: Any) -> Rule:
    values: dict[str, Any] = {
        "check": "phrases",
        "message": "“{found}” is wrong.",
        "why": "Readers trip over it.",
        "category": "locale/number-format",
        "pack": "sample",
        "origin": "sample.yaml:3",
        "examples": (
            Example("It cost 250.000 euros.", ((8, 15),), 9, fixed="It cost 250,000 euros."),
            Example("It cost ```2.50``` euros.", (), 11),
        ),
    }
    return Rule(identifier, severity=severity, **(values | changes))


def finding(identifier: str, text: str = "250.000", **changes: Any) -> Finding:
    line, column = changes.pop("place", (3, 14))
    start, end = Position(line, column, 40), Position(line, column + len(text), 40 + len(text))
    values: dict[str, Any] = {
        "severity": Severity.WARNING,
        "confidence": Confidence.HIGH,
        "category": "locale/number-format",
        "message": f"“{text}” is wrong.",
        "path": "news/front.txt",
        "record": None,
        "excerpt": ("It cost about ", " euros, they said."),
        "fingerprint": f"{identifier} {text} {line}:{column}".encode("ascii", "backslashreplace").decode(),
    }
    return Finding(identifier, text=text, **({"start": start, "end": end} | values | changes))


def sample() -> Report:
    """Return a report with several rules, every severity, fixes, related places, failures, and odd paths and texts."""
    first = RelatedPlace("news/front.txt", Position(2, 1, 9), Position(2, 8, 16), "A photo", "the [first] copy")
    number = FileEdit(Position(3, 14, 40), Position(3, 21, 47), "250,000")
    caption = FileEdit(Position(4, 1, 60), Position(4, 8, 67), "")
    long = "A paragraph that stands here for the second time.\nIts second line, no better than its first. " * 40
    findings = [
        finding("numbers/separator", severity=Severity.ERROR, fix=Fix(False, (number,))),
        finding(
            "duplicates/caption", "A photo", place=(4, 1), excerpt=("", ""), related=(first,), fix=Fix(True, (caption,))
        ),
        finding("duplicates/text", long, confidence=Confidence.LOW, message="Twice.", end=Position(82, 1, 900)),
        finding("encoding/control", "\x1b[31m\x07", severity=Severity.NOTE, excerpt=("\x9b2J\t", "\u202ecod.exe\r\n")),
        finding("encoding/control", "\ud800 ￿", path="new\nline \x1b[2J.txt", message="Half of a letter: \udc00."),
        finding(
            "numbers/separator", "３.5", path="報道/C# 100%? & 日本.txt", excerpt=("東京株式市場で", "％上昇した。")
        ),
        finding("numbers/separator", "1", path="/srv/elsewhere/a b.txt", confidence=Confidence.MEDIUM),
        finding("numbers/separator", "2", path="C:/news/a b.txt"),
        finding("numbers/separator", "3", path="news/all.jsonl", record=7),
        finding("truncation/empty", "", path="-", place=(1, 1), excerpt=("", "")),
    ]
    severities = {"numbers/separator": Severity.ERROR, "encoding/control": Severity.NOTE}
    names = dict.fromkeys(one.rule for one in findings)
    rules = {name: rule(name, severities.get(name, Severity.WARNING)) for name in (*names, "names/silent")}
    articles = [("news/clean.txt", None), *dict.fromkeys((one.path, one.record) for one in findings)]
    return Report(
        version="0.1.0",
        rules=rules,
        documents=[Summary(path, record, "en", None, 512) for path, record in articles],
        findings=findings,
        failures=[
            Failure("news/all.jsonl", "not valid JSON", record=8, line=8),
            Failure("news/picture.txt", "holds \x1b[2Jbinary data"),
            Failure("news/front.txt", "took too long", rule="numbers/separator"),
        ],
    )


def report_of(*findings: Any, **changes: Any) -> Report:
    severities = {one.rule: one.severity for one in findings}
    rules = {name: rule(name, severity) for name, severity in severities.items()}
    documents = [Summary(path, None, "en", None, 300) for path in dict.fromkeys(one.path for one in findings)]
    return Report(**({"version": "0.1.0", "rules": rules, "documents": documents, "findings": [*findings]} | changes))


ANY = st.text(st.characters(), max_size=30)
POSITIONS = st.builds(Position, st.integers(1, 9), st.integers(1, 99), st.integers(0, 999))
ORDERED = st.tuples(POSITIONS, POSITIONS).map(sorted)


@st.composite
def findings(draw: st.DrawFn) -> Any:
    start, end = draw(ORDERED)
    edits = [FileEdit(*draw(ORDERED), text) for text in draw(st.lists(ANY, max_size=2))]
    related = [
        RelatedPlace(draw(ANY.filter(bool)), *draw(ORDERED), draw(ANY), draw(ANY))
        for _ in range(draw(st.integers(0, 2)))
    ]
    return finding(
        draw(st.sampled_from(["numbers/separator", "encoding/control"])),
        draw(ANY),
        severity=draw(st.sampled_from(Severity)),
        confidence=draw(st.sampled_from(Confidence)),
        category=draw(ANY.filter(str.strip)),
        message=draw(ANY),
        path=draw(ANY.filter(bool)),
        record=draw(st.none() | st.integers(0, 9)),
        start=start,
        end=end,
        excerpt=(draw(ANY), draw(ANY)),
        fingerprint=draw(st.sampled_from(["ab12", "cd34"])),
        related=tuple(related),
        fix=Fix(draw(st.booleans()), tuple(edits)) if edits else None,
    )
