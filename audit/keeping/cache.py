"""Results of files that need not be found again, since neither the file nor anything that judges it has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from audit import plugins
from audit.configuration.config import Config
from audit.folder import files
from audit.folder.files import Input
from audit.keeping import judging
from audit.keeping.store import Store, StoreError
from audit.model import Rule

_BLOCK = 512  # files looked up at a time
_LARGEST_BLOCK = 4 << 20  # bytes of their contents
_SOON = 1_000  # results that are written at a time, so that a run that is killed has not worked in vain
_MANY = 4 << 20  # bytes of them


class Looked(NamedTuple):
    """A file of a run, with its result in bytes if that is kept; `key` is its name there, if it could be read."""

    input: Input
    key: bytes | None = None
    kept: bytes | None = None


class Cache:
    """The results that a folder keeps for one set of rules and settings.

    `tell` is called with one sentence if the folder cannot be used; the work goes on without it.
    """

    def __init__(self, folder: Path, rules: Sequence[Rule], config: Config, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._tell = tell
        self._store: Store | None = Store(folder)
        self._judge = blake2b(judging.digest(rules, config), digest_size=16)
        self._fresh: dict[bytes, bytes] = {}
        self._size = 0

    def look_up(self, inputs: Iterable[Input]) -> Iterator[Looked]:
        """Yield the files in their order with the results that are kept of them; others carry what they hold."""
        remaining = iter(inputs)
        while block := list(self._block(remaining)):
            kept = self._get([key for _, _, key in block if key is not None])
            for input, data, key in block:
                found = kept.get(key) if key is not None else None
                if found is None:
                    input = Input(input.path, input.shown, input.named, data)
                yield Looked(input, key, found)

    def _block(self, inputs: Iterator[Input]) -> Iterator[tuple[Input, bytes | None, bytes | None]]:
        """Yield a few files with what they hold, and their keys."""
        size = 0
        for input in islice(inputs, _BLOCK):
            try:
                data = files.content(input.path)
            except files.ReadError:  # the worker tells it, if that is still so
                yield input, None, None
                continue
            yield input, data, self._key(input, data)
            size += len(data)
            if size > _LARGEST_BLOCK:
                break

    def _key(self, input: Input, data: bytes) -> bytes:
        reader = judging.reader(plugins.reader_of(input.shown))
        key = self._judge.copy()
        key.update(f"{input.shown}\0{input.named}\0{reader}\0".encode("utf-8", "surrogatepass"))
        key.update(data)
        return key.digest()

    def _get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        try:
            return self._store.get(keys) if self._store else {}
        except StoreError as error:
            return self._give_up(error)

    def keep(self, key: bytes, result: bytes) -> None:
        """Keep the result of a file; it is written now or with others."""
        self._fresh[key] = result
        self._size += len(result)
        if len(self._fresh) >= _SOON or self._size >= _MANY:
            self.write()

    def write(self) -> None:
        """Write what is to be kept and not written yet."""
        fresh, self._fresh, self._size = self._fresh, {}, 0
        try:
            if self._store:
                self._store.put(fresh)
        except StoreError as error:
            self._give_up(error)

    def _give_up(self, error: StoreError) -> dict[bytes, bytes]:
        self._store = None
        self._tell(f"nothing is kept for the next run in {self._folder}: {error}")
        return {}
