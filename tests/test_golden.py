"""The committed samples in reports/ are what the tool writes about tests/articles/ today."""

import dataclasses
import io

import pytest

import audit
from audit import plugins
from audit.report import Report
from conftest import ROOT

SUFFIX = {  # of formats that are not written to files of a suffix of their own, and of those called otherwise
    "checkstyle": "-checkstyle.xml",
    "github": "-github.txt",
    "gitlab": "-gitlab.json",
    "junit": "-junit.xml",
    "markdown": ".md",
    "statistics": "-statistics.txt",
    "text": ".txt",
}


@pytest.fixture(scope="module")
def report() -> Report:
    found = audit.run([ROOT / "tests" / "articles"], jobs=1)
    return dataclasses.replace(found, version="1.0.0")


@pytest.mark.parametrize("format_name", plugins.names("reporters"))
def test_sample_is_current(format_name: str, report: Report, golden) -> None:
    stream = io.StringIO()

    audit.render(report, format_name, stream)

    golden(f"reports/sample{SUFFIX.get(format_name, '.' + format_name)}", stream.getvalue())


def test_every_default_pack_shows_in_the_samples(report: Report) -> None:
    shown = {report.rules[finding.rule].pack for finding in report.findings}

    assert shown == {rule.pack for rule in audit.rules()}


def test_reports_holds_nothing_else() -> None:
    samples = {f"sample{SUFFIX.get(name, '.' + name)}" for name in plugins.names("reporters")}

    assert {path.name for path in (ROOT / "reports").iterdir()} == samples | {"README.md", "quality.json"}
