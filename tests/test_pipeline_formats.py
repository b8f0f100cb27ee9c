"""The formats for pipelines: real readers accept them, whatever an article holds."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from junitparser import JUnitXml
from markdown_it import MarkdownIt

import audit
from audit.model import Failure, Severity
from audit.report import FileEdit, Fix, Position, Report
from reports import ANY, finding, findings, rendered, report_of, sample

GITLAB = Draft202012Validator(json.loads((Path(__file__).parent / "schemas" / "gitlab.json").read_text("utf-8")))
RDJSON = Draft202012Validator(json.loads((Path(__file__).parent / "schemas" / "rdjson.json").read_text("utf-8")))

reports = st.builds(
    lambda found, path, error: report_of(*found, failures=[Failure(path, error, line=3)]),
    st.lists(findings(), max_size=4),
    ANY.filter(bool),
    ANY,
)
any_report = pytest.mark.parametrize(
    "report", [sample(), Report("1", {}), Report("1", {}, failures=[Failure("a", "gone")])]
)


def strict(text: str) -> Any:
    """Read JSON as Go and Ruby do, which take no half of a character."""
    content = json.loads(text)
    json.dumps(content, ensure_ascii=False).encode()
    return content


def many(rule: str, number: int, **changes: Any) -> list[Any]:
    return [
        finding(rule, str(index), path=f"{index % 3}.txt", place=(index + 1, 1), **changes) for index in range(number)
    ]


# --- GitHub -----------------------------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(error|warning|notice) (\S.*?)::(.*)")


def commands(report: Report) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does."""
    found = []
    for line in rendered(report, "github").split("\n")[:-1]:
        level, properties, message = COMMAND.fullmatch(line).groups()
        pairs = dict(part.split("=", 1) for part in properties.split(","))
        found.append((level, {name: unescaped(value) for name, value in pairs.items()}, unescaped(message)))
    return found


def unescaped(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


@settings(deadline=None)
@given(reports)
def test_any_text_gives_valid_annotations(report: Report) -> None:
    read = commands(report)

    assert len(read) == len(report.findings) + 1
    assert {properties["title"] for _, properties, _ in read} == {one.rule for one in report.findings} | {
        "could not be checked"
    }


def test_an_annotation_tells_its_place() -> None:
    one = finding(
        "numbers/separator", "250.000", severity=Severity.ERROR, path="a, b: 100%.txt", message="50% off:\nno"
    )

    assert commands(report_of(one)) == [
        (
            "error",
            {
                "title": "numbers/separator",
                "file": "a, b: 100%.txt",
                "line": "3",
                "endLine": "3",
                "col": "14",
                "endColumn": "20",
            },
            "50% off:\nno",
        )
    ]


def test_more_than_ten_annotations_are_grouped_by_rule() -> None:
    found = [*many("names/one", 3), *many("names/two", 8), *many("names/note", 2, severity=Severity.NOTE)]

    read = commands(report_of(*found))

    assert [(level, properties["title"]) for level, properties, _ in read] == [
        ("warning", "names/two (8 findings)"),
        ("warning", "names/one (3 findings)"),
        ("notice", "names/note"),
        ("notice", "names/note"),
    ]
    assert read[0][2].endswith("\n0.txt:1, 1.txt:2, 2.txt:3, 0.txt:4, 1.txt:5, 2.txt:6, 0.txt:7, 1.txt:8")


def test_of_more_than_ten_rules_the_last_annotation_names_the_rest() -> None:
    found = [one for index in range(12) for one in many(f"names/rule-{index:02}", 1)]

    read = commands(report_of(*found))

    assert len(read) == 10
    assert read[-1][1]["title"] == "3 more"
    assert read[-1][2].endswith("there are also: names/rule-09, names/rule-10, names/rule-11")


def test_critical_rules_come_first_and_failures_before_them() -> None:
    found = [*many("names/two", 8, severity=Severity.ERROR), *many("residue/refusal", 3, severity=Severity.ERROR)]
    report = report_of(*found, failures=[Failure("b.jsonl", "not JSON", line=7), Failure("c.txt", "gone")])
    report.rules["residue/refusal"].critical = True

    read = commands(report)

    assert [properties["title"] for _, properties, _ in read] == [
        "2 failures", "residue/refusal (3 findings)", "names/two (8 findings)",
    ]  # fmt: skip
    assert read[0][2] == "not JSON\nb.jsonl:7, c.txt"


def test_a_message_is_cut_before_the_runner_cuts_it() -> None:
    ((_, _, message),) = commands(report_of(finding("names/one", message="x " * 5_000)))

    assert len(message) <= 4_096
    assert message.endswith("x…")


# --- GitLab -----------------------------------------------------------------------------------------------------------


def issues(report: Report) -> list[dict[str, Any]]:
    text = rendered(report, "gitlab")
    text.encode()
    content: list[dict[str, Any]] = strict(text)
    GITLAB.validate(content)
    assert len({issue["fingerprint"] for issue in content}) == len(content)
    return content


@settings(deadline=None)
@given(reports)
def test_any_text_gives_valid_issues(report: Report) -> None:
    assert len(issues(report)) == len(report.findings) + 1


@any_report
def test_issues(report: Report) -> None:
    assert len(issues(report)) == len(report.findings) + len(report.failures)


def test_equal_findings_and_failures_are_issues_of_their_own() -> None:
    found = [finding("names/one", "Kiev")] * 3

    read = issues(report_of(*found, failures=[Failure("a.txt", "gone")] * 2))

    assert len(read) == 5
    assert found[0].fingerprint in {issue["fingerprint"] for issue in read}


def test_an_issue_tells_its_rule_and_how_bad_it_is() -> None:
    report = report_of(
        *(finding("numbers/separator", "1", severity=severity, fingerprint=str(severity)) for severity in Severity)
    )

    assert [issue["severity"] for issue in issues(report)] == ["info", "minor", "major"]
    assert issues(report)[0]["description"] == "numbers/separator: “1” is wrong."
    report.rules["numbers/separator"].critical = True
    assert {issue["severity"] for issue in issues(report)} == {"critical"}


# --- JUnit ------------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(reports)
def test_any_text_gives_valid_suites(report: Report) -> None:
    suites = list(JUnitXml.fromstring(rendered(report, "junit").encode()))

    assert len(suites) == len(report.documents) + 1
    assert sum(suite.errors for suite in suites) == 1


@any_report
def test_a_test_case_per_article_and_group(report: Report) -> None:
    root = JUnitXml.fromstring(rendered(report, "junit").encode())

    groups = {rule.partition("/")[0] for rule in report.rules}
    failed = {(one.path, one.record, one.rule.partition("/")[0]) for one in report.findings}
    assert root.tests == sum(len(list(suite)) for suite in root)
    assert root.tests == len(groups) * len(report.documents) + len(report.failures)
    assert root.failures == sum(suite.failures for suite in root) == len(failed)
    assert root.errors == len(report.failures)


def test_a_failed_case_lists_its_findings() -> None:
    report = report_of(finding("names/one", "Kiev"), finding("names/two", "Lvov"), finding("numbers/separator", "1.5"))

    cases = [case for suite in JUnitXml.fromstring(rendered(report, "junit").encode()) for case in suite]

    assert [(case.name, case.result[0].message) for case in cases] == [
        ("names", "“Kiev” is wrong. (and 1 more)"),
        ("numbers", "“1.5” is wrong."),
    ]
    assert cases[0].result[0].text.splitlines()[1] == "news/front.txt:3:14: warning names/two: “Lvov” is wrong."


def test_a_suite_shows_what_xml_cannot_hold() -> None:
    report = report_of(finding("names/one", path="a\nb\x1b.txt", message="<b> & \x00 \ufffe \ud800 “é”"))

    (suite,) = JUnitXml.fromstring(rendered(report, "junit").encode())
    (case,) = suite

    assert suite.name == "a\nb<U+001B>.txt"
    assert case.result[0].message == "<b> & <U+0000> <U+FFFE> <U+D800> “é”"
    assert case.result[0].text == f"a b<U+001B>.txt:3:14: warning names/one: {case.result[0].message}"


# --- Checkstyle -------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(reports)
def test_any_text_gives_valid_checkstyle(report: Report) -> None:
    root = ElementTree.fromstring(rendered(report, "checkstyle"))

    errors = list(root.iter("error"))
    assert root.tag == "checkstyle"
    assert len(errors) == len(report.findings) + 1
    assert all(error.get("severity") in {"info", "warning", "error"} and int(error.get("line")) > 0 for error in errors)


def test_checkstyle_names_file_place_and_rule() -> None:
    root = ElementTree.fromstring(rendered(report_of(finding("names/one", "Kiev")), "checkstyle"))

    assert root[0].attrib == {"name": "news/front.txt"}
    assert root[0][0].attrib == {
        "line": "3", "column": "14", "severity": "warning", "message": "“Kiev” is wrong.", "source": "audit.names.one",
    }  # fmt: skip


# --- rdjson -----------------------------------------------------------------------------------------------------------


def diagnostics(report: Report) -> list[dict[str, Any]]:
    text = rendered(report, "rdjson")
    text.encode()
    content = strict(text)
    RDJSON.validate(content)
    return content["diagnostics"]


@settings(deadline=None)
@given(reports)
def test_any_text_gives_valid_diagnostics(report: Report) -> None:
    assert len(diagnostics(report)) == len(report.findings) + 1


@any_report
def test_diagnostics_without_files_have_no_columns(report: Report) -> None:
    read = diagnostics(report)

    assert len(read) == len(report.findings) + len(report.failures)
    assert all("column" not in one["location"].get("range", {}).get("start", {}) for one in read)
    assert not any("suggestions" in one for one in read)


def test_columns_of_diagnostics_are_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks end\n\nЖенева 😀: около 250.000 soldiers left.\n", encoding="utf-8")
    report = audit.run([tmp_path / "a.txt"], target_language="en", select=("numbers",))

    (read,) = diagnostics(report)

    assert read["location"]["range"] == {"start": {"line": 3, "column": 31}, "end": {"line": 3, "column": 38}}
    assert read["suggestions"] == [{"range": read["location"]["range"], "text": "250,000"}]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("mark.txt", "\ufeffAbout 250.000 soldiers left.\n".encode()),
        ("wide.txt", "\ufeffAbout 250.000 soldiers left.\n".encode("utf-16-le")),
        ("old.html", '<meta charset="windows-1251"><p>Около 250.000 soldiers left.</p>\n'.encode("cp1251")),
        ("mac.txt", b"Talks end\r\rAbout 250.000 soldiers left.\r"),
    ],
)
def test_columns_that_reviewdog_would_count_otherwise_are_left_out(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    report = audit.run([tmp_path / name], target_language="en", select=("numbers",))

    (read,) = diagnostics(report)

    assert [*read["location"]["range"]["start"]] == ["line"]
    assert "suggestions" not in read


def test_all_edits_of_a_fix_are_one_suggestion(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks\n\nHe said «no é\nor so».\n", encoding="utf-8")
    report = audit.run([tmp_path / "a.txt"], target_language="en")
    first = FileEdit(Position(3, 9, 15), Position(3, 10, 16), "“")
    second = FileEdit(Position(4, 6, 26), Position(4, 7, 27), "”")
    one = finding("punctuation/quotes", path=report.documents[0].path, fix=Fix(False, (second, first)))
    report.findings[:] = [one]

    (read,) = diagnostics(report)

    assert read["suggestions"] == [
        {"range": {"start": {"line": 3, "column": 9}, "end": {"line": 4, "column": 8}}, "text": "“no é\nor so”"}
    ]


def test_a_suggestion_that_utf8_cannot_hold_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks end\n", encoding="utf-8")
    report = audit.run([tmp_path / "a.txt"], target_language="en")
    edit = FileEdit(Position(1, 1, 0), Position(1, 2, 1), "\ud800")
    path = report.documents[0].path
    report.findings[:] = [finding("encoding/control", "T", path=path, place=(1, 1), fix=Fix(False, (edit,)))]

    assert "suggestions" not in diagnostics(report)[0]


def test_a_file_that_changed_since_gets_no_columns(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks end\n\nAbout 250.000 soldiers left.\n", encoding="utf-8")
    report = audit.run([tmp_path / "a.txt"], target_language="en", select=("numbers",))
    (tmp_path / "a.txt").write_text("Something else\n", encoding="utf-8")

    (read,) = diagnostics(report)

    assert read["location"]["range"] == {"start": {"line": 3}, "end": {"line": 3}}


# --- CSV --------------------------------------------------------------------------------------------------------------


def rows(report: Report) -> list[dict[str, str]]:
    text = rendered(report, "csv")
    text.encode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@settings(deadline=None)
@given(reports)
def test_any_text_gives_valid_rows(report: Report) -> None:
    read = rows(report)

    assert len(read) == len(report.findings) + 1
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in read for cell in row.values())


def test_a_row_tells_all_of_a_finding() -> None:
    edit = FileEdit(Position(3, 14, 40), Position(3, 21, 47), "250,000")
    report = report_of(
        finding("numbers/separator", '=1,"a"', fix=Fix(True, (edit,))), failures=[Failure("b", "gone", line=2)]
    )

    first, second = rows(report)

    assert rendered(report, "csv").count("\r\n") == 3
    assert (first["line"], first["column"], first["text"], first["fix"], first["safe"]) == (
        "3",
        "14",
        '\'=1,"a"',
        "250,000",
        "yes",
    )
    assert (second["path"], second["line"], second["severity"], second["message"]) == ("b", "2", "failure", "gone")


def test_a_cell_fits_into_a_spreadsheet() -> None:
    (row,) = rows(report_of(finding("names/one", "=" + "x" * 99_999, message="a\x00\ud800\nb")))

    assert len(row["text"]) == 32_767
    assert row["text"].startswith("'=x")
    assert row["message"] == "a<U+0000><U+D800>\nb"


# --- Markdown ---------------------------------------------------------------------------------------------------------

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")
OWN = re.compile(r"</?(?:details|summary|b|sub)>")


class Tags(HTMLParser):
    """Collects the tags of a page and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.closed: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.opened.append(" ".join([tag, *(f"{name}={value}" for name, value in attrs)]))

    def handle_endtag(self, tag: str) -> None:
        self.closed.append(tag)

    def handle_comment(self, data: str) -> None:
        self.opened.append("!--")

    def handle_decl(self, decl: str) -> None:
        self.opened.append("!")

    unknown_decl = handle_pi = handle_decl


def tags_on_github(report: Report) -> Tags:
    """Read a summary with GitHub's own parser, before anything unsafe is taken out."""
    text = rendered(report, "markdown")
    return Tags(cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE))


def parsed(report: Report) -> list[Any]:
    text = rendered(report, "markdown")
    text.encode()
    assert len(text) <= 65_536
    tokens = PARSER.parse(text)
    for token in [*tokens, *(child for parent in tokens for child in parent.children or ())]:
        if token.type in ("html_block", "html_inline"):
            assert "<" not in OWN.sub("", token.content), token.content
        assert token.type not in ("image", "code_inline", "fence", "code_block", "hr", "em_open", "strong_open")
    return tokens


MARKUP = st.text("<>|`*_[](){}!@#&;\\\n-+=~:/.$^'\"?aw1 ", min_size=1, max_size=30) | st.sampled_from(
    ["</details>", "</td></table>", "</sub></b></summary>", "<!--", "<script>", "<![CDATA[", "<?", "&#124;", "www.a.de"]
)
marked_reports = st.builds(
    lambda message, path, rule, error: report_of(
        finding(rule, message=message, path=path), failures=[Failure(path, error)]
    ),
    *[st.lists(MARKUP, min_size=1, max_size=3).map("".join)] * 4,
)


@settings(deadline=None)
@given(reports | marked_reports)
def test_no_text_breaks_out_of_a_summary(report: Report) -> None:
    tokens = parsed(report)

    tables = [token for token in tokens if token.type == "table_open"]
    assert len([token for token in tokens if token.type == "tr_open"]) == len(tables) + len(report.findings)
    assert len([token for token in tokens if token.type == "link_open"]) == 0
    tags = tags_on_github(report)
    assert {*tags.opened} <= {
        "h2", "h3", "p", "b", "sub", "ul", "li", "details", "summary", "table", "thead", "tbody", "tr", "th", "td"
    }  # fmt: skip
    articles = {(one.path, one.record) for one in report.findings}
    assert tags.opened.count("details") == tags.closed.count("details") == len(articles)
    assert tags.opened.count("td") == 4 * len(report.findings)
    assert tags.opened.count("li") == len(report.failures)


@pytest.mark.parametrize(
    "text",
    [
        "</details><script>alert(1)</script>",
        "a | b | c",
        "[x](javascript:alert(1))",
        "`code`",
        "@editor see #12",
        "\n\n# Title",
        "<!--",
        "![x](y)",
        "# Title",
        "1. - + item",
        "    code",
        "www.example.org and https://example.org/desk/news/issues/1",
        "editor@example.org",
        "GH-12",
    ],
)
def test_a_summary_shows_words_as_they_are(text: str) -> None:
    report = report_of(finding("names/one", text, message=f"“{text}” is wrong."), failures=[Failure(text, text)])

    tokens = parsed(report)

    words = "".join(child.content for token in tokens for child in token.children or () if child.type == "text")
    assert " ".join(text.split()) in " ".join(words.replace("\u2060", "").split())
    assert not re.search(r"@\w|(?<!&)#\d|GH-\d", words)
    assert "a" not in {tag.split()[0] for tag in tags_on_github(report).opened}
    assert tags_on_github(report).opened.count("li") == 1
    assert not {"ol", "pre", "h1", "script", "img"} & {*tags_on_github(report).opened}


def test_places_are_links_in_a_run_of_github(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("SERVER_URL", "https://github.com"), ("REPOSITORY", "desk/news"), ("SHA", "abc")):
        monkeypatch.setenv(f"GITHUB_{name}", value)

    text = rendered(report_of(finding("names/one", "Kiev", path="a b/ü.txt")), "markdown")

    assert "[3:14](https://github.com/desk/news/blob/abc/a%20b/%C3%BC.txt?plain=1#L3)" in text


@pytest.mark.parametrize(
    ("number", "note"), [(2_000, " did not fit in here; the other reports hold them all."), (15, None)]
)
def test_a_summary_fits_into_a_comment_and_says_what_is_missing(number: int, note: str | None) -> None:
    found = [finding(f"names/rule-{index}", "x" * 80, path=f"{index // 4}.txt") for index in range(number)]

    text = rendered(report_of(*found), "markdown")

    shown = text.count("<sub>names/rule-")
    assert len(text) < 65_536
    assert (note is None) == (shown == number)
    if note:
        missing = int(
            re.search(r"([\d,]+) findings in [\d,]+ articles" + re.escape(note), text).group(1).replace(",", "")
        )
        cut = re.search(r"(\d+) more finding", text)
        assert shown + missing + (int(cut.group(1)) if cut else 0) == number


def test_the_worst_article_comes_first() -> None:
    report = report_of(
        finding("names/one", "a", path="a.txt"), finding("names/two", "b", path="b.txt", severity=Severity.ERROR)
    )

    text = rendered(report, "markdown")

    assert text.index("b.txt") < text.index("a.txt")


def test_a_rule_that_fires_over_and_over_is_one_row() -> None:
    found = [finding("names/one", "Kiev", place=(index + 1, 1)) for index in range(30)]

    tokens = parsed(report_of(*found))

    assert len([token for token in tokens if token.type == "tr_open"]) == 2


def test_a_summary_of_many_failures_fits_into_a_comment() -> None:
    failures = [Failure("|" * 400, f"{index} {'<' * 400}") for index in range(300)]

    text = rendered(report_of(*many("names/one", 900), failures=failures), "markdown")

    left = re.search(r"- (\d+) more did not fit in here", text)
    assert len(text) <= 65_536
    assert text.count("\n- <b>") + int(left.group(1)) == 300
    assert "<summary>" in text


def test_failures_stand_in_the_summary() -> None:
    assert "### Could not be checked\n\n- <b>news/all.jsonl:8</b>: not valid JSON\n" in rendered(sample(), "markdown")


# --- every format -----------------------------------------------------------------------------------------------------

COUNTS: dict[str, Callable[[Report], int]] = {
    "checkstyle": lambda report: len(list(ElementTree.fromstring(rendered(report, "checkstyle")).iter("error"))),
    "csv": lambda report: len(rows(report)),
    "gitlab": lambda report: len(issues(report)),
    "rdjson": lambda report: len(diagnostics(report)),
}


@pytest.mark.parametrize("name", COUNTS)
@any_report
def test_every_finding_and_failure_is_there(report: Report, name: str) -> None:
    assert COUNTS[name](report) == len(report.findings) + len(report.failures)


@pytest.mark.parametrize("name", COUNTS)
def test_an_article_of_one_endless_line(name: str, tmp_path: Path) -> None:
    line = " ".join(f"Around {number}.500 soldiers left Kiev — Ω😀 — on that day." for number in range(100, 400))
    path = tmp_path / "one line, with “quotes” & a\nbreak.txt"
    path.write_text(f"Talks end\n\n{line}", encoding="utf-8")
    report = audit.run([path], target_language="en")

    assert len(report.findings) >= 300
    assert COUNTS[name](report) == len(report.findings)


@pytest.mark.parametrize("report", [Report("1", {}), Report("1", {}, failures=[Failure("a\nb", "gone\x00")])])
def test_reports_of_nothing_are_sound(report: Report) -> None:
    assert len(commands(report)) == len(report.failures)
    assert len(list(JUnitXml.fromstring(rendered(report, "junit").encode()))) == len(report.failures)
    assert parsed(report)
