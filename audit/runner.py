"""Run the rules over files, in one process or several, and collect the report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from audit import articles, detectors, files, packs, plugins, pool
from audit.accepting.acceptance import Acceptance, Rules
from audit.cache import Cache, Looked
from audit.checkout import checkout
from audit.config import Config
from audit.model import AuditError, Failure, Rule
from audit.report import Report
from audit.results import Result
from audit.rulenames import fits, unknown
from audit.score import rate
from audit.version import __version__
from audit.worker import Worker


class Progress(Protocol):
    """Who is told how a run goes on."""

    def step(self, done: int, total: int) -> None:
        """Take note that so many files of all are done."""

    def tell(self, message: str) -> None:
        """Take note of what the user may want to know, and what changes nothing in the report."""


class _Nobody:
    def step(self, done: int, total: int) -> None:
        pass

    def tell(self, message: str) -> None:
        pass


NOBODY: Progress = _Nobody()


def run(
    paths: Sequence[str],
    config: Config,
    standard_input: files.StandardInput | None = None,
    progress: Progress = NOBODY,
) -> Report:
    """Check the files that `paths` name; `standard_input` is what “-” among them stands for."""
    pieces = parts(paths, config, standard_input, progress)
    report = next(pieces)
    for piece in pieces:
        report.documents += piece.documents
        report.findings += piece.findings
        report.failures += piece.failures
        report.suppressed += piece.suppressed
        report.notices += piece.notices
        report.baseline = piece.baseline
    rate(report)
    report.checkout = checkout(config.root)
    if config.shows_articles:
        digests = {document.path: document.digest for document in report.documents}
        report.articles = articles.Reread(config, digests, standard_input)
    return report


def parts(
    paths: Sequence[str],
    config: Config,
    standard_input: files.StandardInput | None = None,
    progress: Progress = NOBODY,
) -> Iterator[Report]:
    """Yield the report that `run` returns piece by piece while the work goes on, at least one, without scores."""
    there, rules = _rules(config)
    acceptance = Acceptance(config, paths, Rules(there, rules))
    part = partial(Report, __version__, {rule.id: rule for rule in rules}, weights=config.weights)

    def piece(result: Result) -> Report:
        return acceptance.part(part(result.documents, result.findings, result.failures), result.uses)

    inputs, checked = [], False
    for path in paths:
        if path == files.STANDARD_INPUT and standard_input is not None:
            yield piece(Worker(rules, config).check_data(standard_input))
            checked = True
        else:
            inputs.append(path)
    found = list(files.find(inputs, config.root, _is_article))
    for result in _results_of(paths, found, rules, config, standard_input, progress):
        checked = checked or bool(result.documents or result.failures)
        yield piece(result)
    if found and (config.changed_since is not None or config.only_articles):
        checked = True  # that nothing has changed, or that a file is no article, is no failure then
    failures = [failure for failure in found if isinstance(failure, Failure)]
    if not checked and not failures:
        failures = [Failure(files.shown(path, config.root), _no_article(path)) for path in paths]
    yield acceptance.close(part(failures=failures))


def _results_of(
    paths: Sequence[str],
    found: Sequence[files.Input | Failure],
    rules: tuple[Rule, ...],
    config: Config,
    standard_input: files.StandardInput | None,
    progress: Progress,
) -> Iterator[Result]:
    """Yield the results of the files found, of all or of what has changed."""
    given = standard_input.shown if standard_input else None
    inputs = [file for file in found if isinstance(file, files.Input) and file.shown != given]
    if config.only_articles:
        inputs = [file._replace(named=False) for file in inputs]
    if config.changed_since is None:
        return _results(inputs, rules, config, progress)
    from audit.narrowing import Narrowing

    narrowing = Narrowing(paths, inputs, config)
    return map(narrowing.result, _results(narrowing.inputs, rules, config, progress))


def checker(config: Config) -> Callable[[files.StandardInput], Report]:
    """Return what checks a text, again and again, as a run checks the file that would hold it."""
    there, rules = _rules(config)
    acceptance = Acceptance(config, (), Rules(there, rules))
    worker = Worker(rules, config)
    part = partial(Report, __version__, {rule.id: rule for rule in rules}, weights=config.weights)

    def check(text: files.StandardInput) -> Report:
        result = worker.check_data(text)
        return acceptance.again(part(result.documents, result.findings, result.failures), result.uses)

    return check


def _rules(config: Config) -> tuple[Sequence[Rule], tuple[Rule, ...]]:
    """Return the rules that there are, and those that run."""
    there = packs.load(config.packs)
    return there, _with_detector(select(there, config.select, config.ignore), config.detector)


def _is_article(suffix: str) -> bool:
    return plugins.for_suffix("readers", suffix) is not None


def _no_article(path: str) -> str:
    if not os.path.isdir(path):
        return "holds no article"
    suffixes = ", ".join(sorted(plugins.by_suffix("readers")))
    return f"holds no article: no file with one of {suffixes} that is neither hidden nor ignored by git"


def select(rules: Sequence[Rule], chosen: Sequence[str], ignored: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules whose id or alias fits a glob of `chosen` (all if there is none) and none of `ignored`.

    A glob that fits no rule is a mistake and raises `AuditError`.
    """
    for glob in (*chosen, *ignored):
        if problem := unknown(rules, glob):
            raise AuditError(problem)
    return tuple(
        rule
        for rule in rules
        if (not chosen or any(fits(rule, glob) for glob in chosen)) and not any(fits(rule, glob) for glob in ignored)
    )


def _with_detector(rules: tuple[Rule, ...], name: str) -> tuple[Rule, ...]:
    """Return the rules with the detector called `name` where their check asks one and they do not say which."""
    detectors.named(name)  # one that is not installed is told before any article is read
    if name == detectors.DEFAULT:
        return rules
    from audit import packfile

    asking = {rule.id for rule in rules if "detector" in packfile.option_types(rule.check)}
    return tuple(
        replace(rule, options={"detector": name, **rule.options}) if rule.id in asking else rule for rule in rules
    )


def _results(
    inputs: Sequence[files.Input], rules: tuple[Rule, ...], config: Config, progress: Progress
) -> Iterator[Result]:
    """Yield the results of the files in their order, those that are kept and those that are not."""
    kept = Cache(Path(config.cache_dir), rules, config, progress.tell) if config.cache_dir and config.keeps else None
    looked = kept.look_up(inputs) if kept else map(Looked, inputs)
    number = 0
    for chunk in pool.checked(looked, rules, config):
        result = Result()
        for done in chunk:
            result.documents += done.result.documents
            result.findings += done.result.findings
            result.failures += done.result.failures
            result.uses += done.result.uses
            if kept and done.key is not None and done.fresh is not None:
                kept.keep(done.key, done.fresh)
        number += len(chunk)
        progress.step(number, len(inputs))
        yield result
    if kept:
        kept.write()
