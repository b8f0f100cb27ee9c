"""The types that flow through audit, from a file's text to the finished report."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple, Protocol, Self, TypeVar

from audit.offsets import Offsets

T = TypeVar("T")


class _Level(IntEnum):
    """An ordered scale whose members are written in lower case."""

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, word: str) -> Self:
        """Return the member called `word`; raise `KeyError` if there is none."""
        return cls[word.upper()]


class Severity(_Level):
    """How bad a finding is for the published article."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


class Confidence(_Level):
    """How sure the evidence makes us that a finding is right."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2


class Kind(StrEnum):
    """What a block is in its article."""

    HEADLINE = "headline"
    HEADING = "heading"
    LEDE = "lede"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    BYLINE = "byline"
    QUOTE = "quote"
    ITEM = "item"
    CELL = "cell"
    ALT = "alt"
    COUNTER = "counter"


class Form(StrEnum):
    """A way in which files write text, so that it cannot be put there as it stands."""

    HTML = "html"
    DOUBLE_QUOTED = 'attribute="…"'
    SINGLE_QUOTED = "attribute='…'"
    UNQUOTED = "attribute=…"
    JSON = "json"
    MARKDOWN = "markdown"
    YAML = "yaml"


class Block(NamedTuple):
    """A headline, paragraph, caption …: the span `start:end` of the document's text.

    `forms` are how its file writes the text, from the inside out: HTML in a string of JSON is `(HTML, JSON)`. Without
    any the file holds the text as it is.
    """

    start: int
    end: int
    kind: Kind
    language: str | None = None
    source: str | None = None
    forms: tuple[Form, ...] = ()


class Directive(NamedTuple):
    """What an article itself tells the tool: "audit: …" in a comment or in its front matter.

    `position` is the offset of the document's text that it stands before; `place` is its own offset in the file.
    """

    position: int
    text: str
    place: int


@dataclass(slots=True)
class File:
    """A decoded file, as a reader gets it.

    `path` is what reports show; `named` says that the user named this very file, so that passing it over would be
    wrong; `fields` are the names of the article fields of JSON records by their role, if configured.
    """

    path: str
    text: str
    named: bool = False
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Document:
    """One article read from a file.

    `text` is the readable text of the whole article in one string; `blocks` are spans of it in reading order that do
    not overlap; whatever lies between two blocks is white space. Languages are BCP 47 tags. `directives` are what
    comments and front matter tell the tool. `digest` tells the text of its file from others, where somebody will ask.
    """

    path: str
    text: str
    blocks: list[Block]
    offsets: Offsets
    record: int | None = None
    target_language: str | None = None
    source_language: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    directives: Sequence[Directive] = ()
    digest: int | None = None
    _scans: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, scan: Callable[[Document], T]) -> T:
        """Return `scan(self)`, computed at its first use and shared by every check that asks for it."""
        try:
            result: T = self._scans[scan]
        except KeyError:
            result = self._scans[scan] = scan(self)
        return result

    def block_index(self, position: int) -> int | None:
        """Return the index of the block that holds the text offset `position`, or None between blocks."""
        starts = self.once(_block_starts)
        index = bisect_right(starts, position) - 1
        return index if index >= 0 and position < self.blocks[index].end else None

    def block_at(self, position: int) -> Block | None:
        """Return the block that holds the text offset `position`, or None between blocks."""
        index = self.block_index(position)
        return None if index is None else self.blocks[index]


def _block_starts(document: Document) -> list[int]:
    return [block.start for block in document.blocks]


class Edit(NamedTuple):
    """Replace `start:end` by `text`; offsets are the text's in a `Hit`, the file's in a `Fix`."""

    start: int
    end: int
    text: str


class Related(NamedTuple):
    """Another span of the same document that explains a hit, such as the first copy of a duplicate."""

    start: int
    end: int
    message: str


@dataclass(slots=True)
class Hit:
    """What a check found: a span of the document's text, before rule, severity and file are known.

    `values` fill the rule's message (`{found}`, the text of the span, is always there). `edits` mend the text; `safe`
    says that they cannot change its meaning.
    """

    start: int
    end: int
    confidence: Confidence = Confidence.MEDIUM
    values: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    related: tuple[Related, ...] = ()


class Sighting(NamedTuple):
    """An occurrence of one of a check's literals in the folded text of a document (see `audit.text.folded`)."""

    literal: str
    start: int
    end: int


class Check(Protocol):
    """Code that finds one kind of thing; a module of `audit.checks` holds one as the dataclass `Check`.

    Its fields are the options that a rule may set: names, types and defaults are read from them. It knows no rule,
    file or severity, keeps no state between documents, and pickles. A method `prepare` may work out what it needs in
    every run, for packs that are compiled.
    """

    @property
    def literals(self) -> Collection[str]:
        """The folded strings without one of which the check cannot find anything; empty to run on every document."""

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterable[Hit]:
        """Yield what is wrong in `document`; `sightings` are the occurrences of `literals`, in order."""


class Row(NamedTuple):
    """A line of a table: its cells by column name, and its line number for messages."""

    cells: Mapping[str, str]
    line: int


class Table(NamedTuple):
    """A tab-separated table that a rule's option names; every row has all columns, absent cells are empty."""

    path: str
    rows: tuple[Row, ...]


NO_TABLE = Table("", ())
"""What an option holds for which a rule names no table."""


@dataclass(slots=True)
class Example:
    """A small document that proves a rule: `spans` are what must be found there, none for a good example."""

    text: str
    spans: tuple[tuple[int, int], ...]
    line: int
    fixed: str | None = None
    target_language: str | None = None
    source_language: str | None = None
    confidence: Confidence | None = None
    format: str = "text"
    known_failure: bool = False


@dataclass(slots=True)
class Rule:
    """A check with its options, and what a reader is told of its findings.

    `languages` are the target languages that it holds for, `kinds` the blocks that it looks at; empty means all.
    `confidence`, if there is one, takes the place of what its check says, except where that is low.
    `pack` is the name of its pack, `origin` its file and line. What a `critical` rule finds makes the whole article
    worthless: a refusal to translate, no text at all.
    """

    id: str
    check: str
    message: str
    why: str
    severity: Severity
    category: str
    pack: str
    origin: str
    options: Mapping[str, Any] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    aliases: tuple[str, ...] = ()
    critical: bool = False
    confidence: Confidence | None = None


@dataclass(slots=True)
class Pack:
    """A file of rules; a pack that is not on by default has to be named to be used."""

    name: str
    description: str
    default: bool
    rules: tuple[Rule, ...]


@dataclass(slots=True)
class Failure:
    """Work that could not be done: a file or record that could not be read, a check that broke."""

    path: str
    error: str
    record: int | None = None
    line: int | None = None
    rule: str | None = None


class AuditError(Exception):
    """Work that cannot be done; the message is shown as it stands, with file and line where there are any."""


class PackError(AuditError):
    """A mistake in a pack or table; the message begins with file and line."""
