"""Markdown: front matter, headings, paragraphs, quotes, items, tables, images; code and link targets are left out.

Read are CommonMark's blocks and marks as news articles use them, with tables and footnotes. Not read: TOML front
matter, titles of link definitions on a line of their own, and in list items anything but paragraphs and lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from audit.model import Document, Failure, File, Form, Kind
from audit.offsets import Offsets, Piece
from audit.reading import directives, frontmatter, records, shapes
from audit.reading.compose import Composer, Passage, join
from audit.reading.inlines import Inline, label
from audit.reading.jsonvalues import Value
from audit.reading.page import read_fragment

SUFFIXES = (".md", ".markdown")

_DEEPEST = 100  # marks of quotes and items on one line
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)(?:(?<=\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z))", re.DOTALL)
_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_ITEM = re.compile(r"[ \t]*(?:[-+*]|(\d{1,9})[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?|$)")
_BREAK = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_HEADING = re.compile(r"[ \t]*(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"[ \t]*(=+|-+)[ \t]*$")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_PROSE = ("", "markdown", "md", "text", "txt", "plaintext", "plain", "html")  # what a model may call an article
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
_CELL = re.compile(r"(?:[^|\\]|\\.)+")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)((?:[^\[\]\\]|\\.){1,200})\]:[ \t]*\S.*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"[ \t]*\[\^[^\]\s]{1,80}\]:[ \t]*")
_MARKUP = re.compile(
    r"[ \t]*<(?:(!--)|(script|style|pre|textarea)(?=[\s>]|$)|/?(address|article|aside|blockquote|body|center|details|dd"
    r"|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|li|link|main|menu|nav|noscript|ol|p"
    r"|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul|video)(?=[\s/>]|$)|[!?]|/?[a-z][^<>]*>[ \t]*$)",
    re.IGNORECASE,
)


def read(file: File) -> Iterator[Document | Failure]:
    """Yield the one article of a Markdown file, after a failure if its front matter is broken."""
    record: dict[str, Value] | None = {}
    front = _FRONT.match(file.text)
    if front:
        try:
            record = frontmatter.parse(file.text, *front.span(1))
        except frontmatter.FrontMatterError as error:
            record = {}
            yield Failure(file.path, f"has front matter that is not YAML: {error}", line=error.line + 2)
    body = _Blocks(file.text, front.end() if front and record is not None else 0).passage()
    record = record or {}
    fields = records.fields_of(file)
    whole = join((_head(file.text, record, fields, body), body))
    document = Document(
        *(file.path, whole.text, whole.blocks, Offsets(whole.pieces or (Piece(0, 0, 0, 0, True),))),
        target_language=records.language(record, fields["target-language"]),
        source_language=records.language(record, fields["source-language"]),
        metadata={name: frontmatter.plain(value) for name, value in record.items()},
        directives=[*directives.of_record(record), *whole.directives],
    )
    shapes.settle(document)
    yield document


def _head(source: str, record: dict[str, Value], fields: Mapping[str, Sequence[str]], body: Passage) -> Passage:
    """Return the headline, lede and captions of the front matter; not a title that the body repeats as its heading."""
    composer = Composer(source, (Form.YAML,))
    if not record:
        return composer.passage()
    headline = next((block for block in body.blocks if block.kind is Kind.HEADLINE), None)
    for text, kind in records.role_texts(record, {**fields, "body": ()}):
        if kind is Kind.HEADLINE and headline:
            if text.value.strip() == body.text[headline.start : headline.end]:
                continue
            body.blocks[body.blocks.index(headline)] = headline._replace(kind=Kind.HEADING)
        if source[text.start : text.end] == text.value:
            composer.copy(text.start, text.end)
        else:
            composer.put(text.value, text.start, text.end)
        composer.close(kind)
    return composer.passage()


class _Blocks:
    """Splits the lines of a Markdown source into blocks and composes them."""

    def __init__(self, source: str, start: int) -> None:
        self._source = source
        self._composer = Composer(source, (Form.MARKDOWN,))
        self._has_table = "|" in source and "-" in source
        labels = _DEFINITION.finditer(source, start) if "]:" in source else ()
        self._inline = Inline(self._composer, frozenset(label(match[1]) for match in labels))
        self._lines = list(_lines(source, start))
        self._open: tuple[int, int, Kind] | None = None  # the paragraph that may go on: its span and kind
        self._in_list = self._has_headline = False
        self._first = next((index for index, line in enumerate(self._lines) if source[slice(*line)].strip()), 0)
        index = 0
        while index < len(self._lines):
            index = self._read_line(index)
        self._flush()

    def passage(self) -> Passage:
        """Return what was read."""
        return self._composer.passage()

    def _read_line(self, index: int) -> int:
        """Read the block or line that starts at line `index`; return the index of the line after it."""
        start, end = self._lines[index]
        if start < end and self._open is None and self._source[start].isalpha() and not self._has_table:
            self._in_list = False
            self._open = (start, end, Kind.PARAGRAPH)  # most lines of most articles
            return index + 1
        start, kind = self._containers(start, end)
        if not self._source[start:end].strip():
            self._flush()
            return index + 1
        if kind is None and self._open is None and self._source[start] not in " \t":
            self._in_list = False
        if not self._in_list and self._open is None and self._source[start:end].startswith(("    ", "\t")):
            return index + 1  # indented code
        fence = _FENCE.match(self._source, start, end)
        if fence:
            return self._read_fence(index, fence)
        markup = _MARKUP.match(self._source, start, end)
        if markup and (self._open is None or markup.lastindex):
            return self._read_markup(index, start, markup)
        if self._read_heading(start, end) or _BREAK.match(self._source, start, end):
            self._flush()
            return index + 1
        if self._open is None and _is_table(self._source, self._lines, index):
            return self._read_table(index)
        if self._open is None and _DEFINITION.match(self._source, start, end):
            return index + 1
        self._go_on(start, end, kind)
        return index + 1

    def _containers(self, start: int, end: int) -> tuple[int, Kind | None]:
        """Return where the line's content starts behind marks of quotes and items, and the kind that they give it."""
        kind = None
        for _ in range(_DEEPEST):
            quote = _QUOTE.match(self._source, start, end)
            if quote:
                start, kind = quote.end(), Kind.QUOTE
                continue
            item = _ITEM.match(self._source, start, end)
            if not item or _BREAK.match(self._source, start, end) or not (self._in_list or self._may_open(item)):
                return start, kind
            self._flush()
            start, kind, self._in_list = item.end(), Kind.ITEM, True
        return start, kind

    def _may_open(self, item: re.Match[str]) -> bool:
        """Tell whether a mark may open a list: not as indented code, nor in a paragraph with a number other than 1."""
        is_code = item[0].startswith(("    ", "\t"))
        return not is_code and (self._open is None or item[1] in (None, "1"))

    def _go_on(self, start: int, end: int, kind: Kind | None) -> None:
        """Add a line to the open paragraph, or open one."""
        if self._open and kind in (None, self._open[2]):
            self._open = (self._open[0], end, self._open[2])
            return
        self._flush()
        if kind is None and self._in_list:
            kind = Kind.ITEM
        note = _FOOTNOTE.match(self._source, start, end)
        start = note.end() if note else start
        while start < end and self._source[start] in " \t":
            start += 1
        self._open = (start, end, kind or Kind.PARAGRAPH)

    def _flush(self) -> None:
        if self._open:
            start, end, kind = self._open
            self._open = None
            self._inline.read(start, end, kind)

    def _read_heading(self, start: int, end: int) -> bool:
        """Read the line if it is a heading, or underlines the open paragraph as one."""
        heading = _HEADING.match(self._source, start, end)
        if heading:
            self._flush()
            words = self._source[heading.end() : end].rstrip()
            without = words.rstrip("#")
            if without[-1:] not in ("", " ", "\t"):  # only hashes behind a space close a heading
                without = words
            self._head(heading.end(), heading.end() + len(without), len(heading[1]))
            return True
        underline = _UNDERLINE.match(self._source, start, end)
        if underline and self._open and self._open[2] is Kind.PARAGRAPH:
            first, last, _ = self._open
            self._open = None
            self._head(first, last, 1 if underline[1][0] == "=" else 2)
            return True
        return False

    def _head(self, start: int, end: int, level: int) -> None:
        is_headline = level == 1 and not self._has_headline
        self._has_headline |= is_headline
        self._inline.read(start, end, Kind.HEADLINE if is_headline else Kind.HEADING)

    def _read_fence(self, index: int, fence: re.Match[str]) -> int:
        """Pass over fenced code; but a fence around the whole article, or without an end, is a line of the text.

        A language model fences its answer, and CommonMark would take everything behind a lone fence for code.
        """
        self._flush()
        start, end = self._lines[index]
        is_prose = self._source[fence.end() : end].strip().lower() in _PROSE
        close = re.compile(rf"[ \t>]*{re.escape(fence[1][0])}{{{len(fence[1])},}}[ \t]*$")
        following = range(index + 1, len(self._lines))
        last = next((later for later in following if close.match(self._source, *self._lines[later])), None)
        behind = "" if last is None else self._source[self._lines[last][1] :]
        if is_prose and (last is None or (index == self._first and not behind.strip())):
            self._inline.read(start, end, Kind.PARAGRAPH)
            return index + 1
        return len(self._lines) if last is None else last + 1

    def _read_markup(self, index: int, start: int, markup: re.Match[str]) -> int:
        """Read a block of HTML: to the end of its comment or script, else to the next blank line."""
        self._flush()
        last = index
        if markup[1] or markup[2]:
            close = re.compile("-->" if markup[1] else f"</{markup[2]}", re.IGNORECASE).search(self._source, start)
            stop = close.end() if close else len(self._source)
            while last + 1 < len(self._lines) and self._lines[last][1] < stop:
                last += 1
        else:
            while last + 1 < len(self._lines) and self._source[slice(*self._lines[last + 1])].strip():
                last += 1
        read_fragment(self._composer, start, self._lines[last][1])
        return last + 1

    def _read_table(self, index: int) -> int:
        for row in range(index, len(self._lines)):
            start, end = self._lines[row]
            if not self._source[start:end].strip():
                return row
            if row != index + 1:
                for cell in _CELL.finditer(self._source, start, end):
                    self._inline.read(*cell.span(), Kind.CELL)
        return len(self._lines)


def _lines(source: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines without their ends."""
    while start < len(source):
        line = _LINE.match(source, start)
        assert line
        yield line.span(1)
        start = line.end()


def _is_table(source: str, lines: list[tuple[int, int]], index: int) -> bool:
    start, end = lines[index]
    return (
        index + 1 < len(lines)
        and "|" in source[start:end]
        and "-" in source[slice(*lines[index + 1])]
        and _TABLE_RULE.match(source, *lines[index + 1]) is not None
    )
