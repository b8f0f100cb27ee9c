"""Read the article in a page or fragment of HTML: its blocks, their kinds, and the place of every character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from audit.model import Form, Kind
from audit.reading.compose import Composer
from audit.reading.markup import COMMENT, REFERENCE, Token, attributes, tokens


def names(text: str) -> frozenset[str]:
    """Return the names that `text` lists with spaces between them."""
    return frozenset(text.split())


_BLOCK_KINDS = {
    "h1": Kind.HEADLINE,
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), Kind.ITEM),
    "blockquote": Kind.QUOTE,
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    **dict.fromkeys(("td", "th"), Kind.CELL),
    "address": Kind.BYLINE,
    **dict.fromkeys(
        names(
            "p div section article main header footer aside nav figure hgroup ul ol dl menu table thead tbody tfoot tr "
            "details summary dialog fieldset legend form center pre body html search"
        )
    ),
}
LEFT_OUT = names(
    "nav footer aside form template noscript svg canvas audio video object math button select datalist head title"
)
WITHOUT_END = names("img br hr wbr input meta link source area base col embed param track")
_CLOSES_ITSELF = {
    "li": frozenset(("li",)),
    **dict.fromkeys(("dt", "dd"), frozenset(("dt", "dd"))),
    **dict.fromkeys(("td", "th"), frozenset(("td", "th"))),
    "tr": frozenset(("td", "th", "tr")),
}
_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]|" + REFERENCE.pattern)
_LEADING = re.compile(r"[ \t\n\r\f]*+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DIRECTIVE = re.compile(r"<!--\s*(audit:.*?)\s*(?:--!?>|\Z)", re.DOTALL)
_LEDES = names(
    "lede lead standfirst intro dek deck subtitle subheadline subheading perex chapeau sommario entradilla bajada"
)
_TELLING = re.compile(
    r"\blang\b|led|lead|stand|intro|de[ck]|sub|perex|chapeau|sommario|entrad|bajada|byl|auth|date|pub|time|capt|cred",
    re.IGNORECASE,
)
_BYLINES = names("byline author authors dateline date published timestamp")
_CAPTIONS = frozenset(("caption", "credit", "figcaption"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


class _Element(NamedTuple):
    name: str
    kind: Kind
    language: str | None


def language_tag(written: str) -> str | None:
    """Return a language as BCP 47 writes it (`en-US` for "en_US"), or None if `written` is no such tag."""
    written = written.strip()
    return written.replace("_", "-") if _LANGUAGE.fullmatch(written) else None


def directive(source: str, comment: Token) -> str | None:
    """Return what a comment tells the tool, from "audit:" on, or None if it speaks to someone else."""
    found = _DIRECTIVE.match(source, comment.start, comment.end)
    return found[1] if found else None


def left_out(run: Sequence[Token], names: frozenset[str] = LEFT_OUT) -> dict[int, int]:
    """Return the elements of `names` in a run of tokens: from the index of a start tag to that of its end tag.

    A start tag without an end tag leaves nothing out, so that broken mark-up cannot hide an article.
    """
    open_tags: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    for index, token in enumerate(run):
        name = token[2]
        if name in names:
            if not token[3]:
                open_tags.setdefault(name, []).append(index)
            elif open_tags.get(name):
                ends[open_tags[name].pop()] = index
    return ends


class Converter:
    """Turns tokens and the text between them into blocks of a composer.

    Inline tags vanish, white space collapses, two line breaks part paragraphs; nesting is kept on a list, so that no
    depth is too deep. The text of `<pre>` collapses too.
    """

    def __init__(self, composer: Composer, kind: Kind = Kind.PARAGRAPH, language: str | None = None) -> None:
        self._composer = composer
        self._source = composer.source
        self._base = _Element("", kind, language)
        self._stack: list[_Element] = []
        self._open: dict[str, int] = {}
        self._alternatives: list[tuple[int, int]] = []
        self._forms = (Form.HTML,)
        self._breaks = 0

    def convert(self, start: int, end: int, run: Sequence[Token], skip: dict[int, int], first: int = 0) -> None:
        """Add the text of the source's `start:end`; `run[first:]` are its tokens, `skip` the elements to leave out."""
        position, index, count = start, first, len(run)
        while index < count:
            token = run[index]
            if token[0] >= end:
                break
            if position < token[0]:
                self._text(position, token[0])
            if index in skip:
                index = skip[index]
                self._close()
            else:
                index = self._tag(token, run, index)
            position = max(position, run[index][1])
            index += 1
        if position < end:
            self._text(position, end)
        self._close()

    def _text(self, start: int, end: int) -> None:
        composer, source = self._composer, self._source
        if not composer.is_open or composer.ends_with_space():
            start = _LEADING.match(source, start, end).end()  # type: ignore[union-attr]  # it matches anything
        if start == end:
            return
        self._breaks = 0
        for match in _SPACE.finditer(source, start, end):
            first = match.start()
            written = match[0]
            meant = unescape(written) if written[0] == "&" else " "
            if meant == written:
                continue
            if start < first:
                composer.copy(start, first)
            start = match.end()
            if meant != " " or not composer.ends_with_space():
                composer.put(meant, first, start)
        if start < end:
            composer.copy(start, end)

    def _tag(self, token: Token, run: Sequence[Token], index: int) -> int:
        """Follow a tag; return the index of the last token that it takes along."""
        name = token[2]
        if name in _BLOCK_KINDS:
            self._close()
            if token[3]:
                self._leave(name)
                return index
            hidden = token[1] - token[0] > len(name) + 8 and self._is_hidden(token)
            if hidden:
                return end_of(run, index)
            self._enter(token)
        elif name == "br":
            self._break(token)
        elif name == "hr":
            self._close()
        elif name == "img":
            self._image(token)
        elif name == COMMENT:
            self._comment(token)
        elif (
            not token[3] and token[1] - token[0] > len(name) + 8 and name not in WITHOUT_END and self._is_hidden(token)
        ):
            return end_of(run, index)
        return index

    def _is_hidden(self, token: Token) -> bool:
        written = self._source[token[0] : token[1]].lower()
        if "hidden" not in written and "none" not in written:
            return False
        found = attributes(self._source, token)
        return (
            "hidden" in found
            or found.get("aria-hidden", ("",))[0].lower() == "true"
            or _HIDDEN_STYLE.search(found.get("style", ("",))[0]) is not None
        )

    def _enter(self, token: Token) -> None:
        name = token.name
        stack = self._stack
        closes = _CLOSES_ITSELF.get(name, ())
        while stack and (stack[-1].name == "p" or stack[-1].name in closes):
            self._pop()
        around = stack[-1] if stack else self._base
        kind = _BLOCK_KINDS[name] or around.kind
        language = around.language
        if name != "html" and token[1] - token[0] > len(name) + 8:
            kind, language = self._described(token, kind, language)
        stack.append(_Element(name, kind, language))
        self._open[name] = self._open.get(name, 0) + 1

    def _described(self, token: Token, kind: Kind, language: str | None) -> tuple[Kind, str | None]:
        """Return kind and language of an element as its attributes have them."""
        if not _TELLING.search(self._source, token[0], token[1]):
            return kind, language
        found = attributes(self._source, token)
        if "lang" in found:
            language = language_tag(found["lang"][0]) or language
        if kind in (Kind.PARAGRAPH, Kind.HEADING) and "class" in found:
            classes = found["class"][0].lower().split()
            words = [re.split(r"[-_]+", name) for name in classes]
            if any(parts[-1] in _LEDES for parts in words):
                return Kind.LEDE, language
            if any(_CAPTIONS.intersection(parts) for parts in words):
                return Kind.CAPTION, language
            if any(parts[-1] in _BYLINES for parts in words):
                return Kind.BYLINE, language
        return kind, language

    def _leave(self, name: str) -> None:
        if self._open.get(name):
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name = self._stack.pop().name
        self._open[name] -= 1
        return name

    def _break(self, token: Token) -> None:
        self._breaks += 1
        if self._breaks > 1:
            self._close()
        elif self._composer.is_open:
            self._composer.put("\n", token.start, token.end)

    def _image(self, token: Token) -> None:
        found = attributes(self._source, token)
        if found.get("alt", ("",))[0].strip():
            self._alternatives.append((found["alt"][1], found["alt"][2]))
            if not self._composer.is_open:
                self._close()

    def _comment(self, token: Token) -> None:
        text = directive(self._source, token)
        if text:
            self._composer.direct(text, token.start)

    def _close(self) -> None:
        """End the open block; the alternatives of its images follow it."""
        top = self._stack[-1] if self._stack else self._base
        self._breaks = 0
        self._composer.close(top.kind, top.language, self._forms)
        if self._alternatives:
            for start, end in self._alternatives:
                self._text(start, end)
                self._composer.close(Kind.ALT, top.language, (quoting(self._source, start),))
            self._alternatives.clear()


def quoting(source: str, start: int) -> Form:
    """Return how the attribute is written whose value starts at `start`."""
    return {'"': Form.DOUBLE_QUOTED, "'": Form.SINGLE_QUOTED}.get(source[start - 1 : start], Form.UNQUOTED)


def end_of(run: Sequence[Token], index: int) -> int:
    """Return the index of the end tag of the element that starts at `index`, or of the last token if there is none."""
    name, depth = run[index].name, 0
    for position in range(index, len(run)):
        token = run[position]
        if token[2] == name:
            depth += -1 if token[3] else 1
            if depth == 0:
                return position
    return len(run) - 1


def read_fragment(composer: Composer, start: int, end: int, kind: Kind = Kind.PARAGRAPH) -> None:
    """Add all text of the fragment `start:end` of the composer's source."""
    run = tokens(composer.source, start, end)
    Converter(composer, kind).convert(start, end, run, left_out(run))
