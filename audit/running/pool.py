"""Check files in one process or in several, as many as pay, and give their results in the order of the files."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from audit.configuration.config import Config
from audit.folder.files import Input
from audit.keeping.cache import Looked
from audit.model import Failure, Rule
from audit.running.results import Result, pack, unpack

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from audit.running.worker import Worker

_CHUNK = 64  # files sent to a process at a time
_LARGEST_CHUNK = 1 << 20  # bytes of files that have been read
_LONGEST_CHUNK = 512  # files, with those whose results are kept
_AHEAD = 4  # chunks for each process that are on their way, so that unread results do not pile up
_PAYS = 4 * _CHUNK  # files per process from which a further process pays
_FAR = 16_384  # files that are looked at to see how many processes pay
_MUCH = 32 << 20  # bytes of them, or of their results

_Chunk: TypeAlias = "list[tuple[Looked, Result | None]]"
_Packed: TypeAlias = "tuple[bytes, bool]"  # a result in bytes, and whether it lasts


class Done(NamedTuple):
    """What came of a file; `fresh` is the same in bytes if it is to be kept under `key`."""

    result: Result
    fresh: bytes | None
    key: bytes | None


def checked(looked: Iterator[Looked], rules: tuple[Rule, ...], config: Config) -> Iterator[list[Done]]:
    """Yield what came of the files, several at a time, in their order, whatever the number of processes.

    Files whose results are kept are not checked again; only the others count where more processes may pay.
    """
    most = config.jobs or os.cpu_count() or 1
    known = {rule.id: rule for rule in rules}
    worker: Worker | None = None
    while window := list(_window(looked, most * _PAYS)):
        misses = sum(one.kept is None for one in window)
        jobs = min(config.jobs or misses // _PAYS, most, misses)
        if jobs > 1:
            size = max(1, min(_CHUNK, misses // (2 * jobs)))
            yield from _in_processes(_chunks(chain(window, looked), size, known), rules, config, jobs)
            return
        for chunk in _chunks(window, _CHUNK, known):
            results: list[Result] = []
            if missing := _missing(chunk):
                worker = worker or _new_worker(rules, config)
                results = worker.check(missing)
            yield _merged(chunk, [(one, pack(one) if one.lasts and config.keeps else None) for one in results])


def _window(looked: Iterator[Looked], enough: int) -> Iterator[Looked]:
    """Yield files until there are enough to be checked, or many have been looked at."""
    misses = held = 0
    for one in islice(looked, _FAR):
        yield one
        misses += one.kept is None
        held += len(one.kept or one.input.data or b"")
        if misses >= enough or held >= _MUCH:
            return


def _chunks(looked: Iterable[Looked], size: int, rules: Mapping[str, Rule]) -> Iterator[_Chunk]:
    """Yield the files in chunks of which `size` are to be checked."""
    chunk: _Chunk = []
    misses = held = 0
    for one in looked:
        result = _kept(one, rules)
        chunk.append((one, result))
        if result is None:
            misses += 1
            held += len(one.input.data or b"")
        if misses >= size or held >= _LARGEST_CHUNK or len(chunk) >= _LONGEST_CHUNK:
            yield chunk
            chunk, misses, held = [], 0, 0
    if chunk:
        yield chunk


def _kept(looked: Looked, rules: Mapping[str, Rule]) -> Result | None:
    if looked.kept is None:
        return None
    try:
        return unpack(looked.kept, looked.input.shown, rules)
    except ValueError:  # somebody else wrote it
        return None


def _missing(chunk: _Chunk) -> list[Input]:
    return [looked.input for looked, result in chunk if result is None]


def _merged(chunk: _Chunk, fresh: Iterable[tuple[Result, bytes | None]]) -> list[Done]:
    """Return what came of all files of a chunk; `fresh` are the results of those that were missing."""
    remaining = iter(fresh)
    return [
        Done(*next(remaining), looked.key) if result is None else Done(result, None, None) for looked, result in chunk
    ]


def _in_processes(chunks: Iterator[_Chunk], rules: tuple[Rule, ...], config: Config, jobs: int) -> Iterator[list[Done]]:
    from concurrent.futures.process import BrokenProcessPool

    known = {rule.id: rule for rule in rules}
    with _processes(jobs, rules, config) as pool:
        waiting: deque[tuple[_Chunk, Future[list[_Packed]]]] = deque()
        while True:
            for following in islice(chunks, _AHEAD * jobs - len(waiting)):
                waiting.append((following, _submit(pool, _missing(following))))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            inputs = _missing(chunk)
            try:
                packed = future.result()
            except BrokenProcessPool:
                packed = list(_apart(inputs, rules, config))
            fresh = zip(inputs, packed, strict=True)
            yield _merged(
                chunk, ((unpack(data, input.shown, known), data if lasts else None) for input, (data, lasts) in fresh)
            )


def _submit(pool: ProcessPoolExecutor, inputs: Sequence[Input]) -> Future[list[_Packed]]:
    """Send files to a process; if the pool has broken by now, that is told where the results would be."""
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    done: Future[list[_Packed]] = Future()
    if not inputs:
        done.set_result([])
        return done
    try:
        return pool.submit(_check_chunk, inputs)
    except BrokenProcessPool as error:
        done.set_exception(error)
        return done


def _apart(inputs: Sequence[Input], rules: tuple[Rule, ...], config: Config) -> Iterator[_Packed]:
    """Check files again among which one may have ended a process, by halves, until that one is alone."""
    from concurrent.futures.process import BrokenProcessPool

    with _processes(1, rules, config) as pool:
        try:
            yield from pool.submit(_check_chunk, inputs).result()
            return
        except BrokenProcessPool:
            pass
    if len(inputs) == 1:
        error = "could not be checked: the process that tried ended early (out of memory?)"
        yield pack(Result(failures=[Failure(inputs[0].shown, error)])), False
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
    _worker[:] = [_new_worker(rules, config)]


def _new_worker(rules: tuple[Rule, ...], config: Config) -> Worker:
    from audit.running.worker import Worker  # where nothing has changed nobody needs it

    return Worker(rules, config)


def _check_chunk(inputs: Sequence[Input]) -> list[_Packed]:
    return [(pack(result), result.lasts) for result in _worker[0].check(inputs)]
