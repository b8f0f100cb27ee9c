"""Plain text: a block per line."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from audit.model import Block, Document, File, Kind, Offsets

SUFFIXES = (".txt", ".text")
_LINE = regex.compile(r"\S[^\r\n]*(?<=\S)")


def read(file: File) -> Iterator[Document]:
    """Yield the article in `file`."""
    text = file.text
    blocks = [Block(line.start(), line.end(), Kind.PARAGRAPH) for line in _LINE.finditer(text)]
    yield Document(file.path, text, blocks, Offsets.identity(len(text)))
