"""Every rule is measured on the labelled articles, and a change may raise its figures but not lower them."""

from pathlib import Path

import pytest

import quality
from audit.quality import Figures
from audit.report import Finding, Position, RelatedPlace
from audit.rulebook import packs
from quality import Article, Mark, Result
from reports import finding

RULES = ("numbers/decimal", "numbers/thousands", "names/place")


def at(rule: str, start: int, end: int, *related: tuple[int, int]) -> Finding:
    places = [RelatedPlace("a", Position(1, 1, first), Position(1, 1, last), "", "") for first, last in related]
    span = {"start": Position(1, start + 1, start), "end": Position(1, end + 1, end)}
    return finding(rule, "x" * (end - start), related=tuple(places), **span)


def result(*findings: Finding, marks: tuple[Mark, ...] = (), name: str = "en/a.txt") -> Result:
    return Result(Article(name, "x" * 1000, marks), findings)


@pytest.fixture(scope="module")
def results() -> list[Result]:
    rules = quality.engine()
    return [quality.audited(article, rules) for article in quality.read(quality.FOLDER)]


@pytest.fixture(scope="module")
def names() -> list[str]:
    return [rule.id for rule in quality.engine().rules]


def test_no_figure_falls_below_the_committed_one(results: list[Result], names: list[str]) -> None:
    committed = quality.committed(quality.FILE.read_text(encoding="utf-8"))

    worse = committed.fallen(results, names)

    assert not worse, "\n".join([*worse, "`make quality ARGS=--show` tells what is missed and falsely reported"])


def test_committed_figures_are_current(results: list[Result], names: list[str]) -> None:
    assert quality.FILE.read_text(encoding="utf-8") == quality.written(results, names), "`make quality` renews them"


def test_labelled_articles_are_many_and_of_all_groups(results: list[Result]) -> None:
    marks = [mark for article, _ in results for mark in article.marks]

    assert len(results) >= 60
    assert len(marks) >= 300
    assert {quality.group(mark.rule) for mark in marks} == {
        quality.group(rule.id) for name in packs.builtin_names() for rule in packs.builtin(name).rules
    }


def test_every_format_and_language_of_the_rules_is_labelled(results: list[Result]) -> None:
    languages = {"en", "de", "fr", "es", "it", "pt", "pl", "ru", "uk", "sr-Latn", "sr-Cyrl", "hr"}

    assert {article.language for article, _ in results} == languages
    assert {Path(article.name).suffix for article, _ in results} == {".txt", ".md", ".html"}


def test_marks_are_taken_out_and_nothing_else_changes() -> None:
    article = quality.parse("de/a.md", "# Rund\n\n⟦numbers/x|2.5⟧ | 3\r\n⟦residue/tag|<b>|</b>⟧")

    assert article.text == "# Rund\n\n2.5 | 3\r\n<b>|</b>"
    assert article.marks == (Mark("numbers/x", 8, 11), Mark("residue/tag", 17, 25))
    assert article.language == "de"


@pytest.mark.parametrize(
    "marked", ["a\n⟦numbers/x 2⟧", "a\n⟦numbers/x|2", "a\n2⟧", "a\n⟦a/b|1⟦a/b|2⟧⟧", "a\n⟦numbers|2⟧"]
)
def test_a_broken_mark_is_told_with_its_line(marked: str) -> None:
    with pytest.raises(ValueError, match=r"en/a.txt:2: a mark reads"):
        quality.parse("en/a.txt", marked)


@pytest.mark.parametrize(
    ("found", "figures"),
    [
        (at("numbers/decimal", 100, 120), Figures(1, 1, 1, 1, 1)),
        (at("numbers/thousands", 104, 144), Figures(1, 1, 1, 0, 0)),  # the group counts; 80 percent and twice as long
        (at("numbers/decimal", 100, 141), Figures(1, 1, 0, 1, 1)),  # too long
        (at("numbers/decimal", 105, 120), Figures(1, 1, 0, 1, 1)),  # covers too little
        (at("numbers/decimal", 120, 130), Figures(1, 0, 0, 1, 0)),  # beside it
        (at("numbers/decimal", 300, 310, (100, 120)), Figures(1, 1, 0, 1, 1)),  # shown as the other of a pair
        (at("numbers/decimal", 110, 110), Figures(1, 1, 0, 1, 1)),  # empty
        (at("names/place", 100, 120), Figures(1, 0, 0, 0, 0)),
    ],
)
def test_findings_are_matched_with_marks(found: Finding, figures: Figures) -> None:
    measured = quality.figures([result(found, marks=(Mark("numbers/decimal", 100, 120),))], RULES)

    assert measured["numbers/decimal"] == figures


def test_figures_are_those_of_rules_groups_and_the_total() -> None:
    marks = (Mark("numbers/decimal", 0, 5), Mark("numbers/wished-for", 10, 15), Mark("names/place", 20, 25))
    found = (at("numbers/thousands", 0, 5), at("numbers/thousands", 10, 15), at("names/place", 50, 55))

    measured = quality.figures([result(*found, marks=marks)], RULES)

    assert measured == {
        "names": Figures(1, 0, 0, 1, 0),
        "names/place": Figures(1, 0, 0, 1, 0),
        "numbers": Figures(2, 2, 2, 2, 2),
        "numbers/decimal": Figures(1, 1, 1, 0, 0),
        "numbers/thousands": Figures(0, 0, 0, 2, 2),
        "total": Figures(3, 2, 2, 3, 2),
    }
    assert measured["total"].precision == measured["total"].recall == pytest.approx(2 / 3)


GOOD = result(at("names/place", 0, 5), marks=(Mark("names/place", 0, 5),))
MISSED = result(marks=(Mark("names/place", 0, 5),))
ALARM = result(at("names/place", 0, 5), at("names/place", 50, 55), marks=(Mark("names/place", 0, 5),))


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        ([GOOD], [GOOD], []),
        ([MISSED], [GOOD], []),
        ([GOOD], [MISSED], ["right falls from 1.000 to 0.000"]),
        ([GOOD], [ALARM], ["precision falls from 1.000 to 0.500"]),
        ([GOOD], [GOOD, ALARM._replace(article=ALARM.article._replace(name="en/b.txt"))], []),  # a hard one joins
    ],
)
def test_figures_may_rise_but_not_fall(before: list[Result], now: list[Result], worse: list[str]) -> None:
    committed = quality.committed(quality.written(before, RULES))

    fallen = committed.fallen(now, RULES)

    assert fallen == [f"{name}: {line}" for name in ("names", "names/place", "total") for line in worse]


def test_an_article_may_not_go_silently() -> None:
    committed = quality.committed(quality.written([GOOD], RULES))

    assert committed.fallen([], RULES) == ["en/a.txt: the article is gone"]


@pytest.fixture
def labelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of labelled articles that are measured instead of the project's."""
    monkeypatch.setattr(quality, "ROOT", tmp_path)
    monkeypatch.setattr(quality, "FOLDER", tmp_path / "labelled")
    monkeypatch.setattr(quality, "FILE", tmp_path / "quality.json")
    article = tmp_path / "labelled" / "en" / "a.txt"
    article.parent.mkdir(parents=True)
    article.write_text(
        "About ⟦numbers/thousands-separator|250.000⟧ soldiers left the city on Monday.\n", encoding="utf-8"
    )
    return article


def test_figures_are_written_unless_they_fell(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main([]) == 0
    first = quality.FILE.read_text(encoding="utf-8")
    labelled.write_text(
        "About 250.000 soldiers left the city on Monday. ⟦numbers/other|One⟧ stayed.\n", encoding="utf-8"
    )

    assert quality.main([]) == 1
    assert "numbers: precision falls from 1.000 to 0.000" in capsys.readouterr().err
    assert quality.FILE.read_text(encoding="utf-8") == first
    assert quality.main(["--lower"]) == 0
    assert quality.FILE.read_text(encoding="utf-8") != first


def test_what_is_missed_and_falsely_reported_is_shown(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "On Monday\n\nAbout 250.000 soldiers left. ⟦numbers/other|One⟧ stayed in ⟦names/x|the city⟧.\n"
    labelled.write_text(text, encoding="utf-8")

    quality.main(["--show", "numbers"])

    shown = capsys.readouterr().out.partition("\n\n")[2].splitlines()
    assert [line.partition(" ")[2].partition("⟧")[0] for line in shown] == [
        "missed numbers/other On Monday ⏎ ⏎ About 250.000 soldiers left. ⟦One",
        "alarm numbers/thousands-separator On Monday ⏎ ⏎ About ⟦250.000",
    ]
    assert {line.partition(" ")[0] for line in shown} == {"labelled/en/a.txt:3:"}
