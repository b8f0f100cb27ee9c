"""HTML, for editors: one page with every article as it reads and the findings marked in it, which loads nothing."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from audit.expressions import expression
from audit.model import Confidence, Document, Severity
from audit.report import Finding, Report
from audit.reporting.folding import count
from audit.reporting.plain import on_one_line
from audit.reporting.views import Article, article
from audit.score import formula

if TYPE_CHECKING:
    from jinja2 import Environment

SUFFIXES = (".html",)
SHOWS_ARTICLES = True

_TEMPLATES = Path(__file__).parent.parent / "templates"
_STYLES = 15  # of marks, in report.css
_MOST_FINDINGS = 10_000  # more would make a browser slow
_MOST_FAILURES = 1_000
_NOT_IN_ANCHORS = expression(r"[^A-Za-z0-9_-]+")
_LANGUAGE = expression(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


class _Group(NamedTuple):
    """A group of rules with the style of its marks, how often each of its rules fires, and counts by severity."""

    name: str
    style: int
    rules: list[tuple[str, int]]
    counts: Counter[Severity]


def render(report: Report, stream: TextIO) -> None:
    """Write `report` to `stream`; of more findings than a browser bears the worst are shown, and the page says so."""
    environment = _environment()
    style, script = (_source(environment, name) for name in ("report.css", "report.js"))
    page = environment.get_template("report.html").stream(
        policy=_policy(style, script), style=style, script=script, **_content(report)
    )
    page.enable_buffering(100)
    stream.writelines(page)
    stream.write("\n")


def _content(report: Report) -> dict[str, Any]:
    """Return what the template shows, by the names that it has there."""
    findings = _worst(report.findings)
    articles = list(_articles(report, findings))
    groups = _groups(report)
    return {
        "report": report,
        "articles": articles,
        "ranked": sorted(articles, key=_badness),
        "groups": groups,
        "styles": {group.name: group.style for group in groups},
        "most": max((group.counts.total() for group in groups), default=1),
        "severities": Counter(finding.severity for finding in report.findings),
        "confidences": Counter(finding.confidence for finding in report.findings),
        "words": sum(document.words for document in report.documents),
        "touched": len({(finding.path, finding.record) for finding in report.findings}),
        "fixable": sum(finding.fix is not None for finding in report.findings),
        "unshown": len(report.findings) - len(findings),
        "failures": report.failures[:_MOST_FAILURES],
        "formula": formula(report.weights),
    }


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["count"] = count
    environment.filters["language"] = _language
    environment.filters["group"] = _group
    environment.globals["Severity"] = Severity
    environment.globals["Confidence"] = Confidence
    return environment


def _shown(value: Any) -> Any:
    """Return what the page shows of a value: of words those code points spelled out that could harm or hide."""
    return on_one_line(value) if type(value) is str else value


def _language(tag: str | None) -> str | None:
    return tag if tag and _LANGUAGE.fullmatch(tag) else None


def _group(rule: str) -> str:
    return rule.partition("/")[0]


def _source(environment: Environment, name: str) -> Any:
    from markupsafe import Markup

    return Markup(environment.loader.get_source(environment, name)[0]) if environment.loader else Markup()


def _policy(style: str, script: str) -> str:
    """Return the Content-Security-Policy: nothing is loaded, and nothing applies or runs but these two."""
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    sources = "style-src 'sha256-{}'; script-src 'sha256-{}'".format(*hashes)
    return f"default-src 'none'; {sources}; base-uri 'none'; form-action 'none'"


def _worst(findings: Sequence[Finding]) -> list[Finding]:
    """Return as many findings as a page can hold, the worst and surest, in their order."""
    order = sorted(range(len(findings)), key=lambda index: (-findings[index].severity, -findings[index].confidence))
    return [findings[index] for index in sorted(order[:_MOST_FINDINGS])]


def _articles(report: Report, findings: Sequence[Finding]) -> Iterator[Article]:
    """Yield the articles with findings in the order of the report; a file is read again once."""
    summaries = {(document.path, document.record): document for document in report.documents}
    found: dict[tuple[str, int | None], list[tuple[str, Finding]]] = {key: [] for key in summaries}
    for anchor, finding in zip(_anchors(findings), findings, strict=True):
        found.setdefault((finding.path, finding.record), []).append((anchor, finding))
    keys = [key for key, inside in found.items() if inside]
    anchors = {key: f"a{number}" for number, key in enumerate(keys, start=1)}
    files = {path: anchors[path, record] for path, record in reversed(keys)}
    for path, of_file in groupby(keys, lambda key: key[0]):
        documents: dict[int | None, Document] = {}
        if report.articles is not None:
            documents = {document.record: document for document in report.articles.documents(path)}
        for key in of_file:
            yield article(anchors[key], found[key], summaries.get(key), documents.get(key[1]), files)


def _anchors(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield an anchor for each finding: its fingerprint, numbered from the second on of those that look alike."""
    seen: Counter[str] = Counter()
    for finding in findings:
        name = anchor = f"f-{_NOT_IN_ANCHORS.sub('-', finding.fingerprint)}"
        while anchor in seen:
            seen[name] += 1
            anchor = f"{name}-{seen[name]}"
        seen[anchor] = 1
        yield anchor


def _badness(article: Article) -> tuple[float, int]:
    score = article.summary.score if article.summary else None
    return (100 if score is None else score, -sum(1 + card.finding.severity for card in article.cards))


def _groups(report: Report) -> list[_Group]:
    """Return the groups with findings, by name; a group has the same style as long as the same rules run."""
    known = sorted({_group(rule) for rule in (*report.rules, *(finding.rule for finding in report.findings))})
    rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    counts: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    for finding in report.findings:
        rules[_group(finding.rule)][finding.rule] += 1
        counts[_group(finding.rule)][finding.severity] += 1
    return [
        _Group(name, index % _STYLES, sorted(rules[name].items()), counts[name])
        for index, name in enumerate(known)
        if rules[name]
    ]
