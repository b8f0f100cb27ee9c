"""The committed samples in reports/ are what the tool writes about tests/articles/ today."""

import dataclasses
import io

import pytest

import audit
from audit import plugins
from audit.documentation.pages import sample_of
from audit.report import Report
from conftest import ROOT


@pytest.fixture(scope="module")
def report() -> Report:
    found = audit.run([ROOT / "tests" / "articles"], jobs=1)
    return dataclasses.replace(found, version="1.0.0")


@pytest.mark.parametrize("format_name", plugins.names("reporters"))
def test_sample_is_current(format_name: str, report: Report, golden) -> None:
    stream = io.StringIO()

    audit.render(report, format_name, stream)

    golden(f"reports/{sample_of(format_name)}", stream.getvalue())


def test_every_default_pack_shows_in_the_samples(report: Report) -> None:
    shown = {report.rules[finding.rule].pack for finding in report.findings}

    assert shown == {rule.pack for rule in audit.rules()}


def test_reports_holds_nothing_else() -> None:
    samples = {sample_of(name) for name in plugins.names("reporters")}

    assert {path.name for path in (ROOT / "reports").iterdir()} == samples | {"README.md", "quality.json"}
