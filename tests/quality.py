"""Measure every rule on the labelled articles: `make quality` writes reports/quality.json and tells what was missed."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import regex

from audit import plugins
from audit.engine import Engine
from audit.model import AuditError, Failure, File
from audit.placing import Placer
from audit.quality import Figures, share
from audit.report import Finding
from audit.reporting.plain import encoded, laid_out
from audit.rulebook import packs
from audit.text import line_starts

ROOT = Path(__file__).parent.parent
FOLDER, FILE = ROOT / "tests" / "labelled", ROOT / "reports" / "quality.json"
TOTAL = "total"
_MARK = regex.compile(r"⟦([a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:-[a-z0-9]+)*)\|([^⟦⟧]+)⟧")
_COVERED, _LONGER, _MORE = 0.8, 1.5, 10  # a finding is right that covers so much of a mark and is no longer than this
_AROUND = 40  # characters shown before and after a place


class Mark(NamedTuple):
    """An artifact that an editor would mend: the span of the text, and the rule that should find it."""

    rule: str
    start: int
    end: int


class Article(NamedTuple):
    """A labelled article as audit gets to see it; `name` is its path below the folder, which begins with its language."""

    name: str
    text: str
    marks: tuple[Mark, ...]

    @property
    def language(self) -> str:
        return self.name.partition("/")[0]


class Result(NamedTuple):
    """A labelled article and what audit finds in it."""

    article: Article
    findings: Sequence[Finding]


def parse(name: str, marked: str) -> Article:
    """Take the marks ⟦rule-id|text⟧ out of an article; nothing else of its text changes."""
    text, marks, position = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[position : found.start()]
        marks.append(Mark(found[1], len(text), len(text) + len(found[2])))
        text += found[2]
        position = found.end()
    text += marked[position:]
    left = regex.search("[⟦⟧]", text)
    if left:
        line = text.count("\n", 0, left.start()) + 1
        raise ValueError(f"{name}:{line}: a mark reads ⟦group/rule|text⟧, without another one inside")
    return Article(name, text, tuple(marks))


def read(folder: Path) -> list[Article]:
    """Return the labelled articles of a folder in the order of their names."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [parse(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def engine() -> Engine:
    """Return an engine with all rules but the names to switch on, which say what a house wants, not what is wrong."""
    return Engine(packs.load(tuple(name for name in packs.builtin_names() if not name.startswith("names-"))))


def audited(article: Article, rules: Engine) -> Result:
    """Return what audit finds in an article, as in a run where its language is named."""
    file = File(article.name, article.text, named=True)
    placer, findings = Placer(file), []
    reader = plugins.load("readers", plugins.for_suffix("readers", Path(article.name).suffix) or "text")
    for document in reader.read(file):
        if isinstance(document, Failure):
            raise AuditError(f"{article.name}: {document.error}")
        document.target_language = article.language
        outcome = rules.find(document)
        if outcome.failures:
            raise AuditError(f"{article.name}: {outcome.failures[0].rule}: {outcome.failures[0].error}")
        findings += placer.place(document, outcome.hits)
    return Result(article, findings)


def group(rule: str) -> str:
    return rule.partition("/")[0]


def overlaps(finding: Finding, mark: Mark) -> bool:
    """Tell whether a finding shows a mark, at its own place or at a related one: of two spellings either may be wrong."""
    places = ((one.start.offset, one.end.offset) for one in (finding, *finding.related))
    return any(start < mark.end and mark.start < max(end, start + 1) for start, end in places)  # one may be empty


def is_true(finding: Finding, marks: Iterable[Mark]) -> bool:
    return any(group(mark.rule) == group(finding.rule) and overlaps(finding, mark) for mark in marks)


def inside_others(finding: Finding, marks: Iterable[Mark]) -> bool:
    """Tell whether a finding lies in something that has to go anyway."""
    return any(mark.start <= finding.start.offset and finding.end.offset <= mark.end for mark in marks)


def finders(mark: Mark, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of the mark's group that overlap it."""
    return [one for one in findings if group(one.rule) == group(mark.rule) and overlaps(one, mark)]


def is_right(finding: Finding, mark: Mark) -> bool:
    """Tell whether a finding says where the artifact is: it covers the mark with hardly anything more."""
    start, end, length = finding.start.offset, finding.end.offset, mark.end - mark.start
    covered = min(end, mark.end) - max(start, mark.start)
    return covered >= _COVERED * length and end - start <= _LONGER * length + _MORE


def figures(results: Iterable[Result], rules: Iterable[str]) -> dict[str, Figures]:
    """Return the figures in total, of each group and of each of `rules`, by name.

    A mark that names none of `rules` counts for its group, so that the articles may ask for more than there is. A
    finding in a mark of another group is neither true nor false: a date in the time stamp of a page.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    known = frozenset(rules)

    def count(rule: str, **seen: bool) -> None:
        for name in (TOTAL, group(rule), *({rule} & known)):
            counts[name].update({field: int(yes) for field, yes in seen.items()})

    for article, findings in results:
        for mark in article.marks:
            found = finders(mark, findings)
            count(mark.rule, marks=True, found=bool(found), right=any(is_right(one, mark) for one in found))
        for finding in findings:
            if is_true(finding, article.marks):
                count(finding.rule, findings=True, true=True)
            elif not inside_others(finding, article.marks):
                count(finding.rule, findings=True)
    return {name: Figures(**counts[name]) for name in sorted(counts)}


def fallen(before: Mapping[str, Figures], now: Mapping[str, Figures]) -> list[str]:
    """Return which shares of right marks and of true findings are lower than before, each in a line."""
    lines = []
    for name in sorted(before.keys() & now.keys()):
        old, new = before[name], now[name]
        for what, was, becomes in (
            ("right", share(old.right, old.marks), share(new.right, new.marks)),
            ("precision", old.precision, new.precision),
        ):
            if was is not None and becomes is not None and becomes < was:
                lines.append(f"{name}: {what} falls from {was:.3f} to {becomes:.3f}")
    return lines


class Committed(NamedTuple):
    """What reports/quality.json says: the names of the articles and the figures measured on them."""

    articles: frozenset[str]
    figures: Mapping[str, Figures]

    def fallen(self, results: Sequence[Result], rules: Iterable[str]) -> list[str]:
        """Return what is worse than the file says, on the articles that the file speaks of.

        Articles that came later are left out: hard ones may join without being held against any rule.
        """
        same = [result for result in results if result.article.name in self.articles]
        gone = sorted(self.articles - {result.article.name for result in same})
        return [f"{name}: the article is gone" for name in gone] + fallen(self.figures, figures(same, rules))


def committed(text: str) -> Committed:
    """Return what a text of reports/quality.json says; an empty one says nothing."""
    tree = json.loads(text or '{"articles": [], "total": {}, "groups": [], "rules": []}')
    rows = [{"name": TOTAL, **tree[TOTAL]}, *tree["groups"], *tree["rules"]]
    found = {row["name"]: Figures(*(row.get(field, 0) for field in Figures._fields)) for row in rows}
    return Committed(frozenset(tree["articles"]), found)


def written(results: Sequence[Result], rules: Iterable[str]) -> str:
    """Return reports/quality.json: a line per article, group and rule."""
    found = {name: _row(one) for name, one in figures(results, rules).items()}
    total = found.pop(TOTAL, _row(Figures()))
    rows = [{"name": name, **row} for name, row in found.items()]
    content = {
        "articles": [article.name for article, _ in results],
        TOTAL: total,
        "groups": map(encoded, (row for row in rows if "/" not in row["name"])),
        "rules": map(encoded, (row for row in rows if "/" in row["name"])),
    }
    return "".join((*laid_out(content), "\n"))


def _row(one: Figures) -> dict[str, int | float | str | None]:
    shares = {"precision": one.precision, "recall": one.recall}
    return {**one._asdict(), **{name: None if part is None else round(part, 3) for name, part in shares.items()}}


def table(found: Mapping[str, Figures]) -> Iterator[str]:
    """Yield the figures in lines: the total, then the groups, each with its rules."""
    yield f"{'':44}" + "".join(f"{name:>10}" for name in (*Figures._fields, "precision", "recall"))
    for name in (TOTAL, *(name for name in found if name != TOTAL)):
        one = found.get(name, Figures())
        shares = "".join(f"{'–' if part is None else f'{part:.2f}':>10}" for part in (one.precision, one.recall))
        yield f"{'  ' * ('/' in name) + name:44}" + "".join(f"{number:10}" for number in one) + shares


class _Place(NamedTuple):
    """A place to look at: sorts by group, article and line."""

    group: str
    path: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def places(results: Iterable[Result], pattern: str) -> list[_Place]:
    """Return every missed or badly covered mark and every false alarm whose rule or group fits a glob."""
    found = []
    for article, findings in results:
        lines = line_starts(article.text)
        path = (FOLDER / article.name).relative_to(ROOT).as_posix()
        for start, rule, text in (*_missed(article, findings), *_alarms(article, findings)):
            if any(fnmatchcase(name, pattern) for name in (rule, group(rule))):
                line = sum(first <= start for first in lines)
                found.append(_Place(group(rule), path, line, rule, text))
    return sorted(found)


def _missed(article: Article, findings: Sequence[Finding]) -> Iterator[tuple[int, str, str]]:
    for mark in article.marks:
        found = finders(mark, findings)
        if not any(is_right(finding, mark) for finding in found):
            what = f"{mark.rule} {_shown(article.text, mark.start, mark.end)}"
            instead = "; ".join(f"{one.rule} reports “{_on_a_line(one.text)}”" for one in found)
            yield mark.start, mark.rule, f"inexact {what}: {instead}" if found else f"missed {what}"


def _alarms(article: Article, findings: Sequence[Finding]) -> Iterator[tuple[int, str, str]]:
    for finding in findings:
        if not (is_true(finding, article.marks) or inside_others(finding, article.marks)):
            start, end = finding.start.offset, finding.end.offset
            yield start, finding.rule, f"alarm {finding.rule} {_shown(article.text, start, end)}: {finding.message}"


def _shown(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return _on_a_line(f"{before}⟦{text[start:end]}⟧{after}")


def _on_a_line(text: str) -> str:
    return " ".join(text.replace("\n", " ⏎ ").split())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures and write them, unless they are lower than the committed ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", nargs="?", const="*", metavar="GLOB", help="list what is missed or falsely reported")
    parser.add_argument("--lower", action="store_true", help="accept figures that are lower than the committed ones")
    options = parser.parse_args(arguments)
    rules = engine()
    names = [rule.id for rule in rules.rules]
    results = [audited(article, rules) for article in read(FOLDER)]
    for line in table(figures(results, names)):
        print(line)
    if options.show:
        print("", *places(results, options.show), sep="\n")
    worse = committed(FILE.read_text(encoding="utf-8") if FILE.exists() else "").fallen(results, names)
    if worse and not options.lower:
        print("", *worse, "Nothing is written; ARGS=--lower accepts this.", sep="\n", file=sys.stderr)
        return 1
    FILE.write_text(written(results, names), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
