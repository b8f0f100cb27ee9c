"""Plain text: the document's text is the file itself, its blocks are told by their shape."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model import Document, Failure, File
from audit.offsets import Offsets
from audit.reading import prose, shapes

SUFFIXES = (".txt", ".text")


def read(file: File) -> Iterator[Document | Failure]:
    """Yield the one article of a plain-text file."""
    text = file.text
    document = Document(file.path, text, prose.split(text), Offsets.identity(len(text)))
    shapes.settle(document)
    yield document
