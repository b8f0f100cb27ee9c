"""Scores: how they are reckoned, what they close the gate for, and where they stand."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import audit
from audit.cli import cli
from audit.configuration.config import Config
from audit.model import Failure, Severity
from audit.report import WEIGHTS, Report, Summary, Weights
from audit.running.gate import Gate
from audit.score import formula, penalty, rate, score
from reports import finding, rule

ARTICLE = "Ferry service resumes\n\nThe boats ran again on Sunday with 250.000 passengers.\n\nBonus video:\n"


@pytest.mark.parametrize(
    ("points", "words", "expected"),
    [
        (0, 300, 100.0),
        (25, 300, 91.7),  # one critical finding in a short article
        (5, 300, 98.3),
        (300, 300, 0.0),
        (900, 300, 0.0),  # never below
        (0, 0, None),  # nothing to rate
        (25, 0, 0.0),  # no text at all
    ],
)
def test_score(points: float, words: int, expected: float | None) -> None:
    assert score(points, words) == expected


@given(st.floats(0, 1e6), st.integers(0, 10**9))
def test_a_score_is_a_share_of_100(points: float, words: int) -> None:
    reckoned = score(points, words)

    assert reckoned is None or 0 <= reckoned <= 100


def report(weights: Weights = WEIGHTS) -> Report:
    found = [
        finding("numbers/separator", "1", path="a", severity=Severity.ERROR),
        finding("encoding/control", "2", path="b", severity=Severity.NOTE),
    ]
    rules = {
        name: rule(name, severity)
        for name, severity in (("numbers/separator", Severity.ERROR), ("encoding/control", Severity.NOTE))
    }
    documents = [Summary("a", None, "en", None, 100), Summary("b", None, "en", None, 100)]
    return Report("1", rules, documents, found, weights=weights)


def test_each_article_and_the_run_are_rated() -> None:
    rated = report()

    rate(rated)

    assert [document.score for document in rated.documents] == [95.0, 100.0]
    assert rated.score == 97.5


def test_weights_can_be_set() -> None:
    assert penalty(report(Weights(note=2, error=10))) == 12
    assert "note 2, warning 1, error 10, critical 25" in formula(Weights(note=2, error=10))


def test_a_critical_rule_weighs_most() -> None:
    rated = report()
    rated.rules["numbers/separator"].critical = True

    assert penalty(rated) == 25


def test_what_is_suppressed_costs_nothing() -> None:
    rated = report()
    rated.suppressed, rated.findings = rated.findings, []

    assert penalty(rated) == 0


@pytest.mark.parametrize(
    ("settings", "failures", "code"),
    [
        ({"fail_on": None}, [], 0),
        ({"fail_on": Severity.ERROR}, [], 1),
        ({"fail_on": None, "min_score": 96}, [], 1),
        ({"fail_on": None, "min_score": 95}, [], 0),
        ({"fail_on": None, "min_score": 96}, [Failure("c", "gone")], 2),
    ],
)
def test_gate(settings: dict[str, object], failures: list[Failure], code: int) -> None:
    gate = Gate(Config(Path(), **settings))
    seen = report()
    seen.failures = failures

    assert list(gate.watch([seen])) == [seen]
    assert gate.exit_code() == code


def test_an_article_that_scores_too_low_is_named(tmp_path: Path) -> None:
    (tmp_path / "low.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "high.txt").write_text("Ferry service resumes\n\nThe boats ran again on Sunday.\n", encoding="utf-8")

    done = CliRunner().invoke(
        cli, ["run", str(tmp_path), "--target-language", "en", "--fail-on", "never", "--min-score", "80"]
    )

    assert done.exit_code == 1
    assert "audit: 1 article scores too low; the lowest is 57.1: " in done.stderr
    assert "low.txt" in done.stderr


def test_weights_come_from_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text("[weights]\nerror = 0\nwarning = 0\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")

    assert audit.run([tmp_path / "a.txt"], target_language="en").score == 100


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("weights = 5", "“weights” wants a table"),
        ("weights = {minor = 1}", "has no severity “minor”"),
        ("weights = {error = -1}", "wants a number from 0 to"),
        ("weights = {error = true}", "wants a number from 0 to"),
        ("min-score = 101", "wants a number from 0 to 100"),
    ],
)
def test_wrong_weights_are_told(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "audit.toml").write_text(line, encoding="utf-8")

    with pytest.raises(audit.model.AuditError, match=message):
        audit.run([tmp_path])
