"""Run the rules over files, in one process or several, and collect the report."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audit import plugins
from audit.accepting.acceptance import Acceptance, Rules
from audit.configuration.config import Config
from audit.configuration.schemes import Scheme, Schemes
from audit.folder import files
from audit.folder.checkout import checkout
from audit.keeping.cache import Cache, Looked
from audit.model import Failure
from audit.report import Report
from audit.running import articles, pool
from audit.running.results import Result
from audit.score import rate
from audit.version import __version__

if TYPE_CHECKING:
    from audit.running.worker import Worker


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
        report.articles = articles.Reread(config, report.documents, standard_input)
    return report


def parts(
    paths: Sequence[str],
    config: Config,
    standard_input: files.StandardInput | None = None,
    progress: Progress = NOBODY,
) -> Iterator[Report]:
    """Yield the report that `run` returns piece by piece while the work goes on, at least one, without scores."""
    schemes = Schemes(config)
    acceptance = Acceptance(config, paths, Rules(schemes.there, schemes.running))
    part = _parts_of(schemes)

    def piece(result: Result) -> Report:
        return acceptance.part(part(result.documents, result.findings, result.failures), result.uses)

    checked = False
    if standard_input is not None:
        yield piece(_worker(schemes.of(standard_input.shown)).check_data(standard_input))
        checked = True
    found = list(_find(paths, config, standard_input))
    for result in _results_of(paths, found, schemes, config, progress):
        checked = checked or bool(result.documents or result.failures)
        yield piece(result)
    if found and (config.changed_since is not None or config.only_articles):
        checked = True  # that nothing has changed, or that a file is no article, is no failure then
    failures = [failure for failure in found if isinstance(failure, Failure)]
    if not checked and not failures:
        failures = [Failure(files.shown(path, config.root), _no_article(path)) for path in paths]
    yield acceptance.close(part(failures=failures))


def listing(
    paths: Sequence[str], config: Config, standard_input: files.StandardInput | None = None
) -> tuple[list[str], list[Failure]]:
    """Return the files that `run` would read, as reports call them, and what is wrong with the paths."""
    found = list(_find(paths, config, standard_input))
    inputs = [file for file in found if isinstance(file, files.Input)]
    failures = [failure for failure in found if isinstance(failure, Failure)]
    if config.changed_since is not None:
        from audit.running.narrowing import Narrowing

        inputs = Narrowing(paths, inputs, config).inputs
    elif not found and standard_input is None:
        failures = [Failure(files.shown(path, config.root), _no_article(path)) for path in paths]
    first = [standard_input.shown] if standard_input else []
    return first + [file.shown for file in inputs], failures


def _find(
    paths: Sequence[str], config: Config, standard_input: files.StandardInput | None
) -> Iterator[files.Input | Failure]:
    """Yield the files that `paths` name, but for the one that standard input stands for, and what is wrong there."""
    others = [path for path in paths if standard_input is None or path != files.STANDARD_INPUT]
    for file in files.find(others, config.root, _is_article):
        if isinstance(file, Failure):
            yield file
        elif standard_input is None or file.shown != standard_input.shown:
            yield file._replace(named=False) if config.only_articles else file


def _results_of(
    paths: Sequence[str],
    found: Sequence[files.Input | Failure],
    schemes: Schemes,
    config: Config,
    progress: Progress,
) -> Iterator[Result]:
    """Yield the results of the files found, of all or of what has changed."""
    inputs = [file for file in found if isinstance(file, files.Input)]
    if config.changed_since is None:
        return _results(inputs, schemes, progress)
    from audit.running.narrowing import Narrowing

    narrowing = Narrowing(paths, inputs, config)
    return map(narrowing.result, _results(narrowing.inputs, schemes, progress))


def checker(config: Config) -> Callable[[files.StandardInput], Report]:
    """Return what checks a text, again and again, as a run checks the file that would hold it."""
    schemes = Schemes(config)
    acceptance = Acceptance(config, (), Rules(schemes.there, schemes.running))
    part = _parts_of(schemes)
    workers: dict[Scheme, Worker] = {}

    def check(text: files.StandardInput) -> Report:
        scheme = schemes.of(text.shown)
        if scheme not in workers:
            workers[scheme] = _worker(scheme)
        result = workers[scheme].check_data(text)
        return acceptance.again(part(result.documents, result.findings, result.failures), result.uses)

    return check


def _worker(scheme: Scheme) -> Worker:
    from audit.running.worker import Worker  # which a run over unchanged files does without

    return Worker(scheme.rules, scheme.config)


def _parts_of(schemes: Schemes) -> Callable[..., Report]:
    rules = {rule.id: rule for rule in schemes.running}
    return partial(Report, __version__, rules, weights=schemes.main.config.weights)


def _is_article(suffix: str) -> bool:
    return plugins.for_suffix("readers", suffix) is not None


def _no_article(path: str) -> str:
    if not os.path.isdir(path):
        return "holds no article"
    suffixes = ", ".join(sorted(plugins.by_suffix("readers")))
    return f"holds no article: no file with one of {suffixes} that is neither hidden nor ignored by git"


def _results(inputs: Sequence[files.Input], schemes: Schemes, progress: Progress) -> Iterator[Result]:
    """Yield the results of the files in their order, whichever scheme holds for each."""
    chosen = [schemes.of(input.shown) for input in inputs]
    groups: dict[Scheme, list[files.Input]] = {scheme: [] for scheme in chosen}
    for scheme, input in zip(chosen, inputs, strict=True):
        groups[scheme].append(input)
    streams = {scheme: _checked(scheme, group, progress) for scheme, group in groups.items()}
    number = 0
    try:
        for chunk in streams[chosen[0]] if len(streams) == 1 else _in_turn(streams, chosen):
            number += len(chunk)
            progress.step(number, len(inputs))
            yield _joined(chunk)
    finally:  # so that the processes of a stream end, whatever comes in between
        for stream in streams.values():
            stream.close()


def _in_turn(streams: Mapping[Scheme, Iterator[list[Result]]], chosen: Iterable[Scheme]) -> Iterator[list[Result]]:
    """Yield results one at a time, each from the stream that is `chosen`, and let every stream come to its end."""
    results = {scheme: chain.from_iterable(stream) for scheme, stream in streams.items()}
    for scheme in chosen:
        yield [next(results[scheme])]
    for stream in results.values():
        next(stream, None)


def _joined(results: Iterable[Result]) -> Result:
    whole = Result()
    for result in results:
        whole.documents += result.documents
        whole.findings += result.findings
        whole.failures += result.failures
        whole.uses += result.uses
    return whole


def _checked(scheme: Scheme, inputs: Sequence[files.Input], progress: Progress) -> Generator[list[Result], None, None]:
    """Yield the results of files of one scheme, several at a time, those that are kept and those that are not."""
    rules, config = scheme.rules, scheme.config
    kept = Cache(Path(config.cache_dir), rules, config, progress.tell) if config.cache_dir and config.keeps else None
    looked = kept.look_up(inputs) if kept else map(Looked, inputs)
    for chunk in pool.checked(looked, rules, config):
        for done in chunk:
            if kept and done.key is not None and done.fresh is not None:
                kept.keep(done.key, done.fresh)
        yield [done.result for done in chunk]
    if kept:
        kept.write()
