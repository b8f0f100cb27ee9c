"""The precision that SARIF and `audit explain` tell comes from reports/quality.json, with caution where little is known."""

import subprocess
import sys

import pytest

from audit import quality
from audit.documentation.rulepages import page
from audit.quality import Figures, grade, measured
from reports import rule


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> dict[str, Figures]:
    """Return the measured figures, none at first."""
    rows: dict[str, Figures] = {}
    monkeypatch.setattr(quality, "measured", lambda: rows)
    monkeypatch.setattr("audit.documentation.rulepages.measured", lambda: rows)
    return rows


@pytest.mark.parametrize(
    ("findings", "true", "expected"),
    [
        (0, 0, None),
        (1, 1, None),
        (1, 0, "low"),
        (2, 2, "medium"),
        (2, 1, "low"),
        (4, 4, "medium"),
        (5, 5, "high"),
        (14, 14, "high"),
        (15, 15, "very-high"),
        (15, 14, "high"),
        (200, 190, "very-high"),
        (200, 120, "medium"),
        (200, 90, "low"),
    ],
)
def test_few_findings_promise_little(
    findings: int, true: int, expected: str | None, figures: dict[str, Figures]
) -> None:
    figures["a/b"] = Figures(findings=findings, true=true)

    assert grade("a/b") == expected


def test_a_rule_without_figures_has_no_grade(figures: dict[str, Figures]) -> None:
    assert grade("a/b") is None


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (None, "Not measured: the labelled articles hold nothing that it reports."),
        (
            Figures(marks=20, found=15, right=14, findings=18, true=17),
            "On the labelled articles 17 of 18 findings are true (94%), 15 of 20 artifacts are found (75%); graded high.",
        ),
        (
            Figures(marks=2),
            "On the labelled articles 0 of 0 findings are true, 0 of 2 artifacts are found (0%); too few to grade.",
        ),
    ],
)
def test_a_page_tells_how_often_its_rule_is_right(row: Figures | None, line: str, figures: dict[str, Figures]) -> None:
    if row:
        figures["a/b"] = row

    assert line in page(rule("a/b")).splitlines()


def test_committed_figures_can_be_read() -> None:
    assert measured()
    assert all(one.right <= one.found <= one.marks and one.true <= one.findings for one in measured().values())


def test_other_formats_do_not_read_the_figures() -> None:
    code = "import sys, audit; audit.run([sys.argv[1]]); import audit.reporters.json; print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", code, __file__], capture_output=True, text=True, check=True)

    assert "audit.quality" not in done.stdout.split()
