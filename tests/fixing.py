"""Articles in every format around the examples of the rules, and what becomes of them when they are fixed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

import yaml

from audit import plugins
from audit.configuration.config import Config
from audit.engine import Engine
from audit.fixing import fixes
from audit.fixing.mending import Mended, Mender
from audit.folder.files import StandardInput, decoded
from audit.model import Document, Example, File, Hit, Rule
from audit.placing import Placer
from audit.report import Report
from audit.rulebook import packs
from audit.running.worker import Worker


class Format(NamedTuple):
    """A way to put paragraphs into a file, and a look at that file which fails if it is broken."""

    suffix: str
    write: Callable[[list[str]], str]
    look: Callable[[str], object]


def page(paragraphs: list[str]) -> str:
    body = "\n".join(f"  <p>{escape(one, quote=False)}</p>" for one in paragraphs)
    return f"<div>\n  <ul><li>Kept</li></ul>\n{body}\n  <img src='a.jpg'/>\n</div>\n"


def broken_lines(paragraphs: list[str]) -> str:
    return f"<div>{'<br/><br/>'.join(escape(one, quote=False) for one in paragraphs)}</div>"


def pictures(paragraphs: list[str]) -> str:
    return f"<div>{''.join(f'<img alt={quoteattr(one)}/>' for one in paragraphs)}</div>"


def markdown(body: str) -> str:
    return f"---\nid: 1\n---\n\n# Kept\n\n{body}\n"


def fields(paragraphs: list[str]) -> str:
    first, last = (re.sub("[\x7f-\x9f\ufeff]", "", one) for one in (paragraphs[0], paragraphs[-1]))
    quoted = [json.dumps(first, ensure_ascii=False), "'" + last.replace("'", "''") + "'"]
    return f"---\ntitle: {quoted[0]}\nlede: {quoted[1]}\nid: 1\n---\n\nKept.\n"


def front_matter(text: str) -> object:
    return text.startswith("---\nid: 1\n---\n")


def record(value: object, **more: object) -> str:
    return json.dumps({"id": "a\\b", "language": "en", "body": value, **more}, ensure_ascii=False)


def lines(*records: str) -> str:
    return "".join(f"{one}\n" for one in records)


def _records(text: str) -> list[object]:
    return [sorted(json.loads(line)) for line in text.splitlines()]


FORMATS = {
    "text": Format(".txt", "\n\n".join, lambda text: None),
    "text with CR LF": Format(".txt", "\r\n\r\n".join, lambda text: "\n" in text.replace("\r\n", "")),
    "markdown": Format(".md", lambda all: markdown("\n\n".join(all)), front_matter),
    "markdown quotes": Format(".md", lambda all: markdown("\n>\n".join(f"> {one}" for one in all)), front_matter),
    "markdown items": Format(".md", lambda all: markdown("\r\n".join(f"- {one}" for one in all)), front_matter),
    "markdown headings": Format(".md", lambda all: markdown("\n".join(f"## {one}\n" for one in all)), front_matter),
    "front matter": Format(".md", fields, lambda text: sorted(yaml.safe_load(text.split("---\n")[1]))),
    "html": Format(".html", page, lambda text: ElementTree.fromstring(text).find("img") is not None),
    "html with breaks": Format(".html", broken_lines, lambda text: ElementTree.fromstring(text).tag),
    "html with texts of pictures": Format(".html", pictures, lambda text: len(list(ElementTree.fromstring(text)))),
    "json": Format(".json", lambda all: record("\n\n".join(all)), lambda text: sorted(json.loads(text))),
    "json, list": Format(".json", lambda all: record(all, tags=all), lambda text: json.loads(text)["tags"]),
    "json, ASCII": Format(
        ".json", lambda all: json.dumps({"id": "é", "body": all}, indent=2), lambda text: text.isascii()
    ),
    "json with html": Format(".json", lambda all: record(page(all)), lambda text: sorted(json.loads(text))),
    "jsonl": Format(".jsonl", lambda all: lines(record("Kept."), record("\r\n".join(all)), record("Kept.")), _records),
}


@cache
def rules_with_fixes() -> list[tuple[Rule, Example]]:
    """Return all rules that come with audit with those of their examples that have a fix."""
    rules = packs.load(packs.builtin_names())
    return [(rule, one) for rule in rules for one in rule.examples if one.fixed is not None and one.format == "text"]


def language_of(rule: Rule, example: Example) -> str:
    return example.target_language or (rule.languages[0] if rule.languages else "en")


def worker(rule: Rule, example: Example) -> Worker:
    config = Config(Path("/"), forced_language=language_of(rule, example), source_language=example.source_language)
    return Worker([rule], config)


def mend(path: str, data: bytes, rule: Rule, example: Example) -> tuple[Report, Mended]:
    """Return what `rule` finds in a file, and what becomes of it with all its fixes."""
    check_data = worker(rule, example).check_data

    def check(given: StandardInput) -> Report:
        result = check_data(given)
        return Report("0", {rule.id: rule}, result.documents, result.findings, result.failures)

    given = StandardInput(path, data)
    found = check(given)
    return found, Mender(given, decoded(data), check, unsafe=True).mend(found)


def documents(path: str, text: str, rule: Rule, example: Example) -> list[Document]:
    found = []
    for document in plugins.load("readers", plugins.reader_of(path)).read(File(path, text, True)):
        assert isinstance(document, Document), document.error
        document.target_language = language_of(rule, example)
        document.source_language = example.source_language
        found.append(document)
    return found


def words(text: str) -> str:
    return " ".join(text.split())


class Step(NamedTuple):
    """One fix alone: the file after it, and the words that its articles should then have."""

    text: str
    expected: list[str]


def steps(path: str, text: str, rule: Rule, example: Example) -> Iterator[Step]:
    """Yield what every fix that is offered makes of a file, applied alone."""
    engine = Engine([rule])
    placer = Placer(File(path, text, True))
    read = documents(path, text, rule, example)
    for document in read:
        hits = engine.find(document).hits
        findings = placer.place(document, hits)
        for (_, hit), finding in zip(hits, findings, strict=True):
            if finding.fix:
                fixed, left = fixes.apply(text, [finding.fix])
                assert not left
                expected = [words(_edited(one.text, hit) if one is document else one.text) for one in read]
                yield Step(fixed, expected)


def _edited(text: str, hit: Hit) -> str:
    for edit in sorted(hit.edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
