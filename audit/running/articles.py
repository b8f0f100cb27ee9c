"""The texts of checked files, for reports that show them: read again, and held against what was checked."""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from audit import plugins
from audit.configuration.config import Config
from audit.folder import files
from audit.model import Document, File
from audit.report import Summary
from audit.reporting import linehash

_KEPT = 4  # files; findings come in the order of their files


def digest(text: str) -> int:
    """Return a number that tells a text from nearly all others."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


class Reread:
    """The files of a run, read again; what has gone or changed since it was checked is not given."""

    def __init__(
        self, config: Config, documents: Sequence[Summary], standard_input: files.StandardInput | None = None
    ) -> None:
        self._config = config
        self._root = str(config.root)
        self._digests = {document.path: document.digest for document in documents}
        self._line_hashes = {document.path: document.line_hashes for document in documents if document.line_hashes}
        self._standard_input = standard_input
        self.text = lru_cache(_KEPT)(self._text)

    def documents(self, path: str) -> list[Document]:
        """Return the articles that the file `path` of the report holds."""
        text = self.text(path)
        if text is None:
            return []
        reader = plugins.load("readers", plugins.reader_of(path))
        found = reader.read(File(path, text, True, self._config.fields))
        return [document for document in found if isinstance(document, Document)]

    def line_hashes(self, path: str, lines: Collection[int]) -> Mapping[int, str]:
        """Return GitHub's hashes of these lines at least, as they were when the file was checked."""
        if hashes := self._line_hashes.get(path):
            return linehash.read(hashes)
        text = self.text(path)
        return {} if text is None else linehash.line_hashes(text, lines)

    def is_utf8(self, path: str) -> bool:
        """Tell whether the file `path` of the report holds its text in UTF-8 and nothing else, such as a BOM."""
        text = self.text(path)
        return text is not None and len(text.encode("utf-8", "surrogatepass")) == self._size(path)

    def _text(self, path: str) -> str | None:
        """Return the decoded text of the file `path` of the report."""
        try:
            text = self._decoded(path)
        except files.ReadError:
            return None
        return text if self._digests.get(path) == digest(text) else None

    def _decoded(self, path: str) -> str:
        data = self._given(path)
        return files.read(self._place(path)) if data is None else files.decode(data)

    def _size(self, path: str) -> int:
        data = self._given(path)
        return os.path.getsize(self._place(path)) if data is None else len(data)

    def _given(self, path: str) -> bytes | None:
        """Return what standard input gave, if that is what the report calls `path`."""
        given = self._standard_input
        return given.data if given is not None and path == given.shown else None

    def _place(self, path: str) -> str:
        return os.path.join(self._root, path)
