"""Run the rules over files, in one process or several, and collect the report."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from audit import articles, detectors, files, packs, plugins
from audit.accepting.acceptance import Acceptance, Rules
from audit.checkout import checkout
from audit.config import Config
from audit.model import AuditError, Failure, Rule
from audit.report import Report
from audit.rulenames import fits, unknown
from audit.score import rate
from audit.version import __version__
from audit.worker import Result, Worker

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_CHUNK = 64  # files sent to a process at a time
_AHEAD = 4  # chunks for each process that are on their way, so that unread results do not pile up
_PAYS = 4 * _CHUNK  # files per process from which a further process pays


def run(paths: Sequence[str], config: Config, standard_input: files.StandardInput | None = None) -> Report:
    """Check the files that `paths` name; `standard_input` is what “-” among them stands for."""
    pieces = parts(paths, config, standard_input)
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


def parts(paths: Sequence[str], config: Config, standard_input: files.StandardInput | None = None) -> Iterator[Report]:
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
    for result in _results_of(paths, found, rules, config, standard_input):
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
) -> Iterator[Result]:
    """Yield the results of the files found, of all or of what has changed."""
    given = standard_input.shown if standard_input else None
    inputs = [file for file in found if isinstance(file, files.Input) and file.shown != given]
    if config.only_articles:
        inputs = [file._replace(named=False) for file in inputs]
    if config.changed_since is None:
        return _results(inputs, rules, config)
    from audit.narrowing import Narrowing

    narrowing = Narrowing(paths, inputs, config)
    return map(narrowing.result, _results(narrowing.inputs, rules, config))


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


def _results(inputs: Sequence[files.Input], rules: tuple[Rule, ...], config: Config) -> Iterator[Result]:
    """Yield the results of the files in their order, whatever the number of processes."""
    jobs = config.jobs or max(1, min(os.cpu_count() or 1, len(inputs) // _PAYS))
    size = max(1, min(_CHUNK, len(inputs) // (2 * jobs)))
    chunks = [inputs[start : start + size] for start in range(0, len(inputs), size)]
    if jobs == 1 or len(inputs) < 2:
        worker = Worker(rules, config)
        return map(worker.check, chunks)
    return _in_processes(chunks, rules, config, jobs)


def _in_processes(
    chunks: Sequence[Sequence[files.Input]], rules: tuple[Rule, ...], config: Config, jobs: int
) -> Iterator[Result]:
    from concurrent.futures.process import BrokenProcessPool

    with _processes(jobs, rules, config) as pool:
        waiting: deque[Future[Result]] = deque()
        for number, chunk in enumerate(chunks):
            for following in chunks[number + len(waiting) : number + _AHEAD * jobs]:
                waiting.append(_submit(pool, following))
            try:
                result = waiting.popleft().result()
            except BrokenProcessPool:
                yield from _apart(chunk, rules, config)
                continue
            yield result


def _submit(pool: ProcessPoolExecutor, chunk: Sequence[files.Input]) -> Future[Result]:
    """Send a chunk to a process; if the pool has broken by now, that is told where the result would be."""
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    try:
        return pool.submit(_check_chunk, chunk)
    except BrokenProcessPool as error:
        failed: Future[Result] = Future()
        failed.set_exception(error)
        return failed


def _apart(inputs: Sequence[files.Input], rules: tuple[Rule, ...], config: Config) -> Iterator[Result]:
    """Check files again among which one may have ended a process, by halves, until that one is alone."""
    from concurrent.futures.process import BrokenProcessPool

    with _processes(1, rules, config) as pool:
        try:
            yield pool.submit(_check_chunk, inputs).result()
            return
        except BrokenProcessPool:
            pass
    if len(inputs) == 1:
        error = "could not be checked: the process that tried ended early (out of memory?)"
        yield Result([], [], [Failure(inputs[0].shown, error)], [])
        return
    half = len(inputs) // 2
    yield from _apart(inputs[:half], rules, config)
    yield from _apart(inputs[half:], rules, config)


@contextmanager
def _processes(jobs: int, rules: tuple[Rule, ...], config: Config) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes that ends with the block, at once if an error or Ctrl-C ends it."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if sys.platform == "linux" else "spawn"  # fork starts in a sixth of the time
    context = multiprocessing.get_context(method)
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(rules, config))
    try:
        yield pool
    except BaseException:
        for worker in set(multiprocessing.active_children()) - others:
            worker.kill()
        with suppress(OSError):
            pool.shutdown(wait=False, cancel_futures=True)  # waiting for what a killed worker began to say has no end
        raise
    pool.shutdown()


_worker: list[Worker] = []  # the one of this process, since a pool's tasks can share nothing else


def _start(rules: tuple[Rule, ...], config: Config) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # and so it stops its workers
    _worker[:] = [Worker(rules, config)]


def _check_chunk(inputs: Sequence[files.Input]) -> Result:
    return _worker[0].check(inputs)
