"""The pages in docs/ are what the code says today, and every link in the project's Markdown leads somewhere."""

import re
import subprocess
from functools import cache
from pathlib import Path

import click
import cmarkgfm
import pytest
from click.testing import CliRunner

from audit.cli import COMMANDS, cli
from audit.documentation.pages import figures, pages
from conftest import ROOT

DOCS = ROOT / "docs"
MADE = ("rules", "checks", "formats", "commands", "configuration")


@cache
def made() -> dict[str, str]:
    with click.Context(cli) as context:
        return pages({name: cli.get_command(context, name) for name in COMMANDS})


def test_pages_are_current(golden, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        for path in made():
            (DOCS / path).parent.mkdir(parents=True, exist_ok=True)

    for path, text in made().items():
        golden(f"docs/{path}", text)


def test_figures_of_the_readme_are_current(golden) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    start, end = "<!-- figures: `make docs` -->\n", "<!-- end of figures -->"
    before, _, rest = text.partition(start)
    after = rest.partition(end)[2]

    assert after, "the README has lost the place of its figures"
    golden("README.md", f"{before}{start}\n{figures()}\n\n{end}{after}")


def test_no_page_is_left_over() -> None:
    there = {path.relative_to(DOCS).as_posix() for folder in MADE for path in (DOCS / folder).rglob("*.md")}

    assert there == set(made())


def test_explain_prints_the_page_of_a_rule() -> None:
    done = CliRunner().invoke(cli, ["explain", "numbers/thousands-separator"])

    assert done.output == made()["rules/numbers/thousands-separator.md"]


def test_explain_lists_a_group_and_all() -> None:
    group = CliRunner().invoke(cli, ["explain", "numbers"]).output.splitlines()
    everything = CliRunner().invoke(cli, ["explain"]).output.splitlines()

    assert {line.split()[0].partition("/")[0] for line in group} == {"numbers"}
    assert set(group) < set(everything)
    assert len(everything) == sum(path.startswith("rules/") for path in made()) - 1


def test_examples_read_as_they_are_written() -> None:
    page = made()["rules/residue/tag.md"]
    shown = re.sub(r"<[^>]+>", "", cmarkgfm.github_flavored_markdown_to_html(page))

    assert "&lt;" in shown, "tags in examples are shown, not taken for tags of the page"


def markdown_files() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    skipped = ("tests/articles/", "tests/labelled/", "reports/sample")
    return [ROOT / name for name in names if name and not name.startswith(skipped)]


@cache
def anchors(path: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    prose = re.sub(r"(?ms)^```.*?^```", "", path.read_text(encoding="utf-8"))
    titles = re.findall(r"(?m)^#+ +(.*)$", prose)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def test_every_link_leads_somewhere() -> None:
    broken = []
    for page in markdown_files():
        prose = re.sub(r"(?ms)^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"))
        for target in re.findall(r"(?<!\\)\]\(([^)\s]+)\)", prose):
            if "://" in target or target.startswith("mailto:"):
                continue
            name, _, anchor = target.partition("#")
            file = (page.parent / name).resolve() if name else page
            if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
