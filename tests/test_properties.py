"""What holds for any text: valid reports, exact places, the same from any number of processes, silence after fixes."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import audit
from audit.configuration.config import Config
from audit.fixing import fixes
from audit.folder import files
from audit.model import Confidence
from audit.report import Report
from audit.running import runner
from test_reporters import SCHEMA, assert_github_accepts

NAMES = {"text": "a.txt", "html": "a.html", "markdown": "a.md", "json": "a.json", "jsonl": "a.jsonl"}
ARTIFACTS = (
    "Around 250.000 soldiers and 45.100 guns.",
    "Prices rose by 3,5 percent in Kiev.",
    "A bridge near Kharkov, Photo: REUTERS",
    "Bonus video:",
    "5616 views 7 comment(s)",
    "Read also: Another story of the day",
    "Olena Hryhorenko met Olena Grigorenko in Odessa, where Hryhorenko lives.",
    "The council will meet again on Tuesday to discuss the plan for the old harbour.",
    "“Nobody asked us,” said Mr Ellis — the mayor’s deputy — in Łódź.",
    "İstanbul'da 1.234,56 lira",
    "<b>Ki</b>ev &amp; &nbsp;Odessa",
    "\ud83d lone",
    "😀 Киев 250.000 солдат",
)
PROSE = st.characters(exclude_characters="\0")  # files with NUL are refused, which test_run.py shows
PIECES = st.one_of(st.sampled_from(ARTIFACTS), st.text(PROSE, max_size=40))
ARTICLES = st.lists(st.tuples(PIECES, st.sampled_from(["\n\n", "\n", " ", "\r\n", "\r"])), max_size=12).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CONFIG = Config(Path("/"), target_language="en", min_confidence=Confidence.LOW)


def written(reader: str, article: str) -> str:
    """Return the file of a format that holds `article`."""
    if reader == "json":
        return json.dumps({"title": article[:20], "body": article})
    if reader == "jsonl":
        return json.dumps({"body": article}) + "\n" + json.dumps({"body": article[::-1]}, ensure_ascii=False)
    if reader == "html":
        return "".join(f"<p>{line}</p>" for line in article.split("\n"))
    return article


def check(name: str, text: str) -> Report:
    data = text.encode("utf-8", "surrogatepass")
    try:
        data.decode()
    except UnicodeDecodeError:  # what no file can hold
        data = text.encode("utf-8", "replace")
    return runner.run(["-"], CONFIG, files.StandardInput(name, data))


def file_text(text: str) -> str:
    return files.decode(text.encode("utf-8", "replace"))


@pytest.mark.parametrize("reader", NAMES)
@given(article=ARTICLES)
@QUICK
def test_places_lie_in_the_file_and_hold_what_they_claim(reader: str, article: str) -> None:
    text = written(reader, article)
    report = check(NAMES[reader], text)
    there = file_text(text)

    for finding in report.findings:
        start, end = finding.start, finding.end
        assert 0 <= start.offset <= end.offset <= len(there)
        assert offset_of(there, start.line, start.column) == start.offset
        if reader == "text":
            assert there[start.offset : end.offset] == finding.text
        for edit in finding.fix.edits if finding.fix else ():
            assert 0 <= edit.start.offset <= edit.end.offset <= len(there)


def offset_of(text: str, line: int, column: int) -> int:
    """Return the offset of a line and column, counted the plainest way there is."""
    starts, offset = [0], 0
    while offset < len(text):
        offset += 2 if text[offset : offset + 2] == "\r\n" else 1
        if text[offset - 1] in "\r\n":
            starts.append(offset)
    return starts[line - 1] + column - 1


@pytest.mark.parametrize("reader", NAMES)
@given(article=ARTICLES)
@QUICK
def test_any_text_gives_valid_reports(reader: str, article: str) -> None:
    report = check(NAMES[reader], written(reader, article))
    rendered = {}
    for format_name in audit.plugins.names("reporters"):
        stream = io.StringIO()
        audit.render(report, format_name, stream)
        rendered[format_name] = stream.getvalue()
        rendered[format_name].encode()

    SCHEMA.validate(json.loads(rendered["json"]))
    assert_github_accepts(json.loads(rendered["sarif"]))
    assert "\x1b" not in rendered["text"]


@given(article=ARTICLES)
@QUICK
def test_safe_fixes_leave_their_rules_silent(article: str) -> None:
    text = file_text(article)
    safe = [finding for finding in check("a.txt", text).findings if finding.fix and finding.fix.safe]
    mended, left = text, [finding.fix for finding in safe]
    for _ in range(len(safe) + 1):
        mended, left = fixes.apply(mended, left)
        again = [finding for finding in check("a.txt", mended).findings if finding.fix and finding.fix.safe]
        left = [finding.fix for finding in again]
        if not left:
            return
    pytest.fail(f"fixes do not come to an end: {mended!r}")


@given(articles=st.lists(ARTICLES, min_size=2, max_size=6))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_number_of_processes_says_the_same(tmp_path_factory: pytest.TempPathFactory, articles: list[str]) -> None:
    folder = tmp_path_factory.mktemp("articles")
    for number, article in enumerate(articles):
        (folder / f"{number}.txt").write_bytes(article.encode("utf-8", "replace"))
    outputs = []
    for jobs in (1, 4):
        stream = io.StringIO()
        audit.render(audit.run([folder], target_language="en", jobs=jobs), "json", stream)
        outputs.append(stream.getvalue())

    assert outputs[0] == outputs[1]
