"""Run the rules over files, in one process or several, and collect the report."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audit import __version__, files, languages, packs, plugins
from audit.config import Config
from audit.engine import Engine
from audit.model import AuditError, Document, Failure, File, Finding, Report, Rule, Summary
from audit.placing import Placer
from audit.suggest import did_you_mean
from audit.text import count_words

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_CHUNK = 64  # files sent to a process at a time
_PAYS = 4 * _CHUNK  # files per process from which a further process pays


class Result(NamedTuple):
    """What came of one file or of several."""

    documents: list[Summary]
    findings: list[Finding]
    failures: list[Failure]


def run(paths: Sequence[str], config: Config, standard_input: files.StandardInput | None = None) -> Report:
    """Check the files that `paths` name; `standard_input` is what “-” among them stands for."""
    rules = select(packs.load(config.packs), config.select, config.ignore)
    report = Report(__version__, {rule.id: rule for rule in rules})
    inputs = []
    for path in paths:
        if path == files.STANDARD_INPUT and standard_input is not None:
            _add(report, _Worker(rules, config).check_data(standard_input))
        else:
            inputs.append(path)
    found = list(files.find(inputs, config.root, _is_article))
    for result in _results([file for file in found if isinstance(file, files.Input)], rules, config):
        _add(report, result)
    report.failures += [failure for failure in found if isinstance(failure, Failure)]
    if not report.documents and not report.failures:
        report.failures += [Failure(files.shown(Path(path), config.root), _no_article(path)) for path in paths]
    return report


def _is_article(suffix: str) -> bool:
    return plugins.for_suffix("readers", suffix) is not None


def _no_article(path: str) -> str:
    if not os.path.isdir(path):
        return "holds no article"
    suffixes = ", ".join(sorted(plugins.by_suffix("readers")))
    return f"holds no article: no file with one of {suffixes} that is neither hidden nor ignored by git"


def _add(report: Report, result: Result) -> None:
    report.documents.extend(result.documents)
    report.findings.extend(result.findings)
    report.failures.extend(result.failures)


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


def _fits(rule: Rule, glob: str) -> bool:
    """Tell whether a rule is meant: “names” means the whole group, as “names/*” does."""
    return any(fnmatchcase(name, glob) or name.startswith(f"{glob}/") for name in (rule.id, *rule.aliases))


def _results(inputs: Sequence[files.Input], rules: tuple[Rule, ...], config: Config) -> Iterator[Result]:
    """Yield the results of the files in their order, whatever the number of processes."""
    jobs = config.jobs or max(1, min(os.cpu_count() or 1, len(inputs) // _PAYS))
    if jobs == 1 or len(inputs) < 2:
        worker = _Worker(rules, config)
        yield from map(worker.check, inputs)
        return
    yield from _in_processes(inputs, rules, config, jobs)


def _in_processes(
    inputs: Sequence[files.Input], rules: tuple[Rule, ...], config: Config, jobs: int
) -> Iterator[Result]:
    from concurrent.futures.process import BrokenProcessPool

    size = max(1, min(_CHUNK, len(inputs) // (2 * jobs)))
    chunks = [inputs[start : start + size] for start in range(0, len(inputs), size)]
    with _processes(jobs, rules, config) as pool:
        done = [pool.submit(_check_chunk, chunk) for chunk in chunks]
        for chunk, future in zip(chunks, done, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield from _apart(chunk, rules, config)


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
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_worker: list[_Worker] = []  # the one of this process, since a pool's tasks can share nothing else


def _start(rules: tuple[Rule, ...], config: Config) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # and so it stops its workers
    _worker[:] = [_Worker(rules, config)]


def _check_chunk(inputs: Iterable[files.Input]) -> Result:
    total = Result([], [], [])
    for input in inputs:
        result = _worker[0].check(input)
        total.documents.extend(result.documents)
        total.findings.extend(result.findings)
        total.failures.extend(result.failures)
    return total


class _Worker:
    """Checks one file after another with one engine."""

    def __init__(self, rules: Sequence[Rule], config: Config) -> None:
        self._config = config
        self._engine = Engine(rules, config.min_confidence)

    def check(self, input: files.Input) -> Result:
        """Read and check one file; whatever goes wrong becomes a failure."""
        try:
            text = files.read(input.path)
        except files.ReadError as error:
            return Result([], [], [Failure(input.shown, str(error), line=error.line)])
        return self._check_file(File(input.shown, text, input.named, self._config.fields))

    def check_data(self, input: files.StandardInput) -> Result:
        """Check what came in on standard input as a file; whatever goes wrong becomes a failure."""
        try:
            text = files.decode(input.data)
        except files.ReadError as error:
            return Result([], [], [Failure(input.shown, str(error), line=error.line)])
        return self._check_file(File(input.shown, text, True, self._config.fields))

    def _check_file(self, file: File) -> Result:
        result = Result([], [], [])
        placer = Placer(file)
        reader = plugins.load("readers", plugins.for_suffix("readers", Path(file.path).suffix.lower()) or "text")
        try:
            for document in reader.read(file):
                if isinstance(document, Failure):
                    result.failures.append(document)
                else:
                    self._check_document(document, placer, result)
        except Exception as error:  # one bad file must not stop the other hundred
            result.failures.append(Failure(file.path, f"could not be checked: {type(error).__name__}: {error}"))
        return result

    def _check_document(self, document: Document, placer: Placer, result: Result) -> None:
        config = self._config
        named = config.forced_language or document.target_language or config.target_language
        document.target_language = named or languages.guess(document.text)
        document.source_language = config.source_language or document.source_language
        hits, failures = self._engine.find(document)
        result.findings.extend(placer.place(document, hits))
        result.failures.extend(failures)
        words = count_words(document.text)
        languages_of = (document.target_language, document.source_language)
        result.documents.append(Summary(document.path, document.record, *languages_of, words))
