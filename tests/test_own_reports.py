"""A folder may hold our own reports beside its articles: they are passed over."""

import io
import shutil
from pathlib import Path

import pytest

import audit
from audit import plugins
from audit.folder.ownreports import is_report
from audit.report import Report, Summary
from conftest import ROOT

SUFFIXES = {".txt", ".md", ".html", ".json", ".jsonl"}
SAMPLES = [path for path in (ROOT / "reports").iterdir() if path.suffix in SUFFIXES and path.stem.startswith("sample")]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_report_in_a_folder_is_passed_over(sample: Path, tmp_path: Path) -> None:
    shutil.copy(sample, tmp_path)
    (tmp_path / "article.txt").write_text("Ferry service resumes\n\nThe boats ran again on Sunday.\n", encoding="utf-8")

    found = audit.run([tmp_path])

    assert [document.path.rpartition("/")[2] for document in found.documents] == ["article.txt"]
    assert found.failures == []


@pytest.mark.parametrize("name", [path.name for path in SAMPLES if path.suffix != ".json"])
def test_a_report_that_is_named_is_a_failure(name: str) -> None:
    found = audit.run([ROOT / "reports" / name])

    assert [failure.error for failure in found.failures] == ["is a report of audit, not an article"]


@pytest.mark.parametrize("name", ["text", "markdown", "html", "statistics"])
def test_a_report_of_nothing_is_a_report(name: str) -> None:
    stream = io.StringIO()

    plugins.load("reporters", name).render(Report("1", {}, [Summary("a.txt", None, "en", None, 12)]), stream)

    assert is_report(stream.getvalue())


@pytest.mark.parametrize(
    "text",
    [
        "Nothing found in 3 articles, the archivist said.\n\nThe letters are gone.\n",
        "## audit: what the court found in the books\n\nThe auditors read for a year.\n",
        "At 12:30:15: error and delay on the railway\n\nTrains were late.\n",
        "Kickoff: 20:45: note the new time\n",
        "",
    ],
)
def test_an_article_is_no_report(text: str) -> None:
    assert not is_report(text)
