"""HTML: the article of a page, or all of a fragment, a block per paragraph, heading, item, caption and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.model import Directive, Document, Failure, File, Form, Kind
from audit.offsets import Offsets
from audit.reading import shapes
from audit.reading.compose import Composer, Passage
from audit.reading.markup import COMMENT, Token, attributes, tokens
from audit.reading.page import LEFT_OUT, Converter, directive, end_of, language_tag, left_out

SUFFIXES = (".html", ".htm", ".xhtml")

_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_MAIN = (
    re.compile(r"""\srole\s*=\s*["']?main\b""", re.IGNORECASE),
    re.compile(r"""\sitemprop\s*=\s*["']?articleBody\b""", re.IGNORECASE),
)
_SITE_NAME = re.compile(r"\s+[|–—·:-]{1,2}\s+[^|–—]{1,40}$")


def read(file: File) -> Iterator[Document | Failure]:
    """Yield the one article of a page or fragment.

    Of a page only the longest `article` is read, else `main`, else what says it is (`role=main`,
    `itemprop=articleBody`), else the body; the first `h1` anywhere, or the page's title, is its headline.
    """
    run = tokens(file.text)
    composer = Composer(file.text, (Form.HTML,))
    language = None
    if _PAGE.search(file.text):
        language = _language(file.text, run)
        _read_page(composer, run)
    else:
        Converter(composer).convert(0, len(file.text), run, left_out(run))
    passage = composer.passage()
    told = _directives(file.text, run, passage) if "audit:" in file.text else ()
    document = Document(
        file.path, passage.text, passage.blocks, Offsets(passage.pieces), None, language, directives=told
    )
    shapes.settle(document)
    yield document


def _directives(source: str, run: Sequence[Token], passage: Passage) -> list[Directive]:
    """Return the directives of a page; one outside of its article stands before no block, but may speak of all."""
    inside = {told.place for told in passage.directives}
    outside = [token for token in run if token.name == COMMENT and token.start not in inside]
    texts = ((directive(source, token), token.start) for token in outside)
    return passage.directives + [Directive(len(passage.text), text, place) for text, place in texts if text]


def _language(source: str, run: Sequence[Token]) -> str | None:
    for token in run:
        if token.name == "html":
            found = attributes(source, token)
            written = found.get("lang") or found.get("xml:lang")
            return language_tag(written[0]) if written else None
    return None


def _read_page(composer: Composer, run: Sequence[Token]) -> None:
    source = composer.source
    skip = left_out(run)
    region = _region(source, run, skip)
    if region is None:
        region, skip = (0, len(source)), left_out(run, LEFT_OUT | {"header"})
    if _first(run, "h1", skip, *region) is None:
        _read_headline(composer, run, left_out(run, LEFT_OUT | {"header"}), region[0])
    begin = next((index for index, token in enumerate(run) if token.start >= region[0]), len(run))
    length = composer.length
    Converter(composer).convert(*region, run, skip, begin)
    if composer.length == length:  # some pages are wrapped whole in a form
        Converter(composer).convert(*region, run, left_out(run, LEFT_OUT - {"form"}), begin)


def _region(source: str, run: Sequence[Token], skip: dict[int, int]) -> tuple[int, int] | None:
    """Return the span of the page that holds its article, or None for the whole body."""
    for name in ("article", "main"):
        spans = _elements(source, run, skip, name)
        if spans:
            return max(spans, key=lambda span: span[1] - span[0])
    for mark in _MAIN:
        if mark.search(source):
            for index, token in enumerate(run):
                if not token.closing and token.name != "link" and mark.search(source, token.start, token.end):
                    return token.start, _end(source, run, index)
    return None


def _end(source: str, run: Sequence[Token], index: int) -> int:
    last = run[end_of(run, index)]
    return last.end if last.closing else len(source)


def _elements(source: str, run: Sequence[Token], skip: dict[int, int], name: str) -> list[tuple[int, int]]:
    """Return the spans of the outermost elements called `name` that are not left out."""
    spans: list[tuple[int, int]] = []
    depth, start, ignored = 0, 0, -1
    for index, token in enumerate(run):
        if index in skip:
            ignored = max(ignored, skip[index])
        if token.name != name or index <= ignored:
            continue
        if not token.closing:
            start = start if depth else token.start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                spans.append((start, token.end))
    if depth:
        spans.append((start, len(source)))
    return spans


def _first(run: Sequence[Token], name: str, skip: dict[int, int], start: int, end: int) -> int | None:
    """Return the index of the first start tag `name` in `start:end` of the source that is not left out."""
    index = 0
    while index < len(run):
        token = run[index]
        if index in skip and name != token.name:
            index = skip[index]
        elif token.name == name and not token.closing and start <= token.start < end:
            return index
        index += 1
    return None


def _read_headline(composer: Composer, run: Sequence[Token], skip: dict[int, int], end: int) -> None:
    """Add the page's headline from outside of its article: the first `h1` above it, else the title of the page."""
    source = composer.source
    index = _first(run, "h1", skip, 0, end)
    if index is not None:
        first, last = run[index], run[end_of(run, index)]
        Converter(composer, Kind.HEADLINE).convert(first.end, last.start, run, skip, index + 1)
        return
    head = {start: stop for start, stop in skip.items() if run[start].name not in ("head", "title")}
    index = _first(run, "title", head, 0, len(source))
    if index is not None:
        first, last = run[index], run[end_of(run, index)]
        site = _SITE_NAME.search(source, first.end, last.start)
        Converter(composer, Kind.HEADLINE).convert(first.end, site.start() if site else last.start, [], {})
