"""Reports in each format: what they hold, and that no text of an article can break them."""

from __future__ import annotations

import importlib.resources
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import audit
from audit import plugins
from audit.model import Confidence, Example, Failure, Severity
from audit.quality import Figures
from audit.report import WEIGHTS, FileEdit, Fix, Position, RelatedPlace, Report, Summary, Suppression
from audit.reporters import jsonl as jsonl_reporter
from audit.reporters import sarif as sarif_reporter
from audit.reporting.linehash import line_hashes
from audit.score import formula
from github_sarif import assert_github_accepts
from reports import ANY, Screen, finding, findings, rendered, report_of, rule, sample

SCHEMA = Draft202012Validator(
    json.loads((importlib.resources.files("audit") / "schemas" / "report.schema.json").read_text("utf-8"))
)


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")


def read_json(report: Report) -> dict[str, Any]:
    text = rendered(report, "json")
    text.encode()
    content = json.loads(text)
    SCHEMA.validate(content)
    return content


def read_sarif(report: Report) -> dict[str, Any]:
    text = rendered(report, "sarif")
    text.encode()
    content = json.loads(text)
    assert_github_accepts(content)
    return content["runs"][0]


# --- every format -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", plugins.names("reporters"))
def test_same_report_gives_same_bytes(format: str) -> None:
    assert rendered(sample(), format) == rendered(sample(), format)
    assert rendered(sample(), format).endswith("\n")


@settings(deadline=None)
@given(st.lists(findings(), max_size=4), ANY.filter(bool), ANY)
def test_any_text_gives_valid_reports(found: list[Any], path: str, error: str) -> None:
    report = report_of(*found, failures=[Failure(path, error, line=3)])

    content = read_json(report)
    read_sarif(report)
    plain = rendered(report, "text")
    screen = rendered(report, "text", Screen())

    assert len(content["findings"]) == len(found)
    assert [one["path"].encode("utf-8", "surrogatepass") for one in content["findings"]] == [
        one.path.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass").encode("utf-8", "surrogatepass")
        for one in found
    ]  # two halves of one character, side by side, are that character for JSON
    assert len(plain.splitlines()) == len(found) + 2
    assert not set(plain) & set("\x1b\x07\x9b\u202e\r\b")
    assert set(screen) & set("\x07\x9b\u202e\r\b") == set()
    screen.encode()


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_json_has_every_key_in_the_order_of_its_contract() -> None:
    content = read_json(sample())

    assert list(content) == ["version", "tool", "summary", "documents", "findings", "failures", "notices"]
    assert content["summary"] == {
        "documents": 8, "words": 4096, "findings": 10, "errors": 1, "warnings": 8, "notes": 1, "score": 99.7,
        "formula": formula(WEIGHTS), "suppressed": 0, "baseline": None,
    }  # fmt: skip
    assert list(content["documents"][0]) == ["path", "record", "target_language", "source_language", "words", "score"]
    assert list(content["failures"][0]) == ["path", "record", "line", "rule", "error"]
    assert content["findings"][0] == {
        "rule": "numbers/separator",
        "severity": "error",
        "confidence": "high",
        "category": "locale/number-format",
        "message": "“250.000” is wrong.",
        "path": "news/front.txt",
        "start": {"line": 3, "column": 14, "offset": 40},
        "end": {"line": 3, "column": 21, "offset": 47},
        "text": "250.000",
        "related": [],
        "fingerprint": "numbers/separator 250.000 3:14",
        "fix": {
            "safe": False,
            "edits": [
                {
                    "start": {"line": 3, "column": 14, "offset": 40},
                    "end": {"line": 3, "column": 21, "offset": 47},
                    "text": "250,000",
                }
            ],
        },
        "suppressed": None,
        "baseline": "new",
        "source": None,
        "record": None,
    }
    keys = ["rule", "severity", "confidence", "category", "message", "path", "start", "end", "text", "related"]
    assert list(content["findings"][0])[:-1] == [*keys, "fingerprint", "fix", "suppressed", "baseline", "source"]


def test_json_keeps_related_places_records_and_sources() -> None:
    source = {"text": "250.000 vojnika", "line": 2}
    content = read_json(report_of(*sample().findings, finding("a/b", source=source)))

    assert content["findings"][1]["related"] == [
        {
            "path": "news/front.txt",
            "start": {"line": 2, "column": 1, "offset": 9},
            "end": {"line": 2, "column": 8, "offset": 16},
            "text": "A photo",
            "message": "the [first] copy",
        }
    ]
    assert content["findings"][8]["record"] == 7
    assert content["findings"][-1]["source"] == source


def test_json_writes_letters_as_they_are_and_escapes_lone_surrogates() -> None:
    text = rendered(report_of(finding("a/b", "日本語 \ud800 ж")), "json")

    assert '"日本語 \\ud800 ж"' in text


def test_json_has_a_line_for_each_finding() -> None:
    lines = rendered(sample(), "json").splitlines()

    assert sum(line.lstrip().startswith('{"rule": ') for line in lines) == 10


def test_schema_is_valid_and_notices_what_is_wrong() -> None:
    Draft202012Validator.check_schema(SCHEMA.schema)
    content = read_json(sample())
    del content["findings"][0]["start"]["offset"]
    content["findings"][1]["severity"] = "fatal"

    assert len([*SCHEMA.iter_errors(content)]) == 2


# --- JSON lines -------------------------------------------------------------------------------------------------------


def read_lines(report: Report) -> dict[str, list[dict[str, Any]]]:
    lines: dict[str, list[dict[str, Any]]] = {"document": [], "finding": [], "failure": [], "summary": []}
    for line in rendered(report, "jsonl").split("\n")[:-1]:
        content = json.loads(line)
        lines[content.pop("type")].append(content)
    return lines


@settings(deadline=None)
@given(st.lists(findings(), max_size=4), ANY.filter(bool))
def test_lines_hold_what_the_json_report_holds(found: list[Any], error: str) -> None:
    report = report_of(*found, failures=[Failure("a.txt", error)])

    lines, whole = read_lines(report), read_json(report)

    assert lines["document"] == whole["documents"]
    assert lines["finding"] == whole["findings"]
    assert lines["failure"] == whole["failures"]
    assert lines["summary"] == [{"version": 1, "tool": whole["tool"], **whole["summary"]}]


def test_lines_are_written_while_the_work_goes_on() -> None:
    stream = io.StringIO()

    def parts() -> Iterator[Report]:
        yield report_of(finding("numbers/separator", "250.000", path="a.txt"))
        assert '"path": "a.txt"' in stream.getvalue()
        yield report_of(finding("numbers/separator", "6.000", path="b.txt"))
        assert '"path": "b.txt"' in stream.getvalue()

    jsonl_reporter.render_parts(parts(), stream)

    assert json.loads(stream.getvalue().splitlines()[-1])["findings"] == 2


# --- statistics -------------------------------------------------------------------------------------------------------


def test_statistics_count_by_rule() -> None:
    edit = FileEdit(Position(1, 1, 0), Position(1, 2, 1), "")
    found = [
        finding("numbers/separator", "250.000", severity=Severity.ERROR, fix=Fix(False, (edit,))),
        finding("names/kiev", "Kiev"),
        finding("names/kiev", "Kiev", fix=Fix(True, (edit,))),
    ]

    lines = rendered(report_of(*found, score=98.5), "statistics").splitlines()

    assert [line.split() for line in lines[:4]] == [
        ["findings", "fixable", "safely", "severity", "rule"],
        ["2", "1", "1", "warning", "names/kiev"],
        ["1", "1", "0", "error", "numbers/separator"],
        ["3", "2", "1", "all", "rules"],
    ]
    assert lines[5:] == ["audit score 98.5", formula(WEIGHTS)]


# --- SARIF ------------------------------------------------------------------------------------------------------------


def test_sarif_gives_a_result_for_each_finding() -> None:
    run = read_sarif(sample())

    first = run["results"][0]
    assert len(run["results"]) == 10
    assert run["columnKind"] == "unicodeCodePoints"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "news/front.txt", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 14, "endLine": 3, "endColumn": 21, "snippet": {"text": "250.000"}},
    }
    assert first["level"] == "error"
    assert first["properties"] == {"confidence": "high", "category": "locale/number-format"}
    assert first["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 14, "endLine": 3, "endColumn": 21},
            "insertedContent": {"text": "250,000"},
        }
    ]
    assert run["results"][2]["locations"][0]["physicalLocation"]["region"]["endLine"] == 82
    assert run["results"][8]["properties"]["record"] == 7


def test_sarif_links_related_places_in_the_message() -> None:
    result = read_sarif(sample())["results"][1]

    assert result["message"]["text"] == "“A photo” is wrong. See [the \\[first\\] copy](1)."
    assert result["relatedLocations"][0]["id"] == 1
    assert result["relatedLocations"][0]["message"]["text"] == "the [first] copy"


def test_sarif_takes_brackets_of_a_message_for_no_link() -> None:
    result = read_sarif(report_of(finding("a/b", message="Markdown is left: [here](1).")))["results"][0]

    assert result["message"]["text"] == "Markdown is left: \\[here](1)."


@pytest.mark.parametrize(
    ("path", "uri", "in_root"),
    [
        ("news/front page.txt", "news/front%20page.txt", True),
        ("C#/100%?.txt", "C%23/100%25%3F.txt", True),
        ("a:b.txt", "a%3Ab.txt", True),
        ("Čačak/ž.txt", "%C4%8Ca%C4%8Dak/%C5%BE.txt", True),
        ("new\nline.txt", "new%0Aline.txt", True),
        ("latin\udce9.txt", "latin%E9.txt", True),  # as Python reads a name that is not UTF-8
        ("half\ud800.txt", "half%ED%A0%80.txt", True),
        ("/srv/a b.txt", "file:///srv/a%20b.txt", False),
        ("C:/news/a b.txt", "file:///C:/news/a%20b.txt", False),
        ("//server/share/a.txt", "file://server/share/a.txt", False),
        ("-", "-", False),
    ],
)
def test_sarif_writes_paths_as_uris(path: str, uri: str, in_root: bool) -> None:
    (result,) = read_sarif(report_of(finding("a/b", path=path)))["results"]

    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == ({"uri": uri, "uriBaseId": "%SRCROOT%"} if in_root else {"uri": uri})


def test_sarif_explains_the_rules_that_were_used() -> None:
    rules = read_sarif(sample())["tool"]["driver"]["rules"]

    names = ["duplicates/caption", "duplicates/text", "encoding/control", "numbers/separator", "truncation/empty"]
    assert [one["id"] for one in rules] == names
    number = rules[3]
    assert number["name"] == "NumbersSeparator"
    assert number["shortDescription"]["text"] == "Numbers: separator"
    assert number["properties"]["tags"] == ["translation", "numbers", "locale/number-format"]
    assert number["properties"]["problem.severity"] == "error"
    assert "It cost [[250.000]] euros." in number["help"]["text"]
    assert "```text\nIt cost 250,000 euros.\n```" in number["help"]["markdown"]
    assert "````text\nIt cost ```2.50``` euros.\n````" in number["help"]["markdown"]
    assert rules[2]["properties"]["problem.severity"] == "recommendation"


def test_sarif_shortens_long_descriptions() -> None:
    found = finding("a/b")
    run = read_sarif(report_of(found, rules={"a/b": rule("a/b", why="Readers stumble. " * 100)}))

    text = run["tool"]["driver"]["rules"][0]["fullDescription"]["text"]
    assert len(text) <= 1024
    assert text.endswith("…")


@pytest.mark.parametrize(
    ("figures", "examples", "precision"),
    [
        (None, (), "medium"),
        (None, (Example("bad", ((0, 3),), 1, confidence=Confidence.HIGH),), "medium"),
        (None, (Example("bad", ((0, 3),), 1, confidence=Confidence.LOW),), "low"),
        (Figures(1, 1, 1, 1, 1), (), "medium"),
        (Figures(40, 40, 40, 40, 40), (Example("bad", ((0, 3),), 1, confidence=Confidence.LOW),), "very-high"),
        (Figures(40, 5, 5, 10, 2), (Example("bad", ((0, 3),), 1, confidence=Confidence.HIGH),), "low"),
    ],
)
def test_sarif_promises_the_precision_that_was_measured(
    figures: Figures | None, examples: tuple[Example, ...], precision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.quality.measured", lambda: {"a/b": figures} if figures else {})
    run = read_sarif(report_of(finding("a/b"), rules={"a/b": rule("a/b", examples=examples)}))

    assert run["tool"]["driver"]["rules"][0]["properties"]["precision"] == precision


@pytest.mark.parametrize(
    ("version", "semantic"),
    [("0.1.0", "0.1.0"), ("1.2", "1.2.0"), ("1.2.3rc1", "1.2.3-rc1"), ("0.1.0.dev4+g1a2b", "0.1.0-dev4+g1a2b")],
)
def test_sarif_writes_a_semantic_version(version: str, semantic: str) -> None:
    driver = read_sarif(report_of(version=version))["tool"]["driver"]

    assert driver["version"] == version
    assert driver["semanticVersion"] == semantic


def test_sarif_tells_equal_fingerprints_apart() -> None:
    run = read_sarif(report_of(*(finding("a/b", fingerprint="ab12") for _ in range(3))))

    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert hashes == ["ab12:1", "ab12:2", "ab12:3"]


def test_sarif_reports_failures_as_notifications() -> None:
    (invocation,) = read_sarif(sample())["invocations"]

    record, picture, broken = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert record["message"]["text"] == "not valid JSON"
    assert record["locations"][0]["physicalLocation"]["region"] == {"startLine": 8}
    assert "region" not in picture["locations"][0]["physicalLocation"]
    assert broken["associatedRule"] == {"id": "numbers/separator"}


def test_sarif_of_a_clean_run_is_complete() -> None:
    run = read_sarif(report_of())

    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_sarif_keeps_the_worst_of_too_many_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif_reporter, "_MOST_RESULTS", 4)
    monkeypatch.setattr(sarif_reporter, "_MOST_SHOWN", 3)
    low, high = Confidence.LOW, Confidence.HIGH
    kinds = [(Severity.NOTE, high), (Severity.WARNING, low), (Severity.ERROR, low), (Severity.WARNING, high)] * 2
    run = read_sarif(report_of(*(
        finding(f"group/{severity}", severity=severity, confidence=confidence, place=(line, 1))
        for line, (severity, confidence) in enumerate(kinds, start=1)
    )))  # fmt: skip

    lines = [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in run["results"]]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert lines == [3, 4, 7, 8]
    assert notes[0]["level"] == "warning"
    assert "the worst 4 of 8 findings" in notes[0]["message"]["text"]
    assert "the worst 3 of 4 results" in notes[1]["message"]["text"]


def test_sarif_stays_below_the_size_that_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif_reporter, "_MOST_BYTES", 20_000)
    randomness = [os.urandom(400).hex() for _ in range(200)]
    run = read_sarif(
        report_of(*(finding("a/b", text, place=(line, 1)) for line, text in enumerate(randomness, start=1)))
    )

    kept = len(run["results"])
    assert 10 < kept < 100
    assert (
        f"the worst {kept} of 200 findings" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    )


def test_lines_are_known_by_the_hash_of_github(tmp_path: Path) -> None:
    text = "Talks end\n\nAbout 250.000 soldiers left.\n\nAbout 6.000 stayed.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    found = audit.run([tmp_path / "a.txt"], target_language="en", select=("numbers",))

    hashes = [one["partialFingerprints"]["primaryLocationLineHash"] for one in read_sarif(found)["results"]]
    (tmp_path / "a.txt").write_text(f"{text}More.\n", encoding="utf-8")
    changed = audit.run([tmp_path / "a.txt"], target_language="en", select=("numbers",))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    assert hashes == list(line_hashes(text, {3, 5}).values())
    assert [one["partialFingerprints"]["primaryLocationLineHash"] for one in read_sarif(changed)["results"]] == [
        f"{one.fingerprint}:1" for one in changed.findings
    ]


def test_a_suppressed_finding_carries_its_reason_and_the_others_none() -> None:
    reason = Suppression("external", "the house writes so", "audit-ignore.toml", 3, date(2026, 12, 31))
    report = report_of(finding("names/kiev", "Kiev", place=(9, 1)))
    report.suppressed.append(finding("numbers/separator", "1", suppressed=reason))
    report.rules = {**report.rules, "numbers/separator": rule("numbers/separator")}

    (number,), () = (result["suppressions"] for result in read_sarif(report)["results"])
    assert (number["kind"], number["status"], number["justification"]) == ("external", "accepted", reason.reason)
    assert number["location"]["physicalLocation"] == {
        "artifactLocation": {"uri": "audit-ignore.toml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3},
    }
    assert "suppressions" not in read_sarif(report_of(finding("names/kiev", "Kiev")))["results"][0]


def test_rules_belong_to_categories_of_mqm() -> None:
    run = read_sarif(sample())

    (taxonomy,) = run["taxonomies"]
    for described in run["tool"]["driver"]["rules"]:
        target = described["relationships"][0]["target"]
        assert taxonomy["taxa"][target["index"]]["id"] == target["id"]
        assert target["toolComponent"]["name"] == taxonomy["name"] == "MQM"


def test_worse_and_surer_results_rank_higher() -> None:
    found = [
        finding("numbers/separator", "1", severity=severity, confidence=confidence)
        for severity in Severity
        for confidence in Confidence
    ]

    ranks = [result["rank"] for result in read_sarif(report_of(*found))["results"]]

    assert ranks == sorted(set(ranks))
    assert (min(ranks) > 0, max(ranks)) == (True, 100)


# --- text -------------------------------------------------------------------------------------------------------------


def test_plain_text_is_one_line_for_each_finding() -> None:
    lines = rendered(sample(), "text").splitlines()

    assert lines[0] == "news/front.txt:3:14: error numbers/separator: “250.000” is wrong. [numbers/]"
    assert lines[3] == "news/front.txt:3:14: note encoding/control: “<U+001B>[31m<U+0007>” is wrong. [encoding]"
    assert lines[4].startswith("new<U+000A>line <U+001B>[2J.txt:3:14: warning")
    assert lines[10] == "news/all.jsonl:8: failure: not valid JSON (record 8)"
    assert lines[11] == "news/picture.txt: failure: holds <U+001B>[2Jbinary data"
    assert lines[12] == "news/front.txt: failure: numbers/separator: took too long"
    assert lines[13] == (
        "10 findings (1 error, 8 warnings, 1 note) in 7 of 8 articles, 4,096 words; "
        "2 can be fixed, 1 safely; 3 failures."
    )
    assert len(lines) == 14


def test_plain_text_does_not_import_rich() -> None:
    code = (
        "import sys; sys.path[:0] = [sys.argv[1]]; from reports import rendered, sample; rendered(sample(), 'text');"
        "sys.exit('rich' in sys.modules)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}

    subprocess.run([sys.executable, "-c", code, str(Path(__file__).parent)], check=True, env=environment)


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (Report("1", {}), "There was no article to check."),
        (Report("1", {}, failures=[Failure("a", "gone")]), "No article could be checked; 1 failure."),
        (Report("1", {}, [Summary("a", None, None, None, 1)]), "Nothing found in 1 article, 1 word."),
    ],
)
def test_text_says_so_when_there_is_nothing(report: Report, sentence: str) -> None:
    assert rendered(report, "text").splitlines()[-1] == sentence
    assert sentence in rendered(report, "text", Screen())


@pytest.mark.parametrize("stream", [None, Screen])
def test_text_folds_a_rule_that_fires_often_in_one_article(stream: Any) -> None:
    many = [finding("names/spelling", "Kiev", place=(line, 5)) for line in range(1, 1_026)]
    few = [finding("names/other", "Lvov", place=(line, 5)) for line in range(1, 21)]

    text = rendered(report_of(*many, *few), "text", stream and stream())

    assert text.count("names/spelling") == 1
    assert "1,025 times: 1:5, 2:5," in text
    assert "and 1,005 more" in " ".join(text.split())
    assert text.count("names/other") == 20


def terminal(report: Report) -> list[str]:
    """Return the lines of a report on a terminal without colours and other styles."""
    return re.sub(r"\x1b\[[0-9;]*m", "", rendered(report, "text", Screen())).splitlines()


def test_terminal_marks_the_place_and_offers_the_fix() -> None:
    lines = terminal(sample())

    assert lines[:5] == [
        "news/front.txt",
        "    3:14  error  numbers/separator  [numbers/]",
        "          “250.000” is wrong.",
        "          It cost about 250.000 euros, they said.",
        "                        ^^^^^^^ → 250,000",
    ]
    assert lines[6:11] == [
        "     4:1  warning  duplicates/caption  [duplicat]",
        "          “A photo” is wrong.",
        "          A photo",
        "          ^^^^^^^ → remove",
        "          ↳ 2:1 the [first] copy",
    ]


def test_terminal_aligns_wide_letters_and_tabs() -> None:
    lines = terminal(report_of(finding("a/b", "５.000", excerpt=("\t株で", "円"))))

    assert lines[3:5] == ["              株で５.000円", "                  ^^^^^^"]


def test_terminal_shortens_what_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    long = finding("a/b", "word " * 300_000 + "\nlast words", excerpt=("b" * 60, "a" * 60), message="It is said. " * 9)
    lines = terminal(report_of(long, finding("a/b", excerpt=("long " * 12, " after" * 10))))

    assert max(map(len, lines)) <= 60
    assert any(" … last words" in line or "… last words" in line for line in lines)
    assert any(line.strip().startswith("…long") and line.endswith("after…") for line in lines)


def test_terminal_shows_no_escape_of_an_article() -> None:
    text = "\n".join(terminal(sample()))

    assert not set(text) & set("\x1b\x07\x9b\u202e\r")
    assert "<U+001B>[31m<U+0007>" in text


def test_terminal_groups_records_and_shows_doubt() -> None:
    lines = terminal(sample())

    assert "news/all.jsonl  record 7" in lines
    assert "    3:14  warning  numbers/separator  medium confidence  [numbers/]" in lines


@pytest.mark.parametrize(
    ("edits", "shown"),
    [
        (["”"], "→ ”"),
        ([" "], "→ “ ”"),
        (["„", "“"], "→ „ … “"),
        (["a", "b", "c", "d"], "→ a … b … c … 1 more"),
        (["x " * 90], "→ x x"),
    ],
)
def test_terminal_shows_edits(edits: list[str], shown: str) -> None:
    places = [(Position(1, n, n), Position(1, n + 1, n + 1)) for n in range(1, 9)]
    fix = Fix(True, tuple(FileEdit(*place, text) for place, text in zip(places, edits, strict=False)))

    assert any(shown in line for line in terminal(report_of(finding("a/b", fix=fix))))


def test_terminal_says_add_for_an_insertion() -> None:
    place = Position(1, 1, 0)
    fix = Fix(True, (FileEdit(place, place, "”"),))

    assert any("→ add ”" in line for line in terminal(report_of(finding("a/b", fix=fix))))


def test_terminal_names_the_file_of_a_related_place_elsewhere() -> None:
    places = [RelatedPlace(f"news/{n}.txt", Position(n, 1, 0), Position(n, 2, 1), "", "a copy") for n in range(1, 9)]
    lines = terminal(report_of(finding("a/b", related=tuple(places))))

    assert "          ↳ news/1.txt:1:1 a copy" in lines
    assert "          ↳ and 3 more" in lines


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    report = sample()

    assert "\x1b[1;31m" in rendered(report, "text", Screen())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;31m" not in rendered(report, "text", Screen())
    assert "   ^^^^" in rendered(report, "text", Screen()).replace("\x1b[1m", "")
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert rendered(report, "text", Screen()) == rendered(report, "text")


def test_colours_can_be_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31m" in rendered(sample(), "text")
    monkeypatch.setenv("FORCE_COLOR", "0")
    assert "\x1b" not in rendered(sample(), "text")
