"""Run the rules over files, in one process or several, and collect the report."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from audit import __version__, articles, detectors, files, languages, packs, plugins
from audit.config import Config
from audit.engine import Engine, Outcome
from audit.model import AuditError, Document, Failure, File, Finding, Report, Rule, Summary
from audit.ownreports import is_report
from audit.placing import Placer
from audit.score import rate
from audit.suggest import did_you_mean
from audit.text import count_words

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_CHUNK = 64  # files sent to a process at a time
_AHEAD = 4  # chunks for each process that are on their way, so that unread results do not pile up
_BATCH = 128  # documents checked rule by rule
_LARGEST_BATCH = 200_000  # characters
_PAYS = 4 * _CHUNK  # files per process from which a further process pays


_Found: TypeAlias = "tuple[Placer | None, Document | Failure]"  # what a file holds


class Result(NamedTuple):
    """What came of one file or of several."""

    documents: list[Summary]
    findings: list[Finding]
    failures: list[Failure]


def run(paths: Sequence[str], config: Config, standard_input: files.StandardInput | None = None) -> Report:
    """Check the files that `paths` name; `standard_input` is what “-” among them stands for."""
    pieces = parts(paths, config, standard_input)
    report = next(pieces)
    for piece in pieces:
        report.documents += piece.documents
        report.findings += piece.findings
        report.failures += piece.failures
    rate(report)
    if config.shows_articles:
        digests = {document.path: document.digest for document in report.documents}
        report.articles = articles.Reread(config, digests, standard_input)
    return report


def parts(paths: Sequence[str], config: Config, standard_input: files.StandardInput | None = None) -> Iterator[Report]:
    """Yield the report that `run` returns piece by piece while the work goes on, at least one, without scores."""
    rules = _with_detector(select(packs.load(config.packs), config.select, config.ignore), config.detector)
    part = partial(Report, __version__, {rule.id: rule for rule in rules}, weights=config.weights)
    inputs, checked = [], False
    for path in paths:
        if path == files.STANDARD_INPUT and standard_input is not None:
            yield part(*_Worker(rules, config).check_data(standard_input))
            checked = True
        else:
            inputs.append(path)
    found = list(files.find(inputs, config.root, _is_article))
    for result in _results([file for file in found if isinstance(file, files.Input)], rules, config):
        checked = checked or bool(result.documents or result.failures)
        yield part(*result)
    failures = [failure for failure in found if isinstance(failure, Failure)]
    if not checked and not failures:
        failures = [Failure(files.shown(path, config.root), _no_article(path)) for path in paths]
    yield part(failures=failures)


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
        if not any(_fits(rule, glob) for rule in rules):
            known = {name for rule in rules for name in (rule.id, rule.id.partition("/")[0])}
            meant = did_you_mean(glob, known) or "; `audit rules` lists them"
            raise AuditError(f"no rule is called “{glob}”{meant}")
    return tuple(
        rule
        for rule in rules
        if (not chosen or any(_fits(rule, glob) for glob in chosen)) and not any(_fits(rule, glob) for glob in ignored)
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


def _fits(rule: Rule, glob: str) -> bool:
    """Tell whether a rule is meant: “names” means the whole group, as “names/*” does."""
    return any(fnmatchcase(name, glob) or name.startswith(f"{glob}/") for name in (rule.id, *rule.aliases))


def _results(inputs: Sequence[files.Input], rules: tuple[Rule, ...], config: Config) -> Iterator[Result]:
    """Yield the results of the files in their order, whatever the number of processes."""
    jobs = config.jobs or max(1, min(os.cpu_count() or 1, len(inputs) // _PAYS))
    size = max(1, min(_CHUNK, len(inputs) // (2 * jobs)))
    chunks = [inputs[start : start + size] for start in range(0, len(inputs), size)]
    if jobs == 1 or len(inputs) < 2:
        worker = _Worker(rules, config)
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
        yield Result([], [], [Failure(inputs[0].shown, error)])
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


_worker: list[_Worker] = []  # the one of this process, since a pool's tasks can share nothing else


def _start(rules: tuple[Rule, ...], config: Config) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # and so it stops its workers
    _worker[:] = [_Worker(rules, config)]


def _check_chunk(inputs: Sequence[files.Input]) -> Result:
    return _worker[0].check(inputs)


class _Worker:
    """Checks files with one engine, several documents at a time."""

    def __init__(self, rules: Sequence[Rule], config: Config) -> None:
        self._config = config
        self._engine = Engine(rules, config.min_confidence)
        self._detector = detectors.named(config.detector)

    def check(self, inputs: Iterable[files.Input]) -> Result:
        """Read and check files; whatever goes wrong becomes a failure."""
        return self._check(
            found for input in inputs for found in self._read(input.shown, input.named, partial(files.read, input.path))
        )

    def check_data(self, input: files.StandardInput) -> Result:
        """Check what came in on standard input as a file; whatever goes wrong becomes a failure."""
        return self._check(self._read(input.shown, True, partial(files.decode, input.data)))

    def _read(self, shown: str, named: bool, decoded: Callable[[], str]) -> Iterator[_Found]:
        """Yield the documents of a file, ready to be checked, and what is wrong with it."""
        try:
            file = File(shown, decoded(), named, self._config.fields)
        except files.ReadError as error:
            yield None, Failure(shown, str(error), line=error.line)
            return
        if is_report(file.text):
            if named:
                yield None, Failure(shown, "is a report of audit, not an article")
            return
        placer = Placer(file)
        reader = plugins.load("readers", plugins.reader_of(shown))
        seen = articles.digest(file.text) if self._config.shows_articles else None
        try:
            for document in reader.read(file):
                if isinstance(document, Document):
                    self._name_languages(document)
                    document.digest = seen
                yield placer, document
        except Exception as error:  # one bad file must not stop the other hundred
            yield None, _not_checked(shown, error)

    def _name_languages(self, document: Document) -> None:
        config = self._config
        named = config.forced_language or document.target_language or config.target_language
        document.target_language = named or languages.guess(document.text, self._detector)
        document.source_language = config.source_language or document.source_language

    def _check(self, found: Iterable[_Found]) -> Result:
        result = Result([], [], [])
        batch: list[_Found] = []
        size = 0
        for placer, document in found:
            batch.append((placer, document))
            size += len(document.text) if isinstance(document, Document) else 0
            if len(batch) >= _BATCH or size >= _LARGEST_BATCH:
                self._check_batch(batch, result)
                batch, size = [], 0
        self._check_batch(batch, result)
        return result

    def _check_batch(self, batch: Sequence[_Found], result: Result) -> None:
        outcomes = iter(self._outcomes([document for _, document in batch if isinstance(document, Document)]))
        for placer, document in batch:
            outcome = document if isinstance(document, Failure) else next(outcomes)
            if isinstance(outcome, Failure):
                result.failures.append(outcome)
            elif placer is not None and isinstance(document, Document):
                result.findings.extend(placer.place(document, outcome.hits))
                result.failures.extend(outcome.failures)
                result.documents.append(_summary(document))

    def _outcomes(self, documents: Sequence[Document]) -> Sequence[Outcome | Failure]:
        try:
            return self._engine.find_in(documents)
        except Exception as error:
            if len(documents) == 1:
                return [_not_checked(documents[0].path, error)]
            return [outcome for document in documents for outcome in self._outcomes([document])]


def _summary(document: Document) -> Summary:
    languages_of = (document.target_language, document.source_language)
    return Summary(document.path, document.record, *languages_of, count_words(document.text), digest=document.digest)


def _not_checked(path: str, error: Exception) -> Failure:
    return Failure(path, f"could not be checked: {type(error).__name__}: {error}")
